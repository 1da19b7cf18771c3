"""The general meeting as the treasurer meets it on the phone: preview, posting, the list to sign, paying, what waits."""

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from sajja.groups.models import Family, Member
from sajja.treasury.actions import payout
from sajja.treasury.duties import due_of
from sajja.treasury.duties import duties as all_duties
from sajja.treasury.exports.sharing import LINES_A_PAGE, pages_of
from sajja.treasury.models import Appropriation
from sajja.treasury.queries import sharing as queries
from sajja.web import clock
from tests.treasury.books import Kept
from tests.treasury.sharing_book import MEETING, a_closed_year, a_general_meeting, all_in_cash, shared_out, shares_of

pytestmark = pytest.mark.django_db
TYPED = {
    "name_1": "เงินปันผล", "code_1": "23100", "percent_1": "60", "name_2": "ทุนสำรอง", "code_2": "34000", "percent_2": "40",
    "base": "month-weighted", "whole_baht": "none", "rest_to": "34000",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _the_meetings_day() -> Iterator[None]:
    with clock.fixed(MEETING):
        yield


def at(book: Kept, page: str, year: int = 2021) -> str:
    """The address of a page of the year."""
    return reverse(f"treasury:{page}", args=[book.kept.book_id, year])


def signed_in(book: Kept) -> Client:
    """The treasurer's phone."""
    client = Client()
    client.force_login(book.treasurer)
    return client


def test_what_everyone_would_get_is_shown_before_the_meeting_and_posted_after_it() -> None:
    book = a_closed_year(surplus=100_001)
    phone = signed_in(book)
    assert "บันทึกการประชุมใหญ่" in phone.get(at(book, "appropriate")).content.decode()
    shown = phone.post(at(book, "appropriate"), TYPED | {"step": "preview"}).content.decode()
    assert "600.01" in shown
    assert "นายบุญมี" in shown
    assert Appropriation.objects.count() == 0
    wrong = phone.post(at(book, "appropriate"), TYPED | {"percent_2": "30", "step": "preview"}).content.decode()
    assert "ต้องได้ 100 พอดี" in wrong
    resolved = a_general_meeting(book)
    sent = TYPED | {"step": "post", "resolution": str(resolved.pk), "once": str(uuid4())}
    answers = [phone.post(at(book, "appropriate"), sent) for _twice in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(302, at(book, "sharing"))] * 2
    assert Appropriation.objects.get().satang == 100_001
    assert phone.get(at(book, "appropriate"))["Location"] == at(book, "sharing")
    assert "จ่ายปันผล" in phone.get(at(book, "sharing")).content.decode()


def test_everyone_in_cash_by_one_press_then_the_exceptions() -> None:
    book = a_closed_year(members=4)
    made = shared_out(book)
    phone = signed_in(book)
    page = phone.get(at(book, "pay_shares"), {"all": "cash"}).content.decode()
    assert page.count('<option value="cash" selected>') == 4
    one, two, three, _absent = shares_of(made)
    typed = {f"how-{one.pk}": "cash", f"how-{two.pk}": "savings", f"how-{three.pk}": "cash"}
    typed |= {"date": "16/01/2565", "money": str(book.key("11000"))}
    checked = phone.post(at(book, "pay_shares"), typed | {"step": "check"}).content.decode()
    assert "ตรวจทานก่อนจ่าย" in checked
    assert [share.how for share in shares_of(made)] == ["unpaid"] * 4
    answer = phone.post(at(book, "pay_shares"), typed | {"step": "post", "once": str(uuid4())})
    assert answer["Location"] == at(book, "sharing")
    assert [share.how for share in shares_of(made)] == ["cash", "savings", "cash", "unpaid"]
    assert "M04" in phone.get(reverse("treasury:unpaid_shares", args=[book.kept.book_id])).content.decode()
    assert "2564" in phone.get(reverse("treasury:member", args=[one.member_id])).content.decode()


def test_wrong_choices_say_what_to_do() -> None:
    book = a_closed_year()
    made = shared_out(book)
    phone, share = signed_in(book), shares_of(made)[0]
    for typed, words in (
        ({}, "ยังไม่ได้เลือกว่าใครรับเงิน"),
        ({f"how-{share.pk}": "loan-9"}, "เลือกใหม่"),
        ({f"how-{share.pk}": "cash", "money": ""}, "เลือกว่าจ่ายจากเงินสดที่ใด"),
    ):
        sent = {"date": "16/01/2565", "money": str(book.key("11000")), "step": "check"} | typed
        assert words in phone.post(at(book, "pay_shares"), sent).content.decode()


def test_the_list_is_cut_into_pages_with_their_sums_and_families_have_theirs() -> None:
    book = a_closed_year(members=LINES_A_PAGE + 2)
    family = Family.objects.create(group=book.group, code="F1", name="ใจซื่อ")
    Member.objects.filter(pk__in=[book.members[0].pk, book.members[-1].pk]).update(family=family)
    made = shared_out(book)
    lines = queries.lines_of(made)
    plain = pages_of(lines, by_family=False)
    assert [page.people for page in plain] == [LINES_A_PAGE, 2]
    assert (sum(page.satang for page in plain), plain[-1].until) == (60_000, 60_000)
    by_family = pages_of(lines, by_family=True)
    first = by_family[0].entries[:3]
    assert [entry.line and entry.line.member.number for entry in first] == ["M01", book.members[-1].number, None]
    assert (first[2].family, first[2].satang) == ("ใจซื่อ", lines[0].total + lines[-1].total)
    phone = signed_in(book)
    assert phone.get(at(book, "share_list"), {"by": "family"}).content.decode().count('class="paper') == len(by_family)
    assert phone.get(at(book, "share_sheet")).status_code == 200


def test_the_desk_reminds_of_the_meeting_and_of_what_nobody_fetches() -> None:
    book = a_closed_year()
    assert "จัดสรรกำไรปี 2564 ตามมติที่ประชุมใหญ่" in [duty.title for duty in all_duties(book.treasurer, MEETING)]
    made = shared_out(book)
    payout.pay_shares(
        by=book.treasurer, appropriation=made, date=MEETING, paid=all_in_cash(made)[:2], money=book.account("11000")
    )
    with clock.fixed(date(2022, 8, 1)):
        titles = [duty.title for duty in due_of(book.treasurer, book.kept, date(2022, 8, 1))]
        assert "ปันผลค้างจ่าย 1 คน 200.00 บาท" in titles
        assert "ปันผลค้างจ่าย 1 คน 200.00 บาท" in [duty.title for duty in all_duties(book.treasurer, date(2022, 8, 1))]
    assert [duty.title for duty in all_duties(book.treasurer, MEETING) if "ปันผล" in duty.title] == []


def test_a_wrong_payment_is_taken_back_and_fetched_on_the_pages() -> None:
    book = a_closed_year()
    made = shared_out(book)
    payout.pay_shares(by=book.treasurer, appropriation=made, date=MEETING, paid=all_in_cash(made), money=book.account("11000"))
    phone, share = signed_in(book), shares_of(made)[0]
    back, fetch = (reverse(f"treasury:{name}", args=[share.pk]) for name in ("take_back_share", "fetch_share"))
    assert "รับไปแล้ว" in phone.get(fetch).content.decode()
    sent = {"date": "16/01/2565", "reason": "จ่ายผิดคน", "once": str(uuid4())}
    assert phone.post(back, sent)["Location"] == at(book, "sharing")
    assert shares_of(made)[0].how == "unpaid"
    missing = phone.post(fetch, {"date": "16/01/2565", "how": "later", "money": "", "once": str(uuid4())})
    assert "เลือกว่าจ่ายจากที่ใด" in missing.content.decode()
    phone.post(fetch, {"date": "16/01/2565", "how": "savings", "once": str(uuid4())})
    assert (shares_of(made)[0].how, book.standing("20000:M01")) == ("savings", 20_000)


def test_a_loss_has_one_voucher_and_no_heads() -> None:
    book = a_closed_year(surplus=-20_000)
    phone = signed_in(book)
    assert phone.get(at(book, "appropriate"))["Location"] == at(book, "sharing")
    resolved = a_general_meeting(book)
    phone.post(at(book, "carry_loss"), {"resolution": str(resolved.pk), "once": str(uuid4())})
    assert Appropriation.objects.get().satang == 0
    assert "ย้ายผลขาดทุนแล้ว" in phone.get(at(book, "sharing")).content.decode()
