"""Opening a group's book: the template's headings, what is brought in, members' own accounts."""

import pytest

from sajja.audit.models import AuditRow
from sajja.ledger.models import Entry
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.treasury import actions, chart, queries
from sajja.treasury.actions import OpeningLine, RuleSet
from sajja.treasury.models import MemberAccount
from tests.treasury.books import OPENED, a_book

pytestmark = pytest.mark.django_db


def test_a_book_opens_with_the_template_and_what_was_before() -> None:
    ours = a_book(pledged=480000)
    entry = Entry.objects.get(book=ours.kept.book)
    assert (entry.kind, entry.date.isoformat(), entry.voucher) == ("opening", "2020-12-31", "2563/001")
    assert (ours.standing("11000"), ours.standing("31020"), ours.standing("31020:M02")) == (1440000, 1440000, 480000)
    assert set(MemberAccount.objects.values_list("base_satang", flat=True)) == {480000}
    assert len(queries.headings_by_code(ours.kept)) == len(chart.TEMPLATE)
    assert verify(ours.kept.book) == []


def test_an_opening_that_does_not_balance_is_refused_and_leaves_nothing() -> None:
    with pytest.raises(Refused, match=r"ต่างกัน 1\.00 บาท"):
        a_book(opening=[("11000", 100)])
    assert Entry.objects.count() == 0


def test_a_group_has_one_savings_book() -> None:
    ours = a_book()
    with pytest.raises(Refused, match="มีชุดบัญชีเงินออมแล้ว"):
        actions.open_savings_book(by=ours.treasurer, group=ours.group, opened_on=OPENED)


def test_members_accounts_are_opened_once() -> None:
    ours = a_book()
    first = actions.accounts_of(ours.kept, ours.members, chart.SPECIAL)
    assert {account.code for account in first.values()} == {"20000:M01", "20000:M02", "20000:M03"}
    assert actions.accounts_of(ours.kept, ours.members, chart.SPECIAL) == first


def test_rules_hold_from_their_day_on() -> None:
    ours = a_book()
    later = OPENED.replace(month=7)
    actions.set_rules(by=ours.treasurer, kept=ours.kept, in_force_from=later, rules=RuleSet(late_fine_satang=2000))
    assert [queries.rules_on(ours.kept, day).late_fine_satang for day in (OPENED, later)] == [1000, 2000]
    assert AuditRow.objects.filter(act="treasury.set_rules").count() == 1


def test_every_line_of_an_opening_keeps_its_amount() -> None:
    ours = a_book(opening=[("12100", 5000), ("34530", -2000), ("40000", -3000)], pledged=100)
    assert [ours.standing(code) for code in ("12100", "34530", "40000", "11000")] == [5000, 2000, 3000, 300]
    assert OpeningLine("11000", 1).member is None
