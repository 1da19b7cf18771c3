"""The general meeting: the surplus shared out once, paid to everyone his way, fetched later, taken back where it was wrong."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction

from sajja.config import play
from sajja.groups.models import Beneficiary, Member
from sajja.ledger.models import Account, Entry
from sajja.ledger.verifying import verify
from sajja.lib.money import plain
from sajja.lib.refusals import Refused
from sajja.treasury import actions
from sajja.treasury.actions import RuleSet, leaving, payout, sharing, vouchers, yearend
from sajja.treasury.models import Appropriation, Settlement, Share
from sajja.treasury.queries import sharing as queries
from sajja.treasury.shares import Head
from sajja.web import clock
from tests.config.test_play import FILE
from tests.treasury.books import Kept
from tests.treasury.loans import a_loan
from tests.treasury.sharing_book import MEETING, a_closed_year, a_general_meeting, all_in_cash, base, shared_out, shares_of
from tests.treasury.test_yearend import a_year, closed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _the_meetings_day() -> Iterator[None]:
    with clock.fixed(MEETING):
        yield


def pay(book: Kept, made: Appropriation, paid: list[payout.Paid] | None = None, **said: object) -> Entry:
    """On the meeting's day, from the cash."""
    told = {"date": MEETING, "money": book.account("11000"), "paid": all_in_cash(made) if paid is None else paid} | said
    return payout.pay_shares(by=book.treasurer, appropriation=made, **told)  # type: ignore[arg-type]


def hows(made: Appropriation) -> list[str]:
    """How each got his."""
    return [share.how for share in shares_of(made)]


# --- the worked year, §9 ------------------------------------------------------------------------------


def test_the_worked_years_acts_pressed_twice_and_its_closed_year() -> None:
    """§9.5 and §9.6."""
    story = play.read(FILE.read_text(encoding="utf-8"))
    kept = play.make(story)
    made = Appropriation.objects.get()
    by, entries = made.by_name, Entry.objects.count()
    assert by == "ผู้ลงบัญชีของแฟ้มตัวอย่าง"
    player = play.making.Player()
    heads = play.sharing.heads_of(story)
    for act, words in (
        (lambda: sharing.appropriate(by=player, kept=kept, fiscal_year=2021, resolution=made.resolution, heads=heads, uuid=uuid4()), "แล้ว"),
        (lambda: yearend.close_year(by=player, kept=kept, fiscal_year=2021, uuid=uuid4()), "ปิดแล้ว"),
        (
            lambda: payout.pay_shares(
                by=player, appropriation=made, date=MEETING, paid=[payout.Paid(shares_of(made)[0].pk, "cash")],
                money=Account.objects.get(book=kept.book, code="11000"), uuid=uuid4(),
            ),
            "รับไปแล้ว",
        ),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            act()
    assert Entry.objects.count() == entries
    [waits] = queries.unpaid_of(kept)
    assert (waits.member.number, plain(waits.total)) == ("M05", "75.18")
    with clock.fixed(date(2022, 3, 5)):
        bank = Account.objects.get(book=kept.book, code="12100")
        with pytest.raises(Refused, match="ตั้งแต่วันประชุมใหญ่"):
            payout.fetch_share(by=player, share=waits.shares[0], date=date(2021, 12, 31), money=bank)
        with pytest.raises(Refused, match="ปิดแล้ว"):
            vouchers.collect_unpaid_dividend(
                by=player, kept=kept, date=date(2021, 12, 31), member=waits.member, amount=7_518, money=bank
            )
        entry = payout.fetch_share(by=player, share=waits.shares[0], date=date(2022, 3, 5), money=bank)
    assert (entry.date, entry.kind, queries.unpaid_of(kept)) == (date(2022, 3, 5), "unpaid-dividend-collected", [])
    assert Account.objects.get(book=kept.book, code="23100").balance == 0
    assert verify(kept.book) == []


def test_a_year_of_loss_shares_nothing_out_and_only_moves_to_33000() -> None:
    """§8e."""
    book = a_closed_year(surplus=-194_869)
    resolved = a_general_meeting(book)
    with pytest.raises(Refused, match="ไม่มีกำไรสุทธิ จึงจัดสรรและจ่ายปันผลไม่ได้"):
        shared_out(book, resolution=resolved)
    made = sharing.carry_loss(**base(book), resolution=resolved)
    assert (made.satang, made.entry.kind, made.entry.date) == (0, "loss", MEETING)
    assert (book.standing("33000"), book.standing("40000")) == (-194_869, 0)
    with pytest.raises(Refused, match="ลงมติ"):
        sharing.carry_loss(**base(book), resolution=resolved)
    assert verify(book.kept.book) == []


# --- sharing out ------------------------------------------------------------------------------------------


def test_a_surplus_becomes_what_members_are_owed_and_the_funds() -> None:
    book = a_closed_year(surplus=100_001)
    made = shared_out(book)
    assert [(head.code, head.satang) for head in made.heads.order_by("position")] == [
        ("23100", 60_001), ("34530", 15_000), ("34000", 25_000),
    ]  # fmt: skip
    assert [share.dividend_satang for share in shares_of(made)] == [20_001, 20_000, 20_000]
    assert (book.standing("23100:M01"), book.standing("34530"), book.standing("40000")) == (20_001, 15_000, 0)
    assert (made.entry.kind, made.entry.date, made.on) == ("appropriation", MEETING, MEETING)
    assert verify(book.kept.book) == []


@pytest.mark.parametrize("count", [1, 300])
def test_one_member_and_three_hundred(count: int) -> None:
    book = a_closed_year(members=count, surplus=1_234_567)
    made = shared_out(book)
    assert sum(share.total_satang for share in shares_of(made)) == 740_740
    entry = pay(book, made)
    assert set(hows(made)) == {"cash"}
    assert sum(row.total for row in queries.unpaid_of(book.kept)) == 740_740 % 25
    assert entry.lines == count
    assert verify(book.kept.book) == []


def test_whole_baht_and_a_fixed_rate_send_the_rest_to_the_reserve() -> None:
    book = a_closed_year(surplus=100_001)
    made = shared_out(book, whole_baht="cut-each")
    assert ([share.dividend_satang for share in shares_of(made)], made.rest_satang) == ([20_000] * 3, 1)
    assert book.standing("34000") == 25_001
    sharing.take_back_appropriation(by=book.treasurer, appropriation=made, reason="มติเป็นอัตราคงที่")
    again = shared_out(book, resolution=made.resolution, rate=Decimal("12.5"))
    assert ([share.dividend_satang for share in shares_of(again)], again.rest_satang) == ([12_500] * 3, 22_501)
    sharing.take_back_appropriation(by=book.treasurer, appropriation=again, reason="ผิด")
    with pytest.raises(Refused, match="เกินเงินปันผลที่จัดสรรไว้"):
        shared_out(book, resolution=made.resolution, rate=Decimal(80))


def test_what_is_shared_out_follows_a_resolution_of_a_general_meeting_after_the_year() -> None:
    book = a_closed_year()
    for resolved, words in (
        (a_general_meeting(book, kind="committee"), "ที่ประชุมใหญ่สมาชิก"),
        (a_general_meeting(book, day=date(2021, 12, 30)), "หลังวันสิ้นปี"),
    ):
        with pytest.raises(Refused, match=words):
            shared_out(book, resolution=resolved)
    resolved = a_general_meeting(book)
    for heads, words in (
        ([Head("ปันผล", "23100", 5000)], "100 พอดี"),
        ([Head("ก", "34000", 5000), Head("ข", "34000", 5000)], "บัญชีของตัวเอง"),
        ([Head("ก", "11000", 10_000)], "จัดสรรเข้าบัญชี"),
        ([Head("ก", "31020", 10_000)], "จัดสรรเข้าบัญชี"),
        ([Head(" ", "34000", 10_000)], "ต้องมีชื่อ"),
        ([Head("เฉลี่ยคืน", "23200", 10_000)], "ไม่มีผู้มีสิทธิ"),
    ):
        with pytest.raises(Refused, match=words):
            shared_out(book, heads, resolution=resolved)
    with pytest.raises(Refused, match="ปิดบัญชีปี 2565 ก่อน"):
        sharing.appropriate(by=book.treasurer, kept=book.kept, fiscal_year=2022, resolution=resolved, heads=[])
    assert Entry.objects.filter(kind="appropriation").count() == 0


def test_after_the_next_closing_the_surplus_is_in_33000() -> None:
    book = a_year()
    book.post("11000", "41000", 50_000, date(2021, 5, 5))
    closed(book)
    closed(book, 2022, date(2023, 1, 10))
    with pytest.raises(Refused, match="33000"), clock.fixed(date(2023, 2, 1)):
        shared_out(book, resolution=a_general_meeting(book, day=date(2023, 1, 20)))


def test_sent_twice_it_is_shared_out_and_paid_once() -> None:
    book, uuid, other = a_closed_year(), uuid4(), uuid4()
    first = shared_out(book, uuid=uuid)
    assert shared_out(book, resolution=first.resolution, uuid=uuid) == first
    with pytest.raises(Refused, match="ลงมติของที่ประชุมใหญ่เรื่องกำไรปีนี้แล้ว"):
        shared_out(book, resolution=first.resolution, uuid=uuid4())
    paid = pay(book, first, uuid=other)
    assert pay(book, first, uuid=other) == paid
    with pytest.raises(Refused, match="รับไปแล้ว"):
        pay(book, first, uuid=uuid4())
    assert Entry.objects.filter(kind__in=["appropriation", "payout"]).count() == 2


def test_who_left_within_the_year_has_no_share_and_a_death_after_it_goes_to_the_heirs() -> None:
    book = a_year(members=3)
    book.post("11000", "46000", 100_000, date(2021, 5, 5), "income")
    money = book.account("11000")
    leaver, dies, _third = book.members
    with clock.fixed(date(2021, 10, 5)):
        leaving.settle(
            by=book.treasurer, kept=book.kept, member=leaver, why=Settlement.Why.LEFT, day=date(2021, 10, 5), because="ย้าย", money=money
        )  # fmt: skip
    closed(book)
    for at, (name, bp) in enumerate((("นางหนึ่ง (ตัวอย่าง)", 6000), ("นายสอง (ตัวอย่าง)", 4000)), 1):
        Beneficiary.objects.create(member=dies, position=at, name=name, relation="บุตร", share_bp=bp)
    made = shared_out(book)
    assert [(share.member.number, share.dividend_satang) for share in shares_of(made)] == [("M02", 30_000), ("M03", 30_000)]
    leaving.settle(
        by=book.treasurer, kept=book.kept, member=dies, why=Settlement.Why.DIED, day=MEETING, because="เสียชีวิต", money=money
    )
    [line, _other] = queries.lines_of(made)
    assert [(heir.name, heir.satang) for heir in line.heirs] == [("นางหนึ่ง (ตัวอย่าง)", 18_000), ("นายสอง (ตัวอย่าง)", 12_000)]
    with pytest.raises(Refused, match="พ้นสมาชิกภาพแล้ว"):
        pay(book, made, [payout.Paid(line.share.pk, "savings")])
    pay(book, made)
    assert book.standing("23100") == 0


# --- paying --------------------------------------------------------------------------------------------------


def test_each_gets_his_share_his_way_and_who_is_absent_is_owed() -> None:
    book = a_closed_year(members=4, surplus=100_000)
    made = shared_out(book)
    one, two, _three, _absent = shares_of(made)
    cash = book.standing("11000")
    entry = pay(book, made, [payout.Paid(one.pk, "cash"), payout.Paid(two.pk, "savings")])
    assert (hows(made), entry.kind) == (["cash", "savings", "unpaid", "unpaid"], "payout")
    assert (book.standing("20000:M02"), cash - book.standing("11000"), book.standing("23100")) == (15_000, 15_000, 30_000)
    assert [row.member.number for row in queries.unpaid_of(book.kept)] == ["M03", "M04"]


def test_what_no_coin_makes_up_of_all_the_cash_stays_owed_to_the_last() -> None:
    book = a_closed_year(surplus=100_021)
    made = shared_out(book)
    assert [share.dividend_satang for share in shares_of(made)] == [20_005, 20_004, 20_004]
    pay(book, made)
    assert [(row.member.number, row.total) for row in queries.unpaid_of(book.kept)] == [("M03", 13)]
    assert book.standing("23100") == 60_013 % 25


def test_a_group_that_counts_satang_owes_nobody_anything() -> None:
    book = a_closed_year(surplus=100_021, rules=RuleSet(cash_step_satang=1))
    pay(book, shared_out(book))
    assert book.standing("23100") == 0


def test_more_than_the_cash_box_holds_is_not_paid() -> None:
    book = a_closed_year()
    made = shared_out(book)
    book.post("12100", "11000", 380_000, MEETING)
    with pytest.raises(Refused, match="ไม่พอ"):
        pay(book, made)
    with pytest.raises(Refused, match="เลือกว่าจ่ายจาก"):
        pay(book, made, money=None)
    with pytest.raises(Refused, match="ยังไม่ได้เลือก"):
        pay(book, made, [])
    with pytest.raises(Refused, match="ตั้งแต่วันประชุมใหญ่"):
        pay(book, made, date=date(2022, 1, 15))


def lent(surplus: int = 300_000) -> tuple[Kept, Appropriation, int]:
    """A borrower whose first instalments are late at the meeting; M01."""
    from tests.treasury.books import a_book
    from tests.treasury.test_yearend import close_months

    book = a_book(members=3, pledged=1_000_000)
    loan = a_loan(book, book.members[0], 1_200_000, 12, date(2021, 11, 5), first_due=date(2021, 12, 5))
    book.post("11000", "46000", surplus, date(2021, 5, 5), "income")
    close_months(book)
    with clock.fixed(date(2022, 1, 10)):
        yearend.close_year(by=book.treasurer, kept=book.kept, fiscal_year=2021)
    return book, shared_out(book), loan.pk


def test_a_share_is_set_off_against_what_is_due_in_the_loans_order() -> None:
    book, made, loan = lent()
    [one, *_others] = queries.lines_of(made, MEETING)
    [late] = one.late
    assert (late.loan.pk, one.total < late.due) == (loan, True)
    pay(book, made, [payout.Paid(one.share.pk, "set_off", loan)])
    share = shares_of(made)[0]
    assert (share.how, share.set_off_id, share.signed_on) == ("set_off", loan, MEETING)
    [after] = queries.lines_of(made, MEETING)[0].late
    assert late.due - after.due == one.total
    assert (one.total, book.standing("41000"), book.standing("13000:L1")) == (60_000, 12_000, 1_200_000 - 48_000)
    payout.take_back_share(by=book.treasurer, share=share, reason="ไม่ได้ลงชื่อ", date=MEETING)
    [again] = queries.lines_of(made, MEETING)[0].late
    assert (again.due, hows(made)[0]) == (late.due, "unpaid")
    assert verify(book.kept.book) == []


def test_what_a_share_holds_beyond_what_is_due_is_paid_in_cash() -> None:
    book, made, loan = lent(surplus=3_000_000)
    [one, *_others] = queries.lines_of(made, MEETING)
    due, cash = one.late[0].due, book.standing("11000")
    with pytest.raises(Refused, match="เลือกว่าจ่ายจาก"):
        pay(book, made, [payout.Paid(one.share.pk, "set_off", loan)], money=None)
    pay(book, made, [payout.Paid(one.share.pk, "set_off", loan)])
    rest = (one.total - due) // 25 * 25
    assert cash - book.standing("11000") == rest
    assert queries.lines_of(made, MEETING)[0].late == []
    with pytest.raises(Refused, match="ไม่มีสัญญาเงินกู้นี้ให้หัก"):
        pay(book, made, [payout.Paid(shares_of(made)[1].pk, "set_off", loan)])


def test_what_was_paid_wrong_is_taken_back_for_one_and_paid_anew() -> None:
    book = a_closed_year()
    made = shared_out(book)
    pay(book, made)
    one, two, _three = shares_of(made)
    payout.take_back_share(by=book.treasurer, share=two, reason="จ่ายผิดคน", date=MEETING)
    assert (hows(made), book.standing("23100:M02"), book.standing("23100:M01")) == (["cash", "unpaid", "cash"], 20_000, 0)
    with pytest.raises(Refused, match="ยังไม่ได้รับเงิน"):
        payout.take_back_share(by=book.treasurer, share=two, reason="อีกครั้ง", date=MEETING)
    with pytest.raises(Refused, match="รับเงินไปแล้ว ยกเลิกการจัดสรรไม่ได้"):
        sharing.take_back_appropriation(by=book.treasurer, appropriation=made, reason="ผิด")
    pay(book, made, [payout.Paid(two.pk, "savings")])
    assert hows(made) == ["cash", "savings", "cash"]
    assert one.entry is not None
    vouchers.reverse_voucher(by=book.treasurer, kept=book.kept, entry=one.entry, reason="ลงผิดวัน", date=MEETING)
    assert hows(made) == ["unpaid", "savings", "unpaid"]
    assert verify(book.kept.book) == []


def test_what_waits_is_fetched_once_by_any_form() -> None:
    book = a_closed_year()
    made = shared_out(book)
    one, two, three = shares_of(made)
    money = book.account("11000")
    with clock.fixed(date(2022, 2, 5)):
        uuid, day = uuid4(), date(2022, 2, 5)
        first = payout.fetch_share(by=book.treasurer, share=one, date=day, money=money, uuid=uuid)
        assert payout.fetch_share(by=book.treasurer, share=one, date=day, money=money, uuid=uuid) == first
        with pytest.raises(Refused, match="รับไปครบแล้ว"):
            payout.fetch_share(by=book.treasurer, share=one, date=day, money=money)
        payout.fetch_share(by=book.treasurer, share=two, date=day, how="savings")
        vouchers.collect_unpaid_dividend(
            by=book.treasurer, kept=book.kept, date=day, member=three.member, amount=20_000, money=money
        )
    assert hows(made) == ["later", "savings", "later"]
    assert queries.unpaid_of(book.kept) == []


def test_it_is_taken_back_only_on_its_own_page_and_while_its_month_is_open() -> None:
    book = a_closed_year()
    made = shared_out(book)
    with pytest.raises(Refused, match="หน้าจัดสรรกำไร"):
        vouchers.reverse_voucher(by=book.treasurer, kept=book.kept, entry=made.entry, reason="ผิด", date=MEETING)
    with pytest.raises(Refused, match="เหตุผล"):
        sharing.take_back_appropriation(by=book.treasurer, appropriation=made, reason=" ")
    with clock.fixed(date(2022, 2, 1)), transaction.atomic():
        actions.close_month(by=book.treasurer, kept=book.kept, month=202201)
    with pytest.raises(Refused, match="ปิดแล้ว"), clock.fixed(date(2022, 2, 1)):
        sharing.take_back_appropriation(by=book.treasurer, appropriation=made, reason="ผิด")
    assert Appropriation.objects.filter(counts=True).count() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_lists_cost_the_same_however_many_members(count: int, django_assert_num_queries: object) -> None:
    book = a_closed_year(members=count)
    made = shared_out(book)
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(queries.families(queries.lines_of(made))) == count
    with django_assert_num_queries(2):  # type: ignore[operator]
        assert len(queries.unpaid_of(book.kept)) == count
    assert Member.objects.filter(shares__in=Share.objects.all()).count() == count
