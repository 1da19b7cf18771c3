"""The books of the demonstration: one group of the training province and one elsewhere stand for all of them here."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.test import override_settings
from pytest_django.plugin import DjangoDbBlocker

from sajja.audit.models import AuditRow
from sajja.config import demonstration
from sajja.config.demonstration import books
from sajja.config.demonstration.course import moment
from sajja.config.demonstration.names import SURNAME
from sajja.groups.models import GroupBook, Member, MemberKind, MemberStatus
from sajja.ledger import verifying
from sajja.ledger.models import Account, BookHead, Entry
from sajja.org.models import Person
from sajja.treasury import chart
from sajja.treasury.duties import duties
from sajja.treasury.models import (
    Appropriation,
    CashCount,
    CollectingDay,
    Loan,
    PaidHow,
    Reconciliation,
    ReopenRequest,
    Second,
    Settlement,
)
from sajja.treasury.queries.arrears import portfolio
from sajja.web import clock

SHOWN = date(2021, 6, 10)
TRAINING, ORDINARY = "48", "47"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Counter[str]]:
    """Two provinces with one book each, made once for this file and rolled back after it; what make() counted."""
    with django_db_blocker.unblock(), clock.fixed(SHOWN), override_settings(PASSWORD_HASHERS=QUICK), transaction.atomic():
        yield demonstration.make(SHOWN, provinces={TRAINING, ORDINARY}, books=1)
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def tidy() -> Iterator[None]:
    """The clock of other tests stays where it is."""
    yield
    (settings.SAJJA_DATA / "day").unlink(missing_ok=True)


def the_book(province: str) -> GroupBook:
    return GroupBook.objects.select_related("group__unit", "book").get(group__unit__path__startswith=province)


@pytest.mark.django_db
def test_every_book_verifies(made: Counter[str]) -> None:
    assert GroupBook.objects.count() == 2
    assert [flaw for kept in GroupBook.objects.select_related("book") for flaw in verifying.verify(kept.book)] == []


@pytest.mark.django_db
def test_every_act_leaves_one_row_in_the_audit_and_they_follow_each_other_in_time(made: Counter[str]) -> None:
    rows = list(AuditRow.objects.exclude(act="org.load_places").order_by("id"))
    assert Counter(row.act for row in rows) == made
    assert [later for earlier, later in pairwise(rows) if later.at < earlier.at] == []
    assert [row for row in rows if row.at >= moment(SHOWN, 9) or row.entered_at != row.at] == []


@pytest.mark.django_db
def test_the_training_province_saved_for_three_years_and_the_others_for_one(made: Counter[str]) -> None:
    three, one = the_book(TRAINING), the_book(ORDINARY)
    assert (three.book.opened_on, one.book.opened_on) == (date(2019, 1, 1), date(2020, 7, 1))
    assert 60 <= Member.objects.filter(group=three.group).count() <= 180
    assert 20 <= Member.objects.filter(group=one.group).count() <= 40
    assert CollectingDay.objects.filter(kept=three).count() == 29
    assert CollectingDay.objects.filter(kept=one).count() in {11, 12}


@pytest.mark.django_db
def test_members_are_plainly_invented_and_no_two_have_one_name(made: Counter[str]) -> None:
    for kept in GroupBook.objects.all():
        names = list(Member.objects.filter(group=kept.group_id).values_list("name", flat=True))
        assert [name for name in names if not name.endswith(SURNAME)] == []
        assert len(set(names)) == len(names)


@pytest.mark.django_db
def test_children_have_a_guardian_of_their_family_and_whoever_left_has_nothing_here(made: Counter[str]) -> None:
    children = Member.objects.filter(kind=MemberKind.CHILD).select_related("guardian")
    assert children.exists()
    assert all(child.guardian and child.guardian.family_id == child.family_id for child in children)
    gone = Member.objects.exclude(status=MemberStatus.ACTIVE)
    left = Account.objects.filter(member_account__member__in=gone).exclude(balance=0)
    assert left.count() == 0


@pytest.mark.django_db
def test_some_groups_lend_and_no_cash_or_bank_is_ever_below_nought(made: Counter[str]) -> None:
    kept = the_book(TRAINING)
    states = Counter(Loan.objects.filter(kept=kept).values_list("state", flat=True))
    assert (states["applied"], states["approved"], states["normal"] + states["closed"]) == (1, 1, 7)
    with clock.fixed(SHOWN):
        now = portfolio(kept, SHOWN)
    owed = Account.objects.get(book=kept.book, code=chart.LOANS).balance
    assert (now.principal, now.late[0].loan.number) == (owed, "L3")
    assert not Loan.objects.filter(kept=the_book(ORDINARY)).exists()
    money = Account.objects.filter(Q(code__startswith=chart.CASH) | Q(code__startswith=chart.BANK))
    assert all(account.balance >= 0 for account in money)


@pytest.mark.django_db
def test_the_demo_treasurer_and_chair_find_something_to_do(made: Counter[str]) -> None:
    kept = the_book(TRAINING)
    assert BookHead.objects.get(book=kept.book).closed_through == 202104
    assert ReopenRequest.objects.filter(kept=kept, answer__isnull=True).count() == 1
    assert Second.objects.filter(kept=kept, confirmed_at__isnull=True).exists()
    assert Reconciliation.objects.get(bank__kept=kept, done_at__isnull=False).difference == 0
    treasurer, chair = (Person.objects.get(username=name) for name in ("demo-treasurer", "demo-chair"))
    with clock.fixed(SHOWN):
        titles = [str(duty.title) for duty in duties(treasurer, SHOWN)]
        assert titles == [
            "รับเงินวันส่งเงินสัจจะ", "รอผู้ลงชื่อคนที่สอง 1 รายการ", "ปิดงวดเดือน พฤษภาคม 2564",
            "จ่ายเงินกู้ที่อนุมัติแล้ว 1 สัญญา", "ตามหนี้ที่เลยกำหนด 3 สัญญา", "แจ้งผู้ค้ำสัญญา L3 เป็นหนังสือ 2 คน",
            "แจ้งผู้ค้ำสัญญา L2 เป็นหนังสือ 2 คน", "ปันผลค้างจ่าย 3 คน 473.39 บาท",
        ]  # fmt: skip
        asked = [str(duty.title) for duty in duties(chair, SHOWN)]
        assert asked == ["ตอบคำขอเปิดงวดเดือน เมษายน 2564", "ลงมติคำขอกู้ 1 คำขอ"]


@pytest.mark.django_db
def test_the_training_province_tells_of_deaths_gifts_and_counts_that_the_audit_committee_signed(made: Counter[str]) -> None:
    kept = the_book(TRAINING)
    died = Settlement.objects.filter(kept=kept, why=Settlement.Why.DIED)
    assert sorted(row.day.year for row in died) == [2019, 2020]
    assert [sum(heir["satang"] for heir in row.heirs) in {0, row.total_satang} for row in died] == [True, True]
    assert Entry.objects.filter(book=kept.book, kind="gift").count() == 5
    counts = CashCount.objects.filter(kept=kept, on__day=28)
    assert (counts.count(), set(counts.values_list("difference", flat=True))) == (10, {0})
    signed = Second.objects.filter(about__in=[f"treasury.CashCount:{row.pk}" for row in counts], confirmed_at__isnull=False)
    assert signed.count() == 10
    assert not Settlement.objects.filter(kept=the_book(ORDINARY)).exists()


@pytest.mark.django_db
def test_every_group_of_the_training_province_and_two_of_each_other_keep_books() -> None:
    counts = {story.path: len(books.keepers(story, None)) for story in demonstration.tell()}
    assert counts.pop(TRAINING) == 10
    assert set(counts.values()) == {2}


@pytest.mark.django_db
def test_the_training_group_shared_out_a_good_year(made: Counter[str]) -> None:
    kept = the_book(TRAINING)
    shared = Appropriation.objects.get(year_end__kept=kept, year_end__year=2020, counts=True)
    assert shared.satang == sum(head.satang for head in shared.heads.all()) > 0
    how = Counter(share.how for share in shared.shares.all() if share.total_satang)
    assert (how[PaidHow.UNPAID], set(how)) == (3, {PaidHow.UNPAID, PaidHow.CASH})
