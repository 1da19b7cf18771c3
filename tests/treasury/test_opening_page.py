"""Opening a book step by step or by one workbook, and changing how it is kept."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from sajja.groups.models import GroupBook, Member, SavingsGroup
from sajja.treasury.models import BookRules, BroughtIn, Loan, MemberAccount, OpeningDraft
from sajja.treasury.queries import statements
from tests.cast import Cast
from tests.factories import a_group
from tests.groups.people import a_national_id
from tests.treasury.books import a_book, some_members
from tests.treasury.opening_book import a_workbook, read_back

pytestmark = pytest.mark.django_db
RULES = {
    "late_fine_satang": "10", "entry_fee_satang": "20", "grace_days": "3", "special_interest_base": "lowest_of_month",
    "special_interest_days": "06-30 12-31", "cash_limit_satang": "5,000", "bank_within_days": "3", "cash_step_satang": "25",
    "collecting_name": "",
}  # fmt: skip
MEMBERS, LOANS, MONEY, SO_FAR, DEPOSITS, INTEREST = (
    "สมาชิก", "เงินกู้", "เงินและกองทุน", "รายได้ค่าใช้จ่ายปีนี้", "เงินฝากรายเดือน", "ดอกเบี้ยที่จ่ายแล้ว",
)  # fmt: skip
WHO = {"เลขที่สมาชิก": "M01", "ชื่อและนามสกุล": "นางคำปุ่น ใจซื่อ", "วันที่เป็นสมาชิก": "5 ม.ค. 2560", "สัจจะสะสมยกมา (บาท)": "30,000"}
CONTRACT = {
    "เลขที่สัญญา": "L1", "ผู้กู้ (เลขที่สมาชิก)": "M01", "วิธีคิดดอกเบี้ย": "คงที่", "ดอกเบี้ยร้อยละต่อปี": "12", "เงินต้นตามสัญญา (บาท)": "30000",
    "วันที่จ่ายเงินกู้": "5 ก.พ. 2564", "จำนวนงวด": "11", "วันครบกำหนดงวดแรก": "5 มี.ค. 2564", "งวดละเต็มบาท": "ใช่", "เงินต้นคงเหลือ (บาท)": "19092",
}  # fmt: skip
BALANCES = [
    {"รหัสบัญชี": "11000", "ชื่อบัญชี": "เงินสด", "เดบิต (บาท)": "1908"},
    {"รหัสบัญชี": "12100", "เดบิต (บาท)": "10200.07", "ธนาคาร": "ธ.ก.ส.", "เลขที่บัญชีธนาคาร": "020-1-22334-5"},
]


class Page:
    """The wizard of one group as one person of it walks through it."""

    def __init__(self, group: SavingsGroup | None = None) -> None:
        self.group = group or a_group()
        self.client, self.sent = Client(), 0
        self.client.force_login(Cast().treasurer(self.group))

    def post(self, step: str = "", **typed: Any) -> Any:
        """Send a step's form."""
        self.sent += 1
        return self.client.post(self.at(step), {"once": f"6f1b2c3d-0000-4000-8000-{self.sent:012}"} | typed)

    def get(self, step: str = "") -> str:
        """A step's page."""
        return self.client.get(self.at(step)).content.decode()

    def at(self, step: str) -> str:
        """A step's address."""
        return f"/treasury/open/{self.group.pk}/{step}"

    def begin(self, day: str = "1 ม.ค. 2564") -> "Page":
        """Begin the draft."""
        assert self.post(opened_on=day, **RULES).status_code == 302
        return self

    @property
    def draft(self) -> OpeningDraft:
        """The draft."""
        return OpeningDraft.objects.get(group=self.group)

    @property
    def balances(self) -> dict[str, int]:
        """What the headings of the opened book held on the eve."""
        kept = GroupBook.objects.get(group=self.group)
        return {h.code: h.balance for h in statements.trial_balance(kept.book, statements.eve(kept.book)).lines}


@pytest.fixture
def page() -> Page:
    return Page()


def test_a_new_group_opens_its_book_with_nothing_brought_in(page: Page) -> None:
    page.begin()
    answer = page.post("check/")
    kept = GroupBook.objects.get(group=page.group)
    assert answer["Location"] == f"/treasury/books/{kept.book_id}/"
    assert page.balances == {}
    assert BookRules.objects.get(kept=kept).late_fine_satang == 1000


def test_an_old_group_walks_the_five_steps(page: Page) -> None:
    page.begin("10 มิ.ย. 2564")
    typed = {"number": "M01", "name": "นางคำปุ่น ใจซื่อ", "joined_on": "5 ม.ค. 2560", "pledge": "100"}
    assert page.post("members/", **typed, national_id="").status_code == 302
    assert page.post("savings/", pledged_0="30,000", special_0="").status_code == 302
    loan = {
        "number": "L1", "member": "M01", "kind": "ordinary", "method": "flat", "interest_by": "month", "rate_bp": "12",
        "principal": "30000", "paid_out_on": "5 ก.พ. 2564", "instalments": "11", "first_due": "5 มี.ค. 2564", "multiple": "100",
        "fine": "30", "outstanding": "19092", "interest_paid": "", "guarantors": "นายสมาน ขยันยิ่ง",
    }  # fmt: skip
    assert page.post("loans/", **loan).status_code == 302
    money = {"h11000": "1908", "bank_0": "ธ.ก.ส.", "account_no_0": "020-1-22334-5", "bank_baht_0": "9000"}
    assert page.post("money/", **money)["Location"] == page.at("check/")
    assert "พร้อมเปิดบัญชี" in page.get("check/")
    assert page.post("check/").status_code == 302
    assert page.balances == {"11000": 190_800, "12100": 900_000, "13000": 1_909_200, "31020": -3_000_000}
    assert Loan.objects.get().fine_satang == 3000


def test_a_draft_is_kept_between_visits_and_can_be_mended_and_dropped(page: Page) -> None:
    page.begin()
    typed = {"number": "M01", "name": "นางคำปุ่น", "joined_on": "5 ม.ค. 2560", "pledge": "100", "national_id": ""}
    page.post("members/", **typed)
    assert "มีอยู่แล้ว" in page.post("members/", **typed).content.decode()
    page.post("members/?row=1", **(typed | {"name": "นางคำปุ่น ใจซื่อ"}))
    assert [row["name"] for row in page.draft.rows["people"]] == ["นางคำปุ่น ใจซื่อ"]
    page.post("members/", away="1")
    assert page.draft.rows["people"] == []
    page.post("drop/")
    assert (page.draft.state, page.draft.rows) == ("dropped", {})
    assert "เริ่มวันไหน" in page.get()


def test_a_national_id_is_sealed_in_the_draft_and_never_shown(page: Page) -> None:
    page.begin()
    number = a_national_id(7)
    typed = {"number": "M01", "name": "นางคำปุ่น ใจซื่อ", "joined_on": "5 ม.ค. 2560", "pledge": "", "national_id": number}
    page.post("members/", **typed)
    assert number not in str(page.draft.rows)
    assert number not in page.get("members/?row=1") + page.get("check/")
    page.post("members/?row=1", **(typed | {"national_id": ""}))
    page.post("check/")
    assert Member.objects.get().national_id_end == number[-3:]
    assert Member.objects.get().national_id_found != ""


def test_sides_that_differ_are_told_and_who_signs_is_asked_for(page: Page) -> None:
    page.begin()
    page.post("money/", h11000="1000", h34000="900")
    shown = page.get("check/")
    assert "100.00" in shown
    assert "ยังไม่ได้บันทึกคณะกรรมการของกลุ่ม" in shown
    assert page.post("check/", why="สมุดเก่าหาย").status_code == 200
    assert not GroupBook.objects.exists()


def test_one_workbook_brings_everything_in(page: Page) -> None:
    page.begin("10 มิ.ย. 2564")
    months = {"เลขที่สมาชิก": "M01", "มกราคม": "100", "มีนาคม": "50.5"}
    interest = {"เลขที่สมาชิก": "M01", "ดอกเบี้ยที่จ่ายแล้วปีนี้ (บาท)": "1200.07"}
    income = {"รหัสบัญชี": "41000", "เครดิต (บาท)": "1,200.07"}
    sheets: dict[str, Any] = {
        MEMBERS: [WHO | {"สัจจะสะสมยกมา (บาท)": "30,000"}], LOANS: [CONTRACT], MONEY: BALANCES, SO_FAR: [income],
        DEPOSITS: [months], INTEREST: [interest],
    }  # fmt: skip
    answer = page.post("workbook/", sheet=a_workbook(**sheets))
    assert answer["Location"] == page.at("check/")
    assert "พร้อมเปิดบัญชี" in page.get("check/")
    page.post("check/")
    assert page.balances == {"11000": 190_800, "12100": 1_020_007, "13000": 1_909_200, "31020": -3_000_000, "41000": -120_007}
    brought = BroughtIn.objects.get()
    assert (brought.opening_satang, brought.deposits[:3], brought.interest_paid_satang) == (
        2_984_950,
        [10_000, 0, 5_050],
        120_007,
    )


HOSTILE: list[tuple[str, dict[str, str], str, str]] = [
    (MEMBERS, {"สัจจะสะสมยกมา (บาท)": "-5"}, "สัจจะสะสมยกมา (บาท)", "ติดลบ"),
    (MEMBERS, {"สัจจะสะสมยกมา (บาท)": "=1+1"}, "สัจจะสะสมยกมา (บาท)", "อ่านจำนวนเงินนี้ไม่ออก"),
    (MEMBERS, {"สัจจะสะสมยกมา (บาท)": "9" * 30}, "สัจจะสะสมยกมา (บาท)", "มากเกินไป"),
    (MEMBERS, {"ชื่อและนามสกุล": "ก" * 200}, "ชื่อและนามสกุล", "ยาวเกิน"),
    (MEMBERS, {"วันที่เป็นสมาชิก": "31 ก.พ. 2560"}, "วันที่เป็นสมาชิก", ""),
    (MEMBERS, {"เลขประจำตัวประชาชน": "1234567890123"}, "เลขประจำตัวประชาชน", ""),
    (LOANS, {"วิธีคิดดอกเบี้ย": "ดอกลอย"}, "วิธีคิดดอกเบี้ย", "ใส่ คงที่"),
    (LOANS, {"จำนวนงวด": "1e9"}, "จำนวนงวด", "จำนวนเต็ม"),
    (MONEY, {"เครดิต (บาท)": "5"}, "เดบิต (บาท)", "ช่องเดียว"),
]


@pytest.mark.parametrize(("sheet", "cells", "column", "words"), HOSTILE)
def test_a_cell_that_cannot_be_read_is_named_and_nothing_is_kept(
    page: Page, sheet: str, cells: dict[str, str], column: str, words: str
) -> None:
    page.begin()
    sheets: dict[str, Any] = {MEMBERS: [dict(WHO)], LOANS: [dict(CONTRACT)], MONEY: [dict(BALANCES[0])]}
    sheets[sheet][0] |= cells
    shown = page.post("workbook/", sheet=a_workbook(**sheets)).content.decode()
    assert (f"<b>{column}</b>" in shown, words in shown, "แถว 2" in shown) == (True, True, True)
    assert page.draft.rows == {}


WRONG: list[tuple[str, dict[str, str], str]] = [
    (MEMBERS, {"วันที่เป็นสมาชิก": ""}, "ยังไม่ได้ใส่วันที่เป็นสมาชิก"),
    (LOANS, {"ผู้กู้ (เลขที่สมาชิก)": "M99"}, "ไม่พบสมาชิกเลขที่ M99"),
    (LOANS, {"ดอกเบี้ยร้อยละต่อปี": "24"}, "เกินร้อยละ 15 ต่อปี"),
    (LOANS, {"เงินต้นคงเหลือ (บาท)": "30001"}, "ไม่เกินเงินต้นตามสัญญา"),
    (LOANS, {"ผู้ค้ำประกัน": "M01"}, "ผู้กู้ค้ำประกันตนเองไม่ได้"),
    (LOANS, {"ดอกเบี้ยที่จ่ายแล้วทั้งสัญญา (บาท)": "99999"}, "มากกว่าดอกเบี้ยทั้งสัญญา (3,300.00 บาท)"),
    (MONEY, {"รหัสบัญชี": "9999"}, "ไม่มีรหัสนี้ในผังบัญชี"),
    (MONEY, {"รหัสบัญชี": "33900"}, "ผลต่างคิดให้ในขั้นตรวจ"),
    (MONEY, {"รหัสบัญชี": "31020"}, "แต่รายคนรวมกันได้ 30,000.00 บาท"),
    (MONEY, {"รหัสบัญชี": "34530"}, "ทุนสวัสดิการ ติดลบไม่ได้"),
    (MONEY, {"รหัสบัญชี": "53000"}, ""),
]


@pytest.mark.parametrize(("sheet", "cells", "words"), WRONG)
def test_a_row_that_cannot_stand_is_named_in_the_dry_run_and_the_act_refuses_it(
    page: Page, sheet: str, cells: dict[str, str], words: str
) -> None:
    page.begin("10 มิ.ย. 2564" if words else "1 ม.ค. 2564")
    contract = CONTRACT if words else CONTRACT | {"วันที่จ่ายเงินกู้": "5 ก.พ. 2563", "วันครบกำหนดงวดแรก": "5 มี.ค. 2563"}
    sheets: dict[str, Any] = {MEMBERS: [dict(WHO)], LOANS: [dict(contract)], MONEY: [dict(BALANCES[0])]}
    sheets[sheet][0] |= cells
    assert page.post("workbook/", sheet=a_workbook(**sheets)).status_code == 302
    shown = page.get("check/")
    assert (words in shown, "ต้องแก้ 1 จุด" in shown) == (True, True)
    assert page.post("check/").status_code == 200
    assert (GroupBook.objects.count(), Member.objects.count()) == (0, 0)


def test_the_template_is_read_back_as_nothing_and_its_worked_example_balances(page: Page) -> None:
    page.begin("10 มิ.ย. 2564")
    book = page.client.get(page.at("workbook.xlsx")).content
    found = read_back(book)
    assert list(found) == ["อ่านก่อน", MEMBERS, LOANS, MONEY, SO_FAR, DEPOSITS, INTEREST, "ตัวอย่างที่ทำแล้ว"]
    *lines, total = [row[2:] for row in found["ตัวอย่างที่ทำแล้ว"][2:]]
    sides = [sum(float(str(row[at]).replace(",", "") or 0) for row in lines) for at in (0, 1)]
    assert [f"{side:,.2f}" for side in sides] == total
    from django.core.files.uploadedfile import SimpleUploadedFile

    assert page.post("workbook/", sheet=SimpleUploadedFile("แบบ.xlsx", book)).status_code == 302
    assert page.draft.rows == {"people": [], "loans": [], "money": []}


def test_the_same_form_twice_opens_one_book_and_the_open_book_is_not_opened_again(page: Page) -> None:
    page.begin()
    first, again = (page.client.post(page.at("check/"), {"once": "6f1b2c3d-0000-4000-8000-000000000099"}) for _ in range(2))
    assert (first["Location"], first.status_code) == (again["Location"], again.status_code)
    assert GroupBook.objects.count() == 1
    answer = page.client.get(page.at(""))
    assert (answer.status_code, answer["Location"]) == (302, first["Location"])


def test_the_steps_cost_the_same_queries_for_one_member_and_for_three() -> None:
    counts: dict[str, list[int]] = {}
    for people in (1, 3):
        page = Page(a_group(f"กลุ่ม {people}"))
        page.begin("10 มิ.ย. 2564")
        rows = [WHO | {"เลขที่สมาชิก": f"M{at}", "ชื่อและนามสกุล": f"สมาชิก ที่ {at}"} for at in range(people)]
        loans = [CONTRACT | {"เลขที่สัญญา": f"L{at}", "ผู้กู้ (เลขที่สมาชิก)": f"M{at}"} for at in range(people)]
        sheets: dict[str, Any] = {MEMBERS: rows, LOANS: loans}
        page.post("workbook/", sheet=a_workbook(**sheets))
        for step in ("", "members/", "savings/", "year/", "loans/", "money/", "check/"):
            page.get(step)
            with CaptureQueriesContext(
                connection,
            ) as queries:
                page.get(step)
            counts.setdefault(step, []).append(len(queries))
    assert all(one == three for one, three in counts.values()), counts


def test_rules_change_from_a_day_on() -> None:
    made = a_book()
    client = Client()
    client.force_login(made.chair)
    changed = RULES | {"once": "6f1b2c3d-0000-4000-8000-000000000001", "in_force_from": "1 ก.ค. 2564", "late_fine_satang": "20"}
    assert client.post(f"/treasury/books/{made.kept.book_id}/rules/", changed).status_code == 302
    fines = BookRules.objects.filter(kept=made.kept).order_by("in_force_from").values_list("late_fine_satang", flat=True)
    assert list(fines) == [1000, 2000]


def test_the_tab_leads_to_the_one_book_or_to_its_opening(page: Page) -> None:
    assert page.at("") in page.client.get("/treasury/").content.decode()
    page.begin()
    page.post("check/")
    assert page.client.get("/treasury/")["Location"] == f"/treasury/books/{GroupBook.objects.get().book_id}/"
    page.client.force_login(Cast().district_officer)
    assert page.client.get("/treasury/").status_code == 403
    assert page.client.get(page.at("check/")).status_code == 403


def test_members_of_the_register_are_offered_for_their_savings(page: Page) -> None:
    some_members(page.group, Cast().treasurer(page.group), 2)
    page.begin()
    page.post("savings/", pledged_0="400", pledged_1="", special_1="")
    page.post("money/", h11000="400")
    page.post("check/")
    assert list(MemberAccount.objects.values_list("member__number", "account__balance")) == [("M01", -40_000)]
