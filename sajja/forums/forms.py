"""The forms of the forum day."""

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from sajja.forums.actions import NewAttendee, NewSitting
from sajja.forums.life import STEPS
from sajja.groups.models import Sex
from sajja.web.fields import PictureField, SajjaForm, ThaiDateField, ThaiTextField, ThaiTimeField

SITTINGS, MOST_ROWS = 3, 80
ORDER_HELP = _("เลขที่คำสั่งหรือหนังสือ ถ้ามี")
STEP_CHOICES = [("", _("ทั้งงาน")), *[(key, key) for key in STEPS]]


class NothingForm(SajjaForm):
    """A confirmation: nothing to fill in."""


class PlanForm(SajjaForm):
    """Up to three sittings, the first one wanted."""

    order_number = ThaiTextField(label=_("เลขที่คำสั่ง"), required=False, max_length=60, help_text=ORDER_HELP)
    host_names = ThaiTextField(label=_("เจ้าหน้าที่ผู้จัด"), required=False, max_length=300, help_text=_("คั่นด้วยเครื่องหมายจุลภาค"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, SITTINGS + 1):
            wanted = n == 1
            self.fields[f"day_{n}"] = ThaiDateField(label=_("วันที่"), required=wanted)
            self.fields[f"starts_{n}"] = ThaiTimeField(label=_("เริ่ม"), required=wanted, help_text=_("เช่น 09.00"))
            self.fields[f"ends_{n}"] = ThaiTimeField(label=_("เลิก"), required=False, help_text=_("เช่น 15.00"))
            self.fields[f"where_{n}"] = ThaiTextField(label=_("สถานที่"), required=wanted, max_length=200)

    def rounds(self) -> Iterator[tuple[int, list[BoundField]]]:
        """Number and fields of each sitting, for the page."""
        for n in range(1, SITTINGS + 1):
            yield n, [self[f"{name}_{n}"] for name in ("day", "starts", "ends", "where")]

    def clean(self) -> dict[str, Any]:
        """A sitting that has a day has hours and a place too."""
        given = super().clean() or {}
        for n in range(2, SITTINGS + 1):
            for name in ("starts", "where"):
                if given.get(f"day_{n}") and not given.get(f"{name}_{n}"):
                    self.add_error(f"{name}_{n}", _("รอบนี้มีวันแล้ว ใส่ข้อนี้ด้วย"))
        return given

    def sittings(self) -> list[NewSitting]:
        """What was asked for."""
        given = self.cleaned_data
        return [
            NewSitting(
                given[f"day_{n}"], given[f"starts_{n}"], given[f"where_{n}"], given.get(f"ends_{n}"), None, given["host_names"]
            )
            for n in range(1, SITTINGS + 1)
            if given.get(f"day_{n}")
        ]  # fmt: skip


class ReplanForm(PlanForm):
    """New sittings for a forum that had others."""

    reason = ThaiTextField(label=_("เหตุผลที่เปลี่ยน"), lines=2, max_length=500)


class ReasonForm(SajjaForm):
    """Why, and by which order."""

    reason = ThaiTextField(label=_("เหตุผล"), lines=3, max_length=500)
    order_number = ThaiTextField(label=_("เลขที่คำสั่ง"), required=False, max_length=60, help_text=ORDER_HELP)


class StepForm(SajjaForm):
    """The hours and the note of a step."""

    starts = ThaiTimeField(label=_("เริ่ม"), required=False, help_text=_("เช่น 09.00"))
    ends = ThaiTimeField(label=_("เลิก"), required=False, help_text=_("เช่น 09.20"))
    note = ThaiTextField(label=_("บันทึก"), lines=3, required=False, max_length=1000)


class BookkeepingForm(SajjaForm):
    """4.5."""

    answer = forms.ChoiceField(
        label=_("กลุ่มทำบัญชีด้วยอะไร"),
        widget=forms.RadioSelect,
        choices=[("ours", _("ใช้โปรแกรมสัจจะ")), ("department", _("ใช้โปรแกรมของกรมฯ")), ("paper", _("ใช้สมุดอย่างเดียว (บอกเหตุผล)"))],
    )
    reason = ThaiTextField(label=_("เหตุผลที่ใช้สมุดอย่างเดียว"), lines=2, required=False, max_length=500)


class PhotoForm(SajjaForm):
    """One picture with its step and caption; several are sent one after another by the same form."""

    picture = PictureField(label=_("รูป"), help_text=_("ระบบย่อรูป กลับให้ตั้งตรง และลบพิกัดออกให้"))
    step = forms.ChoiceField(label=_("ขั้นตอน"), choices=STEP_CHOICES, required=False)
    caption = ThaiTextField(label=_("คำบรรยาย"), max_length=200)


class AttendanceForm(SajjaForm):
    """Rows of those who came, then rows of observers; an empty name is no row."""

    reason = ThaiTextField(label=_("เหตุผลที่จำนวนต่างจากที่กำหนด"), lines=2, required=False, max_length=500)

    def __init__(self, people: Iterable[NewAttendee], rows: int, observers: int, *args: Any, **kwargs: Any) -> None:
        given = list(people)
        self.sizes = {"p": min(max(rows, sum(not one.observer for one in given)), MOST_ROWS), "o": min(observers, MOST_ROWS)}
        super().__init__(*args, **kwargs)
        for kind, size in self.sizes.items():
            named = [one for one in given if one.observer == (kind == "o")]
            for n in range(size):
                one = named[n] if n < len(named) else NewAttendee("", "", "" if kind == "o" else "สมาชิก")
                self._row(f"{kind}{n + 1}", one)

    def _row(self, key: str, one: NewAttendee) -> None:
        sex = [("", _("เพศ")), *Sex.choices]
        self.fields[f"name_{key}"] = ThaiTextField(label=_("ชื่อ"), required=False, max_length=150, initial=one.name)
        self.fields[f"sex_{key}"] = forms.ChoiceField(label=_("เพศ"), required=False, choices=sex, initial=one.sex)
        self.fields[f"office_{key}"] = ThaiTextField(label=_("ตำแหน่ง"), required=False, max_length=100, initial=one.office)

    def rows(self, kind: str) -> Iterator[tuple[int, list[BoundField]]]:
        """Number and fields of each row of a kind (p: participants, o: observers)."""
        for n in range(1, self.sizes[kind] + 1):
            yield n, [self[f"{name}_{kind}{n}"] for name in ("name", "sex", "office")]

    def participants_rows(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The rows of those who count."""
        return self.rows("p")

    def observer_rows(self) -> Iterator[tuple[int, list[BoundField]]]:
        """The rows of those who do not."""
        return self.rows("o")

    def clean(self) -> dict[str, Any]:
        """Whoever is named has a sex."""
        given = super().clean() or {}
        for kind, size in self.sizes.items():
            for n in range(1, size + 1):
                if given.get(f"name_{kind}{n}") and not given.get(f"sex_{kind}{n}"):
                    self.add_error(f"sex_{kind}{n}", _("เลือกเพศของ %s") % given[f"name_{kind}{n}"])
        return given

    def people(self) -> list[NewAttendee]:
        """Who came, in the order written."""
        given = self.cleaned_data
        return [
            NewAttendee(given[f"name_{kind}{n}"], given[f"sex_{kind}{n}"], given[f"office_{kind}{n}"] or "สมาชิก", kind == "o")
            for kind, size in self.sizes.items()
            for n in range(1, size + 1)
            if given.get(f"name_{kind}{n}")
        ]
