"""Cash by note and coin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sajja.treasury import counting

PIECES = st.dictionaries(st.sampled_from(counting.PIECES), st.integers(0, 500))


def test_a_box_of_notes_and_coins_to_the_satang() -> None:
    box = {100_000: 7, 50_000: 7, 10_000: 23, 5_000: 8, 2_000: 8, 1_000: 4, 500: 2, 200: 2, 100: 6, 50: 1, 25: 3}
    assert counting.total(box) == 1_342_125


@pytest.mark.parametrize("box", [{100: -1}, {75: 1}, {100: counting.MOST_PIECES + 1}])
def test_what_is_no_money_is_not_counted(box: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="×"):
        counting.total(box)


@given(PIECES)
def test_the_sum_is_each_piece_times_its_number_and_can_be_paid(box: dict[int, int]) -> None:
    one_by_one = sum(piece for piece, count in box.items() for _each in range(count))
    assert counting.total(box) == one_by_one
    assert counting.odd(one_by_one) == 0


@given(PIECES)
def test_what_was_counted_comes_back_from_what_is_kept(box: dict[int, int]) -> None:
    assert counting.read(counting.kept(box)) == {piece: count for piece, count in box.items() if count}


@given(PIECES, PIECES)
def test_two_boxes_together_hold_the_sum_of_both(one: dict[int, int], other: dict[int, int]) -> None:
    both = {piece: one.get(piece, 0) + other.get(piece, 0) for piece in counting.PIECES}
    assert counting.total(both) == counting.total(one) + counting.total(other)


def test_the_faces_of_the_pieces() -> None:
    assert [counting.face(piece) for piece in (100_000, 500, 25)] == ["1,000", "5", "0.25"]


@given(st.integers(0, 10**9))
def test_an_amount_broken_up_is_itself_but_for_what_no_coin_makes_up(satang: int) -> None:
    assert counting.total(counting.broken_up(satang)) + counting.odd(satang) == satang
