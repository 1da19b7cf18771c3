"""The forms of the follow-up room."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sajja.followup.models import VisitPlace
from sajja.followup.suggesting import Suggested
from sajja.followup.words import KINDS, SEVERITIES
from sajja.forums.forms import PicturesField, PicturesInput
from sajja.org.models import Person, Unit
from sajja.web import clock
from sajja.web.fields import SajjaForm, ThaiDateField, ThaiTextField

DAYS_TO_ANSWER = 15
PICTURES_HELP = _("ระบบย่อรูป กลับให้ตั้งตรง และลบพิกัดออกให้")


def _pictures(label: Any, **more: Any) -> PicturesField:
    box = PicturesInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-shrink": "1600"})
    return PicturesField(label=label, widget=box, help_text=PICTURES_HELP, **more)


class NothingForm(SajjaForm):
    """A confirmation: nothing to fill in."""


class ReasonForm(SajjaForm):
    """Why, for the record."""

    reason = ThaiTextField(label=_("เหตุผล"), lines=3, max_length=500)


class PlanForm(SajjaForm):
    """The day, who goes, and which of the groups offered."""

    day = ThaiDateField(label=_("วันที่จะไป"))
    went = ThaiTextField(label=_("ผู้ที่จะไป"), max_length=500, help_text=_("หลายคนคั่นด้วยเครื่องหมายจุลภาค"))
    places = forms.TypedMultipleChoiceField(label=_("กลุ่มที่จะไป"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, offered: Sequence[Suggested], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = offered
        self.fields["places"].choices = [(one.candidate.unit, one.candidate.name) for one in offered]  # type: ignore[attr-defined]

    def chosen(self) -> list[Suggested]:
        """The groups that were ticked, as they were offered."""
        ticked = set(self.cleaned_data["places"])
        return [one for one in self.offered if one.candidate.unit in ticked]

    def boxes(self) -> Iterator[tuple[Any, Suggested]]:
        """Each tick box with what is offered."""
        return zip(self["places"], self.offered, strict=True)


class MoveForm(SajjaForm):
    """Another day, and why."""

    day = ThaiDateField(label=_("วันใหม่"))
    reason = ThaiTextField(label=_("เหตุผลที่เลื่อน"), lines=2, max_length=500)


class RecordForm(SajjaForm):
    """What came of a visit; a correction says why."""

    day = ThaiDateField(label=_("วันที่ไป"), latest=clock.today)
    went = ThaiTextField(label=_("ผู้ที่ไป"), max_length=500, help_text=_("หลายคนคั่นด้วยเครื่องหมายจุลภาค"))
    visited = forms.TypedMultipleChoiceField(label=_("กลุ่มที่ไปถึง"), coerce=int, widget=forms.CheckboxSelectMultiple, required=False)
    summary = ThaiTextField(label=_("สรุปสิ่งที่พบ"), lines=5, max_length=4000, help_text=_("เรื่องที่ต้องแก้ ให้เพิ่มเป็นข้อสังเกตหลังบันทึกหน้านี้"))
    reason = ThaiTextField(label=_("เหตุผลที่แก้ไขบันทึก"), max_length=500)

    def __init__(self, places: Iterable[VisitPlace], *args: Any, correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visited"].choices = [(one.unit_id, one.unit.full_name) for one in places]  # type: ignore[attr-defined]
        if not correcting:
            del self.fields["reason"]


class PhotosForm(SajjaForm):
    """Several pictures of a visit, with one caption."""

    pictures = _pictures(_("รูป เลือกได้หลายรูป"))
    caption = ThaiTextField(label=_("คำบรรยาย"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        """At least one picture."""
        given = super().clean() or self.cleaned_data
        if not self.errors and not given["pictures"]:
            self.add_error("pictures", gettext("ยังไม่ได้เลือกรูป ถ่ายรูปหรือเลือกจากเครื่องก่อน"))
        return given


class FindingForm(SajjaForm):
    """What was found, how grave it is, what to do, by when."""

    about = forms.TypedChoiceField(label=_("เรื่องของ"), coerce=int)
    kind = forms.ChoiceField(label=_("เรื่อง"), choices=list(KINDS.items()))
    severity = forms.ChoiceField(label=_("ระดับ"), choices=list(SEVERITIES.items()), widget=forms.RadioSelect)
    words = ThaiTextField(label=_("พบอะไร"), lines=4, max_length=2000, help_text=_("เขียนสิ่งที่เห็น ไม่ต้องใส่ชื่อสมาชิก"))
    advice = ThaiTextField(label=_("คำแนะนำ"), lines=3, max_length=2000, help_text=_("ควรทำอย่างไร ใครช่วยได้"))
    due = ThaiDateField(label=_("ให้อำเภอตอบภายใน"), earliest=clock.today)

    def __init__(self, groups: Iterable[Unit], districts: Iterable[Unit], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.units = {unit.pk: unit for unit in (*groups, *districts)}
        self.fields["about"].choices = [  # type: ignore[attr-defined]
            (gettext("กลุ่มที่ไปถึง"), [(unit.pk, unit.full_name) for unit in groups]),
            (gettext("อำเภอ"), [(unit.pk, unit.full_name) for unit in districts]),
        ]
        self.fields["due"].initial = clock.today() + timedelta(days=DAYS_TO_ANSWER)


class AnswerForm(SajjaForm):
    """What the district did, with pictures where it has some."""

    words = ThaiTextField(label=_("ทำอะไรไปแล้ว"), lines=4, max_length=2000, help_text=_("บอกวันที่ทำ และผลที่ได้"))
    pictures = _pictures(_("รูปหลักฐาน เลือกได้หลายรูป"), required=False)


class AcceptForm(SajjaForm):
    """A word of thanks or advice, where there is one."""

    words = ThaiTextField(label=_("ข้อความถึงอำเภอ"), lines=2, max_length=500, required=False)


class SendBackForm(SajjaForm):
    """What is still missing, and the new day."""

    reason = ThaiTextField(label=_("ยังขาดอะไร"), lines=3, max_length=1000)
    due = ThaiDateField(label=_("ให้ตอบใหม่ภายใน"), earliest=clock.today)


class AssignForm(SajjaForm):
    """Who follows a zone up, from when to when."""

    person = forms.TypedChoiceField(label=_("ผู้ติดตาม"), coerce=int, help_text=_("ผู้ที่มีตำแหน่งที่กรมฯ หรือประจำเขตอยู่แล้ว"))
    starts = ThaiDateField(label=_("ตั้งแต่"))
    ends = ThaiDateField(label=_("ถึง"), required=False, help_text=_("เว้นว่างถ้ายังไม่กำหนด"))

    def __init__(self, people: Iterable[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.pk: person for person in people}
        named = [(key, one.full_name) for key, one in self.people.items()]
        self.fields["person"].choices = [("", gettext("เลือกผู้ติดตาม")), *named]  # type: ignore[attr-defined]


class EndForm(SajjaForm):
    """The last day of a post."""

    ends = ThaiDateField(label=_("วันสุดท้ายที่ดูแลเขตนี้"))
