"""What the home says of loans that are late, and of the sixty days in which their guarantors must be told."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sajja.ledger.models import Account
from sajja.lib.money import baht
from sajja.treasury.actions import repaying, troubled
from sajja.treasury.duties import due_of, duties
from sajja.treasury.models import Loan
from sajja.treasury.queries import loans as queries
from sajja.treasury.queries.arrears import late_in
from tests.cast import Cast
from tests.treasury.books import Kept, a_book
from tests.treasury.loans import a_loan, a_product

pytestmark = pytest.mark.django_db
FEBRUARY, MARCH = date(2021, 2, 5), date(2021, 3, 5)
LAST = MARCH + timedelta(days=60)


@pytest.fixture
def ours() -> Kept:
    return a_book(members=9, pledged=2_000_000)


def lent(book: Kept, at: int = 0) -> Loan:
    """7,500 baht in four instalments from 5 March, guaranteed by the next two members."""
    product = a_product(book, name=f"สามัญ {at}", method="flat", multiple_satang=100)
    return a_loan(book, book.members[at], 750_000, 4, FEBRUARY, product, book.members[at + 1 : at + 3], MARCH)


def said(book: Kept, on: date) -> list[tuple[str, str, date | None]]:
    found = duties(book.treasurer, on)
    return [(str(one.title), str(one.note), one.due) for one in found if "ตามหนี้" in one.title or "แจ้งผู้ค้ำ" in one.title]


def test_nothing_is_said_until_an_instalment_is_late(ours: Kept) -> None:
    assert said(ours, MARCH) == []
    lent(ours)
    assert said(ours, MARCH) == []
    assert [title for title, _note, _due in said(ours, MARCH + timedelta(days=1))] == ["ตามหนี้ที่เลยกำหนด 1 สัญญา"]


def test_the_letters_are_asked_for_when_half_of_the_sixty_days_is_gone(ours: Kept) -> None:
    lent(ours)
    assert [len(said(ours, MARCH + timedelta(days=days))) for days in (29, 30)] == [1, 2]


def test_the_home_tells_what_is_late_and_until_when_guarantors_must_be_told(ours: Kept) -> None:
    loan = lent(ours)
    [late] = late_in([ours.kept], LAST)
    chase, tell = said(ours, LAST)
    assert chase == ("ตามหนี้ที่เลยกำหนด 1 สัญญา", f"ค้างรวม {baht(late.satang)} บาท", None)
    assert (tell[0], tell[2]) == (f"แจ้งผู้ค้ำสัญญา {loan.number} เป็นหนังสือ 2 คน", LAST)
    first, second = loan.guarantors.order_by("position")
    troubled.notify_guarantor(by=ours.treasurer, guarantor=first, sent_on=LAST, how="ส่งมอบด้วยตนเอง")
    assert said(ours, LAST)[1][0] == f"แจ้งผู้ค้ำสัญญา {loan.number} เป็นหนังสือ 1 คน"
    troubled.notify_guarantor(by=ours.treasurer, guarantor=second, sent_on=LAST, how="ส่งมอบด้วยตนเอง")
    assert [title for title, _note, _due in said(ours, LAST)] == ["ตามหนี้ที่เลยกำหนด 1 สัญญา"]


def test_the_day_after_the_sixty_days_it_is_late(ours: Kept) -> None:
    lent(ours)
    for on, kind in ((LAST, "waiting"), (LAST + timedelta(days=1), "late")):
        [tell] = [one for one in duties(ours.treasurer, on) if "แจ้งผู้ค้ำ" in one.title]
        assert tell.kind_on(on) == kind


def test_what_was_paid_is_chased_no_more(ours: Kept) -> None:
    loan = lent(ours)
    now = queries.standing(loan, LAST)
    owed = late_in([ours.kept], LAST)[0].satang + now.fine
    cash = Account.objects.get(book=ours.kept.book, code="11000")
    repaying.repay(by=ours.treasurer, loan=loan, date=LAST, amount=owed, money=cash)
    assert said(ours, LAST) == []


def test_an_auditor_reads_the_same_in_the_book_and_is_led_only_where_he_may_go(ours: Kept) -> None:
    lent(ours)
    found = {str(one.title): one.url for one in due_of(Cast().auditor(ours.group), ours.kept, LAST)}
    assert found["ตามหนี้ที่เลยกำหนด 1 สัญญา"].endswith("/loans/arrears/")
    assert [url for title, url in found.items() if "แจ้งผู้ค้ำ" in title] == [""]


def test_three_late_loans_cost_no_more_queries_than_one(ours: Kept) -> None:
    counts = []
    for at in (0, 3, 6):
        lent(ours, at)
        with CaptureQueriesContext(connection) as asked:
            [late] = late_in([ours.kept], LAST)
        counts.append((late.loans, len(late.untold), len(asked)))
    once = counts[0][2]
    assert counts == [(1, 1, once), (2, 2, once), (3, 3, once)]


def test_many_letters_make_one_line_that_begins_with_the_most_urgent(ours: Kept) -> None:
    first = lent(ours)
    for at in (3, 6):
        lent(ours, at)
    [tell] = [one for one in duties(ours.treasurer, LAST) if "แจ้งผู้ค้ำ" in one.title]
    assert (tell.url, str(tell.note).endswith("หลังจากนั้น ยังมีอีก 2 สัญญา")) == (f"/treasury/loans/{first.pk}/", True)


def test_letters_that_come_too_late_do_not_hide_those_that_are_in_time(ours: Kept) -> None:
    lent(ours)
    other = lent(ours, 3)
    cash = Account.objects.get(book=ours.kept.book, code="11000")
    owed = queries.standing(other, MARCH)
    repaying.repay(by=ours.treasurer, loan=other, date=MARCH, amount=owed.due, money=cash)
    after = LAST + timedelta(days=1)
    over, still = said(ours, after)[1:]
    assert (over[1].startswith("พ้น 60 วันแล้ว"), over[2]) == (True, LAST)
    assert (still[0], still[2]) == (f"แจ้งผู้ค้ำสัญญา {other.number} เป็นหนังสือ 2 คน", date(2021, 6, 4))
