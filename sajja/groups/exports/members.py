"""The members as a sheet: out with national IDs masked, the template to fill in, the rows to mend."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from sajja.groups import member_sheet, queries
from sajja.groups.exports import TO_MEND
from sajja.groups.member_sheet import COLUMNS
from sajja.groups.models import Beneficiary, Member, MemberImport, SavingsGroup, percent_of_bp
from sajja.groups.sheet import EXAMPLE_CODE
from sajja.web import clock
from sajja.web.sheets import Cell, Column, Sheet, workbook

STATUS, ENDED = "สถานะ", "วันที่พ้นสมาชิกภาพ"
BAHT = {member_sheet.PLEDGE, member_sheet.INCOME}
EXAMPLE = (
    EXAMPLE_CODE, "นางคำปุ่น ใจซื่อ (ตัวอย่าง)", "", "สามัญ", "5 ม.ค. 2563", "100", "หญิง", "1 พ.ค. 2513", "042000000",
    "12 หมู่ 2 ต.อุ่มเหม้า", "สมรส", "นายสมาน ใจซื่อ (ตัวอย่าง)", "ทำนา", "ทอผ้า", "6000", "กองทุนหมู่บ้าน", "12", "",
    "นายสมาน ใจซื่อ (ตัวอย่าง)", "สามี", "50", "นางสาววันดี ใจซื่อ (ตัวอย่าง)", "บุตร", "50", "", "", "",
    "นายบุญมี, นางทองใบ",
)  # fmt: skip


def members_sheet(group: SavingsGroup, members: Iterable[Member], made_at: datetime) -> bytes:
    """The members in the columns of the template, national IDs by their last three digits, with where each stands."""
    columns = [*(Column(head, "baht" if head in BAHT else "text") for head in COLUMNS), Column(STATUS), Column(ENDED, "date")]
    return workbook([Sheet(_("ทะเบียนสมาชิก"), columns, _lines(group, list(members)), title=group.name)], made_at)


def template(made_at: datetime) -> bytes:
    """An example row to write over, and how to fill each column in."""
    words = [
        [member_sheet.NUMBER, "M01", _("เว้นว่างได้ ระบบให้เลขถัดไป")],
        [member_sheet.NATIONAL_ID, "", _("13 หลัก เว้นว่างได้ ระบบเก็บแบบเข้ารหัส และไม่ส่งออกอีก")],
        [member_sheet.KIND, "สามัญ", _("สามัญ สมทบ กิตติมศักดิ์ หรือ เด็กและเยาวชน เว้นว่างคือสามัญ")],
        [member_sheet.JOINED, "5 ม.ค. 2563", _("05/01/2563 หรือ 2563-01-05 ก็ได้")],
        [member_sheet.PLEDGE, "100", _("ยอดที่ส่งทุกเดือน เว้นว่างถ้ายังไม่กำหนด")],
        [member_sheet.FAMILY, "12", _("สมาชิกที่รหัสเดียวกันเป็นครอบครัวเดียวกัน เช่น บ้านเลขที่")],
        [member_sheet.GUARDIAN, "M01", _("เฉพาะสมาชิกเด็ก เลขที่สมาชิกของผู้ปกครอง")],
        [member_sheet.HEIRS[0][0], "", _("ไม่เกิน 3 คน ร้อยละรวมกัน 100 มีคนเดียวเว้นร้อยละว่างได้")],
        [_("แถวตัวอย่าง"), "", _("แถวที่เลขที่สมาชิกเป็น “ตัวอย่าง” ระบบข้ามให้ เขียนทับหรือลบก็ได้")],
    ]
    help_columns = [Column(_("ช่อง")), Column(_("ตัวอย่าง")), Column(_("วิธีใส่"))]
    return workbook(
        [
            Sheet(_("ทะเบียนสมาชิก"), [Column(head) for head in COLUMNS], [EXAMPLE]),
            Sheet(_("คำอธิบาย"), help_columns, words),
        ],
        made_at,
    )


def rows_to_mend(intake: MemberImport) -> bytes:
    """The failed rows as they came, the national ID masked, each with what to do."""
    columns = [Column(_("แถวในไฟล์เดิม"), "number"), Column(TO_MEND), *(Column(head) for head in COLUMNS)]
    lines = [
        [row["row"], "; ".join(f"{column}: {sentence}" for column, sentence in row["problems"]), *row["cells"]]
        for row in intake.errors
    ]
    return workbook([Sheet(_("แถวที่ต้องแก้"), columns, lines)], intake.at)


def _lines(group: SavingsGroup, members: list[Member]) -> Iterator[list[Cell]]:
    pledges = queries.pledges_on(group, clock.today())
    guardians = dict(Member.objects.filter(group=group).values_list("pk", "number"))
    heirs: dict[int, list[Beneficiary]] = {}
    for one in Beneficiary.objects.filter(member__group=group, counts=True).order_by("position"):
        heirs.setdefault(one.member_id, []).append(one)
    for member in members:
        yield [
            member.number, member.name, member.national_id_masked, member.get_kind_display(), member.joined_on,
            pledges.get(member.pk), member.get_sex_display() if member.sex else "", member.born_on, member.phone, member.address,
            member.marital_status, member.spouse_name, member.occupation, member.side_occupation, member.income_satang,
            member.other_memberships, member.family.code if member.family else "",
            guardians.get(member.guardian_id or 0, ""), *_heirs(heirs.get(member.pk, [])), member.witnesses,
            member.get_status_display(), member.ended_on,
        ]  # fmt: skip


def _heirs(heirs: list[Beneficiary]) -> list[Cell]:
    cells: list[Cell] = [cell for one in heirs for cell in (one.name, one.relation, percent_of_bp(one.share_bp))]
    return cells + [""] * (9 - len(cells))
