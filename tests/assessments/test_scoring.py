"""The sums of an assessment: worked examples of docs/scoring.md, and what holds for any instrument and any answers."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sajja.assessments import scoring
from sajja.assessments.scoring import Question

PERCENT_80 = {"compare": "at_least", "threshold": "80", "decimals": 1, "unit": "ร้อยละ"}
LEVELS = {"levels": ["a", "b", "c", "d"], "pass_at": 2}
BANDS = {"bands": ["50", "70", "90"], "pass_at": 2, "decimals": 0, "unit": "ร้อยละ"}


# --- the worked example of docs/scoring.md -----------------------------------------------------

EXAMPLE = [
    Question(1, "1.1", weight=1),
    Question(1, "1.2", "number", 2, PERCENT_80),
    Question(1, "1.3", weight=1),
    Question(2, "2.1", "graded", 3, LEVELS),
    Question(2, "2.2", weight=3),
]


def test_the_worked_example() -> None:
    result = scoring.score(EXAMPLE, {"1.1": "pass", "1.2": "79.99", "1.3": "na", "2.1": "2", "2.2": "pass"})
    assert result.verdicts == {"1.1": "pass", "1.2": "fail", "1.3": "na", "2.1": "pass", "2.2": "pass"}
    assert result.aspects[1] == scoring.Part(1, 2, Decimal("33.33"))
    assert result.aspects[2] == scoring.Part(2, 2, Decimal("83.33"))
    assert result.whole == scoring.Part(3, 4, Decimal("63.33"))
    assert result.not_passed == ["1.2"]


def test_the_weights_of_the_worked_example() -> None:
    verdicts = {"1.1": "pass", "1.2": "fail", "1.3": "na", "2.1": "pass", "2.2": "pass"}
    assert scoring.weights(EXAMPLE, verdicts) == {
        "1.1": Fraction(4, 3),
        "1.2": Fraction(8, 3),
        "1.3": 0,
        "2.1": 3,
        "2.2": 3,
    }


def test_an_aspect_that_does_not_apply_gives_its_weight_to_the_others() -> None:
    answers = {"1.1": "na", "1.2": "na", "1.3": "na", "2.1": "3", "2.2": "fail"}
    result = scoring.score(EXAMPLE, answers)
    assert result.aspects[1] == scoring.Part(0, 0, None)
    assert result.whole == scoring.Part(1, 2, Decimal("50.00"))
    assert scoring.weights(EXAMPLE, result.verdicts) == {"1.1": 0, "1.2": 0, "1.3": 0, "2.1": 5, "2.2": 5}


def test_where_nothing_applies_there_is_no_score() -> None:
    result = scoring.score(EXAMPLE, dict.fromkeys(["1.1", "1.2", "1.3", "2.1", "2.2"], "na"))
    assert result.whole == scoring.Part(0, 0, None)


# --- thresholds --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("compare", "threshold", "decimals", "value", "verdict"),
    [
        ("at_least", "80", 1, "80", "pass"),
        ("at_least", "80", 0, "79.99", "fail"),
        ("at_least", "80", 1, "79.96", "fail"),
        ("more_than", "50", 1, "50.09", "fail"),
        ("more_than", "50", 1, "50.1", "pass"),
        ("less_than", "10", 2, "9.999", "pass"),
        ("less_than", "10", 2, "10.00", "fail"),
        ("at_most", "60", 0, "60.9", "pass"),
        ("at_most", "60", 0, "61", "fail"),
    ],
)
def test_a_number_is_cut_off_never_rounded_before_it_is_compared(
    compare: str, threshold: str, decimals: int, value: str, verdict: str
) -> None:
    rule = {"compare": compare, "threshold": threshold, "decimals": decimals}
    assert scoring.judge(Question(1, "1.1", "number", 1, rule), value).verdict == verdict


@pytest.mark.parametrize(
    ("value", "verdict", "share"),
    [("49.9", "fail", 0), ("50", "fail", 1), ("69.99", "fail", 1), ("70", "pass", 2), ("90", "pass", 3)],
)
def test_bands_turn_a_number_into_a_level(value: str, verdict: str, share: int) -> None:
    judged = scoring.judge(Question(1, "1.1", "number", 1, BANDS), value)
    assert (judged.verdict, judged.share) == (verdict, Fraction(share, 3))


@pytest.mark.parametrize("value", ["", "ผ่าน", "4", "-1", "1e3", "NaN", "inf", "1_0"])
def test_what_is_no_answer_of_its_kind_is_refused(value: str) -> None:
    for question in [EXAMPLE[0], EXAMPLE[3]]:
        with pytest.raises(ValueError):
            scoring.judge(question, value)


@pytest.mark.parametrize("value", ["", "ผ่าน", "-1", "1e3", "NaN", "inf", "1_0", "12.", "๘๐"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError):
        scoring.judge(EXAMPLE[1], value)


def test_a_whole_score_has_the_name_of_the_highest_band_it_reaches() -> None:
    bands = [{"least": "80", "name": "ดี"}, {"least": "60", "name": "พอใช้"}, {"least": "0", "name": "ปรับปรุง"}]
    assert [scoring.band(bands, Decimal(score)) for score in ["79.99", "80.00", "0.00"]] == ["พอใช้", "ดี", "ปรับปรุง"]
    assert scoring.band(bands, None) == ""


def test_a_reason_is_owed_where_the_verdicts_or_the_levels_differ() -> None:
    passfail, number, graded = EXAMPLE[0], EXAMPLE[1], EXAMPLE[3]
    assert scoring.differs(passfail, "pass", "fail")
    assert scoring.differs(passfail, "pass", "na")
    assert scoring.differs(graded, "2", "3")
    assert scoring.differs(number, "80", "79")
    assert not scoring.differs(number, "80", "92.5")
    assert not scoring.differs(passfail, "", "fail")


# --- what holds for every instrument -----------------------------------------------------------

ANSWERS = {
    "passfail": st.sampled_from(["pass", "fail", "na"]),
    "graded": st.sampled_from(["0", "1", "2", "3", "na"]),
    "number": st.one_of(st.just("na"), st.decimals(0, 200, places=3).map(str)),
}
RULES: dict[str, list[dict[str, object]]] = {"passfail": [{}], "graded": [LEVELS], "number": [PERCENT_80, BANDS]}


@st.composite
def sheets(draw: st.DrawFn) -> tuple[list[Question], dict[str, str]]:
    """Any instrument of 1 to 5 aspects with any answers."""
    questions = []
    for aspect in range(1, draw(st.integers(1, 5)) + 1):
        for place in range(1, draw(st.integers(1, 6)) + 1):
            kind = draw(st.sampled_from(sorted(RULES)))
            weight, rule = draw(st.integers(1, 9)), draw(st.sampled_from(RULES[kind]))
            questions.append(Question(aspect, f"{aspect}.{place}", kind, weight, rule))
    return questions, {q.code: draw(ANSWERS[q.kind]) for q in questions}


@given(sheets())
def test_moving_weight_never_makes_or_loses_any(sheet: tuple[list[Question], dict[str, str]]) -> None:
    questions, answers = sheet
    result = scoring.score(questions, answers)
    moved = scoring.weights(questions, result.verdicts)
    assert sum(moved.values()) == (sum(q.weight for q in questions) if result.whole.judged else 0)
    assert all(moved[code] == 0 for code, verdict in result.verdicts.items() if verdict == "na")


@given(sheets())
def test_counts_and_scores_tie_out(sheet: tuple[list[Question], dict[str, str]]) -> None:
    questions, answers = sheet
    result = scoring.score(questions, answers)
    assert sum(part.passed for part in result.aspects.values()) == result.whole.passed
    assert sum(part.judged for part in result.aspects.values()) == result.whole.judged
    assert result.whole.judged == sum(1 for verdict in result.verdicts.values() if verdict != "na")
    assert len(result.not_passed) == result.whole.judged - result.whole.passed
    for part in [result.whole, *result.aspects.values()]:
        assert (part.score is None) == (part.judged == 0)
        assert part.score is None or 0 <= part.score <= 100


@given(sheets())
def test_the_whole_lies_between_its_aspects(sheet: tuple[list[Question], dict[str, str]]) -> None:
    result = scoring.score(*sheet)
    scores = [part.score for part in result.aspects.values() if part.score is not None]
    if result.whole.score is not None:
        assert min(scores) <= result.whole.score <= max(scores) + Decimal("0.01")


@given(sheets(), st.data())
def test_a_pass_in_the_place_of_a_failure_never_lowers_a_score(
    sheet: tuple[list[Question], dict[str, str]], data: st.DataObject
) -> None:
    questions, answers = sheet
    before = scoring.score(questions, answers)
    if not before.not_passed:
        return
    code = data.draw(st.sampled_from(before.not_passed))
    question = next(q for q in questions if q.code == code)
    if "bands" in question.rule:
        return
    after = scoring.score(questions, answers | {code: scoring.example(question, "pass")})
    assert after.whole.passed == before.whole.passed + 1
    assert after.whole.score is not None
    assert before.whole.score is not None
    assert after.whole.score >= before.whole.score


@given(st.sampled_from(sorted(RULES)), st.data())
def test_an_example_comes_to_its_verdict(kind: str, data: st.DataObject) -> None:
    question = Question(1, "1.1", kind, 1, data.draw(st.sampled_from(RULES[kind])))
    for verdict in ["pass", "fail", "na"]:
        assert scoring.judge(question, scoring.example(question, verdict)).verdict == verdict


@given(st.fractions(0, 1))
def test_a_score_is_cut_off_towards_nought(share: Fraction) -> None:
    cut = Fraction(scoring.cut_share(share))
    assert cut <= share * 100 < cut + Fraction(1, 100)
