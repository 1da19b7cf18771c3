"""The sums of an assessment: verdicts, weights, scores. Pure; docs/scoring.md says them in words, with a worked example.

Values are text as they were answered: pass, fail, na; 0–3 of a graded indicator; a decimal of a number.
Shares are exact fractions; a score is cut off after two decimals, never rounded; a number is cut off after the
decimals of its rule before it meets a threshold.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from typing import Any, Final

PASS: Final = "pass"
FAIL: Final = "fail"
NOT_APPLICABLE: Final = "na"
TOP_LEVEL: Final = 3
COMPARE: Final = {
    "at_least": lambda given, threshold: given >= threshold,
    "more_than": lambda given, threshold: given > threshold,
    "at_most": lambda given, threshold: given <= threshold,
    "less_than": lambda given, threshold: given < threshold,
}
"""How a number passes, by the word of its rule."""
NUMBER: Final = re.compile(r"[0-9]{1,12}(\.[0-9]{1,6})?")


@dataclass(frozen=True, slots=True)
class Question:
    """One indicator as the sums see it: its aspect's number, code, kind, weight and rule."""

    aspect: int
    code: str
    kind: str = "passfail"
    weight: int = 1
    rule: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, and the share of its weight that the indicator brings (0 to 1; nothing where it does not apply)."""

    verdict: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Part:
    """An aspect, or the whole: how many passed of how many judged, and the score of 100; None where nothing was judged."""

    passed: int
    judged: int
    score: Decimal | None


@dataclass(frozen=True, slots=True)
class Result:
    """The whole, each aspect by its number, each verdict by its indicator's code."""

    whole: Part
    aspects: dict[int, Part]
    verdicts: dict[str, str]

    @property
    def not_passed(self) -> list[str]:
        """The codes that were not passed, in the instrument's order."""
        return [code for code, verdict in self.verdicts.items() if verdict == FAIL]


def cut(number: Decimal, decimals: int) -> Decimal:
    """Cut off after so many decimals, towards nought: 79.996 to two is 79.99."""
    return number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_DOWN)


def cut_share(share: Fraction) -> Decimal:
    """A share of 1 as a score of 100, cut off after two decimals."""
    return Decimal(share.numerator * 10_000 // share.denominator).scaleb(-2)


def judge(question: Question, value: str) -> Judged:
    """The verdict on one answer. ValueError: the value is none of this kind."""
    if value == NOT_APPLICABLE:
        return Judged(NOT_APPLICABLE, Fraction(0))
    if question.kind == "passfail":
        if value not in {PASS, FAIL}:
            raise ValueError(value)
        return Judged(value, Fraction(int(value == PASS)))
    level = _level(question, value)
    if level is None:
        passed = _compares(question.rule, read_number(value))
        return Judged(PASS if passed else FAIL, Fraction(int(passed)))
    return Judged(PASS if level >= question.rule["pass_at"] else FAIL, Fraction(level, TOP_LEVEL))


def _level(question: Question, value: str) -> int | None:
    """The level 0–3 that was given, or that the bands give a number; None where the rule has one threshold alone."""
    if question.kind == "graded":
        if value not in {"0", "1", "2", "3"}:
            raise ValueError(value)
        return int(value)
    if "bands" not in question.rule:
        return None
    given = cut(read_number(value), int(question.rule.get("decimals", 2)))
    return sum(1 for least in question.rule["bands"] if given >= Decimal(str(least)))


def _compares(rule: Mapping[str, Any], given: Decimal) -> bool:
    return bool(COMPARE[rule["compare"]](cut(given, int(rule.get("decimals", 2))), Decimal(str(rule["threshold"]))))


def read_number(text: str) -> Decimal:
    """A plain decimal, not negative: up to twelve digits and six decimals. ValueError: it is none."""
    if not NUMBER.fullmatch(text):
        raise ValueError(text)
    return Decimal(text)


def weights(questions: Sequence[Question], verdicts: Mapping[str, str]) -> dict[str, Fraction]:
    """What each indicator weighs once the weight of those that do not apply has moved to the others.

    It moves to the others of the same aspect, by their weights; where a whole aspect does not apply, to the other aspects.
    The sum stays the sum of all weights, as long as one indicator applies. By code; those that do not apply weigh 0.
    """
    moved = {q.code: Fraction(0) for q in questions}
    applying = [q for q in questions if verdicts[q.code] != NOT_APPLICABLE]
    whole = sum(q.weight for q in questions)
    standing = {q.aspect for q in applying}
    of_standing = sum(q.weight for q in questions if q.aspect in standing)
    for q in applying:
        of_aspect = sum(other.weight for other in questions if other.aspect == q.aspect)
        applying_there = sum(other.weight for other in applying if other.aspect == q.aspect)
        moved[q.code] = Fraction(q.weight * of_aspect, applying_there) * Fraction(whole, of_standing)
    return moved


def score(questions: Sequence[Question], values: Mapping[str, str]) -> Result:
    """Verdicts, each aspect and the whole. `values` holds one answer for each code. KeyError: one is missing."""
    judged = {q.code: judge(q, values[q.code]) for q in questions}
    verdicts = {code: one.verdict for code, one in judged.items()}
    weighed = weights(questions, verdicts)
    by_aspect: dict[int, list[str]] = {}
    for q in questions:
        by_aspect.setdefault(q.aspect, []).append(q.code)
    aspects = {number: _part(codes, judged, weighed) for number, codes in by_aspect.items()}
    return Result(_part([q.code for q in questions], judged, weighed), aspects, verdicts)


def _part(codes: Iterable[str], judged: Mapping[str, Judged], weighed: Mapping[str, Fraction]) -> Part:
    applying = [code for code in codes if judged[code].verdict != NOT_APPLICABLE]
    if not applying:
        return Part(0, 0, None)
    reached = sum((judged[code].share * weighed[code] for code in applying), Fraction(0))
    share = reached / sum((weighed[code] for code in applying), Fraction(0))
    passed = sum(1 for code in applying if judged[code].verdict == PASS)
    return Part(passed, len(applying), cut_share(share))


def band(bands: Iterable[Mapping[str, Any]], reached: Decimal | None) -> str:
    """What a score is called: the first band, highest first, whose least it reaches; "" without bands or score."""
    if reached is None:
        return ""
    return next((str(one["name"]) for one in bands if reached >= Decimal(str(one["least"]))), "")


def differs(question: Question, own: str, officer: str) -> bool:
    """Whether two answers differ so that a reason is owed: another verdict, or another level of a graded indicator."""
    if not own or not officer or own == officer:
        return False
    return question.kind == "graded" or judge(question, own).verdict != judge(question, officer).verdict


def suggested(question: Question, told: Decimal | None, usual: bool | None) -> str:
    """The answer that a figure of the books comes to; "" where it cannot tell.

    A number is the figure itself, nought where it is below. A pass or fail follows the rule that the indicator carries for its
    figure, else the figure's own (`usual`). A graded indicator is never suggested.
    """
    if told is None or question.kind == "graded":
        return ""
    if question.kind == "number":
        return format(max(told, Decimal(0)), "f")
    passed = _compares(question.rule, told) if "compare" in question.rule else usual
    return "" if passed is None else PASS if passed else FAIL


def example(question: Question, verdict: str) -> str:
    """A plain answer that comes to this verdict: for demonstrations and tests."""
    if verdict == NOT_APPLICABLE or question.kind == "passfail":
        return verdict
    if question.kind == "graded":
        return str(question.rule["pass_at"] - (verdict == FAIL))
    edge = Decimal(str(question.rule["threshold"] if "threshold" in question.rule else _band_to_pass(question.rule)))
    tries = [str(cut(edge + step, 0)) for step in (Decimal(0), Decimal(1), Decimal(-1)) if edge + step >= 0]
    return next(text for text in tries if judge(question, text).verdict == verdict)


def _band_to_pass(rule: Mapping[str, Any]) -> Any:
    return rule["bands"][rule["pass_at"] - 1]
