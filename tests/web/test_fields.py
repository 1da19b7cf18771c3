"""Fields read what officials write, and say in Thai what they cannot read."""

from datetime import date, time
from typing import Any

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict

from sajja.web import clock, fields


class VisitForm(fields.SajjaForm):
    """One field of each kind."""

    on = fields.ThaiDateField(label="วันที่", required=False, latest=clock.today)
    at = fields.ThaiTimeField(label="เวลา", required=False)
    money = fields.BahtField(label="เงิน", required=False, max_satang=300_000)
    people = fields.ThaiIntegerField(label="คน", required=False, min_value=1, max_value=500)
    name = fields.ThaiTextField(label="ชื่อ", required=False, max_length=10)
    why = fields.ThaiTextField(label="เหตุผล", required=False, lines=3)


def read(**typed: str) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """What the form made of it, and its errors."""
    form = VisitForm(typed)
    form.is_valid()
    made = {name: form.cleaned_data.get(name) for name in typed}
    return made, {name: [str(error) for error in errors] for name, errors in form.errors.items()}


@pytest.mark.parametrize(
    "typed",
    [
        "10/06/2564",
        "10-6-2564",
        "2564-06-10",
        "๑๐ มิ.ย. ๖๔",
        "10 มิถุนายน 2564",
        "10 มิ.ย. 2564",
        "2021-06-10",
        "วันที่ 10 มิถุนายน พ.ศ. 2564",
        "10\u200bมิ.ย.2564",
    ],
)
def test_every_way_to_write_a_day_is_the_same_day(typed: str) -> None:
    assert read(on=typed) == ({"on": date(2021, 6, 10)}, {})


def test_a_day_is_shown_in_be_and_says_its_weekday_below() -> None:
    bound = VisitForm(initial={"on": date(2021, 6, 10)})["on"]
    assert bound.value() == "10 มิ.ย. 2564"
    assert fields.ThaiDateField().understood("๑๐/๖/๖๔") == "วันพฤหัสบดีที่ 10 มิถุนายน 2564"
    assert fields.ThaiDateField().understood("สิบ") == ""


def test_a_day_after_the_latest_says_which_is_the_latest() -> None:
    assert read(on="11 มิ.ย. 2564")[1] == {"on": ["วันที่ต้องไม่หลัง 10 มิ.ย. 2564"]}


def test_a_day_that_is_none_says_what_to_do() -> None:
    assert read(on="31 ก.พ. 2564")[1] == {"on": ["เดือนกุมภาพันธ์ 2564 มีวันที่ 1–28 โปรดตรวจวันที่อีกครั้ง"]}


def test_a_day_left_as_it_was_is_no_change() -> None:
    form = VisitForm({"on": "๑๐ มิ.ย. ๖๔"}, initial={"on": date(2021, 6, 10)})
    assert form.changed_data == []


@pytest.mark.parametrize("typed", ["09.00", "9:00", "9.00", "0900", "๐๙.๐๐ น.", "9", "09:00น."])
def test_every_way_to_write_nine_is_nine(typed: str) -> None:
    assert read(at=typed) == ({"at": time(9)}, {})


@pytest.mark.parametrize("typed", ["24.00", "9.60", "เก้าโมง", "090", "-1"])
def test_what_is_no_time_says_how_to_write_one(typed: str) -> None:
    assert read(at=typed)[1] == {"at": ["เวลานี้อ่านไม่ออก เขียนเป็นชั่วโมงกับนาที เช่น 09.00 หรือ 13.30"]}


@pytest.mark.parametrize(("typed", "satang"), [("1,234.50", 123_450), ("๑๐๐", 10_000), ("0", 0), ("2999.5 บาท", 299_950)])
def test_baht_become_satang(typed: str, satang: int) -> None:
    assert read(money=typed) == ({"money": satang}, {})


@pytest.mark.parametrize("typed", ["1e3", "1_000", "12.345", "-1", "๑,๐๐"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    assert list(read(money=typed)[1]) == ["money"]


def test_an_amount_over_the_limit_says_the_limit() -> None:
    assert read(money="3,000.01")[1] == {"money": ["จำนวนเงินต้องไม่เกิน 3,000.00 บาท"]}


def test_whole_numbers_in_any_digits() -> None:
    assert [read(people=typed)[0]["people"] for typed in ["15", "๑๕", " 15 "]] == [15, 15, 15]
    assert [list(read(people=typed)[1].values()) for typed in ["0", "501", "1.5", "มาก"]] == [
        [["ต้องไม่น้อยกว่า 1"]],
        [["ต้องไม่เกิน 500"]],
        [["ใส่เป็นจำนวนเต็ม เช่น 15"]],
        [["ใส่เป็นจำนวนเต็ม เช่น 15"]],
    ]


def test_text_is_kept_in_one_way_to_write_it() -> None:
    split_am, two_e = "น\u0e49\u0e4d\u0e32", "เเม่"
    assert read(name=f"\ufeff{split_am}  {two_e}\u200b ") == ({"name": "น้ำ แม่"}, {})


def test_a_line_has_no_breaks_and_a_box_keeps_them() -> None:
    assert read(name="ก\r\nข", why="ก \r\n\r\nข ")[0] == {"name": "ก ข", "why": "ก\n\nข"}


def test_a_text_too_long_says_how_long_it_is() -> None:
    assert read(name="ก" * 11)[1] == {"name": ["ยาวเกินไป เขียนได้ไม่เกิน 10 ตัวอักษร ตอนนี้มี 11"]}


def test_what_is_missing_is_named() -> None:
    class Empty(fields.SajjaForm):
        name = fields.ThaiTextField(label="ชื่อกลุ่ม")
        kind = forms.ChoiceField(label="ชนิด", choices=[("a", "ก")])
        sure = forms.BooleanField(label="อ่านแล้ว")
        photo = fields.PictureField(label="รูป")

    assert {name: errors[0] for name, errors in Empty({}).errors.items()} == {
        "name": "ยังไม่ได้ใส่ “ชื่อกลุ่ม”",
        "kind": "ยังไม่ได้เลือก “ชนิด”",
        "sure": "ทำเครื่องหมายที่ “อ่านแล้ว” ก่อน",
        "photo": "ยังไม่ได้แนบ “รูป”",
    }


def test_several_answers_are_all_tidied_and_a_password_is_not() -> None:
    tidied = fields.tidy_data(QueryDict("a=1%E2%80%8B&a=2&password=%20x"))
    assert tidied is not None
    assert (tidied.getlist("a"), tidied["password"]) == (["1", "2"], " x")  # type: ignore[attr-defined]


def test_a_heic_picture_says_how_to_send_it() -> None:
    class Photo(fields.SajjaForm):
        photo = fields.PictureField(label="รูป")

    heic = SimpleUploadedFile("a.jpg", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 20)
    errors = Photo({}, {"photo": heic}).errors
    assert errors["photo"] == ["รูปแบบ HEIC ยังใช้ไม่ได้ ตั้งกล้องโทรศัพท์เป็น JPEG (เข้ากันได้มากที่สุด) หรือจับภาพหน้าจอของรูปนี้แล้วส่ง"]
