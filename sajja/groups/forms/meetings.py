"""The forms of meetings and resolutions."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups.actions import NewResolution
from sajja.groups.models import MeetingKind, ResolutionAbout
from sajja.web import clock
from sajja.web.fields import SajjaForm, ThaiDateField, ThaiIntegerField, ThaiTextField

LINES = 8
SHOWN = 2


class ResolutionForm(SajjaForm):
    """One resolution."""

    text = ThaiTextField(label=gettext_lazy("ข้อความของมติ"), max_length=600, lines=3)
    about = forms.ChoiceField(label=gettext_lazy("เรื่อง"), choices=ResolutionAbout.choices)
    number = ThaiTextField(
        label=gettext_lazy("มติที่"), max_length=20, required=False, help_text=gettext_lazy("เว้นว่าง ระบบใส่ลำดับถัดไปให้"),
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )  # fmt: skip


class MeetingForm(SajjaForm):
    """A meeting that was held, with what it resolved; a line without words is left out."""

    day = ThaiDateField(label=gettext_lazy("วันประชุม"), latest=clock.today)
    kind = forms.ChoiceField(label=gettext_lazy("การประชุม"), choices=MeetingKind.choices, widget=forms.RadioSelect)
    place = ThaiTextField(label=gettext_lazy("สถานที่"), max_length=150, required=False)
    present = ThaiIntegerField(label=gettext_lazy("ผู้เข้าประชุม (คน)"), min_value=1, max_value=100_000)
    members = ThaiIntegerField(label=gettext_lazy("ผู้มีสิทธิเข้าประชุม (คน)"), min_value=1, max_value=100_000, required=False)
    note = ThaiTextField(label=gettext_lazy("หมายเหตุ"), max_length=300, lines=2, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(1, LINES + 1):
            self.fields[f"text_{n}"] = ThaiTextField(label=_("มติที่ %s") % n, max_length=600, lines=2, required=False)
            self.fields[f"about_{n}"] = forms.ChoiceField(
                label=_("เรื่องของมติที่ %s") % n, choices=ResolutionAbout.choices, required=False
            )

    @property
    def first_lines(self) -> list[dict[str, Any]]:
        """The lines that stand open."""
        return self._lines(1, self._open())

    @property
    def more_lines(self) -> list[dict[str, Any]]:
        """The rest, folded away."""
        return self._lines(self._open() + 1, LINES)

    def _open(self) -> int:
        return max([SHOWN, *(n for n in range(1, LINES + 1) if self.data.get(f"text_{n}"))])

    def _lines(self, first: int, last: int) -> list[dict[str, Any]]:
        return [{"number": n, "text": self[f"text_{n}"], "about": self[f"about_{n}"]} for n in range(first, last + 1)]

    def clean(self) -> dict[str, Any]:
        """The lines as resolutions."""
        cleaned = dict(super().clean() or self.cleaned_data)
        lines = [(cleaned.pop(f"text_{n}", ""), cleaned.pop(f"about_{n}", "")) for n in range(1, LINES + 1)]
        cleaned["resolutions"] = [NewResolution(text, about or ResolutionAbout.FREE) for text, about in lines if text]
        return cleaned
