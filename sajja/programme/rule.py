"""The rule of selection: which rule of the year admits a group, who comes first, and why the others are left out. Pure.

Source: clause 3 of the letter. Rule 1 first; rule 2 fills the places that rule 1 leaves, up to the quota of each scope
(a province, or a district where the year says so). The rules themselves are data of the year (terms.RuleTerm).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from sajja.programme.terms import RuleTerm

LAST: Final = 99


@dataclass(frozen=True)
class Candidate:
    """A group as the rule sees it: its newest development level up to the year, and whether it founded a fund centre."""

    group: int
    name: str
    path: str
    level: int | None
    level_year: int | None = None
    founder: bool = False
    centre: str = ""
    closed: bool = False


def admitting(candidate: Candidate, rules: Sequence[RuleTerm]) -> int | None:
    """The number (from 1) of the first rule that admits the group; None where none does."""
    if candidate.closed or candidate.level is None:
        return None
    for number, rule in enumerate(rules, start=1):
        if candidate.level >= rule.level and (candidate.founder or not rule.founder):
            return number
    return None


def in_order(candidates: Iterable[Candidate], rules: Sequence[RuleTerm]) -> list[Candidate]:
    """Those of rule 1, then of rule 2, then those that no rule admits; within each by place."""
    return sorted(candidates, key=lambda c: (admitting(c, rules) or LAST, -(c.level or 0), c.path))


def suggest(candidates: Iterable[Candidate], rules: Sequence[RuleTerm], places: Mapping[str, int]) -> list[Candidate]:
    """The groups that the rule alone would choose: rule 1 first, the next fills the rest, up to the places of each scope.

    `places`: scope path (province or district) → number of places in it.
    """
    left = dict(places)
    chosen = []
    for candidate in in_order(candidates, rules):
        scope = scope_of(candidate.path, places)
        if admitting(candidate, rules) is not None and scope is not None and left[scope] > 0:
            left[scope] -= 1
            chosen.append(candidate)
    return chosen


def scope_of(path: str, places: Mapping[str, int]) -> str | None:
    """The scope that a group's path lies in; None outside all of them."""
    return next((path[:length] for length in (2, 4) if path[:length] in places), None)


def passed_over(
    candidates: Iterable[Candidate], chosen: Collection[int], rules: Sequence[RuleTerm], places: Mapping[str, int]
) -> list[Candidate]:
    """The groups left out although a group of a later rule took a place in their scope: each needs a reason.

    A group that no rule admits has its own reason, which stands for these too.
    """
    every = list(candidates)
    latest: dict[str | None, int] = {}
    for candidate in every:
        if candidate.group in chosen:
            scope = scope_of(candidate.path, places)
            latest[scope] = max(latest.get(scope, 0), admitting(candidate, rules) or 0)
    return [
        candidate
        for candidate in in_order(every, rules)
        if candidate.group not in chosen
        and (number := admitting(candidate, rules)) is not None
        and number < latest.get(scope_of(candidate.path, places), 0)
    ]


def why_admitted(candidate: Candidate, rules: Sequence[RuleTerm]) -> str:
    """In Thai, the facts that admit a group: its level, its year, the centre it founded. Empty where no rule admits it."""
    number = admitting(candidate, rules)
    if number is None:
        return ""
    facts = _level_in_words(candidate)
    if rules[number - 1].founder:
        facts += " " + (_("แกนนำจัดตั้ง%(centre)s") % {"centre": candidate.centre} if candidate.centre else _("แกนนำจัดตั้งศูนย์ฯ"))
    return facts


def why_not(candidate: Candidate, rules: Sequence[RuleTerm]) -> str:
    """In Thai, why no rule admits a group. Empty where one does."""
    if admitting(candidate, rules) is not None:
        return ""
    if candidate.closed:
        return _("เลิกกลุ่มแล้ว")
    if candidate.level is None:
        return _("ยังไม่มีผลการจัดระดับการพัฒนา")
    least = min(rule.level for rule in rules)
    if candidate.level < least:
        return _("%(level)s หลักเกณฑ์ต้องเป็นระดับ %(least)d") % {"level": _level_in_words(candidate), "least": least}
    return _("ไม่ได้เป็นแกนนำจัดตั้งศูนย์จัดการกองทุนชุมชน")


def why_left_out(
    candidate: Candidate, rules: Sequence[RuleTerm], *, proposed: bool, filled: int, places: int, because: str = ""
) -> str:
    """In Thai, why a group has no place: the rule, the quota, or what people decided (`because`, their own words)."""
    number = admitting(candidate, rules)
    if number is None:
        return why_not(candidate, rules)
    fits = _("เข้าหลักเกณฑ์ข้อ %(number)d") % {"number": number}
    if because:
        return f"{fits} {because}"
    if filled >= places:
        return _("%(fits)s แต่ครบโควตา %(places)d แห่งแล้ว") % {"fits": fits, "places": places}
    if not proposed:
        return _("%(fits)s แต่อำเภอไม่ได้เสนอ") % {"fits": fits}
    return _("%(fits)s อำเภอเสนอ แต่จังหวัดไม่ได้เลือก") % {"fits": fits}


def _level_in_words(candidate: Candidate) -> str:
    if candidate.level_year is None:
        return _("ระดับ %(level)d") % {"level": candidate.level}
    return _("ระดับ %(level)d (ปี %(year)d)") % {"level": candidate.level, "year": candidate.level_year}
