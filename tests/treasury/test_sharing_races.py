"""Two share the same surplus out, or pay the same list, at the same moment: it is done once."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from sajja.groups import actions as groups
from sajja.groups.models import GroupBook, Meeting, MeetingKind, Member, Resolution
from sajja.ledger.models import Account, Entry
from sajja.ledger.posting import Arrow
from sajja.ledger.verifying import verify
from sajja.treasury import actions
from sajja.treasury.actions import payout, savings, sharing
from sajja.treasury.actions import yearend as acts
from sajja.treasury.models import Appropriation, AppropriationHead, Share, Voucher
from sajja.treasury.shares import Head
from sajja.web import clock
from tests.treasury.test_year_races import AFTER, AT_ONCE, NAME, a_real_book, at_once, real_commits

__all__ = ["real_commits"]
ONCE = ["done"] + ["refused"] * (AT_ONCE - 1)


@pytest.fixture
def shared_commits(real_commits: None) -> Iterator[None]:
    """With real commits; what the meeting made goes away before its group."""
    yield
    with transaction.atomic():
        for model in (Share, AppropriationHead):
            model.objects.filter(appropriation__year_end__kept__group__name__startswith=NAME).delete()
        Appropriation.objects.filter(year_end__kept__group__name__startswith=NAME).delete()
        Voucher.objects.filter(kept__group__name__startswith=NAME).delete()
        Resolution.objects.filter(meeting__group__name__startswith=NAME).delete()
        Meeting.objects.filter(group__name__startswith=NAME).delete()


def _closed() -> dict[str, Any]:
    """A committed book whose member saved, closed, with its general meeting."""
    base = a_real_book()
    kept: GroupBook = base["kept"]
    member = Member.objects.get(group=kept.group)
    with clock.fixed(AFTER), transaction.atomic():
        own = actions.accounts_of(kept, [member], "31020")[member.pk]
        cash = Account.objects.get(book=kept.book, code="11000")
        actions.put(base["by"], kept, "test", date(2021, 2, 5), "general", "", [Arrow(cash.pk, own.pk, 100_000)])
    with clock.fixed(AFTER):
        for day in (date(2021, 6, 30), date(2021, 12, 31)):
            savings.credit_interest(**base, day=day)
        acts.depreciate(**base, fiscal_year=2021)
        for month in range(202102, 202113):
            actions.close_month(**base, month=month)
        acts.close_year(**base, fiscal_year=2021)
        meeting = groups.record_meeting(
            by=base["by"], group=kept.group, day=date(2022, 1, 9), kind=MeetingKind.GENERAL, present=9, resolutions=["จัดสรรกำไร"]
        )
    return base | {"fiscal_year": 2021, "resolution": meeting.resolutions.get(), "heads": [Head("ปันผล", "23100", 10_000)]}


def test_four_at_once_share_it_out_once_and_pay_it_once(shared_commits: None) -> None:
    told = _closed()
    assert at_once(lambda: sharing.appropriate(**told, uuid=uuid4())) == ONCE
    made = Appropriation.objects.get(year_end__kept=told["kept"])
    share = Share.objects.get(appropriation=made)
    cash = Account.objects.get(book=told["kept"].book, code="11000")
    paid = {"by": told["by"], "appropriation": made, "date": date(2022, 1, 9), "money": cash}
    assert at_once(lambda: payout.pay_shares(**paid, paid=[payout.Paid(share.pk, "cash")], uuid=uuid4())) == ONCE
    assert Entry.objects.filter(book=told["kept"].book, kind__in=["appropriation", "payout"]).count() == 2
    assert verify(told["kept"].book) == []


def test_the_same_form_sent_by_four_at_once_is_answered_to_all(shared_commits: None) -> None:
    told, uuid = _closed(), uuid4()
    assert at_once(lambda: sharing.appropriate(**told, uuid=uuid)) == ["done"] * AT_ONCE
    assert Appropriation.objects.filter(year_end__kept=told["kept"]).count() == 1
