from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sajja.lib.money import baht, parse_baht, plain, share_out, words

SATANG = st.integers(min_value=0, max_value=10**15 - 1)
WEIGHTS = st.lists(st.integers(min_value=0, max_value=10**12), min_size=1, max_size=60).filter(any)


@pytest.mark.parametrize(
    ("typed", "satang"),
    [
        ("100", 10_000),
        ("1,234.50", 123_450),
        ("1234.5", 123_450),
        ("๑,๒๓๔.๕๐", 123_450),
        ("１００", 10_000),
        (" 20 บาท ", 2_000),
        ("0.01", 1),
        ("0", 0),
        ("2,280,000", 228_000_000),
        ("007", 700),
    ],
)
def test_baht_that_people_type(typed: str, satang: int) -> None:
    assert parse_baht(typed) == satang


@pytest.mark.parametrize(
    "typed", ["1_000", "1e9", "1.234", "1,23", "1,2345", "12,34,567", "1.", ".5", "", "1 000", "+5", "5²", "NaN", "--1", "๑.๒.๓"]
)
def test_what_is_no_amount_of_baht_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^อ่านจำนวนเงินนี้ไม่ออก"):
        parse_baht(typed)


def test_below_nought_only_where_it_is_asked_for() -> None:
    with pytest.raises(ValueError, match=r"^จำนวนเงินต้องไม่ติดลบ"):
        parse_baht("-20")
    assert parse_baht("-20.25", negative=True) == -2_025


@pytest.mark.parametrize("typed", ["10000000000000", "9" * 5000])
def test_more_money_than_there_is_asks_to_check_the_digits(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^จำนวนเงินมากเกินไป"):
        parse_baht(typed)


def test_how_money_is_written() -> None:
    assert baht(1_234_500) == "12,345.00"
    assert baht(-5) == "-0.05"
    assert baht(0) == "0.00"
    assert plain(1_234_567) == "12345.67"


@given(st.integers(min_value=-(10**15) + 1, max_value=10**15 - 1))
def test_what_is_written_can_be_typed(satang: int) -> None:
    assert parse_baht(baht(satang), negative=True) == parse_baht(plain(satang), negative=True) == satang


@pytest.mark.parametrize(
    ("satang", "said"),
    [
        (10_100, "หนึ่งร้อยเอ็ดบาทถ้วน"),
        (50, "ห้าสิบสตางค์"),
        (1, "หนึ่งสตางค์"),
        (101, "หนึ่งบาทหนึ่งสตางค์"),
        (21, "ยี่สิบเอ็ดสตางค์"),
        (0, "ศูนย์บาทถ้วน"),
        (100, "หนึ่งบาทถ้วน"),
        (1_000, "สิบบาทถ้วน"),
        (1_100, "สิบเอ็ดบาทถ้วน"),
        (2_000, "ยี่สิบบาทถ้วน"),
        (32_825, "สามร้อยยี่สิบแปดบาทยี่สิบห้าสตางค์"),
        (228_000_000, "สองล้านสองแสนแปดหมื่นบาทถ้วน"),
        (100_000_100, "หนึ่งล้านเอ็ดบาทถ้วน"),
        (1_100_000_000, "สิบเอ็ดล้านบาทถ้วน"),
        (100_000_000_000_000, "หนึ่งล้านล้านบาทถ้วน"),
        (-2_050, "ลบยี่สิบบาทห้าสิบสตางค์"),
    ],
)
def test_money_in_words(satang: int, said: str) -> None:
    assert words(satang) == said


PLACES = ("", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน")
ONES = ("", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า")


def counted(number: int) -> str:
    """Thai counting, written again and otherwise than the library: millions by recursion, digits from the right."""
    if number >= 10**6:
        millions, rest = divmod(number, 10**6)
        return f"{counted(millions)}ล้าน{'เอ็ด' if rest == 1 else counted(rest)}"
    said = "".join(
        ONES[int(digit)] + PLACES[place] if digit != "0" else "" for place, digit in reversed(list(enumerate(str(number)[::-1])))
    )
    said = said.replace("หนึ่งสิบ", "สิบ").replace("สองสิบ", "ยี่สิบ")
    return said.removesuffix("หนึ่ง") + "เอ็ด" if number > 10 and number % 10 == 1 else said


@given(SATANG)
def test_words_agree_with_counting_written_again(satang: int) -> None:
    whole, rest = divmod(satang, 100)
    expected = counted(whole) + "บาท" if whole else ""
    expected += counted(rest) + "สตางค์" if rest else ("ถ้วน" if whole else "ศูนย์บาทถ้วน")

    assert words(satang) == expected


def test_words_refuse_what_the_library_could_not_say_exactly() -> None:
    with pytest.raises(ValueError, match=r"2\*\*53"):
        words((2**53 + 1) * 100)


@pytest.mark.parametrize(
    ("total", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (101, [3, 7], [30, 71]),
        (5, [3, 7], [2, 3]),
        (1, [1, 1, 1], [1, 0, 0]),
        (10, [0, 1, 0], [0, 10, 0]),
        (0, [3, 7], [0, 0]),
        (-100, [1, 1, 1], [-34, -33, -33]),
    ],
)
def test_largest_remainder_with_ties_to_the_first(total: int, weights: list[int], parts: list[int]) -> None:
    assert share_out(total, weights) == parts


@given(SATANG, WEIGHTS)
def test_parts_add_up_and_each_is_its_exact_share_rounded(total: int, weights: list[int]) -> None:
    parts = share_out(total, weights)

    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(total * weight, sum(weights))) < 1


@pytest.mark.parametrize("weights", [[], [0, 0], [2, -1]])
def test_nothing_to_share_by_is_an_error(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        share_out(100, weights)
