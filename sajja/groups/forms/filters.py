"""Which groups of the register a page shows: words, place, level, founder of a centre, closed or not."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sajja.groups import queries
from sajja.groups.models import SavingsGroup
from sajja.org.door import Request
from sajja.org.models import Kind, Person, Unit
from sajja.org.queries import children
from sajja.web.fields import SajjaForm, ThaiTextField

LEVELS = [("", _("ทุกระดับ")), ("3", _("ระดับ 3")), ("2", _("ระดับ 2")), ("1", _("ระดับ 1")), ("none", _("ยังไม่จัดระดับ"))]
FOUNDERS = [("", _("ทั้งหมด")), ("yes", _("เป็นแกนนำจัดตั้งศูนย์")), ("no", _("ไม่ได้เป็นแกนนำ"))]
STATES = [("", _("ยังดำเนินการ")), ("closed", _("เลิกแล้ว")), ("all", _("ทั้งหมด"))]


class FilterForm(SajjaForm):
    """The search box and the filters."""

    q = ThaiTextField(label=_("ค้นหาชื่อกลุ่ม รหัส หมู่บ้าน ตำบล อำเภอ จังหวัด"), required=False, max_length=200, widget=forms.TextInput(
        attrs={"type": "search", "enterkeyhint": "search", "autocomplete": "off"}
    ))  # fmt: skip
    place = forms.ChoiceField(label=_("พื้นที่"), required=False)
    level = forms.ChoiceField(label=_("ระดับล่าสุด"), choices=LEVELS, required=False)
    founder = forms.ChoiceField(label=_("ศูนย์จัดการกองทุนชุมชน"), choices=FOUNDERS, required=False)
    state = forms.ChoiceField(label=_("สถานะ"), choices=STATES, required=False)


@dataclass(frozen=True)
class Filters:
    """The filters of one page view; a filter that cannot be read is no filter."""

    form: FilterForm
    q: str = ""
    place: str = ""
    level: str = ""
    founder: str = ""
    state: str = ""

    @classmethod
    def of(cls, request: Request) -> Filters:
        """Read from the address; the places to choose from are those right under the person's unit and under the chosen one."""
        data = request.GET.copy()
        if data.get("place") in {post.unit.path for post in request.user.posts_today}:
            data["place"] = ""  # one's own unit is all there is to see
        form = FilterForm(data)
        place = form.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = places_to_choose(request.user, data.get("place", ""))
        form.is_valid()
        kept = {name: form.cleaned_data.get(name, "") for name in form.fields}
        return cls(form, **kept)

    @property
    def in_use(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.q) or self.narrowed

    @property
    def narrowed(self) -> bool:
        """Whether a filter beside the words is set."""
        return any((self.place, self.level, self.founder, self.state))

    def narrow(self, groups: QuerySet[SavingsGroup]) -> QuerySet[SavingsGroup]:
        """The groups that pass."""
        groups = queries.search(groups, self.q)
        if self.place:
            groups = queries.under(groups, self.place)
        if self.level:
            wanted = {"level__isnull": True} if self.level == "none" else {"level": int(self.level)}
            groups = groups.filter(**wanted)
        if self.founder:
            groups = groups.filter(centre_founding__isnull=self.founder == "no")
        if self.state == "closed":
            return groups.filter(closed_on__isnull=False)
        return groups if self.state == "all" else queries.open_groups(groups)


def places_to_choose(person: Person, chosen: str) -> list[tuple[str, str]]:
    """All places, the places right under the person's unit, and those above and under the chosen one."""
    posts = [post for post in person.posts_today if post.unit.kind != Kind.GROUP]
    if not posts:
        return [("", str(_("ทุกพื้นที่")))]
    own = posts[0].unit
    choices = [("", str(_("ทุกพื้นที่")))]
    for unit in children(own):
        choices.append((unit.path, unit.full_name if unit.kind != Kind.VILLAGE else unit.short_name))
        if chosen and chosen.startswith(unit.path):
            choices += [(below.path, f"– {below.short_name}") for below in _down_to(unit, chosen)]
    return choices


def _down_to(unit: Unit, chosen: str) -> list[Unit]:
    """The places under a unit on the way to the chosen path, and those right under that."""
    lengths = [length for length in (2, 4, 6) if len(unit.path) <= length <= len(chosen)]
    parents = [chosen[:length] for length in lengths]
    return list(Unit.objects.filter(parent__path__in=parents, active=True).exclude(kind=Kind.GROUP).order_by("path"))
