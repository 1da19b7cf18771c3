"""Form fields that read what Thai officials write, and the form that all others come from.

Everything typed is tidied first (see `tidy`): invisible characters, doubled spaces and letters typed two ways never reach
a parser or the database. Each field says in Thai what is wrong and what to write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, time
from typing import Any

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.lib import digits, money, names, thai_dates
from sajja.lib.refusals import Refused
from sajja.web import uploads

Day = date | Callable[[], date]
Text = str | Promise
DATE_HELP = gettext_lazy("เช่น 10 มิ.ย. 2564")
TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?|(\d{2})(\d{2})")
WHOLE = re.compile(r"-?\d{1,3}(?:,\d{3})+|-?\d{1,15}")


class ThaiDateField(forms.Field):
    """A day in B.E. as people write it; gives a `date`. Says below the box what it understood.

    `earliest` and `latest` are days, or functions that give one (clock.today).
    """

    live = "thai-date"

    def __init__(self, *, earliest: Day | None = None, latest: Day | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", DATE_HELP)
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "class": "short"}))
        super().__init__(**kwargs)
        self.earliest, self.latest = earliest, latest

    def to_python(self, value: Any) -> date | None:
        """The day; a ValidationError in Thai where it cannot be read."""
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return thai_dates.parse_date(str(value))
        except (Refused, ValueError) as refusal:
            raise ValidationError(str(refusal)) from None

    def validate(self, value: date | None) -> None:
        """Within earliest and latest."""
        super().validate(value)
        if value is None:
            return
        earliest, latest = _day(self.earliest), _day(self.latest)
        if earliest and value < earliest:
            raise ValidationError(_("วันที่ต้องไม่ก่อน %s") % thai_dates.short(earliest))
        if latest and value > latest:
            raise ValidationError(_("วันที่ต้องไม่หลัง %s") % thai_dates.short(latest))

    def prepare_value(self, value: Any) -> Any:
        """A day is shown as 10 มิ.ย. 2564; what was typed stays as typed."""
        return thai_dates.short(value) if isinstance(value, date) else value

    def understood(self, value: Any) -> str:
        """วันพฤหัสบดีที่ 10 มิถุนายน 2564, or nothing."""
        try:
            day = self.to_python(value)
        except ValidationError:
            return ""
        return thai_dates.weekday_long(day) if day else ""


class ThaiTimeField(forms.Field):
    """A time of day: 09.00, 9:00, 0900, ๐๙.๐๐ น.; gives a `time`."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("เช่น 09.00"))
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "class": "short"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> time | None:
        """The time; a ValidationError where it is none."""
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        text = digits.arabic(str(value)).strip().removesuffix(".").removesuffix("น").strip()
        found = TIME.fullmatch(text)
        hour, minute = (int(found[1] or found[3]), int(found[2] or found[4] or 0)) if found else (99, 0)
        if hour > 23 or minute > 59:
            raise ValidationError(_("เวลานี้อ่านไม่ออก เขียนเป็นชั่วโมงกับนาที เช่น 09.00 หรือ 13.30"))
        return time(hour, minute)

    def prepare_value(self, value: Any) -> Any:
        """A time is shown as 09.00."""
        return f"{value:%H.%M}" if isinstance(value, time) else value


class BahtField(forms.Field):
    """An amount in baht; gives satang as `int`, between min_satang and max_satang."""

    def __init__(self, *, min_satang: int | None = 0, max_satang: int | None = None, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "money-box short"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)
        self.min_satang, self.max_satang = min_satang, max_satang

    def to_python(self, value: Any) -> int | None:
        """Satang; a ValidationError where it is no amount."""
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        try:
            return money.parse_baht(str(value), negative=self.min_satang is None or self.min_satang < 0)
        except (Refused, ValueError) as refusal:
            raise ValidationError(str(refusal)) from None

    def validate(self, value: int | None) -> None:
        """Within the limits."""
        super().validate(value)
        if value is None:
            return
        if self.min_satang is not None and value < self.min_satang:
            raise ValidationError(_("จำนวนเงินต้องไม่น้อยกว่า %s บาท") % money.baht(self.min_satang))
        if self.max_satang is not None and value > self.max_satang:
            raise ValidationError(_("จำนวนเงินต้องไม่เกิน %s บาท") % money.baht(self.max_satang))

    def prepare_value(self, value: Any) -> Any:
        """Satang are shown as 12,345.00."""
        return money.baht(value) if isinstance(value, int) else value


class ThaiIntegerField(forms.Field):
    """A whole number, Arabic or Thai digits, with or without commas; gives `int`."""

    def __init__(self, *, min_value: int | None = None, max_value: int | None = None, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "money-box short"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attrs))
        super().__init__(**kwargs)
        self.min_value, self.max_value = min_value, max_value

    def to_python(self, value: Any) -> int | None:
        """The number; a ValidationError where it is none."""
        if value in self.empty_values:
            return None
        text = digits.arabic(str(value)).strip()
        if not WHOLE.fullmatch(text):
            raise ValidationError(_("ใส่เป็นจำนวนเต็ม เช่น 15"))
        return int(text.replace(",", ""))

    def validate(self, value: int | None) -> None:
        """Within the limits."""
        super().validate(value)
        if value is None:
            return
        if self.min_value is not None and value < self.min_value:
            raise ValidationError(_("ต้องไม่น้อยกว่า %s") % f"{self.min_value:,}")
        if self.max_value is not None and value > self.max_value:
            raise ValidationError(_("ต้องไม่เกิน %s") % f"{self.max_value:,}")


class ThaiTextField(forms.CharField):
    """Text; one line, or a box of `lines` lines."""

    def __init__(self, *, lines: int = 1, max_length: int = 500, **kwargs: Any) -> None:
        if lines > 1:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": lines}))
        super().__init__(max_length=max_length, **kwargs)
        self.lines = lines

    def to_python(self, value: Any) -> Any:
        """Tidied; a single line keeps no line break."""
        text = tidy(str(value)) if value not in self.empty_values else ""
        return super().to_python(text if self.lines > 1 else " ".join(text.split("\n")))


class PictureField(forms.FileField):
    """A photo: JPEG, PNG or WebP up to 15 MB, known by its bytes and not by its name; give it to pictures.keep."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("ไฟล์ JPEG, PNG หรือ WebP ไม่เกิน 15 MB ระบบย่อรูปและลบพิกัดออกให้"))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-shrink": "1600"}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        """The upload, checked."""
        return _checked(super().to_python(data), uploads.check_picture)


class SheetField(forms.FileField):
    """A workbook (.xlsx) up to 10 MB; give it to sheets.rows."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", gettext_lazy("ไฟล์ Excel (.xlsx) ไม่เกิน 10 MB"))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ".xlsx"}))
        super().__init__(**kwargs)

    def to_python(self, data: Any) -> Any:
        """The upload, checked."""
        return _checked(super().to_python(data), uploads.check_sheet)


class SajjaForm(forms.Form):
    """The form all others come from: tidies what was typed and says its errors as to a neighbour."""

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(tidy_data(data), *args, **kwargs)
        for name, field in self.fields.items():
            speak_plainly(field, field.label or name)


def tidy(text: str) -> str:
    """Each line as names.clean keeps it, no empty lines at the ends; digits stay as typed."""
    return "\n".join(names.clean(line) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")).strip()


def tidy_data(data: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """A form's data with every text tidied, passwords left alone."""
    if data is None:
        return None
    if isinstance(data, MultiValueDict):
        return MultiValueDict({name: [_tidied(name, value) for value in values] for name, values in data.lists()})
    return {name: _tidied(name, value) for name, value in data.items()}


def speak_plainly(field: forms.Field, label: Text) -> None:
    """Put friendly Thai sentences in the place of Django's own."""
    if isinstance(field, forms.BooleanField):
        field.error_messages["required"] = _("ทำเครื่องหมายที่ “%s” ก่อน") % label
        return
    asks = _("แนบ") if isinstance(field, forms.FileField) else _("เลือก") if isinstance(field, forms.ChoiceField) else _("ใส่")
    field.error_messages["required"] = _("ยังไม่ได้%(asks)s “%(label)s”") % {"asks": asks, "label": label}
    if "invalid_choice" in field.error_messages:
        field.error_messages["invalid_choice"] = _("ไม่มีตัวเลือกนี้แล้ว เลือกใหม่จากรายการ")
    for check in field.validators:
        if isinstance(check, validators.MaxLengthValidator):
            check.message = _("ยาวเกินไป เขียนได้ไม่เกิน %(limit_value)s ตัวอักษร ตอนนี้มี %(show_value)s")


def _tidied(name: str, value: Any) -> Any:
    return tidy(value) if isinstance(value, str) and "password" not in name else value


def _checked(upload: Any, check: Callable[[UploadedFile[Any]], None]) -> Any:
    if upload:
        try:
            check(upload)
        except Refused as refusal:
            raise ValidationError(str(refusal)) from None
    return upload


def _day(day: Day | None) -> date | None:
    return day() if callable(day) else day
