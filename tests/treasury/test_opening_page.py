"""Opening a book on one sheet, and changing how it is kept."""

from typing import Any

import pytest
from django.test import Client

from sajja.groups.models import GroupBook
from sajja.treasury.models import BookRules, MemberAccount
from sajja.treasury.queries import statements
from tests.cast import Cast
from tests.factories import a_group
from tests.treasury.books import a_book, some_members

pytestmark = pytest.mark.django_db
RULES = {
    "late_fine_satang": "10", "entry_fee_satang": "20", "grace_days": "3", "special_interest_base": "lowest_of_month",
    "special_interest_days": "06-30 12-31", "cash_limit_satang": "5,000", "bank_within_days": "3", "cash_step_satang": "25",
    "collecting_name": "",
}  # fmt: skip


def typed(number: int, **more: str) -> dict[str, Any]:
    """A sheet as it is sent, opened on 1 January 2564."""
    return RULES | {"once": f"6f1b2c3d-0000-4000-8000-{number:012}", "opened_on": "1 ม.ค. 2564"} | more


def test_a_new_group_opens_its_book_with_nothing_brought_in() -> None:
    group, cast = a_group(), Cast()
    client = Client()
    client.force_login(cast.chair(group))
    answer = client.post(f"/treasury/open/{group.pk}/", typed(1))
    kept = GroupBook.objects.get(group=group)
    assert answer["Location"] == f"/treasury/books/{kept.book_id}/"
    assert statements.trial_balance(kept.book).lines == []
    assert BookRules.objects.get(kept=kept).late_fine_satang == 1000


def test_an_old_group_brings_in_its_headings_and_each_members_savings() -> None:
    group, cast = a_group(), Cast()
    members = some_members(group, cast.treasurer(group), 2)
    client = Client()
    client.force_login(cast.treasurer(group))
    sheet = {"h11000": "100", "h12100": "1,000.50", "h17000": "3000", "h17900": "600", "h34000": "2,900.50"}
    sheet |= {f"m{members[0].pk}-31020": "400", f"m{members[1].pk}-31020": "100", f"m{members[1].pk}-20000": "100"}
    assert client.post(f"/treasury/open/{group.pk}/", typed(1, **sheet)).status_code == 302
    kept = GroupBook.objects.get(group=group)
    assert {h.code: h.balance for h in statements.trial_balance(kept.book, statements.eve(kept.book)).lines} == {
        "11000": 10000, "12100": 100050, "17000": 300000, "17900": -60000, "20000": -10000, "31020": -50000, "34000": -290050,
    }  # fmt: skip
    own = MemberAccount.objects.filter(control="31020").order_by("member__number")
    assert list(own.values_list("account__balance", "base_satang")) == [(-40000, 40000), (-10000, 10000)]


def test_sides_that_differ_are_told_and_wait_for_a_reason() -> None:
    group, cast = a_group(), Cast()
    client = Client()
    client.force_login(cast.treasurer(group))
    sheet = {"h11000": "1000", "h34000": "900"}
    page = client.post(f"/treasury/open/{group.pk}/", typed(1, **sheet)).content.decode()
    assert "ต่างกัน 100.00 บาท (สินทรัพย์และค่าใช้จ่ายมากกว่า)" in page
    assert not GroupBook.objects.exists()
    assert client.post(f"/treasury/open/{group.pk}/", typed(2, reason="สมุดเก่าหาย", **sheet)).status_code == 302
    found = statements.trial_balance(GroupBook.objects.get(group=group).book)
    assert {h.code: h.balance for h in found.lines} == {"11000": 100000, "33900": -10000, "34000": -90000}


def test_an_open_book_is_not_opened_again() -> None:
    made = a_book()
    client = Client()
    client.force_login(made.treasurer)
    answer = client.get(f"/treasury/open/{made.group.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, f"/treasury/books/{made.kept.book_id}/")


def test_rules_change_from_a_day_on() -> None:
    made = a_book()
    client = Client()
    client.force_login(made.chair)
    changed = RULES | {"once": "6f1b2c3d-0000-4000-8000-000000000001", "in_force_from": "1 ก.ค. 2564", "late_fine_satang": "20"}
    assert client.post(f"/treasury/books/{made.kept.book_id}/rules/", changed).status_code == 302
    fines = BookRules.objects.filter(kept=made.kept).order_by("in_force_from").values_list("late_fine_satang", flat=True)
    assert list(fines) == [1000, 2000]


def test_the_tab_leads_to_the_one_book_or_to_its_opening() -> None:
    group, cast = a_group(), Cast()
    client = Client()
    client.force_login(cast.treasurer(group))
    assert f"/treasury/open/{group.pk}/" in client.get("/treasury/").content.decode()
    client.post(f"/treasury/open/{group.pk}/", typed(1))
    assert client.get("/treasury/")["Location"] == f"/treasury/books/{GroupBook.objects.get().book_id}/"
    client.force_login(cast.district_officer)
    assert client.get("/treasury/").status_code == 403
