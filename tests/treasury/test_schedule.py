"""Instalments: the sums of the rules and of the worked year, and what holds for any terms."""

from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sajja.treasury import schedule as s
from sajja.treasury.schedule import EQUAL_INSTALMENT, EQUAL_PRINCIPAL, FLAT, HALF_EVEN, HALF_UP, Row, Terms, schedule
from tests.sizes import size
from tests.treasury.worked_year import blocks, satang

METHODS = (FLAT, EQUAL_INSTALMENT, EQUAL_PRINCIPAL)
WAYS = {"0.01": 1, "1": 100}
ANY_TERMS = st.builds(
    Terms,
    principal=st.integers(1, 10**8),
    rate_bp=st.integers(0, 3000),
    instalments=st.integers(1, 72),
    method=st.sampled_from(METHODS),
    multiple=st.sampled_from([1, 100]),
    rounding=st.sampled_from([HALF_UP, HALF_EVEN]),
)


def reckoned(terms: Terms) -> list[Row] | None:
    """The instalments; None where there cannot be so many."""
    try:
        return schedule(terms)
    except ValueError:
        return None


def test_twelve_thousand_at_two_percent_a_month() -> None:
    rows = schedule(Terms(principal=1200000, rate_bp=2400, instalments=4, method=EQUAL_INSTALMENT))
    assert [(row.principal, row.interest) for row in rows] == [
        (291149, 24000), (296972, 18177), (302911, 12238), (308968, 6179),
    ]  # fmt: skip


def test_flat_in_whole_baht() -> None:
    rows = schedule(Terms(principal=500000, rate_bp=1200, instalments=18, method=FLAT, multiple=100))
    assert [(row.principal, row.interest) for row in rows] == [(27800, 5000)] * 17 + [(27400, 5000)]


def test_equal_principal() -> None:
    rows = schedule(Terms(principal=500000, rate_bp=1200, instalments=18, method=EQUAL_PRINCIPAL))
    assert [row.principal for row in rows] == [27778] * 17 + [27774]
    assert sum(row.interest for row in rows) == 47500


@pytest.mark.parametrize(
    ("rounding", "three", "last"),
    [(HALF_EVEN, (31238, 1562), (31286, 1564)), (HALF_UP, (31237, 1563), (31289, 1561))],
)
def test_flat_in_whole_baht_in_both_roundings(rounding: str, three: tuple[int, int], last: tuple[int, int]) -> None:
    rows = schedule(Terms(principal=125000, rate_bp=1500, instalments=4, method=FLAT, multiple=100, rounding=rounding))
    assert [(row.principal, row.interest) for row in rows] == [three] * 3 + [last]


def test_the_payment_before_rounding() -> None:
    with localcontext() as context:
        context.prec = 30
        exact = s.payment(1500000, 800, 60) / 100
        assert str(Decimal(exact.numerator) / exact.denominator)[:13] == "304.145914326"


def test_the_payment_without_interest_is_the_share() -> None:
    assert s.payment(100, 0, 3) == Fraction(100, 3)


@pytest.mark.parametrize("contract", ["L1", "L2"])
def test_the_loans_of_the_worked_year(contract: str) -> None:
    [loan] = [row for row in blocks()["in-loans"] if row["contract"] == contract]
    terms = Terms(
        principal=satang(loan["principal"]), rate_bp=satang(loan["annual_rate_percent"]),
        instalments=int(loan["instalments"]), method=loan["method"], multiple=WAYS[loan["instalment_multiple"]],
        rounding=loan["rounding"],
    )  # fmt: skip
    found = zip(s.due_days(date.fromisoformat(loan["first_due"]), terms.instalments), schedule(terms), strict=True)
    assert [(row.no, day.isoformat(), row.principal, row.interest, row.balance) for day, row in found] == [
        (int(row["no"]), row["due"], satang(row["principal"]), satang(row["interest"]), satang(row["balance"]))
        for row in blocks()[f"out-schedule-{contract}"]
    ]


def test_grace_is_interest_alone() -> None:
    declining = schedule(Terms(principal=1200000, rate_bp=1200, instalments=4, method=EQUAL_PRINCIPAL, grace=2))
    assert [row[1:] for row in declining] == [
        (0, 12000, 1200000), (0, 12000, 1200000), (600000, 12000, 600000), (600000, 6000, 0),
    ]  # fmt: skip
    flat = schedule(Terms(principal=1000000, rate_bp=1200, instalments=4, method=FLAT, grace=1, multiple=100))
    assert [row[1:] for row in flat] == [
        (0, 10000, 1000000), (333300, 10000, 666700), (333300, 10000, 333400), (333400, 10000, 0),
    ]  # fmt: skip


def test_equal_principal_in_whole_baht_leaves_the_principal_what_the_whole_instalment_leaves() -> None:
    rows = schedule(Terms(principal=500000, rate_bp=1200, instalments=18, method=EQUAL_PRINCIPAL, multiple=100))
    assert [row[1:] for row in rows[:2]] == [(27800, 5000, 472200), (27778, 4722, 444422)]


@given(ANY_TERMS, st.integers(0, 3))
@settings(max_examples=size(150, 5000), deadline=None)
def test_principals_add_up_to_the_loan_and_nothing_is_left(terms: Terms, grace: int) -> None:
    grace = min(grace, terms.instalments - 1)
    rows = reckoned(replace(terms, grace=grace))
    if rows is None:
        return
    assert [row.no for row in rows] == list(range(1, terms.instalments + 1))
    assert (sum(row.principal for row in rows), rows[-1].balance) == (terms.principal, 0)
    assert [row.principal for row in rows[:grace]] == [0] * grace
    assert min(row.principal for row in rows[grace:]) > 0
    assert min(row.interest for row in rows) >= 0
    before = [terms.principal, *[row.balance for row in rows]]
    assert [row.balance for row in rows] == [b - row.principal for b, row in zip(before, rows, strict=False)]
    if terms.method == FLAT:
        whole = Fraction(terms.principal * terms.rate_bp * terms.instalments, 120_000)
        assert sum(row.interest for row in rows) == s.rounded(whole, terms.rounding)
    else:
        wanted = [s.rounded(Fraction(b * terms.rate_bp, 120_000), terms.rounding) for b in before[:-1]]
        assert [row.interest for row in rows] == wanted


@given(ANY_TERMS)
@settings(max_examples=size(150, 5000), deadline=None)
def test_all_instalments_but_the_last_are_what_they_are_called(terms: Terms) -> None:
    rows = reckoned(terms)
    if rows is None:
        return
    sums = [row.principal + row.interest for row in rows[:-1]]
    if terms.multiple == 100 and s.rounded(Fraction(terms.principal * terms.rate_bp, 120_000), terms.rounding) > 100:
        assert [paid % 100 for paid in sums] == [0] * len(sums)
    if terms.method == EQUAL_INSTALMENT:
        assert len(set(sums)) <= 1
    if terms.method == EQUAL_PRINCIPAL and terms.multiple == 1:
        assert len({row.principal for row in rows[:-1]}) <= 1


@given(st.integers(100_000, 10**8), st.integers(0, 1500), st.integers(1, 60), st.sampled_from(METHODS))
@settings(max_examples=size(100, 3000), deadline=None)
def test_within_the_law_a_loan_of_a_thousand_baht_has_as_many_instalments_as_wanted(
    principal: int, rate_bp: int, count: int, method: str
) -> None:
    terms = Terms(principal=principal, rate_bp=rate_bp, instalments=count, method=method)
    assert len(schedule(terms)) == count


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"principal": 0}, "จำนวนเงินกู้ต้องมากกว่า 0 บาท"),
        ({"rate_bp": -1}, "อัตราดอกเบี้ยต้องไม่ติดลบ"),
        ({"instalments": 0}, "จำนวนงวดต้องเป็น 1 งวดขึ้นไป"),
        ({"grace": 12}, "งวดที่จ่ายแต่ดอกเบี้ยต้องน้อยกว่าจำนวนงวดทั้งหมด"),
        ({"method": "balloon"}, "no such method: balloon"),
        ({"multiple": 0}, "no such multiple: 0"),
        ({"rounding": "down"}, "no such rounding: down"),
        (
            {"principal": 10000, "rate_bp": 1500, "instalments": 120, "multiple": 100, "method": EQUAL_INSTALMENT},
            "ผ่อน 120 งวดไม่ได้ เพราะงวดละ 2.00 บาทจะหมดตั้งแต่งวดที่ 79 โปรดใช้ 79 งวด หรือคิดงวดเป็นสตางค์",
        ),
        (
            {"principal": 10000, "rate_bp": 1500, "instalments": 360, "multiple": 100, "method": EQUAL_INSTALMENT},
            "ผ่อน 360 งวดไม่ได้ เพราะงวดละ 1.00 บาทไม่พอตัดเงินต้น (ดอกเบี้ยงวดละ 1.25 บาท) โปรดลดจำนวนงวด หรือคิดงวดเป็นสตางค์",
        ),
    ],
)
def test_what_cannot_be_says_why(changed: dict[str, object], sentence: str) -> None:
    usual: dict[str, object] = {"principal": 1000000, "rate_bp": 1200, "instalments": 12, "method": FLAT}
    with pytest.raises(ValueError) as refused:
        schedule(Terms(**(usual | changed)))  # type: ignore[arg-type]
    assert str(refused.value) == sentence


def test_a_half_goes_up_or_to_the_even_neighbour() -> None:
    halves = [Fraction(-5, 2), Fraction(-3, 2), Fraction(1, 2), Fraction(3, 2), Fraction(5, 2), Fraction(12, 5)]
    assert [s.rounded(value, HALF_UP) for value in halves] == [-3, -2, 1, 2, 3, 2]
    assert [s.rounded(value, HALF_EVEN) for value in halves] == [-2, -2, 0, 2, 2, 2]


def test_the_thirty_first_becomes_the_last_day_of_a_shorter_month() -> None:
    assert [day.isoformat() for day in s.due_days(date(2020, 11, 30), 4)] == [
        "2020-11-30", "2020-12-30", "2021-01-30", "2021-02-28",
    ]  # fmt: skip
    assert [day.isoformat() for day in s.due_days(date(2021, 1, 31), 4)] == [
        "2021-01-31", "2021-02-28", "2021-03-31", "2021-04-30",
    ]  # fmt: skip
    assert s.later(date(2021, 2, 28), -1, 31) == date(2021, 1, 31)


def test_by_the_day_the_first_day_is_out_and_the_last_is_in() -> None:
    history = [(date(2021, 2, 5), 3650000)]
    assert s.by_the_day(history, 1000, date(2021, 2, 5), date(2021, 2, 5)) == 0
    assert s.by_the_day(history, 1000, date(2021, 2, 5), date(2021, 2, 6)) == 1000
    assert s.by_the_day(history, 1000, date(2021, 2, 5), date(2021, 3, 5)) == 28000
    assert s.by_the_day(history, 1000, date(2021, 2, 5), date(2022, 2, 5)) == 365000


def test_by_the_day_what_is_paid_on_a_day_was_owed_that_day() -> None:
    history = [(date(2021, 2, 5), 3650000), (date(2021, 2, 15), 1825000), (date(2021, 2, 25), 0)]
    assert s.by_the_day(history, 1000, date(2021, 2, 5), date(2021, 3, 5)) == 10000 + 5000
    assert s.by_the_day(history, 1000, date(2021, 2, 14), date(2021, 2, 15)) == 1000
    assert s.by_the_day(history, 1000, date(2021, 2, 15), date(2021, 2, 16)) == 500


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 10**8)), max_size=6),
    st.integers(0, 90), st.integers(0, 90), st.integers(0, 1500), st.sampled_from([HALF_UP, HALF_EVEN]),
)  # fmt: skip
@settings(max_examples=size(100, 3000), deadline=None)
def test_by_the_day_is_the_sum_of_its_days(
    moved: list[tuple[int, int]], first: int, last: int, rate_bp: int, rounding: str
) -> None:
    start = date(2021, 1, 1).toordinal()
    moved.sort(key=lambda one: one[0])
    slow = Fraction(0)
    for day in range(first + 1, last + 1):
        before = [owed for when, owed in moved if when < day]
        slow += Fraction((before or [0])[-1] * rate_bp, 10_000 * 365)
    history = [(date.fromordinal(start + when), owed) for when, owed in moved]
    found = s.by_the_day(history, rate_bp, date.fromordinal(start + first), date.fromordinal(start + last), rounding)
    assert found == s.rounded(slow, rounding)
