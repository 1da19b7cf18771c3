"""The workbook of an opening as a treasurer fills it in."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from python_calamine import CalamineWorkbook

from sajja.treasury.opening_sheet import COLUMNS
from sajja.web import clock
from sajja.web.sheets import Column, Sheet, workbook

Rows = Sequence[Mapping[str, str]]


def a_workbook(**sheets: Rows) -> SimpleUploadedFile:
    """A workbook of these sheets, each row by its heads; what is not told is empty."""
    made = [
        Sheet(name, [Column(head) for head in COLUMNS[name]], [[row.get(head, "") for head in COLUMNS[name]] for row in rows])
        for name, rows in sheets.items()
    ]
    return SimpleUploadedFile("ยอดยกมา.xlsx", workbook(made, clock.now()))


def read_back(book: bytes) -> dict[str, list[list[Any]]]:
    """Each sheet's cells."""
    found = CalamineWorkbook.from_filelike(BytesIO(book))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}
