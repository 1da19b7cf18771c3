"""The roles, as an office order reads: a short stable key, a Thai name, where it sits, what it may do.

docs/roles.md is made from this file. Nobody approves what he made: the acts themselves check that as well.
"""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sajja.org.models import Kind
from sajja.org.permissions import P


@dataclass(frozen=True, slots=True)
class Role:
    """A role at a kind of unit."""

    key: str
    name: Promise
    kind: Kind
    does: Promise
    may: frozenset[str]


SEE: Final = frozenset(
    {
        P.SEE_PLACES,
        P.SEE_GROUPS,
        P.SEE_YEAR,
        P.SEE_FORUMS,
        P.SEE_INSTRUMENTS,
        P.SEE_ASSESSMENTS,
        P.SEE_PLANS,
        P.SEE_REPORTS,
        P.SEE_KPI,
        P.SEE_BOOKS,
        P.SEE_BUDGET,
        P.SEE_VISITS,
    }
)
COMMITTEE: Final = frozenset(
    {
        P.SEE_GROUPS, P.SEE_FORUMS, P.SEE_INSTRUMENTS, P.SEE_ASSESSMENTS, P.SEE_PLANS, P.ANSWER, P.SELF_ASSESS, P.MARK_DONE,
        P.SEE_MEMBERS, P.SEE_BOOKS, P.SEE_ACCOUNTS, P.SEE_OWN_SPENDING,
    }
)  # fmt: skip
DISTRICT: Final = SEE | {
    P.ACKNOWLEDGE, P.SEE_PEOPLE, P.ADD_VILLAGE, P.EDIT_GROUPS, P.IMPORT_GROUPS, P.SET_LEVEL, P.PROPOSE, P.RUN_FORUM,
    P.ANSWER, P.VERIFY, P.WRITE_PLAN, P.RECORD_SIGNATURE, P.MARK_DONE, P.SUBMIT_REPORT, P.ANSWER_FINDING,
}  # fmt: skip
PROVINCE: Final = SEE | {
    P.ACKNOWLEDGE,
    P.SEE_PEOPLE,
    P.IMPORT_GROUPS,
    P.EDIT_GROUPS,
    P.SET_LEVEL,
    P.JUDGE_REPORT,
    P.EXTEND_REPORT,
    P.SUBMIT_PROVINCE_REPORT,
    P.RECORD_BPM,
}

ROLES: Final[dict[str, Role]] = {
    role.key: role
    for role in [
        Role(
            "group_chair", _("ประธานกลุ่ม"), Kind.GROUP, _("ประเมินตนเอง ลงนามแผน อนุมัติเปิดงวดบัญชี"),
            COMMITTEE
            | {P.WRITE_PLAN, P.SIGN_PLAN_CHAIR, P.KEEP_MEETINGS, P.OPEN_BOOK, P.DECIDE_LOANS, P.CLOSE_YEAR, P.APPROVE_BOOKS}
            | {P.SEE_VISITS, P.SEE_AUDIT},
        ),
        Role(
            "group_secretary", _("เลขานุการกลุ่ม"), Kind.GROUP, _("ดูแลทะเบียนสมาชิก มติ และแผนของกลุ่ม"),
            COMMITTEE | {P.WRITE_PLAN, P.KEEP_MEMBERS, P.KEEP_MEETINGS, P.KEEP_LOANS, P.DECIDE_LOANS},
        ),
        Role(
            "group_treasurer", _("เหรัญญิกกลุ่ม"), Kind.GROUP, _("ทำบัญชีของกลุ่ม รับและจ่ายเงิน"),
            COMMITTEE
            | {P.KEEP_MEMBERS, P.KEEP_MEETINGS, P.OPEN_BOOK, P.KEEP_BOOKS, P.CLOSE_MONTH, P.KEEP_LOANS, P.CLOSE_YEAR},
        ),
        Role(
            "group_auditor", _("กรรมการตรวจสอบ"), Kind.GROUP, _("อ่านบัญชีและลงชื่อการนับเงิน"),
            COMMITTEE - {P.ANSWER, P.SELF_ASSESS, P.MARK_DONE} | {P.AUDIT_BOOKS, P.SEE_AUDIT},
        ),
        Role(
            "district_officer", _("พัฒนากร"), Kind.DISTRICT, _("เสนอกลุ่ม จัดเวที ทวนสอบ ทำแผนกับกลุ่ม ส่งรายงาน ยืมเงินและส่งใช้"),
            DISTRICT | {P.BORROW},
        ),
        Role(
            "district_head", _("พัฒนาการอำเภอ"), Kind.DISTRICT, _("กำกับงานของอำเภอ ลงนามแผน ตรวจการส่งใช้เงินยืม"),
            DISTRICT | {P.SIGN_PLAN_HEAD, P.CHECK_CLEARING, P.SEE_AUDIT, P.APPOINT},
        ),
        Role(
            "province_officer", _("เจ้าหน้าที่พัฒนาชุมชนจังหวัด"), Kind.PROVINCE,
            _("ตรวจรับหรือส่งกลับรายงาน รายงานกรมฯ จัดสรรเงินให้อำเภอ อนุมัติการส่งใช้"),
            PROVINCE | {P.ALLOCATE_DOWN, P.APPROVE_CLEARING},
        ),
        Role(
            "province_head", _("พัฒนาการจังหวัด"), Kind.PROVINCE, _("ยืนยันรายชื่อ อนุมัติการเปลี่ยนกลุ่ม"),
            PROVINCE | {P.CONFIRM, P.REPLACE, P.SEE_AUDIT, P.APPOINT},
        ),
        Role("followup_officer", _("ผู้ติดตามประจำเขตตรวจราชการ"), Kind.ZONE, _("ติดตามและให้คำแนะนำในเขต"), SEE | {P.VISIT}),
        Role(
            "department_officer", _("เจ้าหน้าที่กรมการพัฒนาชุมชน"), Kind.DEPARTMENT, _("เปิดกิจกรรมประจำปี นำเข้าแบบประเมิน ดูภาพรวม"),
            SEE | {P.OPEN_YEAR, P.LOAD_INSTRUMENT, P.ALLOCATE, P.VISIT, P.ASSIGN_ZONES, P.EXTEND_PROVINCE_REPORT, P.ISSUE_CIRCULAR, P.KEEP_BREACHES},
        ),
        Role(
            "department_admin", _("ผู้ดูแลระบบของกรมฯ"), Kind.DEPARTMENT, _("ประกาศใช้แบบประเมิน นำเข้าทะเบียนกลุ่ม ดูแลผู้ดำรงตำแหน่ง"),
            SEE
            | {P.OPEN_YEAR, P.LOAD_INSTRUMENT, P.PUBLISH_INSTRUMENT, P.SEE_PEOPLE, P.APPOINT, P.IMPORT_GROUPS, P.SEE_AUDIT}
            | {P.KEEP_BREACHES},
        ),
    ]
}  # fmt: skip
