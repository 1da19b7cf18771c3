"""What the pages show of an assessment: each indicator with both answers, each aspect with its progress."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.assessments import actions, queries, scoring
from sajja.assessments.actions import Side
from sajja.assessments.models import Answer, Aspect, Assessment, Indicator
from sajja.org.door import Request, holds
from sajja.org.permissions import P
from sajja.treasury.evidence import KINDS, Figure, restored


@dataclass(frozen=True)
class Said:
    """One answer in words: chip state, word, icon."""

    state: str
    word: str
    icon: str


def said(indicator: Indicator, value: str) -> Said | None:
    """An answer as a chip shows it; None where there is none."""
    if not value:
        return None
    if value == scoring.NOT_APPLICABLE:
        return Said("idle", _("ไม่เกี่ยวข้อง"), "minus")
    passed = scoring.judge(queries.question(indicator), value).verdict == scoring.PASS
    word = _("ผ่าน") if passed else _("ไม่ผ่าน")
    if indicator.kind == "graded":
        word = _("ระดับ %(level)s %(word)s") % {"level": value, "word": word}
    elif indicator.kind == "number":
        word = f"{indicator.rule['unit']} {value} {word}" if _before(indicator) else f"{value} {indicator.rule['unit']} {word}"
    return Said("ok" if passed else "late", word, "ok" if passed else "cross")


def _before(indicator: Indicator) -> bool:
    return bool(indicator.rule.get("unit") == "ร้อยละ")


@dataclass(frozen=True)
class Told:
    """What the group's books tell about an indicator: the figure, the value it suggests and its words, the way to the entries."""

    figure: Figure
    value: str
    suggests: Said | None
    url: str


def told(indicator: Indicator, stored: Mapping[str, Any] | None) -> Told | None:
    """As an answer keeps it (queries.told_by_books); None where the books told nothing."""
    if not stored or stored["key"] not in KINDS:
        return None
    url = reverse("treasury:figure", args=[stored["book"], stored["key"]]) + f"?on={stored['on']}"
    return Told(restored(stored), stored["suggested"], said(indicator, stored["suggested"]), url)


@dataclass(frozen=True)
class Ask:
    """One indicator on the answer page, for one side. `now` is what the books tell today, where it was asked for."""

    indicator: Indicator
    answer: Answer | None
    side: Side | None
    verdict: str = ""
    now: Mapping[str, Any] | None = None

    @property
    def books(self) -> Told | None:
        """What the books tell: now, or as it was kept with the answer."""
        return told(self.indicator, self.now or (self.answer.figure if self.answer else None))

    @property
    def against_books(self) -> bool:
        """Whether the officer says other than the books."""
        return bool(self.answer and self.answer.value and actions.against_books(self.indicator, self.answer))

    @property
    def value(self) -> str:
        """The answer of this page's side."""
        if self.answer is None:
            return ""
        return str(self.answer.self_value if self.side == "self" else self.answer.value)

    @property
    def aspect_number(self) -> int:
        """The aspect it stands in."""
        return self.indicator.aspect.number

    @property
    def typed(self) -> str:
        """What stands in the box of a number."""
        return "" if self.value == scoring.NOT_APPLICABLE else self.value

    @property
    def own(self) -> Said | None:
        """The group's own answer."""
        return said(self.indicator, self.answer.self_value) if self.answer else None

    @property
    def officer(self) -> Said | None:
        """The officer's answer."""
        return said(self.indicator, self.answer.value) if self.answer else None

    @property
    def differs(self) -> bool:
        """Whether both answered, and not the same."""
        answer = self.answer
        return bool(answer and scoring.differs(queries.question(self.indicator), answer.self_value, answer.value))

    @property
    def agrees(self) -> bool:
        """Whether both answered the same."""
        return bool(self.answer and self.answer.self_value and self.answer.value and not self.differs)

    @property
    def asks_reason(self) -> bool:
        """Whether the page asks the officer for a reason."""
        return bool(self.answer and actions.needs_reason(self.indicator, self.answer))

    @property
    def owes_reason(self) -> bool:
        """Whether that reason is still missing."""
        return actions.owes_reason(self.indicator, self.answer)

    @property
    def levels(self) -> list[tuple[str, str]]:
        """(value, what it means) of a graded indicator."""
        return [(str(i), text) for i, text in enumerate(self.indicator.rule.get("levels", []))]

    @property
    def passes_when(self) -> str:
        """The pass rule in words; "" of a plain pass or fail."""
        return passes_when(self.indicator)


def passes_when(indicator: Indicator) -> str:
    """ผ่านเมื่อไม่น้อยกว่าร้อยละ 80; "" of a plain pass or fail."""
    rule = indicator.rule
    if indicator.kind == "graded" or "bands" in rule:
        return str(_("ผ่านเมื่อถึงระดับ %s") % rule["pass_at"])
    if indicator.kind != "number":
        return ""
    amount = f"{rule['unit']} {rule['threshold']}" if _before(indicator) else f"{rule['threshold']} {rule['unit']}"
    words = {
        "at_least": _("ผ่านเมื่อไม่น้อยกว่า %s"),
        "more_than": _("ผ่านเมื่อมากกว่า %s"),
        "at_most": _("ผ่านเมื่อไม่เกิน %s"),
        "less_than": _("ผ่านเมื่อต่ำกว่า %s"),
    }
    return words[rule["compare"]] % amount


@dataclass(frozen=True)
class Part:
    """One aspect with its questions."""

    aspect: Aspect
    asks: tuple[Ask, ...]

    @property
    def total(self) -> int:
        """How many questions."""
        return len(self.asks)

    @property
    def answered(self) -> int:
        """How many of them this side has answered."""
        return sum(1 for ask in self.asks if ask.value)

    @property
    def missing(self) -> list[Ask]:
        """Those this side has not answered."""
        return [ask for ask in self.asks if not ask.value]

    @property
    def owing(self) -> list[Ask]:
        """Those that lack a reason."""
        return [ask for ask in self.asks if ask.owes_reason]


@dataclass(frozen=True)
class Sheet:
    """An assessment for one side (self, officer; None only reads)."""

    assessment: Assessment
    side: Side | None
    parts: tuple[Part, ...]

    @cached_property
    def total(self) -> int:
        """How many questions."""
        return sum(part.total for part in self.parts)

    @cached_property
    def answered(self) -> int:
        """How many this side has answered."""
        return sum(part.answered for part in self.parts)

    @cached_property
    def own_answered(self) -> int:
        """How many the group has answered itself."""
        return sum(1 for ask in self.asks if ask.own)

    @cached_property
    def verified(self) -> int:
        """How many the officer has answered."""
        return sum(1 for ask in self.asks if ask.officer)

    @cached_property
    def asks(self) -> list[Ask]:
        """All questions in order."""
        return [ask for part in self.parts for ask in part.asks]

    @cached_property
    def unverified(self) -> list[Ask]:
        """Those the officer has not answered."""
        return [ask for ask in self.asks if not ask.officer]

    @cached_property
    def differing(self) -> list[Ask]:
        """Those where the two differ."""
        return [ask for ask in self.asks if ask.differs]

    @cached_property
    def owing(self) -> list[Ask]:
        """Those that lack a reason."""
        return [ask for ask in self.asks if ask.owes_reason]

    @cached_property
    def against_books(self) -> list[Ask]:
        """Those where the officer says other than the group's books."""
        return [ask for ask in self.asks if ask.against_books]

    @cached_property
    def failed(self) -> list[Ask]:
        """Those not passed, once confirmed."""
        return [ask for ask in self.asks if ask.verdict == scoring.FAIL]

    @cached_property
    def ready(self) -> bool:
        """Whether it can be confirmed."""
        return not self.unverified and not self.owing

    def part(self, number: Any) -> Part:
        """The aspect with this number; the first unfinished one where none is named."""
        for part in self.parts:
            if str(part.aspect.number) == str(number):
                return part
        unfinished = [part for part in self.parts if part.missing or (self.side == "officer" and part.owing)]
        return (unfinished or list(self.parts))[0]

    def beside(self, part: Part, step: int) -> Part | None:
        """The aspect before (-1) or after (+1)."""
        place = [one.aspect for one in self.parts].index(part.aspect) + step
        return self.parts[place] if 0 <= place < len(self.parts) else None

    def ask(self, code: Any) -> Ask | None:
        """The question with this code; codes are unique in a version."""
        return next((ask for ask in self.asks if ask.indicator.code == str(code)), None)


def with_books(assessment: Assessment, part: Part) -> Part:
    """The aspect with what the books tell today; an answer is then held against that."""
    found = queries.told_by_books(assessment, [ask.indicator for ask in part.asks])
    for ask in part.asks:
        if ask.answer is not None:
            ask.answer.figure = found.get(ask.indicator.pk)
    return replace(part, asks=tuple(replace(ask, now=found.get(ask.indicator.pk)) for ask in part.asks))


def sheet(assessment: Assessment, side: Side | None = None) -> Sheet:
    """Read an assessment: aspects, indicators, answers and, once confirmed, verdicts. Four queries."""
    answers = queries.answers_by_indicator(assessment)
    verdicts = queries.verdicts_of(assessment) if assessment.confirmed_at else {}
    parts = [
        Part(aspect, tuple(Ask(one, answers.get(one.pk), side, verdicts.get(one.pk, "")) for one in aspect.indicators.all()))
        for aspect in queries.aspects_of(assessment.version)
    ]
    return Sheet(assessment, side, tuple(parts))


def side_of(request: Request, assessment: Assessment, asked: str = "") -> Side | None:
    """For whom this person answers: officers verify, or write down what the group says; the group answers for itself."""
    unit = assessment.selected.group.unit
    if holds(request.user, P.VERIFY, unit):
        return "self" if asked == "self" else "officer"
    return "self" if holds(request.user, P.SELF_ASSESS, unit) else None


def codes(asks: Iterable[Ask]) -> str:
    """1.2, 3.4."""
    return ", ".join(ask.indicator.code for ask in asks)
