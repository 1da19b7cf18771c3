"""Passwords: long, and not what a guesser in Thailand tries first."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from hypothesis import example, given
from hypothesis import strategies as st

from sajja.org.accounts import PasswordRules
from sajja.org.models import Person
from sajja.org.passwords import ALONE, ON_ENGLISH, ROWS, WITH_SECOND_FACTOR, easily_guessed, left_over, too_short
from tests.cast import Cast

GOOD = ["ข้าวเหนียวปลาร้าบั้งไฟ", "ควายเขียวปั่นจักรยาน", "correct horse battery staple", "สัจจะออมทรัพย์ทุกเดือน"]
NAMES = ["somchai", "นายสมชาย ใจดี"]
BETWEEN = st.sampled_from(["", " ", "-", "."])
DAYS = st.dates(date(1930, 1, 1), date(2015, 12, 31))
NUMBERS = st.one_of(
    st.from_regex(r"0[689][0-9]-?[0-9]{3}-?[0-9]{4}", fullmatch=True),
    st.from_regex(r"[0-9]-[0-9]{4}-[0-9]{5}-[0-9]{2}-[0-9]", fullmatch=True),
    DAYS.map(lambda day: f"{day.day}/{day.month}/{day.year + 543}"),
    DAYS.map(lambda day: f"{day.day:02}{day.month:02}{day.year}"),
    DAYS.map(lambda day: f"{day.day} ม.ค. {day.year + 543}"),
)
THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@pytest.mark.parametrize("password", GOOD)
def test_a_few_words_in_a_row_are_a_password(password: str) -> None:
    assert not too_short(password, ALONE)
    assert not easily_guessed(password, NAMES)


@pytest.mark.parametrize(
    "password",
    [
        "passwordpassword", "รหัสผ่านรหัสผ่าน", "isylzjkoisylzjko", "qwertyuiopasdfgh", "ฟหกดเ้่าสวงผปแอิ", "aaaaaaaaaaaaaaaa",
        "somchai0812345678", "สมชายสมชายสมชาย", "๐๘๑๒๓๔๕๖๗๘สมชาย", "l,=kpl,=kpl,=kp", "abcabcabcabcabcabc", "P@ssw0rd12345678",
    ],
)  # fmt: skip
def test_what_a_guesser_tries_first_is_refused(password: str) -> None:
    assert easily_guessed(password, NAMES)


@given(st.lists(NUMBERS, min_size=1, max_size=3), BETWEEN, st.booleans())
def test_numbers_of_people_are_no_password_however_many(numbers: list[str], between: str, thai: bool) -> None:
    password = between.join(numbers)
    assert left_over(password.translate(THAI) if thai else password).strip(" -.") == ""


@given(NUMBERS, st.sampled_from(["somchai", "SOMCHAI", "สมชาย", "ใจดี", "สมชาย".translate(ON_ENGLISH)]), BETWEEN)
def test_nor_is_ones_name_with_ones_number(number: str, name: str, between: str) -> None:
    assert easily_guessed(name + between + number, NAMES)


@given(st.sampled_from(ROWS), st.integers(4, 10), st.integers(1, 8), st.booleans())
def test_a_walk_along_the_keyboard_is_no_password(row: str, length: int, times: int, back: bool) -> None:
    walk = (row[::-1] if back else row)[:length]
    assert easily_guessed(walk * times)
    assert easily_guessed(walk.translate(ON_ENGLISH) * times)


@given(st.text(max_size=80), st.lists(st.text(max_size=20), max_size=3))
@example("ำ" * 30, ["ำ"])
def test_whatever_is_typed_gets_an_answer_and_nothing_is_added(password: str, own: list[str]) -> None:
    assert len(left_over(password, own)) <= 3 * len(password)


def refusal(password: str, person: Person) -> str:
    """The code of the refusal, or nothing."""
    try:
        PasswordRules().validate(password, person)
    except ValidationError as refused:
        return str(refused.code)
    return ""


@pytest.mark.django_db
def test_eight_characters_are_enough_beside_a_second_factor_and_fifteen_without() -> None:
    person = Cast().province_head
    assert refusal("ปลาร้าบั้งไฟ", person) == "too_short"
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": "sealed"})
    assert refusal("ปลาร้าบั้งไฟ", person) == ""
    assert refusal("สั้นไป", person) == "too_short"
    assert refusal("12345678", person) == "easily_guessed"
    assert (ALONE, WITH_SECOND_FACTOR) == (15, 8)
