"""The file of older movements to fill in, and its rows to mend."""

from datetime import datetime

from django.utils.translation import gettext as _

from sajja.treasury.legacy import COLUMNS, KINDS, OPTIONAL, Wrong
from sajja.treasury.models import LegacyImport
from sajja.web.sheets import Cell, Column, Sheet, workbook


def template(made_at: datetime) -> bytes:
    """The columns, and the words for each kind."""
    words = [[str(kind.words), _("รับเงินสด") if kind.comes_in else _("จ่ายเงินสด")] for kind in KINDS.values()]
    return workbook(
        [
            Sheet(_("รายการ"), [Column(head) for head in (*COLUMNS, *OPTIONAL)], []),
            Sheet(_("คำที่ใช้ในช่องรายการ"), [Column(_("รายการ")), Column(_("เงินสด"))], words),
        ],
        made_at,
    )


def rows_to_mend(legacy: LegacyImport) -> bytes:
    """The failed rows as they came, each with what to do."""
    columns = [Column(_("แถวในไฟล์เดิม"), "number"), Column(_("สิ่งที่ต้องแก้")), *(Column(head) for head in (*COLUMNS, *OPTIONAL))]
    lines: list[list[Cell]] = [
        [row.row, f"{row.column}: {row.words}", *row.cells] for row in (Wrong(*error) for error in legacy.errors)
    ]
    return workbook([Sheet(_("แถวที่ต้องแก้"), columns, lines)], legacy.at)
