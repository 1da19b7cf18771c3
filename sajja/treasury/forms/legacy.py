"""A file of older movements: a workbook or a CSV of another program."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.forms.uploads import SheetForm
from sajja.lib.refusals import Refused
from sajja.treasury.legacy import COLUMNS, MOST_ROWS, OPTIONAL, Ground, Reader, Reading
from sajja.web import uploads
from sajja.web.fields import SheetField
from sajja.web.sheets import Row, rows, table_rows

ENCODINGS = ("utf-8-sig", "cp874")


class MovementsField(SheetField):
    """A workbook, or a CSV as Thai programs write it; up to 10 MB."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("ไฟล์ Excel (.xlsx) หรือ CSV ไม่เกิน 10 MB และ 120,000 แถว"))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ".xlsx,.csv"}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        """The upload, checked where it is a workbook."""
        upload: UploadedFile[Any] | None = forms.FileField.to_python(self, data)  # type: ignore[assignment] # Django says File
        if upload and is_workbook(upload):
            try:
                uploads.check_sheet(upload)
            except Refused as refusal:
                raise ValidationError(str(refusal)) from None
        elif upload and (upload.size or 0) > uploads.SHEET_MAX:
            raise ValidationError(_("ไฟล์ใหญ่เกิน 10 MB แบ่งเป็นหลายไฟล์แล้วส่งทีละไฟล์"))
        return upload


class LegacyForm(SheetForm):
    """Older movements, read against the group's register and book."""

    sheet = MovementsField(label=gettext_lazy("ไฟล์รายการจากโปรแกรมเดิม"))

    def __init__(self, ground: Ground, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.ground = ground

    def read(self, upload: UploadedFile[Any]) -> Reading:
        """All rows."""
        return Reader(self.ground).read((row.number, row.cells) for row in movements(upload))


def movements(upload: UploadedFile[Any]) -> Iterator[Row]:
    """The rows of either kind of file; Refused where it is neither."""
    if is_workbook(upload):
        return rows(upload, COLUMNS, MOST_ROWS, OPTIONAL)
    return table_rows(_csv(upload), COLUMNS, MOST_ROWS, OPTIONAL)


def is_workbook(upload: UploadedFile[Any]) -> bool:
    """By its first bytes."""
    return uploads.first_bytes(upload).startswith(b"PK\x03\x04")


def _csv(upload: UploadedFile[Any]) -> list[list[str]]:
    upload.seek(0)
    content = upload.read()
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = ""
    head = text.split("\n", 1)[0]
    mark = max(",;\t", key=head.count)
    try:
        return list(csv.reader(StringIO(text.replace("\0", "")), delimiter=mark))
    except csv.Error:
        raise Refused(_("อ่านไฟล์นี้ไม่ได้ เปิดใน Excel แล้วบันทึกเป็น .xlsx ก่อนส่ง")) from None
