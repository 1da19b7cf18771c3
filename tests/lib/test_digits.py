from hypothesis import given
from hypothesis import strategies as st

from sajja.lib.digits import arabic, thai


def test_thai_and_full_width_digits_become_ascii() -> None:
    assert arabic("๑๕ มิ.ย. ๖๔") == "15 มิ.ย. 64"
    assert arabic("１，２３４．５０") == "1,234.50"


def test_sara_am_stays_one_letter_and_a_raised_two_is_no_digit() -> None:
    assert arabic("น้ำดำ") == "น้ำดำ"
    assert arabic("5²") == "5²"


def test_official_letters_have_thai_digits() -> None:
    assert thai("มท 0407.5/ว 335") == "มท ๐๔๐๗.๕/ว ๓๓๕"


@given(st.integers(min_value=0))
def test_there_and_back(number: int) -> None:
    assert arabic(thai(str(number))) == str(number)
