"""Which line of the bank's statement is which of the book's."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from sajja.treasury.matching import NEAR, Line, Match, match

JUNE = date(2021, 6, 1)
AMOUNTS = st.sampled_from([-30_000, -1_000, 1_000, 2_500, 10_000, 12_500])
DAYS = st.integers(0, 27)


def lines(side: str, *rows: tuple[int, int] | tuple[int, int, str]) -> list[Line]:
    """(day of June, amount, entry) → lines named by side and place."""
    return [
        Line(f"{side}{at}", JUNE.replace(day=row[0]), row[1], row[2] if len(row) > 2 else None) for at, row in enumerate(rows)
    ]


def test_the_same_day_and_amount_are_one_event() -> None:
    found = match(lines("k", (5, 860_000), (30, 6_137)), lines("b", (5, 860_000)))
    assert found.pairs == [Match(("k0",), ("b0",), "exact")]
    assert [line.key for line in found.only_bank] == ["k1"]
    assert found.only_book == []


def test_the_bank_may_be_three_days_late_but_not_four() -> None:
    assert [pair.how for pair in match(lines("k", (8, 500)), lines("b", (5, 500))).pairs] == ["near"]
    assert match(lines("k", (9, 500)), lines("b", (5, 500))).pairs == []


def test_a_same_day_is_taken_before_a_near_one() -> None:
    found = match(lines("k", (5, 500), (6, 500)), lines("b", (6, 500), (7, 500)))
    assert [(pair.bank, pair.book, pair.how) for pair in found.pairs] == [
        (("k1",), ("b0",), "exact"),
        (("k0",), ("b1",), "near"),
    ]


def test_a_family_that_transfers_once_for_two_members_of_a_collecting_day() -> None:
    book = lines("b", (5, 20_000, "day"), (5, 25_000, "day"), (5, 30_000, "day"))
    found = match(lines("k", (6, 45_000), (5, 30_000)), book)
    assert [(pair.bank, pair.book, pair.how) for pair in found.pairs] == [
        (("k1",), ("b2",), "exact"),
        (("k0",), ("b0", "b1"), "together"),
    ]


def test_receipts_of_different_entries_are_not_added_up() -> None:
    assert match(lines("k", (5, 300)), lines("b", (5, 100, "one"), (5, 200, "other"))).pairs == []


def test_money_paid_in_at_two_windows_is_one_line_of_the_book() -> None:
    found = match(lines("k", (6, 500_000), (6, 360_000)), lines("b", (6, 860_000)))
    assert found.pairs == [Match(("k0", "k1"), ("b0",), "together")]


def test_money_in_never_matches_money_out() -> None:
    assert match(lines("k", (5, 1_000)), lines("b", (5, -1_000))).pairs == []


@given(st.lists(st.tuples(DAYS, AMOUNTS), max_size=12), st.lists(st.tuples(DAYS, AMOUNTS), max_size=12))
def test_every_line_stands_in_one_place_and_both_sides_of_a_pair_are_equal(
    bank_rows: list[tuple[int, int]], book_rows: list[tuple[int, int]]
) -> None:
    bank = {f"k{i}": Line(f"k{i}", JUNE + timedelta(days), amount) for i, (days, amount) in enumerate(bank_rows)}
    book = {f"b{i}": Line(f"b{i}", JUNE + timedelta(days), amount, days) for i, (days, amount) in enumerate(book_rows)}
    found = match(list(bank.values()), list(book.values()))
    banked = [key for pair in found.pairs for key in pair.bank] + [line.key for line in found.only_bank]
    booked = [key for pair in found.pairs for key in pair.book] + [line.key for line in found.only_book]
    assert sorted(map(str, banked)) == sorted(bank)
    assert sorted(map(str, booked)) == sorted(book)
    for pair in found.pairs:
        mine, theirs = [bank[str(key)] for key in pair.bank], [book[str(key)] for key in pair.book]
        assert sum(line.amount for line in mine) == sum(line.amount for line in theirs)
        assert max(abs((a.on - b.on).days) for a in mine for b in theirs) <= NEAR


@given(st.lists(st.tuples(DAYS, AMOUNTS), max_size=15), st.randoms())
def test_a_statement_that_says_what_the_book_says_matches_whole(rows: list[tuple[int, int]], dice: object) -> None:
    book = [Line(f"b{i}", JUNE + timedelta(days), amount) for i, (days, amount) in enumerate(rows)]
    bank = [Line(f"k{line.key}", line.on, line.amount) for line in book]
    dice.shuffle(bank)  # type: ignore[attr-defined]
    found = match(bank, book)
    assert (found.only_bank, found.only_book) == ([], [])
    assert {pair.how for pair in found.pairs} <= {"exact"}
