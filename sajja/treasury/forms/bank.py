"""What is typed about banks: accounts, and the bank's statement, by line or from a file."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from io import StringIO
from typing import Any, Final, Self

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.lib import digits
from sajja.lib.money import parse_baht
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import parse_date
from sajja.treasury.actions.bank import StatementLine
from sajja.treasury.models import BankAccount, Reconciliation
from sajja.treasury.queries.bank import last_done
from sajja.web import clock, sheets
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiTextField
from sajja.web.uploads import SHEET_MAX, first_bytes

HEADS: Final = ("วันที่", "รายการ", "ฝาก", "ถอน", "คงเหลือ")
TYPED: Final = 12
MOST_TYPED: Final = 240
MOST_LINES: Final = 2_000


class BankForm(SajjaForm):
    """A bank account of the group."""

    bank = ThaiTextField(label=gettext_lazy("ธนาคาร"), max_length=80, help_text=gettext_lazy("เช่น ธ.ก.ส. ออมสิน"))
    branch = ThaiTextField(label=gettext_lazy("สาขา"), max_length=80, required=False)
    number = ThaiTextField(label=gettext_lazy("เลขที่บัญชี"), max_length=30)
    name = ThaiTextField(label=gettext_lazy("ชื่อบัญชี"), max_length=150)
    opened = ThaiDateField(label=gettext_lazy("เปิดหรือเริ่มใช้วันที่"), latest=clock.today)

    def clean_number(self) -> str:
        """Digits and hyphens, four digits at least."""
        number = str(self.cleaned_data["number"])
        if sum(c.isdigit() for c in number) < 4:
            raise ValidationError(_("เลขที่บัญชีต้องมีตัวเลขอย่างน้อย 4 ตัว"))
        return number


class EndBankForm(SajjaForm):
    """On which day the account was closed."""

    ended = ThaiDateField(label=gettext_lazy("ปิดบัญชีวันที่"), latest=clock.today)


class StatementForm(SajjaForm):
    """The bank's statement: its span and both balances, lines typed here or read from a file."""

    starts = ThaiDateField(label=gettext_lazy("ตั้งแต่วันที่"), latest=clock.today)
    ends = ThaiDateField(label=gettext_lazy("ถึงวันที่"), latest=clock.today)
    opening = BahtField(label=gettext_lazy("ยอดยกมาในสมุดธนาคาร (บาท)"))
    closing = BahtField(label=gettext_lazy("ยอดคงเหลือในสมุดธนาคาร (บาท)"))
    file = forms.FileField(
        label=gettext_lazy("ไฟล์จากธนาคาร"), required=False, widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=gettext_lazy("Excel (.xlsx) หรือ CSV มีหัวคอลัมน์ วันที่ รายการ ฝาก ถอน คงเหลือ ถ้าแนบไฟล์ ไม่ต้องพิมพ์ทีละบรรทัด"),
    )  # fmt: skip

    count = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(
        self, bank: BankAccount, data: Any = None, files: Any = None, under_way: Reconciliation | None = None,
        typed: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        """`typed` is what stands in the boxes of a page that asked for more lines: shown again, not judged yet."""
        said = _initial(bank, under_way) if typed is None else dict(typed.items())
        self.boxes = _count(data if data is not None else said)
        super().__init__(data, files, initial=said | {"count": self.boxes})
        self.lines: list[StatementLine] = []
        for at in range(self.boxes):
            self.fields[f"on_{at}"] = ThaiDateField(label=_("วันที่ บรรทัดที่ %(n)s") % {"n": at + 1}, required=False)
            self.fields[f"text_{at}"] = ThaiTextField(
                label=_("รายการ บรรทัดที่ %(n)s") % {"n": at + 1}, required=False, max_length=150
            )
            self.fields[f"in_{at}"] = BahtField(label=_("ฝาก บรรทัดที่ %(n)s") % {"n": at + 1}, required=False, min_satang=1)
            self.fields[f"out_{at}"] = BahtField(label=_("ถอน บรรทัดที่ %(n)s") % {"n": at + 1}, required=False, min_satang=1)

    @classmethod
    def with_more(cls, bank: BankAccount, typed: Mapping[str, Any]) -> Self:
        """The same boxes, filled in as they were, and twelve more lines."""
        said = {name: value for name, value in typed.items() if name not in {"csrfmiddlewaretoken", "once"}}
        return cls(bank, typed=said | {"count": _count(said) + TYPED})

    @property
    def full(self) -> bool:
        """Whether no more lines can be typed; a longer statement comes as a file."""
        return self.boxes >= MOST_TYPED

    @property
    def next_box(self) -> str:
        """Where the page stands once it has more lines: the id of the first of them."""
        return f"id_on_{self.boxes}"

    @property
    def rows(self) -> list[list[Any]]:
        """The boxes, line by line."""
        return [[self[f"{name}_{at}"] for name in ("on", "text", "in", "out")] for at in range(self.boxes)]

    def clean(self) -> dict[str, Any]:
        """The lines of the file, or those typed."""
        data = super().clean() or self.cleaned_data
        upload = data.pop("file", None)
        data.pop("count", None)
        typed = list(self._typed(data))
        if upload and not self.errors:
            try:
                self.lines = list(read(upload))
            except (Refused, ValueError) as refusal:
                self.add_error("file", str(refusal))
        else:
            self.lines = typed
        return data

    def _typed(self, data: dict[str, Any]) -> Iterator[StatementLine]:
        for at in range(self.boxes):
            on, text, paid_in, out = (data.pop(f"{name}_{at}", None) for name in ("on", "text", "in", "out"))
            if not any((on, text, paid_in, out)):
                continue
            if on is None or bool(paid_in) == bool(out):
                self.add_error(f"on_{at}", _("ใส่วันที่ และจำนวนเงินช่องฝากหรือถอนช่องเดียว"))
            else:
                yield StatementLine(on, text or "", paid_in or -out)


def _count(said: Mapping[str, Any]) -> int:
    """How many lines there are boxes for, in twelves."""
    text = digits.arabic(str(said.get("count", "")))
    wanted = int(text) if text.isdecimal() and len(text) < 6 else 0
    return min(MOST_TYPED, max(TYPED, -(-wanted // TYPED) * TYPED))


def _initial(bank: BankAccount, under_way: Reconciliation | None) -> dict[str, Any]:
    if under_way is None:
        last = last_done(bank.pk)
        if last is None:
            return {"starts": bank.opened}
        return {"starts": date.fromordinal(last[0].toordinal() + 1), "opening": last[1]}
    said: dict[str, Any] = {
        "starts": under_way.starts, "ends": under_way.ends, "opening": under_way.opening_satang, "closing": under_way.closing_satang,
    }  # fmt: skip
    lines = list(under_way.lines.order_by("position")[: MOST_TYPED + 1])
    if len(lines) > MOST_TYPED:
        return said
    said["count"] = len(lines)
    for at, line in enumerate(lines):
        said |= {f"on_{at}": line.on, f"text_{at}": line.text, f"{'in' if line.amount > 0 else 'out'}_{at}": abs(line.amount)}
    return said


def read(upload: UploadedFile[Any]) -> Iterator[StatementLine]:
    """The lines of a workbook or of a CSV file (UTF-8 or the Thai code page); Refused says which row is wrong."""
    found = list(_sheet(upload) if first_bytes(upload).startswith(b"PK") else _csv(upload))
    if len(found) > MOST_LINES:
        raise Refused(_("ไฟล์มี %(rows)s บรรทัด รับได้ไม่เกิน %(most)s") % {"rows": len(found), "most": MOST_LINES})
    for number, cells in found:
        try:
            yield _line(cells)
        except (Refused, ValueError) as wrong:
            raise Refused(_("แถวที่ %(number)s: %(wrong)s") % {"number": number, "wrong": wrong}) from None


def _sheet(upload: UploadedFile[Any]) -> Iterator[tuple[int, Mapping[str, str]]]:
    for row in sheets.rows(upload, HEADS):
        yield row.number, row.cells


def _csv(upload: UploadedFile[Any]) -> Iterator[tuple[int, Mapping[str, str]]]:
    if (upload.size or 0) > SHEET_MAX:
        raise Refused(_("ไฟล์ใหญ่เกิน 10 MB"))
    raw = upload.read()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp874", errors="replace")
    if "\x00" in text:
        raise Refused(_("ไฟล์นี้ไม่ใช่ Excel หรือ CSV"))
    try:
        table = list(csv.reader(StringIO(text)))
    except csv.Error:
        raise Refused(_("อ่านไฟล์ CSV นี้ไม่ได้ เปิดใน Excel แล้วบันทึกเป็น .xlsx")) from None
    top = next((at for at, row in enumerate(table[:10]) if set(HEADS) <= {cell.strip() for cell in row}), None)
    if top is None:
        raise Refused(_("ไม่พบหัวคอลัมน์ %(heads)s") % {"heads": " ".join(HEADS)})
    places = {head: [cell.strip() for cell in table[top]].index(head) for head in HEADS}
    for number, row in enumerate(table[top + 1 :], top + 2):
        if any(cell.strip() for cell in row):
            yield number, {head: row[at].strip() if at < len(row) else "" for head, at in places.items()}


def _line(cells: Mapping[str, str]) -> StatementLine:
    on = parse_date(cells["วันที่"])
    paid_in, out = (parse_baht(cells[head]) if cells[head] not in {"", "-"} else 0 for head in ("ฝาก", "ถอน"))
    if bool(paid_in) == bool(out):
        raise Refused(_("ใส่จำนวนเงินช่องฝากหรือถอนช่องเดียว"))
    balance = parse_baht(cells["คงเหลือ"], negative=True) if cells["คงเหลือ"] else None
    return StatementLine(on, cells["รายการ"], paid_in or -out, balance)


class FinishForm(SajjaForm):
    """Why the balances differ, where they do."""

    words = ThaiTextField(label=gettext_lazy("เหตุผลที่ยอดยังต่าง"), required=False, max_length=300)
