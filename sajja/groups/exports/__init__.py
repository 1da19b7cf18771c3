"""The register as a sheet: out, the template to fill in, the rows to mend."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from sajja.groups.models import CentreFounding, DevelopmentLevel, RegisterImport, SavingsGroup
from sajja.groups.sheet import COLUMNS, EXAMPLE_CODE
from sajja.org.models import Unit
from sajja.org.queries import NamesAbove, names_above
from sajja.web.sheets import Cell, Column, Sheet, workbook

EXAMPLE = (
    EXAMPLE_CODE, "กลุ่มออมทรัพย์เพื่อการผลิตบ้านอุ่มเหม้า", "นครพนม", "ธาตุพนม", "อุ่มเหม้า", "2", "บ้านอุ่มเหม้า", "15 มี.ค. 2545", "2564", "3",
    "ผลการจัดระดับของอำเภอ", "ศูนย์จัดการกองทุนชุมชนตำบลอุ่มเหม้า", "2560", "คำสั่งจัดตั้ง ลงวันที่ 5 ม.ค. 2560", "นางทองใบ (ตัวอย่าง)", "042000000",
)  # fmt: skip
TO_MEND = "สิ่งที่ต้องแก้"


def register_sheet(groups: Iterable[SavingsGroup], made_at: datetime) -> bytes:
    """The groups in the columns of the template, so that what goes out can come in again."""
    return workbook([Sheet(_("ทะเบียนกลุ่ม"), _columns(), _lines(list(groups)))], made_at)


def template(places: Sequence[Unit], made_at: datetime) -> bytes:
    """An example row to write over, and the official names of the places of the reader's units."""
    lists = [
        [place.path, _bare(names, place.path, 2), _bare(names, place.path, 4), place.name]
        for names in [names_above(place.path for place in places)]
        for place in places
    ]
    words = [
        [_("ระดับ"), "1, 2, 3", _("3 = ดี, 2 = พอใช้, 1 = ปรับปรุง")],
        [_("วันก่อตั้ง"), "15 มี.ค. 2545", _("15/03/2545 หรือ 2545-03-15 ก็ได้ ไม่ทราบให้เว้นว่าง")],
        [_("รหัสทะเบียน"), "48050001", _("ยังไม่มีให้เว้นว่าง ระบบใช้รหัสหมู่บ้านกับลำดับแทน")],
        [_("ชื่อหมู่บ้าน"), "บ้านอุ่มเหม้า", _("หมู่บ้านที่ยังไม่มีในระบบ ระบบเพิ่มให้จากช่องนี้")],
        [_("ศูนย์จัดการกองทุนชุมชน"), "", _("ใส่เฉพาะกลุ่มที่เป็นแกนนำจัดตั้ง พร้อมปีและหลักฐาน")],
        [_("แถวตัวอย่าง"), "", _("แถวที่รหัสเป็น “ตัวอย่าง” ระบบข้ามให้ เขียนทับหรือลบก็ได้")],
    ]
    return workbook(
        [
            Sheet(_("ทะเบียนกลุ่ม"), _columns(), [EXAMPLE]),
            Sheet(_("รายชื่อพื้นที่"), [Column(_("รหัส")), Column(_("จังหวัด")), Column(_("อำเภอ")), Column(_("ตำบล"))], lists),
            Sheet(_("คำอธิบาย"), [Column(_("ช่อง")), Column(_("ตัวอย่าง")), Column(_("วิธีใส่"))], words),
        ],
        made_at,
    )


def rows_to_mend(sheet: RegisterImport) -> bytes:
    """The failed rows as they came, each with what to do, to be mended and sent again with the rest."""
    columns = [Column(_("แถวในไฟล์เดิม"), "number"), Column(TO_MEND), *_columns()]
    lines = [
        [row["row"], "; ".join(f"{column}: {sentence}" for column, sentence in row["problems"]), *row["cells"]]
        for row in sheet.errors
    ]
    return workbook([Sheet(_("แถวที่ต้องแก้"), columns, lines)], sheet.at)


def _columns() -> list[Column]:
    return [Column(head) for head in COLUMNS]


def _lines(groups: Sequence[SavingsGroup]) -> Iterator[list[Cell]]:
    names = names_above(group.unit.path[:8] for group in groups)
    levels = _newest_levels(groups)
    centres = {centre.group_id: centre for centre in CentreFounding.objects.all()}
    for group in groups:
        path, level, centre = group.unit.path, levels.get(group.pk), centres.get(group.pk)
        village = names.units.get(path[:8])
        yield [
            group.code_shown, group.name, _bare(names, path, 2), _bare(names, path, 4), _bare(names, path, 6), str(int(path[6:8])),
            village.name if village else "", group.founded_on,
            str(level.fiscal_year) if level else "", str(level.level) if level else "", level.source if level else "",
            centre.centre_name if centre else "", str(centre.year) if centre else "", centre.evidence if centre else "",
            group.contact_name, group.contact_phone,
        ]  # fmt: skip


def _newest_levels(groups: Sequence[SavingsGroup]) -> dict[int, DevelopmentLevel]:
    wanted = {group.pk for group in groups}
    rows = DevelopmentLevel.objects.filter(counts=True).order_by("fiscal_year")
    return {row.group_id: row for row in rows if row.group_id in wanted}


def _bare(names: NamesAbove, path: str, length: int) -> str:
    unit = names.units.get(path[:length])
    return unit.name if unit else ""
