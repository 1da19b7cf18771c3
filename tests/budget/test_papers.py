"""The papers of the money: official words come out whole, figures add up, the same data give the same bytes."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sajja.budget import actions
from sajja.forums import actions as forums
from sajja.org.models import Person
from tests.budget.money import a_voucher, allocated, an_advance
from tests.cast import Cast
from tests.factories import a_forum, a_picture, a_selected_group, people
from tests.papers import laid_out as words_of
from tests.papers import missing

pytestmark = pytest.mark.django_db


def read(person: Person, name: str, key: int) -> bytes:
    client = Client()
    client.force_login(person)
    answer = client.get(reverse(f"budget:{name}", args=[key]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return bytes(answer.content)


def test_the_pack_of_a_group_has_a_page_for_each_part_and_the_same_bytes_twice(tmp_path: Path) -> None:
    cast = Cast()
    group = a_selected_group(cast=cast)
    assert missing(words_of(tmp_path, read(cast.district_head, "pack_pdf", group.pk)), "ยังไม่มีใบสำคัญของกลุ่มนี้", "หน้า ๑ จาก ๑") == []
    advance = an_advance(allocated(cast), cast)
    forum = a_forum(group, cast=cast)
    forums.record_attendance(by=cast.district_officer, forum=forum, attendees=people(15, 1))
    forums.add_photo(by=cast.district_officer, forum=forum, kept=a_picture(9), step="4.1", caption="ชี้แจง")
    a_voucher(advance, group, cast, kind="snack", satang=60_000)
    a_voucher(advance, group, cast, satang=145_000, number="8", picture=False)
    wrong = a_voucher(advance, group, cast, satang=77_700, number="9")
    actions.reverse_voucher(by=cast.district_officer, voucher=wrong, reason="ผิด")
    made = read(cast.district_head, "pack_pdf", group.pk)
    assert read(cast.province_officer, "pack_pdf", group.pk) == made
    said = words_of(tmp_path, made)
    wanted = ("๖๐๐.๐๐", "๕๒๕.๐๐", "๒,๐๕๐.๐๐", "๑,๙๗๕.๐๐", "หนึ่งพันเก้าร้อยเจ็ดสิบห้าบาทถ้วน", "นางสมาชิก๑๕ ตัวอย่าง")
    assert missing(said, *wanted, "หลักฐานลำดับที่ ๒", "ปิดหลักฐานตัวจริง", "ภาพกิจกรรม", "ร่าง ยังไม่อนุมัติการส่งใช้") == []
    assert "๗๗๗" not in said
    assert re.findall(r"หน้า ([๐-๙]) จาก ๕", said) == list("๑๒๓๔๕")


def test_the_contract_says_who_owes_how_much_until_when_and_what_was_cleared(tmp_path: Path) -> None:
    cast = Cast()
    group = a_selected_group(cast=cast)
    advance = an_advance(allocated(cast), cast)
    a_voucher(advance, group, cast)
    said = words_of(tmp_path, read(cast.district_officer, "contract", advance.pk))
    wanted = ("สัญญาการยืมเงิน", "๓,๐๐๐.๐๐", "(สามพันบาทถ้วน)", "๑๙ มิถุนายน ๒๕๖๔", "๓๐ วัน", "๑,๐๐๐.๐๐", "๒,๐๐๐.๐๐")
    assert missing(said, *wanted, "สำนักงานพัฒนาชุมชนอำเภอธาตุพนม", "นางสาววิไล") == []
