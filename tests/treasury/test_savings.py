"""Special savings, their interest, moving within a family, leaving and death. Amounts in satang."""

from datetime import date
from uuid import uuid4

import pytest
from django.db import transaction

from sajja.audit.models import AuditRow
from sajja.groups import actions as groups
from sajja.groups.actions import NewMember, NewRegulation
from sajja.groups.models import Beneficiary, Family, MemberStatus
from sajja.ledger.models import Account, Entry
from sajja.ledger.verifying import verify
from sajja.lib.refusals import Refused
from sajja.treasury import chart
from sajja.treasury.actions import accounts_of, confirming, leaving, savings, vouchers
from sajja.treasury.models import InterestRun, MemberAccount, Settlement
from sajja.treasury.queries import savings as queries
from sajja.web import clock
from tests.cast import Cast
from tests.treasury.books import Kept, a_book

pytestmark = pytest.mark.django_db
HALF, END = date(2021, 6, 30), date(2021, 12, 31)


RULES = NewRegulation(
    in_force_from=date(2020, 1, 1), pledge_unit_satang=5000, pledge_units_least=1, pledge_units_most=20, collecting_day=5,
    loan_interest_bp=1200, special_interest_bp=200, heads=[("ทุนสำรอง", 10000)],
)  # fmt: skip


def cash(ours: Kept) -> Account:
    return Account.objects.get(book=ours.kept.book, code="11000")


def a_book_with_interest(rate_bp: int = 200) -> Kept:
    ours = a_book(members=3, pledged=480000)
    groups.add_regulation(
        by=Cast().district_officer, group=ours.group, regulation=NewRegulation(
            in_force_from=date(2021, 1, 1), pledge_unit_satang=5000, pledge_units_least=1, pledge_units_most=20, collecting_day=5,
            loan_interest_bp=1200, special_interest_bp=rate_bp, heads=[("ทุนสำรอง", 10000)],
        ),
    )  # fmt: skip
    return ours


def brought(ours: Kept, who: int, satang: int, day: date) -> Entry:
    return savings.special_in(
        by=ours.treasurer,
        kept=ours.kept,
        member=ours.members[who],
        satang=satang,
        date=day,
        money=cash(ours),
        at=clock.moment(day),
    )


def test_special_savings_come_and_go_but_not_below_nought() -> None:
    ours = a_book(pledged=1000)
    brought(ours, 0, 100000, date(2021, 2, 5))
    savings.special_out(
        by=ours.treasurer, kept=ours.kept, member=ours.members[0], satang=40000, date=date(2021, 3, 5), money=cash(ours)
    )
    assert (ours.standing("20000:M01"), ours.standing("11000")) == (60000, 63000)
    with pytest.raises(Refused, match="ยังไม่พอ"):
        savings.special_out(
            by=ours.treasurer, kept=ours.kept, member=ours.members[0], satang=60001, date=date(2021, 3, 6), money=cash(ours)
        )
    assert verify(ours.kept.book) == []


def test_interest_is_credited_to_each_and_once() -> None:
    ours = a_book_with_interest()
    brought(ours, 0, 505025, date(2021, 1, 5))
    brought(ours, 1, 250000, date(2021, 5, 5))
    with clock.fixed(date(2021, 7, 2)):
        run = savings.credit_interest(by=ours.treasurer, kept=ours.kept, day=HALF)
    assert run.entry
    assert [(row["lows"], row["interest"]) for row in run.rows] == [([0] + [505025] * 5, 4209), ([0, 0, 0, 0, 0, 250000], 417)]
    assert (ours.standing("20000:M01"), ours.standing("50000")) == (509234, 4626)
    with clock.fixed(date(2021, 7, 2)), pytest.raises(Refused, match="ไปแล้ว"):
        savings.credit_interest(by=ours.treasurer, kept=ours.kept, day=HALF)
    assert (InterestRun.objects.count(), verify(ours.kept.book)) == (1, [])


def test_the_second_half_begins_after_the_first() -> None:
    ours = a_book_with_interest()
    brought(ours, 0, 120000, date(2021, 1, 1))
    with clock.fixed(date(2022, 1, 1)):
        _first, run = [savings.credit_interest(by=ours.treasurer, kept=ours.kept, day=day) for day in (HALF, END)]
    assert (run.first, run.rows[0]["lows"]) == (date(2021, 7, 1), [121000] * 6)


def test_interest_needs_a_rate_and_one_of_the_rules_days() -> None:
    with pytest.raises(Refused, match="อัตราดอกเบี้ย"):
        savings.credit_interest(by=(ours := a_book()).treasurer, kept=ours.kept, day=date(2021, 6, 1))
    groups.add_regulation(
        by=Cast().district_officer, group=ours.group, regulation=NewRegulation(
            in_force_from=date(2021, 1, 1), pledge_unit_satang=5000, pledge_units_least=1, pledge_units_most=20, collecting_day=5,
            loan_interest_bp=1200, special_interest_bp=200, heads=[("ทุนสำรอง", 10000)],
        ),
    )  # fmt: skip
    with pytest.raises(Refused, match=r"30 มิ\.ย\."):
        savings.credit_interest(by=ours.treasurer, kept=ours.kept, day=date(2021, 6, 1))


def test_savings_pass_within_a_family_and_are_not_counted_as_paid() -> None:
    ours = a_book(pledged=480000)
    giver, taker, _other = ours.members
    with pytest.raises(Refused, match="ครอบครัวเดียวกัน"):
        savings.transfer_in_family(
            by=ours.treasurer, kept=ours.kept, giver=giver, taker=taker, satang=100000, date=date(2021, 2, 1)
        )
    family = Family.objects.create(group=ours.group, code="F1")
    for member in (giver, taker):
        member.family = family
        member.save()
    savings.transfer_in_family(by=ours.treasurer, kept=ours.kept, giver=giver, taker=taker, satang=100000, date=date(2021, 2, 1))
    paid = {
        row.member.number: row.account.standing - row.base_satang
        for row in MemberAccount.objects.filter(control=chart.PLEDGED).select_related("account", "member")
    }
    assert paid == {"M01": 0, "M02": 0, "M03": 0}
    assert (ours.standing("31020:M01"), ours.standing("31020:M02")) == (380000, 580000)


def test_a_leaver_is_paid_back_and_is_no_member_any_more() -> None:
    ours = a_book(pledged=960000)
    leaver = ours.members[2]
    brought(ours, 2, 180000, date(2021, 3, 5))
    made = leaving.settle(
        by=ours.treasurer, kept=ours.kept, member=leaver, why=Settlement.Why.LEFT, day=date(2021, 6, 5), because="ย้ายถิ่น",
        money=cash(ours),
    )  # fmt: skip
    leaver.refresh_from_db()
    assert (made.total_satang, queries.waiting([leaver.pk]), made.entry and made.entry.kind) == (1140000, {}, "member-leaves")
    assert (leaver.status, ours.standing("31020:M03"), ours.standing("20000:M03")) == (MemberStatus.LEFT, 0, 0)
    assert AuditRow.objects.filter(act="treasury.settle").count() == 1
    assert verify(ours.kept.book) == []


def test_what_heirs_do_not_fetch_waits_and_is_paid_later() -> None:
    ours = a_book(pledged=600000)
    dead = ours.members[1]
    for position, share in ((1, 6000), (2, 4000)):
        Beneficiary.objects.create(member=dead, position=position, name=f"ทายาท {position} (ตัวอย่าง)", share_bp=share)
    made = leaving.settle(
        by=ours.treasurer,
        kept=ours.kept,
        member=dead,
        why=Settlement.Why.DIED,
        day=date(2021, 6, 1),
        because="เสียชีวิต",
        money=None,
    )
    assert [heir["satang"] for heir in made.heirs] == [360000, 240000]
    assert (ours.standing("23300:M02"), queries.waiting([dead.pk])) == (600000, {dead.pk: 600000})
    leaving.pay_leaver(by=ours.treasurer, settlement=made, money=cash(ours), date=date(2021, 6, 9))
    assert (ours.standing("23300:M02"), ours.standing("11000")) == (0, 1200000)
    with pytest.raises(Refused, match="จ่ายครบแล้ว"):
        leaving.pay_leaver(by=ours.treasurer, settlement=made, money=cash(ours), date=date(2021, 6, 9))


def test_what_waits_may_be_fetched_by_the_voucher_of_what_is_unpaid_and_waits_no_more() -> None:
    ours = a_book(pledged=600000)
    gone = ours.members[1]
    made = leaving.settle(
        by=ours.treasurer, kept=ours.kept, member=gone, why=Settlement.Why.LEFT, day=date(2021, 6, 1), because="ย้าย", money=None
    )
    vouchers.collect_unpaid_dividend(
        by=ours.treasurer, kept=ours.kept, date=date(2021, 6, 2), member=gone, amount=600000, money=cash(ours), control="23300"
    )
    assert queries.waiting([gone.pk]) == {}
    with pytest.raises(Refused, match="จ่ายครบแล้ว"):
        leaving.pay_leaver(by=ours.treasurer, settlement=made, money=cash(ours), date=date(2021, 6, 3))
    with pytest.raises(Refused, match="ยังไม่พอ"):
        leaving.take_back(by=ours.treasurer, settlement=made, reason="ลงผิด", date=date(2021, 6, 3))


def test_interest_earned_before_leaving_waits_for_who_left() -> None:
    ours = a_book_with_interest()
    brought(ours, 0, 1200000, date(2021, 1, 1))
    leaving.settle(
        by=ours.treasurer, kept=ours.kept, member=ours.members[0], why=Settlement.Why.LEFT, day=date(2021, 5, 20), because="ย้าย",
        money=cash(ours), at=clock.moment(date(2021, 5, 20)),
    )  # fmt: skip
    with clock.fixed(date(2021, 7, 2)):
        run = savings.credit_interest(by=ours.treasurer, kept=ours.kept, day=HALF)
    assert run.rows[0]["lows"] == [0, 1200000, 1200000, 1200000, 0, 0]
    assert (ours.standing("20000:M01"), ours.standing("23300:M01"), ours.standing("50000")) == (0, 6000, 6000)
    assert verify(ours.kept.book) == []


def test_a_transfer_sent_again_moves_nothing_more() -> None:
    ours = a_book(pledged=480000)
    family, uuid = Family.objects.create(group=ours.group, code="F1"), uuid4()
    giver, taker, _other = ours.members
    for member in (giver, taker):
        member.family = family
        member.save()
    for _time in range(2):
        savings.transfer_in_family(
            by=ours.treasurer, kept=ours.kept, giver=giver, taker=taker, satang=1000, date=date(2021, 2, 1), uuid=uuid
        )
    bases = dict(MemberAccount.objects.filter(control=chart.PLEDGED).values_list("member__number", "base_satang"))
    assert bases == {"M01": 479000, "M02": 481000, "M03": 480000}


def test_a_number_that_somebody_had_before_opens_an_account_of_its_own() -> None:
    ours = a_book(pledged=100)
    [old, *_others] = ours.members
    groups.change_member(by=ours.treasurer, member=old, changes={"number": "M90"}, reason="จัดเลขใหม่")
    new = groups.enrol_member(
        by=ours.treasurer, group=ours.group, member=NewMember(number="M01", name="นางมาใหม่ (ตัวอย่าง)", joined_on=date(2021, 6, 1))
    )
    savings.special_in(by=ours.treasurer, kept=ours.kept, member=new, satang=500, date=date(2021, 6, 2), money=cash(ours))
    with transaction.atomic():
        own = accounts_of(ours.kept, [old, new], chart.PLEDGED)
    assert (own[old.pk].code, own[new.pk].code) == ("31020:M01", f"31020:M01.{new.pk}")


def test_the_passbook_goes_on_from_the_last_balance_written() -> None:
    ours = a_book(pledged=480000)
    one = ours.members[0]
    assert [line.balance for line in queries.unwritten(ours.kept, one)] == [480000]
    confirming.mark_passbook(by=ours.treasurer, kept=ours.kept, member=one)
    brought(ours, 0, 100000, date(2021, 3, 5))
    brought(ours, 0, 50000, date(2021, 2, 5))
    lines = queries.unwritten(ours.kept, one)
    assert [(line.date.month, line.amount, line.balance) for line in lines] == [(2, 50000, 50000), (3, 100000, 150000)]


def test_an_ending_that_was_a_mistake_is_taken_back_whole() -> None:
    ours = a_book(pledged=600000)
    one = ours.members[1]
    made = leaving.settle(
        by=ours.treasurer, kept=ours.kept, member=one, why=Settlement.Why.LEFT, day=date(2021, 6, 1), because="ย้าย", money=None
    )
    leaving.pay_leaver(by=ours.treasurer, settlement=made, money=cash(ours), date=date(2021, 6, 2))
    leaving.take_back(by=ours.treasurer, settlement=made, reason="ลงผิดคน", date=date(2021, 6, 3))
    one.refresh_from_db()
    assert (one.status, ours.standing("31020:M02"), ours.standing("23300:M02"), ours.standing("11000")) == (
        MemberStatus.ACTIVE, 600000, 0, 1800000,
    )  # fmt: skip
    with pytest.raises(Refused, match="ยกเลิกไปแล้ว"):
        leaving.take_back(by=ours.treasurer, settlement=made, reason="อีกครั้ง", date=date(2021, 6, 3))
    again = leaving.settle(
        by=ours.treasurer, kept=ours.kept, member=one, why=Settlement.Why.LEFT, day=date(2021, 6, 4), because="ย้าย", money=None
    )
    assert (again.counts, verify(ours.kept.book)) == (True, [])


def test_who_owes_the_group_does_not_leave() -> None:
    ours = a_book(pledged=600000)
    from sajja.ledger.posting import Arrow
    from sajja.treasury import actions

    with transaction.atomic():
        owing = actions.accounts_of(ours.kept, ours.members[:1], chart.OTHER_RECEIVABLES)[ours.members[0].pk]
        actions.put(
            ours.treasurer, ours.kept, "treasury.test", date(2021, 5, 5), "cash-short", "", [Arrow(owing.pk, cash(ours).pk, 500)]
        )
    with pytest.raises(Refused, match="ยังมีหนี้กับกลุ่ม"):
        leaving.settle(
            by=ours.treasurer, kept=ours.kept, member=ours.members[0], why=Settlement.Why.LEFT, day=date(2021, 6, 1), because="",
            money=cash(ours),
        )  # fmt: skip


def test_the_register_of_a_day_and_the_statement_of_a_member() -> None:
    ours = a_book(pledged=480000)
    brought(ours, 0, 100000, date(2021, 2, 5))
    brought(ours, 0, 50000, date(2021, 3, 5))
    saved = queries.register_on(ours.kept, date(2021, 2, 28))
    assert [(row.member.number, row.pledged, row.special) for row in saved] == [
        ("M01", 480000, 100000), ("M02", 480000, 0), ("M03", 480000, 0),
    ]  # fmt: skip
    statement = queries.statement_of(ours.kept, ours.members[0], date(2021, 3, 1), date(2021, 12, 31))
    assert [(forward, [line.balance for line in lines]) for forward, lines in statement.values()] == [
        (480000, []),
        (100000, [150000]),
    ]


@pytest.mark.parametrize("members", [1, 3])
def test_the_register_costs_the_same_for_any_number_of_members(members: int, django_assert_num_queries: object) -> None:
    ours = a_book(members=members, pledged=100)
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert len(queries.register_on(ours.kept, date(2021, 2, 28))) == members
