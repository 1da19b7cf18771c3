"""A member's slip: what anyone who holds its code sees, how long, and that nothing else is told."""

import re
from datetime import date, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.urls import reverse

from sajja.audit.models import AuditRow
from sajja.lib.refusals import Refused
from sajja.org.actions import appoint
from sajja.treasury.actions import savings
from sajja.treasury.actions.slips import VALID, call_in_slip, make_slip
from sajja.treasury.models import MemberSlip
from sajja.treasury.queries import slips as queries
from sajja.web import clock
from tests.cast import someone
from tests.factories import a_group
from tests.papers import laid_out, missing
from tests.treasury.books import Kept, a_book

DAY = date(2021, 6, 10)


@pytest.fixture
def book(db: None) -> Kept:
    return a_book(pledged=123_450)


def page_of(slip: MemberSlip) -> str:
    return reverse("treasury:balances", args=[queries.code_of(slip)])


def test_the_holder_sees_the_balances_of_that_day_the_head_and_nobody(book: Kept) -> None:
    member = book.members[0]
    slip = make_slip(by=book.treasurer, kept=book.kept, member=member)
    cash = book.account("11000")
    savings.special_in(by=book.treasurer, kept=book.kept, member=member, satang=77_700, money=cash, date=DAY)
    answer = Client().get(page_of(slip))
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "1,234.50" in said
    assert "777.00" not in said, "of that day, not of now"
    assert f"{book.kept.book.code}:{slip.entries}:{slip.head}" in said
    assert "ไม่มีใครแก้ย้อนหลัง" in said
    assert [one for one in book.members if one.name in said or f">{one.number}<" in said] == []
    assert [one for one in (book.group.name, book.group.unit.name) if one in said] == []
    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert "noindex" in answer["X-Robots-Tag"]


@pytest.mark.parametrize(("after", "status"), [(0, 200), (VALID.days, 200), (VALID.days + 1, 410)])
def test_it_ends_after_its_last_day(book: Kept, after: int, status: int) -> None:
    slip = make_slip(by=book.treasurer, kept=book.kept, member=book.members[0])
    with clock.fixed(DAY + timedelta(days=after)):
        answer = Client().get(page_of(slip))
        assert answer.status_code == status
        assert ("1,234.50" in answer.content.decode()) is (status == 200)


def test_called_in_it_says_nothing_more(book: Kept) -> None:
    slip = make_slip(by=book.treasurer, kept=book.kept, member=book.members[0])
    client = Client()
    client.force_login(book.treasurer)
    to = reverse("treasury:call_in_slip", args=[slip.pk])
    with pytest.raises(Refused, match="เพราะอะไร"):
        call_in_slip(by=book.treasurer, slip=slip, reason=" ")
    client.post(to, {"reason": "ใบหาย", "once": str(uuid4())})
    answer = Client().get(page_of(slip))
    assert answer.status_code == 410
    assert "1,234.50" not in answer.content.decode()
    assert "ขอใบใหม่" in answer.content.decode()
    with pytest.raises(Refused):
        call_in_slip(by=book.treasurer, slip=slip, reason="อีกครั้ง")
    assert AuditRow.objects.filter(act="treasury.call_in_slip").count() == 1


def test_only_the_sum_of_a_code_is_kept_and_a_wrong_code_finds_nothing(book: Kept) -> None:
    slip = make_slip(by=book.treasurer, kept=book.kept, member=book.members[0])
    code = queries.code_of(slip)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM treasury_memberslip")
        assert code not in str(cursor.fetchall())
    wrong = ("0" if code[0] != "0" else "1") + code[1:]
    for one in (wrong, str(slip.pk), code[:-1], slip.code_sha256, "x" * 500):
        assert Client().get(reverse("treasury:balances", args=[one])).status_code == 404


def test_a_slip_outlives_the_secret_that_made_it_but_is_not_printed_again(book: Kept) -> None:
    slip = make_slip(by=book.treasurer, kept=book.kept, member=book.members[0])
    page = page_of(slip)
    client = Client()
    with override_settings(SECRET_KEY="another secret of the same program, made later"):
        assert Client().get(page).status_code == 200
        client.force_login(book.treasurer)
        assert client.get(reverse("treasury:slip_pdf", args=[slip.pk])).status_code == 404
        assert "กุญแจของโปรแกรมเปลี่ยน" in client.get(reverse("treasury:slip_of_member", args=[slip.pk])).content.decode()


def test_a_book_that_was_changed_is_told(book: Kept) -> None:
    slip = make_slip(by=book.treasurer, kept=book.kept, member=book.members[0])
    MemberSlip.objects.filter(pk=slip.pk).update(head="f" * 64)
    assert "ไม่ตรงกับตอนออกใบนี้" in Client().get(page_of(slip)).content.decode()


@pytest.mark.django_db
def test_who_has_nothing_gets_none() -> None:
    empty = a_book()
    with pytest.raises(Refused, match="ยังไม่มียอด"):
        make_slip(by=empty.treasurer, kept=empty.kept, member=empty.members[0])


def test_who_keeps_another_group_s_books_is_not_offered_what_he_may_not_do(book: Kept) -> None:
    slip = make_slip(by=book.treasurer, kept=book.kept, member=book.members[0])
    reader = someone("group_auditor", book.group.unit)
    appoint(by="system", person=reader, role="group_treasurer", unit=a_group("กลุ่มอื่น").unit, starts=date(2020, 1, 1))
    client = Client()
    client.force_login(reader)
    to = reverse("treasury:call_in_slip", args=[slip.pk])
    assert to not in client.get(reverse("treasury:slip_of_member", args=[slip.pk])).content.decode()
    assert client.post(to, {"reason": "ใบหาย", "once": str(uuid4())}).status_code in {403, 404}


def test_from_the_members_page_to_the_paper(book: Kept, tmp_path: Path) -> None:
    client = Client()
    client.force_login(book.treasurer)
    member = book.members[0]
    at = reverse("treasury:member", args=[member.pk])
    once = re.search(r'name="once" value="([^"]+)"', client.get(at).content.decode())
    assert once
    made = client.post(reverse("treasury:make_slip", args=[member.pk]), {"once": once[1]}, follow=True)
    slip = MemberSlip.objects.get()
    assert made.redirect_chain[-1][0] == reverse("treasury:slip_of_member", args=[slip.pk])
    paper = client.get(reverse("treasury:slip_pdf", args=[slip.pk])).content
    assert paper == client.get(reverse("treasury:slip_pdf", args=[slip.pk])).content
    assert missing(laid_out(tmp_path, paper), "ใบแสดงยอดของสมาชิก", member.name, "1,234.50", "เหรัญญิก", "8 กันยายน 2564") == []
