import pytest
from hypothesis import given
from hypothesis import strategies as st

from sajja.lib.national_id import masked, parse, valid

SOMCHAI = "1-2345-67890-12-1"


def with_check(first_twelve: list[int]) -> str:
    """The rule as the Department of Provincial Administration gives it, apart from the library."""
    check = (11 - sum(digit * (13 - i) for i, digit in enumerate(first_twelve)) % 11) % 10
    return "".join(map(str, [*first_twelve, check]))


@pytest.mark.parametrize("typed", [SOMCHAI, "1234567890121", " 1 2345 67890 12 1 ", "๑-๒๓๔๕-๖๗๘๙๐-๑๒-๑"])
def test_an_id_is_read_with_or_without_hyphens_in_either_digits(typed: str) -> None:
    assert valid(typed)
    assert parse(typed) == "1234567890121"


@given(st.lists(st.integers(0, 9), min_size=12, max_size=12))
def test_the_check_digit_and_no_other_passes(first_twelve: list[int]) -> None:
    number = with_check(first_twelve)

    assert valid(number)
    assert [last for last in "0123456789" if valid(number[:12] + last)] == [number[-1]]


@pytest.mark.parametrize("typed", ["", "123456789012", "12345678901211", "12345678901x1", "1²34567890121"])
def test_thirteen_digits_are_asked_for(typed: str) -> None:
    assert not valid(typed)
    with pytest.raises(ValueError, match=r"^เลขประจำตัวประชาชนต้องมี 13 หลัก โปรดพิมพ์ให้ครบ$"):
        parse(typed)


def test_a_refusal_never_repeats_the_number() -> None:
    with pytest.raises(ValueError, match=r"^เลขประจำตัวประชาชนไม่ตรงกับหลักตรวจสอบ โปรดตรวจทีละหลักกับบัตร$"):
        parse("1234567890122")


def test_only_the_last_three_digits_are_shown() -> None:
    assert masked(SOMCHAI) == "x-xxxx-xxxxx-12-1"


def test_what_is_no_id_shows_nothing_of_itself() -> None:
    assert masked("1234567890122") == masked("") == "x-xxxx-xxxxx-xx-x"
