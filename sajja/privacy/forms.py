"""The forms of the privacy room."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sajja.privacy.models import Risk
from sajja.web import clock
from sajja.web.fields import SajjaForm, ThaiDateField, ThaiIntegerField, ThaiTextField, ThaiTimeField


class WhenForm(SajjaForm):
    """A moment as people write it."""

    day = ThaiDateField(label=_("วันที่"), latest=clock.today)
    time = ThaiTimeField(label=_("เวลา"), help_text=_("เช่น 14.30"))

    @property
    def moment(self) -> datetime:
        """In Bangkok."""
        return clock.moment(self.cleaned_data["day"], self.cleaned_data["time"])


class BreachForm(WhenForm):
    """What got out."""

    what = ThaiTextField(label=_("เกิดอะไรขึ้น"), lines=4, max_length=3000)
    whose = ThaiTextField(label=_("ข้อมูลอะไร ของใคร"), max_length=280, help_text=_("เช่น ชื่อและยอดออมของสมาชิกกลุ่มหนึ่ง ไม่ต้องใส่ชื่อคน"))
    people = ThaiIntegerField(label=_("ประมาณกี่คน"), min_value=0, max_value=10_000_000)
    risk = forms.ChoiceField(label=_("ความเสี่ยงต่อเจ้าของข้อมูล"), choices=Risk.choices, widget=forms.RadioSelect, initial=Risk.SOME)
    measures = ThaiTextField(label=_("ทำอะไรไปแล้ว และจะทำอะไร"), lines=3, max_length=3000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].label = _("รู้เหตุเมื่อวันที่")


class NoteForm(SajjaForm):
    """What was found out since."""

    words = ThaiTextField(label=_("รู้หรือทำอะไรเพิ่ม"), lines=3, max_length=3000)
    risk = forms.ChoiceField(label=_("ความเสี่ยงตอนนี้"), choices=Risk.choices, widget=forms.RadioSelect)


class TellOfficeForm(WhenForm):
    """สคส. was told."""

    reference = ThaiTextField(label=_("เลขที่หนังสือ"), max_length=100)


class CloseForm(SajjaForm):
    """How it ended."""

    outcome = ThaiTextField(label=_("เรื่องจบอย่างไร"), lines=3, max_length=450)
