"""The pages of the collecting day, as the treasurer sends them: one flat form, with and without its script."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sajja.ledger.models import Account, Entry
from sajja.org.models import Person
from sajja.treasury.actions.bank import open_bank_account
from sajja.treasury.actions.cash import count_cash
from sajja.treasury.actions.closing import close_month
from sajja.treasury.collecting import Line
from sajja.treasury.duties import duties
from sajja.treasury.models import CollectingDay, SheetColumn, SheetLine
from sajja.web import clock
from tests.cast import Cast
from tests.factories import a_group
from tests.treasury.books import OPENED, Kept, a_book
from tests.treasury.sheets import DAY, a_column, a_sheet

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Kept:
    return a_book(pledged=10_000)


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def came(book: Kept, *which: int, **more: str) -> dict[str, str]:
    """Lines with a tick, 200 baht each."""
    found: dict[str, str] = {}
    for at in which:
        key = book.members[at].pk
        found |= {f"came-{key}": "1", f"pledged-{key}": "200.00"}
    return found | more


def send(book: Kept, step: str, boxes: dict[str, str], day: date = DAY, uuid: str = "") -> tuple[str, int, str]:
    """Post the sheet: the page, its status, where it led."""
    address = f"{reverse('treasury:collect', args=[book.kept.book_id])}?day={day.isoformat()}"
    answer = client_of(book.treasurer).post(address, {"once": uuid or str(uuid4()), "sheet": "0", "step": step, **boxes})
    return answer.content.decode(), answer.status_code, answer.get("Location", "")


def page(book: Kept, route: str, *args: int, person: Person | None = None) -> str:
    """A page as text."""
    return client_of(person or book.treasurer).get(reverse(f"treasury:{route}", args=args)).content.decode()


def plain(html: str) -> str:
    """The words of a page."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


# --- the sheet -------------------------------------------------------------------------------


def test_the_sheet_calls_everyone_and_fills_in_what_is_due_with_the_fine(book: Kept) -> None:
    shown = page(book, "collect", book.kept.book_id)
    for member in book.members:
        assert f'name="pledged-{member.pk}" value="1,200.00"' in shown  # January to June
        assert f'name="fine-{member.pk}" value="50.00"' in shown  # five months
    assert "ขาดส่ง 1,000.00 (5 เดือน)" in shown
    assert " checked" not in shown
    assert shown.index("M01") < shown.index("M02") < shown.index("M03")


def test_a_group_without_members_is_told_what_to_do() -> None:
    empty = a_book(members=0)
    assert "ยังไม่มีสมาชิกในวันนี้" in page(empty, "collect", empty.kept.book_id)
    assert "ยังไม่มีสมาชิกในวันนี้" in page(empty, "collect_blank", empty.kept.book_id)
    assert "ยังไม่เคยลงวันส่งเงินสัจจะ" in page(empty, "days", empty.kept.book_id)


def test_the_check_shows_sums_and_posts_nothing_then_the_post_does(book: Kept) -> None:
    first = book.members[0].pk
    boxes = came(book, 0, 1) | {f"fine-{first}": "๑๐", f"special-{first}": "1,000.50", "n-100000": "1", "n-10000": "4", "n-1000": "1",
                                "n-50": "1"}  # fmt: skip
    shown, status, _where = send(book, "check", boxes)
    assert (status, CollectingDay.objects.count()) == (200, 0)
    assert "รับเงิน 2 คน" in shown
    assert "1,410.50" in plain(shown)
    assert "เงินสดตรงกับบัญชี" in shown
    assert f'name="pledged-{first}" value="200.00"' in shown
    _shown, status, where = send(book, "post", boxes)
    day = CollectingDay.objects.get()
    assert (status, where) == (302, reverse("treasury:day", args=[day.pk]))
    assert (day.counted_satang, day.difference, day.lines.count()) == (141_050, 0, 2)
    assert page(book, "day", day.pk).count("ลงบัญชีแล้ว") >= 1


def test_who_did_not_come_is_left_out_though_the_boxes_were_filled_in(book: Kept) -> None:
    absent = book.members[2].pk
    send(book, "post", came(book, 0) | {f"pledged-{absent}": "1,200.00", f"fine-{absent}": "50.00"})
    assert list(SheetLine.objects.values_list("member_id", flat=True)) == [book.members[0].pk]


def test_every_mistake_is_said_at_its_line_and_what_was_typed_stays(book: Kept) -> None:
    one, two, three = (member.pk for member in book.members)
    boxes = came(book, 0, 1, 2) | {
        f"pledged-{one}": "สองร้อย", f"pledged-{two}": "", f"by-{three}": "M99", f"how-{three}": "transfer", f"time-{three}": "25.99",
    }  # fmt: skip
    shown, status, _where = send(book, "check", boxes)
    said = plain(shown)
    assert (status, CollectingDay.objects.count()) == (200, 0)
    assert "มี 3 คนที่ต้องแก้" in said
    for words in ("อ่านจำนวนเงินนี้ไม่ออก", "ใส่จำนวนเงิน หรือเอาเครื่องหมาย “มา” ออก", "ไม่พบสมาชิก “M99”", "เวลานี้อ่านไม่ออก"):
        assert words in said
    for typed in (f'name="pledged-{one}" value="สองร้อย"', f'name="by-{three}" value="M99"', f'name="time-{three}" value="25.99"'):
        assert typed in shown


def test_what_is_typed_is_never_markup(book: Kept) -> None:
    key = book.members[0].pk
    shown, _status, _where = send(book, "check", came(book, 0) | {f"paper-{key}": '"><b>{pk}', f"pledged-{key}": "{name}"})
    assert 'value="&quot;&gt;&lt;b&gt;{pk}"' in shown
    assert 'value="{name}"' in shown


def test_nobody_with_a_tick_is_told(book: Kept) -> None:
    shown, _status, _where = send(book, "check", {})
    assert "ยังไม่มีใครในใบนี้" in shown


def test_a_difference_is_asked_about_at_its_box(book: Kept) -> None:
    boxes = came(book, 0) | {"n-10000": "1", "n-5000": "1"}
    shown, _status, _where = send(book, "check", boxes)
    assert "เงินสดขาด 50.00 บาท นับใหม่ หรือเลือกว่าจะทำอย่างไร" in shown
    shown, _status, _where = send(book, "check", boxes | {"difference": "charged"})
    assert "เลือกสมาชิกที่รับผิดชอบเงินที่ขาด" in shown
    shown, _status, _where = send(book, "check", boxes | {"difference": "charged", "charge": "M02 นางคำปุ่น"})
    assert "เงินที่ขาดลงเป็นลูกหนี้ของ M02 นางคำปุ่น ใจซื่อ" in shown
    send(book, "post", boxes | {"difference": "charged", "charge": "M02"})
    assert book.standing("14020:M02") == 5_000
    assert Entry.objects.get(kind="cash-short").date == DAY


def test_a_transfer_is_not_in_the_count_and_keeps_its_slip(book: Kept) -> None:
    with clock.fixed(OPENED):
        for number in ("1112223334", "5556667778"):
            open_bank_account(
                by=book.treasurer, kept=book.kept, bank=f"ธ.ก.ส. {number[0]}", number=number, name="กลุ่ม", opened=OPENED
            )
    second = Account.objects.get(book=book.kept.book, code="12100:B2")
    key = book.members[1].pk
    slip = {
        f"how-{key}": "transfer",
        f"time-{key}": "10.42",
        f"digits-{key}": "๘๘๔๑",
        f"bank-{key}": str(second.pk),
        f"by-{key}": "M01",
    }
    shown, _status, _where = send(book, "check", came(book, 0, 1) | slip | {"n-10000": "2"})
    assert "นำมาให้อีก 1 คน" in plain(shown)
    again, _status, _where = send(book, "back", came(book, 0, 1) | slip)
    assert f'<option value="{second.pk}" selected>' in again
    send(book, "post", came(book, 0, 1) | slip | {"n-10000": "2"})
    line = SheetLine.objects.get(member=key)
    assert (line.method, line.bank_id, line.transfer_digits, str(line.transfer_at)) == ("transfer", second.pk, "8841", "10:42:00")
    assert (book.standing("12100:B2"), CollectingDay.objects.get().expected_cash_satang) == (20_000, 20_000)


def test_the_form_sent_twice_is_posted_once_and_a_second_tab_is_told(book: Kept) -> None:
    uuid = str(uuid4())
    where = {send(book, "post", came(book, 0), uuid=uuid)[2] for _time in range(2)}
    assert (len(where), CollectingDay.objects.count()) == (1, 1)
    shown, status, _where = send(book, "post", came(book, 1))
    assert (status, CollectingDay.objects.count()) == (200, 1)
    assert "ใบนี้มีคนลงบัญชีแล้ว" in plain(shown)
    assert f'name="came-{book.members[1].pk}" value="1" checked' in shown


def test_a_closed_month_is_said_on_the_sheet_and_everything_typed_stays(book: Kept) -> None:
    from sajja.treasury import actions

    actions.close_month(by=book.treasurer, kept=book.kept, month=202101)
    shown, status, _where = send(book, "post", came(book, 0), day=date(2021, 1, 5))
    assert (status, CollectingDay.objects.count()) == (200, 0)
    assert "งวดเดือน มกราคม 2564 ปิดแล้ว" in plain(shown)
    assert f'name="pledged-{book.members[0].pk}" value="200.00"' in shown


def test_columns_of_the_group_stand_on_the_sheet_filled_in(book: Kept) -> None:
    column = a_column(book, "สวัสดิการ {0.pk} {x}")
    key = book.members[0].pk
    assert 'data-label="สวัสดิการ {0.pk} {x}"' in page(book, "collect", book.kept.book_id)
    assert f'name="c{column.pk}-{key}" value="20.00"' in page(book, "collect", book.kept.book_id)
    send(book, "post", came(book, 0) | {f"c{column.pk}-{key}": "20.00"})
    assert book.standing("34530") == 2_000
    client = client_of(book.treasurer)
    client.post(reverse("treasury:end_column", args=[column.pk]), {"once": str(uuid4())})
    assert SheetColumn.objects.get().active is False
    assert f"c{column.pk}-{key}" not in page(book, "collect", book.kept.book_id)
    assert "20.00" in page(book, "day_paper", CollectingDay.objects.get().pk)


def test_a_column_is_added_by_its_form(book: Kept) -> None:
    account = Account.objects.get(book=book.kept.book, code="23400")
    sent = {"once": str(uuid4()), "name": "ฌาปนกิจ", "account": str(account.pk), "default_satang": "50"}
    assert client_of(book.treasurer).post(reverse("treasury:add_column", args=[book.kept.book_id]), sent).status_code == 302
    column = SheetColumn.objects.get()
    assert (column.name, column.account_id, column.default_satang, column.kind) == (
        "ฌาปนกิจ",
        account.pk,
        5_000,
        "held_for_others",
    )


# --- after posting ---------------------------------------------------------------------------


def test_receipts_say_the_sum_in_figures_and_words_with_room_for_both_signatures(book: Kept) -> None:
    day = a_sheet(book, [Line(member=book.members[0].pk, pledged=10_000, special=100, paper_book="7", paper_no="0312")])
    shown = plain(page(book, "receipts", day.pk))
    for words in ("2564/1", "101.00", "(หนึ่งร้อยเอ็ดบาทถ้วน)", "ผู้ส่งเงิน", "ผู้รับเงิน", "0312", "นายบุญมี ดีพร้อม"):
        assert words in shown
    assert "เงินสัจจะสะสมพิเศษ" in plain(page(book, "receipt", day.pk, 1))
    assert client_of(book.treasurer).get(reverse("treasury:receipt", args=[day.pk, 99])).status_code == 404


def test_a_receipt_is_corrected_on_its_page_and_the_sheet_shows_both(book: Kept) -> None:
    day = a_sheet(book)
    sent = {"once": str(uuid4()), "reason": "ส่งเพียง 150", "date": "5 มิ.ย. 2564", "again": "on", "pledged": "150"}
    answer = client_of(book.treasurer).post(reverse("treasury:correct_receipt", args=[day.pk, 2]), sent)
    newer = CollectingDay.objects.get(sheet=1)
    assert answer["Location"] == reverse("treasury:day", args=[newer.pk])
    old, new = page(book, "day", day.pk), page(book, "day", newer.pk)
    assert "แก้แล้ว" in old
    assert f'href="{reverse("treasury:day", args=[newer.pk])}"' in old
    assert "แทนใบรับเงิน 2" in plain(new)
    assert "แก้แล้ว 2564/002" in plain(page(book, "day_paper", day.pk))
    assert "2564/2 " not in plain(page(book, "receipts", day.pk))
    assert "ใบนี้แก้แล้ว ไม่นับ" in page(book, "receipt", day.pk, 2)
    assert book.standing("31020:M02") == 25_000


def test_a_correction_without_the_right_amounts_is_asked_for_them(book: Kept) -> None:
    day = a_sheet(book)
    sent = {"once": str(uuid4()), "reason": "ผิด", "date": "5 มิ.ย. 2564", "again": "on", "pledged": "0"}
    shown = client_of(book.treasurer).post(reverse("treasury:correct_receipt", args=[day.pk, 2]), sent).content.decode()
    assert "ใส่จำนวนที่ถูกต้อง" in shown
    del sent["again"]
    client_of(book.treasurer).post(reverse("treasury:correct_receipt", args=[day.pk, 2]), sent)
    assert (CollectingDay.objects.count(), book.standing("31020:M02")) == (1, 10_000)


def test_the_blank_sheet_has_last_balances_and_what_is_expected(book: Kept) -> None:
    shown = plain(page(book, "collect_blank", book.kept.book_id))
    assert "M01 นายบุญมี ดีพร้อม 100.00 1,200.00 (ขาด 5)" in shown


def test_the_committee_reads_the_day_and_only_the_treasurer_collects(book: Kept) -> None:
    day = a_sheet(book)
    assert "ใบนี้ผิด แก้" not in page(book, "receipt", day.pk, 1, person=book.chair)
    chair = client_of(book.chair)
    assert [chair.get(reverse(f"treasury:{route}", args=[key])).status_code for route, key in (
        ("day", day.pk), ("receipts", day.pk), ("days", book.kept.book_id), ("collect", book.kept.book_id),
    )] == [200, 200, 200, 403]  # fmt: skip
    officer = client_of(Cast().district_officer)
    assert officer.get(reverse("treasury:day", args=[day.pk])).status_code == 403


# --- what waits ------------------------------------------------------------------------------


def test_the_treasurer_is_told_of_the_day_until_it_is_posted_and_then_of_the_count(book: Kept) -> None:
    def titles(on: date) -> list[tuple[str, str]]:
        with clock.fixed(on):
            found = duties(book.treasurer, on)
        return [(str(duty.title), duty.kind_on(on)) for duty in found if "วันส่งเงินสัจจะ" in str(duty.title)]

    for month in range(202101, 202106):
        close_month(by=book.treasurer, kept=book.kept, month=month)
    assert titles(date(2021, 6, 1)) == []
    assert titles(date(2021, 6, 5)) == [("รับเงินวันส่งเงินสัจจะ", "waiting")]
    assert titles(date(2021, 6, 8)) == [("รับเงินวันส่งเงินสัจจะ", "late")]
    a_sheet(book)
    assert titles(date(2021, 6, 8)) == [("นับเงินสดของวันส่งเงินสัจจะ 5 มิ.ย. 2564", "waiting")]
    assert titles(date(2021, 6, 25)) == []
    assert "ยังไม่ได้นับ" in page(book, "days", book.kept.book_id)
    money = Account.objects.get(book=book.kept.book, code="11000")
    count_cash(by=book.treasurer, kept=book.kept, account=money, on=date(2021, 6, 8), notes={50_000: 1, 10_000: 4})
    assert titles(date(2021, 6, 8)) == []
    assert "นับภายหลังแล้ว" in page(book, "days", book.kept.book_id)


# --- how much it costs -----------------------------------------------------------------------


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_every_page_asks_as_much_with_300_members_as_with_three() -> None:
    counts = []
    for number in (3, 300):
        book = a_book(a_group(f"กลุ่ม {number} คน"), members=number)
        a_column(book)
        a_sheet(book, on=date(2021, 5, 5))
        day = a_sheet(book)
        client = client_of(book.treasurer)
        pages = [
            *(reverse(f"treasury:{name}", args=[book.kept.book_id]) for name in ("collect", "collect_blank", "days")),
            *(reverse(f"treasury:{name}", args=[day.pk]) for name in ("day", "day_paper", "receipts")),
        ]
        client.get(pages[0])
        counts.append([queries_of(client, address) for address in pages])
    assert counts[0] == counts[1]
    assert counts[0][0] <= 22


def test_a_supplementary_sheet_asks_nothing_of_who_settled_the_month(book: Kept) -> None:
    column, (one, two, _three) = a_column(book), (member.pk for member in book.members)
    a_sheet(book, [Line(member=one, pledged=120_000)])
    shown = page(book, "collect", book.kept.book_id)
    assert "ใบที่ 1" in shown
    assert f'name="c{column.pk}-{one}" value=""' in shown
    assert f'name="c{column.pk}-{two}" value="20.00"' in shown
    assert shown.count("data-settled") == 1
