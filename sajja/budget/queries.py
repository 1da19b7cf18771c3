"""Reads of the budget room that are worth a name."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from sajja.budget.lives import OPEN
from sajja.budget.models import Advance, AdvanceMove, Allocation, Purse, Return, Voucher
from sajja.org.door import PathRange, ranges_of, within
from sajja.org.models import Kind, Person, Post, Unit
from sajja.org.permissions import P
from sajja.org.queries import children
from sajja.org.roles import ROLES
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.programme.queries import standing
from sajja.programme.terms import Terms
from sajja.web import clock


def all_advances() -> QuerySet[Advance]:
    """Every advance with what a page names."""
    return Advance.objects.select_related("unit", "year", "borrower", "by")


def all_vouchers() -> QuerySet[Voucher]:
    """Every voucher with what a page names."""
    return Voucher.objects.select_related(
        "advance__unit", "advance__year", "advance__borrower", "selected__group__unit", "forum", "line", "by", "reversal"
    )


def all_returns() -> QuerySet[Return]:
    """Every return with its advance."""
    return Return.objects.select_related("advance__unit", "advance__year", "by", "reversal")


def standing_vouchers(advance: Advance) -> QuerySet[Voucher]:
    """The vouchers of an advance that were not reversed, and are no reversals."""
    return Voucher.objects.filter(advance=advance, reverses__isnull=True, reversal__isnull=True)


def vouchers_of(advance: Advance) -> list[Voucher]:
    """All vouchers of an advance in the order they were entered, each with its reversal; reversals themselves left out."""
    return list(all_vouchers().filter(advance=advance, reverses__isnull=True).order_by("pk"))


def returns_of(advance: Advance) -> list[Return]:
    """The same of its returns."""
    return list(all_returns().filter(advance=advance, reverses__isnull=True).order_by("pk"))


def moves_of(advance: Advance) -> list[AdvanceMove]:
    """The moves of an advance, newest first."""
    return list(advance.moves.select_related("by").order_by("-pk"))


def made_by(advance: Advance, person: Person) -> bool:
    """Whether this person borrowed it, or wrote or sent anything of it."""
    if person.pk in {advance.borrower_id, advance.by_id}:
        return True
    return (
        advance.moves.filter(by=person, move="submit").exists()
        or advance.vouchers.filter(by=person).exists()
        or advance.returns.filter(by=person).exists()
    )


def purse_of(year: ProgrammeYear, unit: Unit) -> Purse:
    """The unit's purse, an empty one (not saved) before anything was allocated."""
    return Purse.objects.filter(year=year, unit=unit).first() or Purse(year=year, unit=unit)


def allocations_to(year: ProgrammeYear, giver: Unit) -> list[Allocation]:
    """Every row that this unit gave, newest first, reversals among them."""
    rows = Allocation.objects.filter(year=year, giver=giver).select_related("unit", "by", "reverses")
    return list(rows.order_by("-at", "-pk"))


def advances_under(year: ProgrammeYear, unit: Unit) -> QuerySet[Advance]:
    """The advances of the districts under a unit that were not reversed."""
    return (
        all_advances()
        .filter(within("unit__path", ranges_of(unit)), year=year)
        .exclude(state="reversed")
        .order_by("due", "unit__path", "pk")
    )


@dataclass(frozen=True)
class Line:
    """A unit's money in satang: received, passed on (allocated further, or lent less returned), lent out and not cleared, spent
    and approved; how many advances are held, and how many of them late."""

    unit: Unit
    received: int
    passed: int
    held: int
    spent: int
    advances: int
    late: int

    @property
    def left(self) -> int:
        """ยังไม่จัดสรร, of a district ยังไม่ได้ยืม."""
        return self.received - self.passed


def lines(year: ProgrammeYear, units: Iterable[Unit], today: date) -> list[Line]:
    """The money of each of these provinces or districts. Two queries."""
    wanted = list(units)
    paths = [(unit.path, unit.path + "zz") for unit in wanted]
    purses = {purse.unit_id: purse for purse in Purse.objects.filter(year=year, unit__in=wanted)}
    held, spent, count, late = _advances(year, paths, today, {len(unit.path) for unit in wanted})
    found = []
    for unit in wanted:
        purse = purses.get(unit.pk) or Purse()
        sums = (held[unit.path], spent[unit.path], count[unit.path], late[unit.path])
        found.append(Line(unit, purse.received_satang, purse.passed_satang, *sums))
    return found


def _advances(
    year: ProgrammeYear, paths: list[PathRange], today: date, lengths: set[int]
) -> tuple[Counter[str], Counter[str], Counter[str], Counter[str]]:
    """Path of a unit → satang held, satang spent and approved, advances held, late ones."""
    held, spent, count, late = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    rows = Advance.objects.filter(within("unit__path", paths), year=year).exclude(state="reversed")
    for path, state, satang, on_papers, returned, due in rows.values_list(
        "unit__path", "state", "satang", "spent_satang", "returned_satang", "due"
    ):
        for length in lengths:
            at = path[:length]
            if state == "approved":
                spent[at] += on_papers
            else:
                held[at] += satang - returned
                count[at] += 1
                late[at] += state in OPEN and due < today
    return held, spent, count, late


def below(year: ProgrammeYear, unit: Unit, terms: Terms, today: date) -> list[Line]:
    """The money of the units right under this one that take part."""
    if unit.kind == Kind.DISTRICT:
        return []
    return lines(year, [each for each in children(unit) if terms.takes_part(each.path)], today)


def places_below(year: ProgrammeYear, unit: Unit, terms: Terms, districts: dict[str, int]) -> dict[str, int]:
    """Path of a unit right below → places of the target: of a province by its quota, of a district the groups on places."""
    if unit.kind == Kind.PROVINCE:
        paths = standing(year).filter(within("group__unit__path", ranges_of(unit))).values_list("group__unit__path", flat=True)
        return dict(Counter(path[:4] for path in paths))
    return {path: terms.places_in(path, count) for path, count in districts.items()}


@dataclass(frozen=True)
class Spent:
    """What was spent for a group, standing or replaced, by its place: satang that count, papers, satang over."""

    selected: SelectedGroup
    counted: int
    papers: int
    over: int


def spent_by_group(year: ProgrammeYear, unit: Unit) -> list[Spent]:
    """Each group on a place under a unit, and each replaced one that money was spent for, by place. Two queries."""
    sums: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    rows = Voucher.objects.filter(within("advance__unit__path", ranges_of(unit)), advance__year=year)
    for key, counted, satang, reverses in rows.values_list("selected_id", "counted_satang", "satang", "reverses_id"):
        sums[key][0] += counted
        sums[key][1] += -1 if reverses else 1
        sums[key][2] += satang - counted
    groups = SelectedGroup.objects.filter(within("group__unit__path", ranges_of(unit)), year=year)
    there = groups.filter(Q(until__isnull=True) | Q(pk__in=list(sums))).select_related("group__unit", "place")
    return [Spent(one, *sums[one.pk]) for one in there.order_by("group__unit__path", "pk")]


def spent_for(selected: SelectedGroup) -> int:
    """What counts for a group's place, whoever holds it: satang."""
    rows = Voucher.objects.filter(place=selected.place_id)
    return int(rows.aggregate(sum=Sum("counted_satang"))["sum"] or 0)


def pack_vouchers(selected: SelectedGroup) -> list[Voucher]:
    """The standing vouchers of a group, by day."""
    rows = all_vouchers().filter(selected=selected, reverses__isnull=True, reversal__isnull=True)
    return list(rows.order_by("on", "pk"))


def borrowers(unit: Unit) -> dict[int, Person]:
    """Key → who may borrow at this district today, by name."""
    may = [key for key, role in ROLES.items() if P.BORROW in role.may]
    posts = Post.objects.held_on(clock.today()).filter(unit=unit, role__in=may, person__is_active=True).select_related("person")
    return {post.person_id: post.person for post in posts.order_by("person__full_name", "person_id")}
