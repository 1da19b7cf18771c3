"""What the page of a province's or district's selection shows, read once."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sajja.org.models import Kind, Unit
from sajja.programme import queries, rule
from sajja.programme.models import Place, ProgrammeYear, Proposal, ProvinceList, SelectedGroup
from sajja.programme.rule import Candidate
from sajja.programme.terms import Terms


@dataclass(frozen=True)
class Line:
    """A candidate as a row: the rule that admits it, why, its proposal (if any), where it lies."""

    candidate: Candidate
    number: int | None
    why: str
    proposal: Proposal | None
    where: str


@dataclass(frozen=True)
class Seat:
    """A place of a frozen list: who holds it now (if anybody) and who held it before, the newest first.

    A district reads its own groups alone: of a place that went to another district it sees `elsewhere`.
    """

    place: Place
    now: SelectedGroup | None
    before: list[SelectedGroup]
    where: str
    elsewhere: bool = False


class Selection:
    """The selection of a year at a unit, a province or one of its districts."""

    def __init__(self, year: ProgrammeYear, unit: Unit) -> None:
        self.year, self.unit = year, unit
        self.province_path = unit.path[:2]
        self.frozen: ProvinceList | None = queries.list_of(year, self.province_path)
        self.terms: Terms = queries.terms_for(year, self.frozen)

    @cached_property
    def province(self) -> Unit:
        """The province itself."""
        return self.unit if self.unit.kind == Kind.PROVINCE else Unit.objects.get(path=self.province_path)

    @cached_property
    def districts(self) -> list[Unit]:
        """The districts of the province, in Thai order."""
        return queries.districts_of(self.province_path)

    @cached_property
    def places(self) -> dict[str, int]:
        """Scope path → places, over the whole province."""
        return queries.places_by_scope(self.terms, self.province_path, self.districts)

    @cached_property
    def names(self) -> dict[str, Unit]:
        """Path → district or subdistrict, under the unit."""
        return queries.names_under(self.unit.path)

    @cached_property
    def every(self) -> list[Candidate]:
        """All registered groups of the province."""
        return queries.candidates(self.year.year, self.province_path)

    @cached_property
    def proposals(self) -> dict[int, Proposal]:
        """Group → its open proposal, over the whole province."""
        return {proposal.group_id: proposal for proposal in queries.open_proposals(self.year, self.province_path)}

    @property
    def quota(self) -> int:
        """The places of the scopes under the unit; a district shows its province's where the quota is the province's."""
        own = [count for path, count in self.places.items() if path.startswith(self.unit.path)]
        return sum(own) if own else sum(self.places.values())

    @property
    def proposed_here(self) -> int:
        """How many groups under the unit are proposed."""
        return sum(1 for proposal in self.proposals.values() if self._here(proposal.group.unit.path))

    @cached_property
    def suggested(self) -> set[int]:
        """The groups that the rule alone would choose in the province."""
        return {candidate.group for candidate in rule.suggest(self.every, self.terms.rules, self.places)}

    def lines(self) -> list[Line]:
        """The groups under the unit that a rule admits or that are proposed, rule 1 first."""
        return [
            line for c in rule.in_order(self.every, self.terms.rules)
            if self._here(c.path) and (line := self._line(c)) and (line.number or line.proposal)
        ]  # fmt: skip

    def left_out(self) -> list[tuple[Candidate, str]]:
        """The groups under the unit that no rule admits and nobody proposes, with the reason."""
        rest = [
            c for c in rule.in_order(self.every, self.terms.rules)
            if self._here(c.path) and rule.admitting(c, self.terms.rules) is None and c.group not in self.proposals
        ]  # fmt: skip
        return [(candidate, rule.why_not(candidate, self.terms.rules)) for candidate in rest]

    def seats(self) -> list[Seat]:
        """The places of the frozen list under the unit; a province also shows its empty ones."""
        by_place: dict[int, list[SelectedGroup]] = {}
        for holder in queries.holders(self.year, self.province_path):
            by_place.setdefault(holder.place_id, []).append(holder)
        places = Place.objects.filter(list=self.frozen).select_related("district").order_by("number")
        seats = [self._seat(place, by_place.get(place.pk, [])) for place in places]
        return [seat for seat in seats if self.unit.kind == Kind.PROVINCE or self._sits_here(seat)]

    @cached_property
    def missing(self) -> int:
        """How many places a later revision gives the province beyond those of its frozen list."""
        current = queries.current_revision(self.year)
        if self.frozen is None or self.frozen.revision_id == current.pk:
            return 0
        return len(queries.missing_places(self.frozen, queries.terms_of(current), self.districts))

    def kept_left_out(self) -> list[dict[str, Any]]:
        """Who was left out and why, as the frozen list keeps it, under the unit."""
        return [row for row in self.frozen.left_out if self._here(row["path"])] if self.frozen else []

    def where(self, path: str) -> str:
        """ต.อุ่มเหม้า อ.ธาตุพนม of a group's path."""
        return " ".join(self.names[part].short_name for part in (path[:6], path[:4]) if part in self.names)

    def _line(self, candidate: Candidate) -> Line:
        why = rule.why_admitted(candidate, self.terms.rules) or rule.why_not(candidate, self.terms.rules)
        number = rule.admitting(candidate, self.terms.rules)
        return Line(candidate, number, why, self.proposals.get(candidate.group), self.where(candidate.path))

    def _seat(self, place: Place, holders: list[SelectedGroup]) -> Seat:
        own = [holder for holder in holders if self._here(holder.group.unit.path)]
        now = next((holder for holder in own if holder.until is None), None)
        before = [holder for holder in reversed(own) if holder.until is not None]
        path = now.group.unit.path if now else place.district.path if place.district else ""
        elsewhere = now is None and any(holder.until is None for holder in holders)
        return Seat(place, now, before, self.where(path), elsewhere)

    def _sits_here(self, seat: Seat) -> bool:
        return bool(seat.now or seat.before or (seat.place.district and self._here(seat.place.district.path)))

    def _here(self, path: str) -> bool:
        return path.startswith(self.unit.path)
