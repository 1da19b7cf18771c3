"""The forms of the forum day: days, acts, steps, pictures. Who came has a file of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sajja.forums.actions import NewSitting
from sajja.forums.models import Sitting
from sajja.forums.words import short_titles
from sajja.lib.refusals import Refused
from sajja.org.models import Person
from sajja.programme.terms import Terms
from sajja.web import clock, uploads
from sajja.web.fields import SajjaForm, ThaiDateField, ThaiTextField, ThaiTimeField

SITTINGS, MOST_PICTURES = 4, 10
ORDER_HELP = _("เลขที่คำสั่งหรือหนังสือ ถ้ามี")


class NothingForm(SajjaForm):
    """A confirmation: nothing to fill in."""


class PlanForm(SajjaForm):
    """Up to four sittings, the first one wanted; who hosts; the order."""

    host = forms.ChoiceField(label=_("เจ้าหน้าที่ผู้รับผิดชอบ"), required=False)
    host_names = ThaiTextField(label=_("เจ้าหน้าที่ร่วมจัด"), required=False, max_length=300, help_text=_("หลายคนคั่นด้วยเครื่องหมายจุลภาค"))
    order_number = ThaiTextField(label=_("เลขที่คำสั่ง"), required=False, max_length=60, help_text=ORDER_HELP)

    def __init__(self, hosts: Iterable[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.hosts = {str(host.pk): host for host in hosts}
        chosen = self.fields["host"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", gettext("ยังไม่ระบุ")), *((key, host.full_name) for key, host in self.hosts.items())]
        for n in range(1, SITTINGS + 1):
            wanted = n == 1
            self.fields[f"day_{n}"] = ThaiDateField(label=_("วันที่"), required=wanted)
            self.fields[f"starts_{n}"] = ThaiTimeField(label=_("เริ่ม"), required=wanted, help_text=_("เช่น 09.00"))
            self.fields[f"ends_{n}"] = ThaiTimeField(label=_("เลิก"), required=False, help_text=_("เช่น 15.00"))
            self.fields[f"where_{n}"] = ThaiTextField(label=_("สถานที่"), required=wanted, max_length=200)

    @staticmethod
    def of(sittings: Sequence[Sitting]) -> dict[str, Any]:
        """What the form shows of the sittings that stand."""
        given: dict[str, Any] = {}
        for n, sitting in enumerate(sittings[:SITTINGS], 1):
            given |= {f"{name}_{n}": getattr(sitting, name) for name in ("day", "starts", "ends", "where")}
            given |= {"host": sitting.host_id or "", "host_names": sitting.host_names}
        return given

    def rounds(self) -> Iterator[tuple[int, dict[str, BoundField]]]:
        """Number and fields of each sitting, for the page."""
        for n in range(1, SITTINGS + 1):
            yield n, {name: self[f"{name}_{n}"] for name in ("day", "starts", "ends", "where")}

    @property
    def more_rounds(self) -> bool:
        """Whether more than the first sitting is filled in or wrong."""
        parts = [name for name in self.fields if name[-2:] in {f"_{n}" for n in range(2, SITTINGS + 1)}]
        return any(self[name].value() or self[name].errors for name in parts)

    def clean(self) -> dict[str, Any]:
        """A sitting that has a day has hours and a place too; nobody sits twice at one time."""
        given = super().clean() or self.cleaned_data
        for n in range(2, SITTINGS + 1):
            for name in ("starts", "where"):
                if given.get(f"day_{n}") and not given.get(f"{name}_{n}"):
                    self.add_error(f"{name}_{n}", _("รอบนี้มีวันแล้ว ใส่ข้อนี้ด้วย"))
            if not given.get(f"day_{n}") and given.get(f"starts_{n}"):
                self.add_error(f"day_{n}", _("ใส่วันของรอบนี้ หรือลบเวลาออกถ้าไม่มีรอบนี้"))
        for n in range(1, SITTINGS + 1):
            starts, ends = given.get(f"starts_{n}"), given.get(f"ends_{n}")
            if starts and ends and ends <= starts:
                self.add_error(f"ends_{n}", _("เวลาเลิกต้องหลังเวลาเริ่ม"))
            if any(given.get(f"day_{n}") and self._same(given, n, before) for before in range(1, n)):
                self.add_error(f"day_{n}", _("วันและเวลานี้ซ้ำกับรอบก่อน"))
        return given

    @staticmethod
    def _same(given: dict[str, Any], one: int, other: int) -> bool:
        return all(given.get(f"{name}_{one}") == given.get(f"{name}_{other}") for name in ("day", "starts"))

    def sittings(self) -> list[NewSitting]:
        """What was asked for."""
        given = self.cleaned_data
        host = self.hosts.get(given["host"])
        return [
            NewSitting(
                given[f"day_{n}"], given[f"starts_{n}"], given[f"where_{n}"], given.get(f"ends_{n}"), host, given["host_names"]
            )
            for n in range(1, SITTINGS + 1)
            if given.get(f"day_{n}")
        ]


class ReplanForm(PlanForm):
    """New sittings for a forum that had others."""

    reason = ThaiTextField(label=_("เหตุผลที่เปลี่ยน"), lines=2, max_length=500)


class MoveForm(SajjaForm):
    """Why, by which order, and on which day it was decided (not the day of entering it)."""

    reason = ThaiTextField(label=_("เหตุผล"), lines=3, max_length=500)
    order_number = ThaiTextField(label=_("เลขที่คำสั่ง"), required=False, max_length=60, help_text=ORDER_HELP)
    day = ThaiDateField(label=_("ตัดสินใจเมื่อวันที่"), latest=clock.today)


class ReasonForm(SajjaForm):
    """Why."""

    reason = ThaiTextField(label=_("เหตุผล"), lines=3, max_length=300)


class StepForm(SajjaForm):
    """The day, the hours and the note of a step."""

    day = ThaiDateField(label=_("วันที่ทำ"), latest=clock.today)
    starts = ThaiTimeField(label=_("เริ่ม"), required=False, help_text=_("เช่น 09.00"))
    ends = ThaiTimeField(label=_("เลิก"), required=False, help_text=_("เช่น 09.20"))
    note = ThaiTextField(label=_("บันทึก"), lines=3, required=False, max_length=1000)


class BookkeepingForm(SajjaForm):
    """4.5."""

    answer = forms.ChoiceField(
        label=_("กลุ่มทำบัญชีด้วยอะไร"),
        widget=forms.RadioSelect,
        choices=[("ours", _("ใช้โปรแกรมสัจจะ")), ("department", _("ใช้โปรแกรมของกรมฯ")), ("paper", _("ใช้สมุดอย่างเดียว"))],
    )
    reason = ThaiTextField(label=_("เหตุผลที่ใช้สมุดอย่างเดียว"), required=False, max_length=500, help_text=_("ใส่เมื่อเลือกข้อสุดท้าย"))


class PicturesInput(forms.FileInput):
    """A box that takes several pictures at once."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[UploadedFile[Any]]:
        """All that were chosen."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class PicturesField(forms.FileField):
    """Several pictures; gives a list of uploads, each checked."""

    widget = PicturesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Each upload checked; the one that is wrong is named."""
        given = [one for one in (data if isinstance(data, (list, tuple)) else [data]) if one]
        if len(given) > MOST_PICTURES:
            raise ValidationError(gettext("ส่งได้ครั้งละไม่เกิน %d รูป แบ่งส่งหลายครั้ง") % MOST_PICTURES)
        for one in given:
            try:
                uploads.check_picture(super().clean(one, initial))
            except Refused as refusal:
                raise ValidationError(f"{one.name}: {refusal}") from None
        return given


def _box(**more: Any) -> PicturesInput:
    return PicturesInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-shrink": "1600", **more})


class PhotosForm(SajjaForm):
    """Pictures just taken, or several chosen from the phone, with one step and caption."""

    taken = PicturesField(label=_("ถ่ายรูปตอนนี้"), required=False, widget=_box(capture="environment", multiple=False))
    pictures = PicturesField(
        label=_("เลือกจากเครื่อง หลายรูปได้"),
        required=False,
        widget=_box(),
        help_text=_("ระบบย่อรูป กลับให้ตั้งตรง และลบพิกัดออกให้"),
    )
    step = forms.ChoiceField(label=_("รูปของขั้น"), required=False)
    caption = ThaiTextField(
        label=_("คำบรรยาย"), required=False, max_length=200, help_text=_("เว้นว่างได้ ระบบใช้ชื่อขั้นให้ แก้ทีหลังได้ทีละรูป")
    )

    def __init__(self, terms: Terms, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_steps(self, terms)

    def clean(self) -> dict[str, Any]:
        """At least one picture."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not self.uploads():
            self.add_error("pictures", _("ยังไม่ได้เลือกรูป ถ่ายรูปหรือเลือกจากเครื่องก่อน"))
        return given

    def uploads(self) -> list[UploadedFile[Any]]:
        """All that was sent, the taken first."""
        return [*self.cleaned_data.get("taken", []), *self.cleaned_data.get("pictures", [])]


class DescribeForm(SajjaForm):
    """What one picture shows."""

    step = forms.ChoiceField(label=_("รูปของขั้น"), required=False)
    caption = ThaiTextField(label=_("คำบรรยาย"), max_length=200)

    def __init__(self, terms: Terms, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_steps(self, terms)


def _offer_steps(form: SajjaForm, terms: Terms) -> None:
    field = form.fields["step"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [("", gettext("ทั้งงาน")), *((key, f"{key} {title}") for key, title in short_titles(terms).items())]
