"""The annual report of a group reads what it plans from its newest signed plan."""

from datetime import date

import pytest
from django.test import Client

from sajja.plans import actions
from sajja.plans.queries import lines_of, planned_by
from tests.cast import Cast
from tests.factories import a_plan, a_selected_group
from tests.plans.test_actions import signed
from tests.treasury.books import a_book

pytestmark = pytest.mark.django_db
DONE = date(2021, 6, 9)


def test_a_signed_plan_is_told_with_what_was_done_of_it() -> None:
    cast = Cast()
    selected = a_selected_group(cast=cast)
    book = a_book(selected.group, cast=cast, pledged=10_000)
    plan = a_plan(selected, cast=cast, signed=False)
    client = Client()
    client.force_login(book.treasurer)
    report = f"/treasury/books/{book.kept.book_id}/years/2021/report/"
    first, *rest = lines_of(plan)
    assert planned_by(selected.group) == []
    assert first.activity not in client.get(report).content.decode()
    signed(cast, plan)
    actions.mark_done(by=cast.district_officer, line=first, day=DONE, note="")
    told = planned_by(selected.group)
    assert [(line.activity, line.done) for line in told] == [(first.activity, True), *((line.activity, False) for line in rest)]
    page = client.get(report).content.decode()
    assert all(line.activity in page for line in told)
    assert "ทำแล้ว" in page
