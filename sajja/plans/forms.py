"""The forms of the plans room."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sajja.plans.actions import Wanted
from sajja.plans.models import PlanLine
from sajja.web import clock
from sajja.web.fields import BahtField, PictureField, SajjaForm, ThaiDateField, ThaiTextField

SOURCES: Sequence[str | Promise] = (_("ไม่ใช้เงิน"), _("เงินของกลุ่ม"), _("งบกิจกรรมของอำเภอ"), _("หน่วยงานอื่นสนับสนุน"))


def listed(name: str) -> forms.TextInput:
    """A text box with proposals: the page holds the datalist of this name."""
    return forms.TextInput(attrs={"list": name, "autocomplete": "off"})


class NothingForm(SajjaForm):
    """A form without fields of its own: one press, one act."""


class LineForm(SajjaForm):
    """What a line of the plan says."""

    activity = ThaiTextField(label=_("กิจกรรม"), lines=3, max_length=500, help_text=_("จะทำอะไร เช่น ประชุมใหญ่แก้ระเบียบเงินกู้"))
    owner = ThaiTextField(
        label=_("ผู้รับผิดชอบ"),
        max_length=150,
        required=False,
        widget=listed("owners"),
        help_text=_("คนในกลุ่ม เลือกจากกรรมการหรือพิมพ์ชื่อ"),
    )
    starts = ThaiDateField(label=_("เริ่ม"), required=False)
    ends = ThaiDateField(label=_("สิ้นสุด"), required=False)
    money_satang = BahtField(label=_("เงิน (บาท)"), required=False, help_text=_("ไม่ใช้เงินให้เว้นว่าง"))
    money_source = ThaiTextField(label=_("แหล่งเงิน"), max_length=150, required=False, widget=listed("sources"))
    success = ThaiTextField(
        label=_("รู้ได้อย่างไรว่าสำเร็จ"), lines=2, max_length=300, required=False, help_text=_("เช่น มีระเบียบฉบับใหม่และมติที่ประชุม")
    )

    def clean(self) -> dict[str, Any]:
        """Ends not before it starts; money has a source."""
        given = super().clean() or {}
        starts, ends = given.get("starts"), given.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("วันสิ้นสุดต้องไม่ก่อนวันเริ่ม"))
        if given.get("money_satang") and not given.get("money_source"):
            self.add_error("money_source", _("บอกว่าเงินมาจากไหน เช่น เงินของกลุ่ม"))
        return given

    def wanted(self) -> Wanted:
        """The line as it was filled in."""
        return Wanted(**(self.cleaned_data | {"money_satang": self.cleaned_data["money_satang"] or 0}))


def initial_of(line: PlanLine) -> Mapping[str, Any]:
    """A line as its form shows it."""
    return {name: getattr(line, name) for name in Wanted._fields}


class MergeForm(SajjaForm):
    """The line that this one is done together with."""

    into = forms.TypedChoiceField(label=_("ทำรวมกับกิจกรรม"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, others: Sequence[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].choices = others  # type: ignore[attr-defined]


class ReasonForm(SajjaForm):
    """Why, for the record."""

    reason = ThaiTextField(label=_("เหตุผล"), lines=3, max_length=400)


class SignForm(SajjaForm):
    """One's own signature: the day."""

    day = ThaiDateField(label=_("วันที่ลงนาม"), latest=clock.today)


class PaperForm(SignForm):
    """The chair's signature on paper, as the officer saw it."""

    name = ThaiTextField(label=_("ชื่อประธานกลุ่มตามลายมือชื่อ"), max_length=150)
    seen = forms.BooleanField(label=_("เห็นลายมือชื่อบนแผนฉบับกระดาษแล้ว และเก็บไว้ที่สำนักงาน"))
    field_order = ("name", "day", "seen")


class DoneForm(SajjaForm):
    """That a line was done: the day, what came of it, perhaps a picture."""

    day = ThaiDateField(label=_("วันที่ทำเสร็จ"), latest=clock.today)
    note = ThaiTextField(label=_("ทำอะไรไป ได้ผลอย่างไร"), lines=3, max_length=500)
    picture = PictureField(label=_("รูปหลักฐาน"), required=False)
