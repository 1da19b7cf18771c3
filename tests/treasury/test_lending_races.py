"""Two pay out the same loan, decide on it, hand it to its guarantors or write it off at the same moment: it is done once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction
from django.db.models import QuerySet
from pytest_django.plugin import DjangoDbBlocker

from sajja.groups import actions as groups
from sajja.groups.actions import NewMember
from sajja.groups.models import GroupBook, Meeting, Member, Pledge, Resolution, SavingsGroup
from sajja.ledger.models import Entry
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.org import actions as org
from sajja.org.models import Kind, Unit
from sajja.treasury import actions
from sajja.treasury.actions import OpeningLine, lending, repaying, troubled
from sajja.treasury.actions.lending import NewGuarantor, NewProduct
from sajja.treasury.models import (
    BookRules,
    Guarantor,
    GuarantorNotice,
    Instalment,
    Loan,
    LoanMove,
    LoanPlan,
    LoanProduct,
    Voucher,
)
from sajja.web import clock, transactions
from tests.sizes import size

ROUNDS, AT_ONCE = size(1, 20), 4
DAY, NAME = date(2021, 6, 1), "แข่งกันจ่ายเงินกู้"
PEOPLE = ("นายผู้กู้ ตัวอย่าง", "นางผู้ค้ำ หนึ่ง", "นายผู้ค้ำ สอง")
FIRST_DUE, LATE = date(2021, 7, 5), date(2021, 7, 20)


class Keeper:
    """Who keys it in."""

    key, full_name = "person:race", "ผู้ลงบัญชี (ตัวอย่าง)"


@pytest.fixture
def real_commits(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The session's database with real commits; the group goes away again, its ledger book and its audit rows stay."""
    with django_db_blocker.unblock():
        yield
        for group in SavingsGroup.objects.filter(name__startswith=NAME):
            _forget(group)
        connections.close_all()


def _forget(group: SavingsGroup) -> None:
    of_book: list[QuerySet[Any]] = [
        Instalment.objects.filter(plan__loan__kept__group=group), LoanPlan.objects.filter(loan__kept__group=group),
        LoanMove.objects.filter(loan__kept__group=group), GuarantorNotice.objects.filter(guarantor__loan__kept__group=group),
        Guarantor.objects.filter(loan__kept__group=group), Loan.objects.filter(kept__group=group, succeeds__isnull=False),
        Loan.objects.filter(kept__group=group),
        LoanProduct.objects.filter(kept__group=group), Voucher.objects.filter(kept__group=group),
        BookRules.objects.filter(kept__group=group), GroupBook.objects.filter(group=group),
    ]  # fmt: skip
    of_group: list[QuerySet[Any]] = [
        Resolution.objects.filter(meeting__group=group), Meeting.objects.filter(group=group),
        Pledge.objects.filter(member__group=group), Member.objects.filter(group=group),
    ]  # fmt: skip
    unit, village = group.unit, group.unit.parent
    with transaction.atomic():
        for rows in [*of_book, *of_group]:
            rows.delete()
        group.delete()
        unit.delete()
        if village:
            village.delete()


def an_approved_loan(number: int, *, decided: bool = True) -> tuple[Loan, Resolution]:
    """Of a group that no other test knows, its contract signed."""
    by: Any = Keeper()
    with clock.fixed(DAY):
        place = Unit.objects.filter(kind=Kind.SUBDISTRICT, path__startswith="4805").order_by("path")[0]
        village = org.add_village(by="system", subdistrict=place, number=number, name=NAME)
        group = groups.register_group(by="system", village=village, name=f"{NAME} {uuid4().hex[:8]}")
        member, *others = groups.enrol_members(
            by=by, group=group,
            members=[NewMember(number=str(at), name=name, joined_on=date(2020, 1, 5)) for at, name in enumerate(PEOPLE, 1)],
        )  # fmt: skip
        opening = [OpeningLine("11000", 1_000_000), OpeningLine("33000", -1_000_000)]
        kept = actions.open_savings_book(by=by, group=group, opened_on=date(2021, 1, 1), opening=opening)
        product = lending.add_product(by=by, kept=kept, product=NewProduct(name="สามัญ", rate_bp=1200, guarantors_wanted=0))
        meeting = groups.record_meeting(
            by=by, group=group, day=DAY, kind="committee", present=5, resolutions=[groups.NewResolution("อนุมัติ", "loan")]
        )
        resolution = meeting.resolutions.get()
        loan = lending.apply_for_loan(
            by=by, kept=kept, member=member, product=product, amount=100_000, instalments=4, purpose="occupation", applied_on=DAY,
            guarantors=[NewGuarantor(one) for one in others],
        )  # fmt: skip
        if decided:
            loan = lending.decide_loan(by=by, loan=loan, approve=True, resolution=resolution)
            loan = lending.make_contract(by=by, loan=loan, contract_on=DAY, first_due=FIRST_DUE)
    return loan, resolution


def at_once(act: Callable[[Loan], object], key: int, day: date = DAY, other: Callable[[Loan], object] | None = None) -> list[str]:
    """Each does it in a thread with a connection of its own, every second one the `other`: what came of it."""

    def one(which: int) -> str:
        try:
            with clock.fixed(day):
                loan = Loan.objects.select_related("kept__group__unit", "kept__book", "member").get(pk=key)
                transactions.run(lambda: (other if other and which % 2 else act)(loan))
        except Refused:
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(AT_ONCE) as people:
        return sorted(people.map(one, range(AT_ONCE)))


def test_a_loan_that_many_pay_out_at_once_is_paid_once(real_commits: None) -> None:
    for number in range(1, ROUNDS + 1):
        loan, _resolution = an_approved_loan(60 + number)
        cash = loan.kept.book.accounts.get(code="11000")
        by: Any = Keeper()
        came = at_once(lambda one: lending.pay_out(by=by, loan=one, date=DAY, money=cash, uuid=uuid4()), loan.pk)  # noqa: B023
        assert came == ["done"] + ["refused"] * (AT_ONCE - 1)
        cash.refresh_from_db()
        assert (cash.balance, Entry.objects.filter(book=loan.kept.book, kind="loan-out").count()) == (900_000, 1)
        assert (LoanPlan.objects.filter(loan=loan).count(), verify(loan.kept.book)) == (1, [])


def test_the_same_press_sent_by_many_at_once_is_answered_alike(real_commits: None) -> None:
    loan, _resolution = an_approved_loan(82)
    cash, uuid = loan.kept.book.accounts.get(code="11000"), uuid4()
    by: Any = Keeper()
    assert at_once(lambda one: lending.pay_out(by=by, loan=one, date=DAY, money=cash, uuid=uuid), loan.pk) == ["done"] * AT_ONCE
    cash.refresh_from_db()
    assert (cash.balance, LoanPlan.objects.filter(loan=loan).count()) == (900_000, 1)


def test_an_application_that_many_decide_at_once_gets_one_contract(real_commits: None) -> None:
    loan, resolution = an_approved_loan(83, decided=False)
    by: Any = Keeper()
    came = at_once(lambda one: lending.decide_loan(by=by, loan=one, approve=True, resolution=resolution), loan.pk)
    assert came == ["done"] + ["refused"] * (AT_ONCE - 1)
    assert loan.kept.book.accounts.filter(control__code="13000").count() == 1
    assert LoanMove.objects.filter(loan=loan, move="approve").count() == 1


def test_a_payment_that_many_send_at_once_is_taken_once(real_commits: None) -> None:
    loan, _resolution = an_approved_loan(84)
    cash, uuid = loan.kept.book.accounts.get(code="11000"), uuid4()
    by: Any = Keeper()
    with clock.fixed(DAY):
        lending.pay_out(by=by, loan=loan, date=DAY, money=cash)
    came = at_once(lambda one: repaying.repay(by=by, loan=one, date=DAY, amount=30_000, money=cash, uuid=uuid), loan.pk)
    assert came == ["done"] * AT_ONCE
    cash.refresh_from_db()
    assert (cash.balance, Entry.objects.filter(book=loan.kept.book, kind="loan-repaid").count()) == (930_000, 1)
    came = at_once(lambda one: repaying.settle_early(by=by, loan=one, date=DAY, money=cash, uuid=uuid4()), loan.pk)
    assert came == ["done"] + ["refused"] * (AT_ONCE - 1)
    loan.refresh_from_db()
    assert (loan.state, Entry.objects.filter(book=loan.kept.book, kind="loan-repaid").count()) == ("closed", 2)
    assert verify(loan.kept.book) == []


def a_late_loan(number: int) -> tuple[Loan, Resolution]:
    """Paid out, its first instalment missed, both guarantors told."""
    loan, resolution = an_approved_loan(number)
    by: Any = Keeper()
    with clock.fixed(LATE):
        lending.pay_out(by=by, loan=loan, date=DAY, money=loan.kept.book.accounts.get(code="11000"))
        for one in loan.guarantors.order_by("position"):
            troubled.notify_guarantor(by=by, guarantor=one, sent_on=LATE, how="ส่งมอบด้วยตนเอง")
    return loan, resolution


def test_a_debt_that_many_hand_to_the_guarantors_at_once_is_handed_once(real_commits: None) -> None:
    loan, resolution = a_late_loan(85)
    by: Any = Keeper()
    came = at_once(
        lambda one: troubled.take_over(
            by=by, loan=one, on=LATE, resolution=resolution, instalments=4, first_due=date(2021, 8, 5), uuid=uuid4()
        ),
        loan.pk,
        LATE,
    )
    assert came == ["done"] + ["refused"] * (AT_ONCE - 1)
    heirs = Loan.objects.filter(succeeds=loan).order_by("pk")
    assert [(one.state, one.principal_satang) for one in heirs] == [("normal", 50_000), ("normal", 50_000)]
    assert loan.kept.book.accounts.get(code="13000").balance == 100_000
    assert verify(loan.kept.book) == []


def test_a_debt_that_many_write_off_at_once_is_written_off_once(real_commits: None) -> None:
    loan, resolution = a_late_loan(86)
    by: Any = Keeper()
    came = at_once(lambda one: troubled.write_off(by=by, loan=one, on=LATE, resolution=resolution, uuid=uuid4()), loan.pk, LATE)
    assert came == ["done"] + ["refused"] * (AT_ONCE - 1)
    assert Entry.objects.filter(book=loan.kept.book, kind="loan-written-off").count() == 1
    assert (loan.kept.book.accounts.get(code="13000").balance, verify(loan.kept.book)) == (0, [])


def test_of_a_payment_and_a_writing_off_at_once_the_books_keep_one_whole_story(real_commits: None) -> None:
    loan, resolution = a_late_loan(87)
    cash = loan.kept.book.accounts.get(code="11000")
    by: Any = Keeper()
    came = at_once(
        lambda one: troubled.write_off(by=by, loan=one, on=LATE, resolution=resolution, uuid=uuid4()),
        loan.pk,
        LATE,
        other=lambda one: repaying.repay(by=by, loan=one, date=LATE, amount=30_000, money=cash, uuid=uuid4()),
    )
    loan.refresh_from_db()
    assert loan.state == "written_off"
    paid = Entry.objects.filter(book=loan.kept.book, kind="loan-repaid").count()
    assert came == ["done"] * (1 + paid) + ["refused"] * (AT_ONCE - 1 - paid)
    assert (loan.kept.book.accounts.get(code="13000").balance, verify(loan.kept.book)) == (0, [])


def test_a_debt_that_many_put_off_at_once_is_put_off_once(real_commits: None) -> None:
    loan, resolution = a_late_loan(88)
    by: Any = Keeper()
    came = at_once(
        lambda one: troubled.defer(by=by, loan=one, on=LATE, months=2, resolution=resolution, why="น้ำท่วม"), loan.pk, LATE
    )
    assert came == ["done"] + ["refused"] * (AT_ONCE - 1)
    assert LoanPlan.objects.filter(loan=loan).count() == 2


def test_of_a_payment_and_a_take_over_at_once_the_books_keep_one_whole_story(real_commits: None) -> None:
    loan, resolution = a_late_loan(89)
    cash = loan.kept.book.accounts.get(code="11000")
    by: Any = Keeper()
    came = at_once(
        lambda one: troubled.take_over(
            by=by, loan=one, on=LATE, resolution=resolution, instalments=4, first_due=date(2021, 8, 5), uuid=uuid4()
        ),
        loan.pk,
        LATE,
        other=lambda one: repaying.repay(by=by, loan=one, date=LATE, amount=30_000, money=cash, uuid=uuid4()),
    )
    loan.refresh_from_db()
    assert loan.state == "taken_over"
    paid = Entry.objects.filter(book=loan.kept.book, kind="loan-repaid").count()
    assert came == ["done"] * (1 + paid) + ["refused"] * (AT_ONCE - 1 - paid)
    owed = sum(one.principal_satang for one in Loan.objects.filter(succeeds=loan))
    assert (loan.kept.book.accounts.get(code="13000").balance, verify(loan.kept.book)) == (owed, [])
