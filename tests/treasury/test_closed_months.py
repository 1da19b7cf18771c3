"""A closed month never changes: every act that posts × every closed month is refused, and its trial balance stays as it was."""

import importlib
import inspect
import json
import pkgutil
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from sajja.groups import actions as groups
from sajja.groups.models import Family
from sajja.ledger.models import Account, Entry
from sajja.ledger.posting import Arrow
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.treasury import actions, counting
from sajja.treasury.actions import (
    RuleSet,
    bank,
    cash,
    collecting,
    handover,
    leaving,
    paying_out,
    payout,
    repaying,
    savings,
    seconds,
    troubled,
    vouchers,
)
from sajja.treasury.actions.vouchers import CodeArrow
from sajja.treasury.collecting import Line
from sajja.treasury.exports import printed
from sajja.treasury.models import Settlement, SheetLine
from sajja.treasury.queries.cash import holding_of
from sajja.web import clock
from tests.sizes import size
from tests.treasury.books import Kept, a_book
from tests.treasury.loans import a_loan, about_loans, an_application, approved, contracted
from tests.treasury.money import Things
from tests.treasury.people import a_committee
from tests.treasury.sharing_book import declared
from tests.treasury.test_savings import RULES

pytestmark = pytest.mark.django_db
CLOSED = [date(2021, month, 15) for month in range(1, 5)]
DAY_NAMES = {"date", "day", "on", "starts", "opened", "in_force_from"}
POST_NOTHING = {
    "set_rules", "open_savings_book", "open_keeper", "open_bank_account", "take_statement", "ask_confirmations", "bring_in",
    "give_opinion", "defer", "reschedule", "change_guarantor",
}  # fmt: skip
"""Acts that name a day and post nothing on it."""


class Ground:
    """A group in June whose first four months are closed, with one of everything that an act can be done to."""

    def __init__(self) -> None:
        rules = RuleSet(special_interest_days=" ".join(f"{day:%m-%d}" for day in CLOSED))
        self.book: Kept = a_book(
            members=4,
            pledged=10_000_000,
            opening=[("12100", 5_000_000), ("34530", -2_500_000), ("34510", -2_500_000)],
            rules=rules,
        )
        groups.add_regulation(by="system", group=self.book.group, regulation=RULES)
        self.base: dict[str, Any] = {"by": self.book.treasurer, "kept": self.book.kept}
        one, two, three, four = self.book.members
        self.one, self.two = one, two
        with transaction.atomic():
            family = Family.objects.create(group=self.book.group, code="F1")
            type(one).objects.filter(pk__in=[one.pk, two.pk]).update(family=family)
        for member in (one, two):
            member.refresh_from_db()
        savings.special_in(**self.base, member=one, satang=1_000_000, date=date(2021, 1, 2), money=self.account("11000"))
        collecting.record_collecting_day(**self.base, date=date(2021, 1, 5), lines=[Line(member=one.pk, pledged=20_000)])
        self.line = SheetLine.objects.get()
        self.old = Entry.objects.get(book=self.book.kept.book, kind="special-in")
        self.settled_early = leaving.settle(
            **self.base, member=three, why=Settlement.Why.LEFT, day=date(2021, 1, 3), because="ย้าย", money=None
        )
        self.lent = a_loan(self.book, two, 100_000, 4, CLOSED[0].replace(day=2))
        asked = an_application(self.book, two, 100_000, 4, CLOSED[0].replace(day=2))
        self.agreed = contracted(self.book, approved(self.book, asked, asked.applied_on), asked.applied_on)
        self.resolved = about_loans(self.book, date(2021, 1, 2), number="7")
        self.guaranteed = a_loan(self.book, two, 100_000, 4, date(2021, 1, 2), guarantors=[one])
        self.lost = a_loan(self.book, two, 100_000, 4, date(2021, 1, 2))
        troubled.write_off(by=self.book.chair, loan=self.lost, on=date(2021, 1, 3), resolution=self.resolved)
        self.share, self.paid = declared(self.book, date(2021, 1, 4))
        payout.pay_shares(
            by=self.book.treasurer, appropriation=self.paid.appropriation, date=date(2021, 1, 4),
            paid=[payout.Paid(self.paid.pk, "cash")], money=self.account("11000"),
        )  # fmt: skip
        troubled.notify_guarantor(
            by=self.book.treasurer, guarantor=self.guaranteed.guarantors.get(), sent_on=date(2021, 6, 1), how="ส่งมอบ"
        )
        for month in range(202101, 202105):
            actions.close_month(**self.base, month=month)
        self.committee = a_committee(self.book)
        self.things = Things(self.book, self.committee)
        self.settled = leaving.settle(
            **self.base, member=four, why=Settlement.Why.LEFT, day=date(2021, 6, 1), because="ย้าย", money=None
        )
        cash.count_cash(
            **self.base, account=self.account("11000"), on=date(2021, 6, 6), charge=two,
            notes=counting.broken_up(self.in_the_box - 5_000),
        )  # fmt: skip

    def account(self, code: str) -> Account:
        """The book's account of a code."""
        return Account.objects.get(book=self.book.kept.book, code=code)

    @property
    def in_the_box(self) -> int:
        """The cash of the heading itself, without what keepers hold."""
        return holding_of(self.book.kept, self.account("11000")).satang

    @property
    def signers(self) -> list[seconds.Signer]:
        """Two of the committee."""
        return [seconds.signer("หนึ่ง", self.committee[0]), seconds.signer("สอง", self.committee[1])]


def _whole_cash(ground: Ground) -> dict[int, int]:
    return counting.broken_up(ground.in_the_box)


ACTS: dict[str, Callable[[Ground, date], object]] = {
    "record_collecting_day": lambda g, day: collecting.record_collecting_day(
        **g.base, date=day, lines=[Line(member=g.one.pk, pledged=5_000)]
    ),
    "correct_receipt": lambda g, day: collecting.correct_receipt(by=g.book.treasurer, line=g.line, reason="ผิด", date=day),
    "special_in": lambda g, day: savings.special_in(
        **g.base, member=g.one, satang=100, date=day, money=g.account("11000")
    ),
    "special_out": lambda g, day: savings.special_out(
        **g.base, member=g.one, satang=100, date=day, money=g.account("11000")
    ),
    "transfer_in_family": lambda g, day: savings.transfer_in_family(**g.base, giver=g.one, taker=g.two, satang=100, date=day),
    "credit_interest": lambda g, day: savings.credit_interest(**g.base, day=day),
    "settle": lambda g, day: leaving.settle(
        **g.base, member=g.one, why=Settlement.Why.LEFT, day=day, because="ย้าย", money=g.account("11000")
    ),
    "pay_leaver": lambda g, day: leaving.pay_leaver(
        by=g.book.treasurer, settlement=g.settled, money=g.account("11000"), date=day
    ),
    "take_back": lambda g, day: leaving.take_back(by=g.book.treasurer, settlement=g.settled_early, reason="ผิด", date=day),
    "record_income": lambda g, day: vouchers.record_income(
        **g.base, date=day, account="46000", amount=100, money=g.account("11000"), payer="ผู้ให้", memo=""
    ),
    "record_expense": lambda g, day: vouchers.record_expense(
        **g.base, date=day, account="54000", amount=100, money=g.account("11000"), payee="ร้าน", memo=""
    ),
    "pay_welfare": lambda g, day: vouchers.pay_welfare(
        **g.base, date=day, member=g.one, welfare="birth", amount=100, money=g.account("11000")
    ),
    "give_gift": lambda g, day: vouchers.give_gift(
        **g.base, date=day, receiver="โรงเรียน", amount=100, money=g.account("11000"), memo=""
    ),
    "record_general": lambda g, day: vouchers.record_general(
        **g.base, date=day, arrows=[CodeArrow("57000", "17900", 100)], memo="", why="ปรับปรุง"
    ),
    "record_bank_interest": lambda g, day: vouchers.record_bank_interest(
        **g.base, date=day, bank=g.account("12100"), amount=100
    ),
    "record_bank_fee": lambda g, day: vouchers.record_bank_fee(**g.base, date=day, bank=g.account("12100"), amount=100),
    "collect_unpaid_dividend": lambda g, day: vouchers.collect_unpaid_dividend(
        **g.base, date=day, member=g.settled.member, amount=100, money=g.account("11000"), control="23300"
    ),
    "reverse_voucher": lambda g, day: vouchers.reverse_voucher(**g.base, entry=g.old, reason="ผิด", date=day),
    "cash_to_bank": lambda g, day: bank.cash_to_bank(
        **g.base, date=day, cash=g.account("11000"), bank=g.account("12100"), amount=100
    ),
    "bank_to_cash": lambda g, day: bank.bank_to_cash(
        **g.base, date=day, cash=g.account("11000"), bank=g.account("12100"), amount=100, signers=g.signers
    ),
    "between_banks": lambda g, day: bank.between_banks(
        **g.base, date=day, giver=g.account("12100"), taker=g.things.bank.account, amount=100
    ),
    "move_cash": lambda g, day: cash.move_cash(
        **g.base, date=day, giver=g.account("11000"), taker=g.things.handover.incoming.account, amount=100, signers=g.signers
    ),
    "count_cash": lambda g, day: cash.count_cash(
        **g.base, account=g.account("11000"), on=day, notes={25: 1}, charge=g.two
    ),
    "pay_shares": lambda g, day: payout.pay_shares(
        by=g.book.treasurer, appropriation=g.share.appropriation, date=day, paid=[payout.Paid(g.share.pk, "cash")],
        money=g.account("11000"),
    ),
    "fetch_share": lambda g, day: payout.fetch_share(
        by=g.book.treasurer, share=g.share, date=day, money=g.account("11000")
    ),
    "take_back_share": lambda g, day: payout.take_back_share(by=g.book.treasurer, share=g.paid, reason="ผิด", date=day),
    "make_good": lambda g, day: cash.make_good(**g.base, date=day, member=g.two, amount=100, money=g.account("11000")),
    "pay_out": lambda g, day: paying_out.pay_out(by=g.book.treasurer, loan=g.agreed, date=day, money=g.account("11000")),
    "repay": lambda g, day: repaying.repay(by=g.book.treasurer, loan=g.lent, date=day, amount=100, money=g.account("11000")),
    "settle_early": lambda g, day: repaying.settle_early(
        by=g.book.treasurer, loan=g.lent, date=day, money=g.account("11000")
    ),
    "take_back_payout": lambda g, day: paying_out.take_back_payout(by=g.book.treasurer, loan=g.lent, reason="ผิด", date=day),
    "take_over": lambda g, day: troubled.take_over(
        by=g.book.treasurer, loan=g.guaranteed, on=day, resolution=g.resolved, instalments=2, first_due=date(2021, 7, 5)
    ),
    "write_off": lambda g, day: troubled.write_off(by=g.book.chair, loan=g.lent, on=day, resolution=g.resolved),
    "recover": lambda g, day: troubled.recover(
        by=g.book.treasurer, loan=g.lost, date=day, amount=100, money=g.account("11000")
    ),
    "take_back_step": lambda g, day: troubled.take_back_step(by=g.book.chair, loan=g.lost, reason="ผิด", date=day),
    "hand_over": lambda g, day: handover.hand_over(
        **g.base, date=day, giver=g.account("11000"), giver_name=g.committee[1].name, incoming=g.committee[0].name,
        committee=g.committee[0], notes=_whole_cash(g), books="สมุดเงินสด", signers=g.signers,
    ),
}  # fmt: skip


def test_every_act_that_names_a_day_is_known_here() -> None:
    found = set()
    for module in pkgutil.iter_modules(actions.__path__):
        inside = importlib.import_module(f"{actions.__name__}.{module.name}")
        for name, act in inspect.getmembers(inside, inspect.isfunction):
            own = act.__module__ == inside.__name__ and hasattr(act, "__wrapped__")
            if own and DAY_NAMES & inspect.signature(act).parameters.keys():
                found.add(name)
    assert found - POST_NOTHING == set(ACTS)


def test_every_act_is_refused_in_every_closed_month_and_posts_in_an_open_one() -> None:
    ground = Ground()
    balances = [json.dumps(printed.statement(ground.book.kept.book, "trial-balance", day)) for day in CLOSED]
    for name, act in ACTS.items():
        for day in CLOSED:
            before = Entry.objects.count()
            with pytest.raises(Refused) as refused, transaction.atomic():
                act(ground, day)
            assert ("ปิดแล้ว" in str(refused.value.message), Entry.objects.count()) == (True, before), (name, refused.value.message)
    assert [json.dumps(printed.statement(ground.book.kept.book, "trial-balance", day)) for day in CLOSED] == balances


@pytest.mark.parametrize("name", sorted(set(ACTS) - {"credit_interest"}))
def test_the_same_act_is_taken_in_an_open_month(name: str) -> None:
    """Or a refusal above would prove nothing."""
    ground = Ground()
    before = Entry.objects.count()
    ACTS[name](ground, date(2021, 6, 8))
    assert Entry.objects.count() > before
    assert verify(ground.book.kept.book) == []


def test_the_trial_balance_of_a_closed_month_stands_after_many_later_postings() -> None:
    ours = a_book(pledged=100_000)
    for month in (202101, 202102):
        actions.close_month(by=ours.treasurer, kept=ours.kept, month=month)
    shut = json.dumps(printed.statement(ours.kept.book, "trial-balance", date(2021, 2, 28)))
    cash_key, bank_key = ours.key("11000"), ours.key("12100")
    with clock.fixed(date(2021, 6, 10)), transaction.atomic():
        for at in range(size(300, 10_000)):
            day = date(2021, 3 + at % 3, 1 + at % 28)
            arrow = Arrow(bank_key, cash_key, 1)
            actions.put(ours.treasurer, ours.kept, "treasury.test", day, "general", "", [arrow])
    assert json.dumps(printed.statement(ours.kept.book, "trial-balance", date(2021, 2, 28))) == shut
    assert verify(ours.kept.book) == []
