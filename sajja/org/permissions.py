"""What may be done, one stable key each, with the Thai words that docs/roles.md prints."""

from typing import Final

from django.utils.translation import gettext_lazy as _


class P:
    """The permissions. A key never changes; its words may."""

    SEE_PLACES: Final = "org.see_places"
    ADD_VILLAGE: Final = "org.add_village"
    SEE_PEOPLE: Final = "org.see_people"
    APPOINT: Final = "org.appoint"
    SEE_GROUPS: Final = "groups.see"
    EDIT_GROUPS: Final = "groups.edit"
    IMPORT_GROUPS: Final = "groups.import"
    SET_LEVEL: Final = "groups.set_level"
    SEE_YEAR: Final = "programme.see"
    OPEN_YEAR: Final = "programme.open"
    ISSUE_CIRCULAR: Final = "programme.issue_circular"
    ACKNOWLEDGE: Final = "programme.acknowledge"
    PROPOSE: Final = "programme.propose"
    CONFIRM: Final = "programme.confirm"
    REPLACE: Final = "programme.replace"
    SEE_FORUMS: Final = "forums.see"
    RUN_FORUM: Final = "forums.run"
    SEE_INSTRUMENTS: Final = "assessments.see_instruments"
    LOAD_INSTRUMENT: Final = "assessments.load"
    PUBLISH_INSTRUMENT: Final = "assessments.publish"
    SEE_ASSESSMENTS: Final = "assessments.see"
    ANSWER: Final = "assessments.answer"
    SELF_ASSESS: Final = "assessments.self_assess"
    VERIFY: Final = "assessments.verify"
    SEE_PLANS: Final = "plans.see"
    WRITE_PLAN: Final = "plans.write"
    SIGN_PLAN_CHAIR: Final = "plans.sign_chair"
    SIGN_PLAN_HEAD: Final = "plans.sign_head"
    RECORD_SIGNATURE: Final = "plans.record_signature"
    MARK_DONE: Final = "plans.mark_done"
    SEE_REPORTS: Final = "reports.see"
    SUBMIT_REPORT: Final = "reports.submit"
    JUDGE_REPORT: Final = "reports.judge"
    EXTEND_REPORT: Final = "reports.extend"
    EXTEND_PROVINCE_REPORT: Final = "reports.extend_province"
    SUBMIT_PROVINCE_REPORT: Final = "reports.submit_province"
    RECORD_BPM: Final = "reports.record_bpm"
    SEE_KPI: Final = "kpi.see"
    SEE_BUDGET: Final = "budget.see"
    SEE_OWN_SPENDING: Final = "budget.see_own"
    KEEP_BREACHES: Final = "privacy.breaches"
    ALLOCATE: Final = "budget.allocate"
    ALLOCATE_DOWN: Final = "budget.allocate_down"
    BORROW: Final = "budget.borrow"
    CHECK_CLEARING: Final = "budget.check_clearing"
    APPROVE_CLEARING: Final = "budget.approve_clearing"
    SEE_MEMBERS: Final = "groups.see_members"
    KEEP_MEMBERS: Final = "groups.keep_members"
    KEEP_MEETINGS: Final = "groups.keep_meetings"
    SEE_BOOKS: Final = "treasury.see_books"
    SEE_ACCOUNTS: Final = "treasury.see_accounts"
    OPEN_BOOK: Final = "treasury.open_book"
    KEEP_BOOKS: Final = "treasury.keep_books"
    CLOSE_MONTH: Final = "treasury.close_month"
    KEEP_LOANS: Final = "treasury.keep_loans"
    DECIDE_LOANS: Final = "treasury.decide_loans"
    CLOSE_YEAR: Final = "treasury.close_year"
    APPROVE_BOOKS: Final = "treasury.approve"
    AUDIT_BOOKS: Final = "treasury.audit"
    SEE_AUDIT: Final = "audit.see"
    SEE_VISITS: Final = "followup.see"
    VISIT: Final = "followup.visit"
    ASSIGN_ZONES: Final = "followup.assign"
    ANSWER_FINDING: Final = "followup.answer"


WORDS: Final = {
    P.SEE_PLACES: _("ดูหน่วยงานและพื้นที่"),
    P.ADD_VILLAGE: _("เพิ่มหมู่บ้าน"),
    P.SEE_PEOPLE: _("ดูผู้ดำรงตำแหน่ง"),
    P.APPOINT: _("เชิญและแต่งตั้งผู้ดำรงตำแหน่ง"),
    P.SEE_GROUPS: _("ดูทะเบียนกลุ่ม"),
    P.EDIT_GROUPS: _("แก้ไขทะเบียนกลุ่ม"),
    P.IMPORT_GROUPS: _("นำเข้าทะเบียนกลุ่มจาก Excel"),
    P.SET_LEVEL: _("บันทึกระดับการพัฒนา"),
    P.SEE_YEAR: _("ดูกิจกรรมประจำปีและรายชื่อกลุ่มเป้าหมาย"),
    P.OPEN_YEAR: _("เปิดกิจกรรมประจำปีและออกฉบับแก้ไข"),
    P.ISSUE_CIRCULAR: _("ออกและถอนหนังสือเวียน"),
    P.ACKNOWLEDGE: _("รับทราบหนังสือเวียนแทนหน่วยงาน"),
    P.PROPOSE: _("เสนอกลุ่มเป้าหมาย"),
    P.CONFIRM: _("ยืนยันรายชื่อกลุ่มเป้าหมาย"),
    P.REPLACE: _("เปลี่ยนกลุ่มเป้าหมาย"),
    P.SEE_FORUMS: _("ดูเวที"),
    P.RUN_FORUM: _("จัดเวที"),
    P.SEE_INSTRUMENTS: _("ดูแบบประเมิน"),
    P.LOAD_INSTRUMENT: _("นำเข้าแบบประเมิน"),
    P.PUBLISH_INSTRUMENT: _("ประกาศใช้แบบประเมิน"),
    P.SEE_ASSESSMENTS: _("ดูการประเมิน"),
    P.ANSWER: _("เริ่มการประเมินและตอบแบบประเมิน"),
    P.SELF_ASSESS: _("ประเมินตนเองในนามกลุ่ม"),
    P.VERIFY: _("ทวนสอบและยืนยันการประเมิน"),
    P.SEE_PLANS: _("ดูแผนการพัฒนากลุ่ม"),
    P.WRITE_PLAN: _("จัดทำแผนการพัฒนากลุ่ม"),
    P.SIGN_PLAN_CHAIR: _("ลงนามแผนในฐานะประธานกลุ่ม"),
    P.SIGN_PLAN_HEAD: _("ลงนามแผนในฐานะพัฒนาการอำเภอ"),
    P.RECORD_SIGNATURE: _("บันทึกลายมือชื่อของประธานกลุ่มบนกระดาษ"),
    P.MARK_DONE: _("บันทึกว่าทำตามแผนแล้ว"),
    P.SEE_REPORTS: _("ดูรายงาน"),
    P.SUBMIT_REPORT: _("ส่งรายงานให้จังหวัด"),
    P.JUDGE_REPORT: _("ตรวจรับหรือส่งกลับรายงานอำเภอ"),
    P.EXTEND_REPORT: _("ขยายเวลารายงานของอำเภอ"),
    P.EXTEND_PROVINCE_REPORT: _("ขยายเวลารายงานของจังหวัด"),
    P.SUBMIT_PROVINCE_REPORT: _("ทำรายงานจังหวัดให้กรมฯ"),
    P.RECORD_BPM: _("บันทึกเลขที่ลงระบบ BPM"),
    P.SEE_KPI: _("ดูภาพรวมและตัวชี้วัด"),
    P.SEE_BUDGET: _("ดูงบประมาณและเงินยืม"),
    P.SEE_OWN_SPENDING: _("ดูว่าอำเภอใช้จ่ายให้กลุ่มของตนเท่าไร"),
    P.KEEP_BREACHES: _("บันทึกเหตุละเมิดข้อมูลและแจ้ง สคส."),
    P.ALLOCATE: _("จัดสรรงบประมาณให้จังหวัด"),
    P.ALLOCATE_DOWN: _("จัดสรรงบประมาณให้อำเภอ"),
    P.BORROW: _("ยืมเงิน ลงใบสำคัญ และส่งใช้เงินยืม"),
    P.CHECK_CLEARING: _("ตรวจการส่งใช้เงินยืม"),
    P.APPROVE_CLEARING: _("อนุมัติการส่งใช้เงินยืม"),
    P.SEE_MEMBERS: _("ดูทะเบียนสมาชิก"),
    P.KEEP_MEMBERS: _("ดูแลทะเบียนสมาชิก"),
    P.KEEP_MEETINGS: _("บันทึกการประชุมและมติ"),
    P.SEE_BOOKS: _("ดูงบการเงินของกลุ่ม (ไม่เห็นรายสมาชิก)"),
    P.SEE_ACCOUNTS: _("ดูบัญชีทุกรายการ รวมรายสมาชิก"),
    P.OPEN_BOOK: _("เปิดชุดบัญชีและตั้งค่า"),
    P.KEEP_BOOKS: _("ลงบัญชี รับและจ่ายเงิน"),
    P.CLOSE_MONTH: _("ปิดงวดเดือน"),
    P.KEEP_LOANS: _("รับคำขอกู้ ทำสัญญา ส่งหนังสือถึงผู้ค้ำ"),
    P.DECIDE_LOANS: _("บันทึกมติเรื่องเงินกู้ (อนุมัติ ผ่อนผัน ยกเว้น ตัดหนี้)"),
    P.CLOSE_YEAR: _("ปิดบัญชีประจำปีและจัดสรรกำไรตามมติที่ประชุมใหญ่"),
    P.APPROVE_BOOKS: _("อนุมัติเปิดงวดที่ปิดแล้ว"),
    P.AUDIT_BOOKS: _("ตรวจสอบบัญชีและลงชื่อการนับเงิน"),
    P.SEE_AUDIT: _("อ่านประวัติการทำรายการของหน่วยงาน"),
    P.SEE_VISITS: _("ดูการติดตามและข้อสังเกต"),
    P.VISIT: _("วางแผนและบันทึกการติดตาม ตรวจคำตอบ"),
    P.ASSIGN_ZONES: _("มอบหมายผู้ติดตามประจำเขต"),
    P.ANSWER_FINDING: _("ตอบข้อสังเกตของผู้ติดตาม"),
}
