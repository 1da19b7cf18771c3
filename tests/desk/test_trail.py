"""Who did what under my units, in words; members and their money for the group's committee alone."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from sajja.audit.actions import seal_audit
from sajja.groups import actions as groups
from sajja.groups.queries import members_of
from sajja.org.models import Person
from tests.cast import Cast, someone, unit
from tests.factories import a_group
from tests.treasury.books import a_book

pytestmark = pytest.mark.django_db
PAGE = "/trail/"


def read(person: Person, **asked: str) -> str:
    client = Client()
    client.force_login(person)
    return client.get(PAGE, asked).content.decode()


def graded(cast: Cast) -> None:
    groups.set_level(by=cast.district_officer, group=a_group("กลุ่มบ้านทดลอง (ตัวอย่าง)"), fiscal_year=2564, level=3, source="ตรวจแล้ว")


def test_the_head_reads_who_did_what_why_and_when() -> None:
    cast = Cast()
    graded(cast)
    page = read(cast.district_head)
    assert all(words in page for words in ("จัดระดับกลุ่ม", "กลุ่มบ้านทดลอง (ตัวอย่าง)", cast.district_officer.full_name, "10 มิ.ย. 2564"))


def test_another_district_reads_nothing_of_it() -> None:
    cast = Cast()
    graded(cast)
    other = someone("district_head", unit("4806"))
    assert "กลุ่มบ้านทดลอง" not in read(other)


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ({"room": "groups"}, True), ({"room": "forums"}, False), ({"who": "ไม่มีคนชื่อนี้"}, False),
        ({"first": "10/6/2564"}, True), ({"first": "11/6/2564"}, False), ({"last": "9/6/2564"}, False),
        ({"last": "10/6/2564"}, True), ({"first": "อ่านไม่ออก"}, True), ({"last": "31/12/9999"}, True), ({"about": "forums.Forum:1"}, False),
    ],
)  # fmt: skip
def test_it_is_looked_for_by_room_person_day_and_thing(asked: dict[str, str], seen: bool) -> None:
    cast = Cast()
    graded(cast)
    assert ("<h2>จัดระดับกลุ่ม</h2>" in read(cast.district_head, **asked)) is seen


def test_members_are_named_to_the_committee_and_not_to_the_office() -> None:
    cast = Cast()
    book = a_book(cast=cast, pledged=10_000)
    member = next(iter(members_of(book.group)))
    groups.set_pledge(by=book.treasurer, member=member, amount_satang=20_000, effective_from=date(2021, 6, 1))
    office, chair = read(cast.district_head), read(book.chair)
    assert "กำหนดเงินสัจจะต่อเดือน" in office
    assert "กำหนดเงินสัจจะต่อเดือน" in chair
    assert (member.name in office, member.name in chair) == (False, True)


def test_one_row_and_many_cost_the_same() -> None:
    cast = Cast()
    graded(cast)
    client = Client()
    client.force_login(cast.district_head)
    asked = []
    for again in range(2):
        with CaptureQueriesContext(connection) as queries:
            client.get(PAGE)
        asked.append(len(queries))
        for number in range(3):
            group = a_group(f"กลุ่มที่ {again}{number} (ตัวอย่าง)")
            groups.set_level(by=cast.district_officer, group=group, fiscal_year=2564, level=2, source="ตรวจแล้ว")
    assert asked[0] == asked[1]


def test_the_workbook_holds_the_rows_and_the_seals() -> None:
    cast = Cast()
    graded(cast)
    sealed = seal_audit()
    assert sealed is not None
    client = Client()
    client.force_login(cast.district_head)
    book = load_workbook(BytesIO(client.get("/trail/sheet/").content))
    acts, seals = (list(sheet.values) for sheet in book.worksheets)
    assert any("groups.set_level" in row for row in acts)
    assert any(sealed.hash in row for row in seals)
    assert sealed.hash in client.get("/trail/seals/").content.decode()
