"""Collecting days that were missed wait on the desk; a day that cannot be read is said beside its box."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sajja.org.actions import appoint
from sajja.treasury.actions.closing import close_month
from sajja.treasury.duties import duties
from sajja.treasury.models import CollectingDay
from sajja.web import clock
from tests.cast import Cast
from tests.factories import a_group
from tests.treasury.books import OPENED, Kept, a_book
from tests.treasury.sheets import a_sheet
from tests.treasury.test_collecting_pages import came, client_of, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Kept:
    return a_book(pledged=10_000)


def told(book: Kept) -> list[tuple[str, date | None, str]]:
    """What the treasurer's desk says of sheets, and where it leads."""
    today = clock.today()
    return [(str(one.title), one.due, one.url) for one in duties(book.treasurer, today) if "collect" in one.url]


def test_a_missed_month_waits_until_it_has_its_sheet_or_is_closed(book: Kept) -> None:
    collect = reverse("treasury:collect", args=[book.kept.book_id])
    close_month(by=book.treasurer, kept=book.kept, month=202101)
    close_month(by=book.treasurer, kept=book.kept, month=202102)
    a_sheet(book, on=date(2021, 4, 5))
    waits = [
        ("ลงวันส่งเงินสัจจะเดือน มีนาคม 2564 ที่ยังไม่ได้ลง", date(2021, 3, 5), f"{collect}?day=2021-03-05"),
        ("ลงวันส่งเงินสัจจะเดือน พฤษภาคม 2564 ที่ยังไม่ได้ลง", date(2021, 5, 5), f"{collect}?day=2021-05-05"),
        ("รับเงินวันส่งเงินสัจจะ", date(2021, 6, 5), collect),
    ]
    assert told(book) == waits
    home, days = (page(book, route, book.kept.book_id) for route in ("book", "days"))
    assert [f'href="{url}"' in home for _title, _due, url in waits] == [True] * 3
    assert [f'href="{url}"' in days for _title, _due, url in waits] == [True] * 3
    assert "ใบของวันที่ 5 มีนาคม 2564" in days
    close_month(by=book.treasurer, kept=book.kept, month=202103)
    assert told(book) == waits[1:]
    a_sheet(book, on=date(2021, 5, 9))
    assert told(book) == waits[2:]


def test_what_was_missed_is_told_of_three_months_and_not_of_the_time_before_the_book(book: Kept) -> None:
    assert [due for _title, due, _url in told(book)] == [date(2021, month, 5) for month in (3, 4, 5, 6)]
    with clock.fixed(date(2021, 2, 20)):
        assert [due for _title, due, _url in told(book)] == [date(2021, 1, 5), date(2021, 2, 5)]


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_asks_as_much_of_one_book_as_of_three(count: int) -> None:
    cast = Cast()
    books = [a_book(a_group(f"กลุ่ม {n}"), cast=cast) for n in range(count)]
    treasurer = books[0].treasurer
    for other in books[1:]:
        appoint(by="system", person=treasurer, role="group_treasurer", unit=other.group.unit, starts=OPENED)
    with CaptureQueriesContext(connection) as asked:
        found = [one for one in duties(treasurer, clock.today()) if "collect" in one.url]
    assert (len(found), len(asked)) == (4 * count, 17)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("วันพ่อ", "อ่านวันที่นี้ไม่ออก"), ("31/2/2564", "มีวันที่ 1–28"), ("1/7/2564", "ต้องไม่หลัง 10 มิ.ย. 2564"),
        ("31/12/2563", "ต้องไม่ก่อน 1 ม.ค. 2564"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("route", ["collect", "collect_blank"])
def test_a_day_that_cannot_be_read_is_said_beside_its_box_and_no_sheet_is_opened(
    book: Kept, route: str, typed: str, says: str
) -> None:
    address = reverse(f"treasury:{route}", args=[book.kept.book_id])
    shown = client_of(book.treasurer).get(address, {"day": typed}).content.decode()
    assert says in shown
    assert f'value="{typed}"' in shown
    assert str(book.members[0].name) not in shown


def test_a_sheet_sent_for_a_day_that_cannot_be_read_is_not_posted(book: Kept) -> None:
    address = f"{reverse('treasury:collect', args=[book.kept.book_id])}?day=31/2/2564"
    sent = client_of(book.treasurer).post(address, {"once": str(uuid4()), "sheet": "0", "step": "post", **came(book, 0)})
    assert (sent.status_code, CollectingDay.objects.count()) == (200, 0)


@pytest.mark.parametrize("typed", ["2021-05-05", "5/5/2564", "๕ พ.ค. ๖๔", " 5 พฤษภาคม 2564 "])
def test_the_day_is_typed_as_people_write_it(book: Kept, typed: str) -> None:
    shown = client_of(book.treasurer).get(reverse("treasury:collect", args=[book.kept.book_id]), {"day": typed}).content.decode()
    assert f'data-collect="{book.kept.book_id}.2021-05-05.0"' in shown
    assert 'value="5 พ.ค. 2564"' in shown
