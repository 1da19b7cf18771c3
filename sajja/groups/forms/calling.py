"""What the list of members asks: its filters, the order in which the treasurer calls, a sheet of members."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sajja.groups import queries
from sajja.groups.forms.uploads import SheetForm
from sajja.groups.member_sheet import MemberReading
from sajja.groups.models import Member, MemberKind, SavingsGroup
from sajja.lib.digits import arabic
from sajja.web.fields import SajjaForm, SheetField, ThaiTextField


class CallOrderForm(forms.Form):
    """Places typed beside the names, or a button: one up, one down, all by number or by name.

    Read by hand: a field for each of hundreds of members would cost more than the page itself.
    """

    def __init__(self, members: Sequence[Member], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members

    def clean(self) -> dict[str, Any]:
        """`positions`: member's key → place."""
        if by := self.data.get("by"):
            keys = {"number": lambda member: member.order, "name": lambda member: member.sort_name}
            return {"positions": _places(sorted(self.members, key=keys.get(by, keys["number"])))}
        typed = {place: self._typed(member, place) for place, member in enumerate(self.members, 1)}
        ordered = [self.members[place - 1] for place in moved(typed)]
        for button, step in (("up", -1), ("down", 1)):
            at = next((at for at, member in enumerate(ordered) if str(member.pk) == self.data.get(button)), None)
            if at is not None and 0 <= at + step < len(ordered):
                ordered[at], ordered[at + step] = ordered[at + step], ordered[at]
        return {"positions": _places(ordered)}

    def _typed(self, member: Member, place: int) -> int:
        text = arabic(str(self.data.get(f"place_{member.pk}", ""))).strip() or str(place)
        if not text.isdecimal():
            raise ValidationError(_("ลำดับของ %s ต้องเป็นตัวเลข") % member.name)
        return int(text)


def moved(typed: Mapping[int, int]) -> list[int]:
    """The places of now in the order typed: whoever got another number goes there, the others keep their order.

    >>> moved({1: 1, 2: 2, 3: 1})
    [3, 1, 2]
    """
    order = [place for place, wanted in typed.items() if place == wanted]
    for wanted, place in sorted((wanted, place) for place, wanted in typed.items() if place != wanted):
        order.insert(max(wanted - 1, 0), place)
    return order


def _places(members: Sequence[Member]) -> dict[int, int]:
    return {member.pk: place for place, member in enumerate(members, 1)}


class MembersFilter(SajjaForm):
    """Which members a list shows."""

    q = ThaiTextField(
        label=gettext_lazy("ค้นหาชื่อหรือเลขที่สมาชิก"), required=False, max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "enterkeyhint": "search", "autocomplete": "off"}),
    )  # fmt: skip
    state = forms.ChoiceField(
        label=gettext_lazy("สถานะ"), required=False,
        choices=[("", gettext_lazy("เป็นสมาชิกอยู่")), ("ended", gettext_lazy("พ้นสมาชิกภาพแล้ว")), ("all", gettext_lazy("ทั้งหมด"))],
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("ประเภท"), required=False, choices=[("", gettext_lazy("ทุกประเภท")), *MemberKind.choices]
    )
    family = forms.ChoiceField(label=gettext_lazy("ครอบครัว"), required=False)

    def __init__(self, group: SavingsGroup, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["family"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("ทุกครอบครัว")), *queries.families_of(group)]

    @property
    def chosen(self) -> dict[str, str]:
        """What can be read of it; a filter that cannot be read is no filter."""
        self.is_valid()
        return {name: str(self.cleaned_data.get(name, "")) for name in self.fields}

    @property
    def narrowed(self) -> bool:
        """Whether a filter beside the words is set."""
        return any(value for name, value in self.chosen.items() if name != "q")


class MembersUploadForm(SheetForm):
    """A sheet of members."""

    sheet = SheetField(label=gettext_lazy("ไฟล์ทะเบียนสมาชิก"))

    def __init__(self, group: SavingsGroup, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group

    def read(self, upload: UploadedFile[Any]) -> MemberReading:
        """Against the group's own register."""
        return queries.read_members(self.group, upload)
