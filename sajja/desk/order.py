"""How a home shows its duties: each fact once, many of one kind in one district put together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sajja.lib.duties import Duty

MANY = 8
DISTRICT = 4  # digits of a district's path


@dataclass(frozen=True)
class Entry:
    """A row of a home: one duty, or several that ask for the same in one district."""

    title: str | Promise
    place: str | Promise
    duties: list[Duty]

    @property
    def duty(self) -> Duty:
        """The duty, of several the most urgent one."""
        return self.duties[0]


def entries(duties: Iterable[Duty], districts: Mapping[str, str], own: str = "") -> list[Entry]:
    """The duties in their order; the reader's `own` unit is not named. Many are put together by act and district (path → name)."""
    waiting = list(duties)
    if len(waiting) <= MANY:
        return [_one(duty, districts, own) for duty in waiting]
    together: dict[tuple[str, str], list[Duty]] = {}
    for duty in waiting:
        together.setdefault((str(duty.verb), duty.path[:DISTRICT]), []).append(duty)
    return [_several(same, districts, own) for same in together.values()]


def _one(duty: Duty, districts: Mapping[str, str], own: str) -> Entry:
    place = "" if str(duty.place) in str(duty.title) or str(duty.place) == own else duty.place
    district = districts.get(duty.path[:DISTRICT], "")
    return Entry(duty.title, f"{place} {district}".strip() if district else place, [duty])


def _several(same: list[Duty], districts: Mapping[str, str], own: str) -> Entry:
    if len(same) == 1:
        return _one(same[0], districts, own)
    title = _("%(verb)s %(n)d เรื่อง") % {"verb": same[0].verb, "n": len(same)}
    return Entry(title, districts.get(same[0].path[:DISTRICT], ""), same)
