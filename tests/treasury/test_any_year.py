"""Any year, whatever was posted and adjusted in it: closed, it ties in both views, and the next one begins at nought."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sajja.ledger.models import Account, Floor, Stage
from sajja.ledger.queries import headings
from sajja.ledger.verifying import verify
from sajja.treasury.actions import yearend as acts
from sajja.treasury.actions.vouchers import CodeArrow
from sajja.treasury.queries import statements
from sajja.treasury.queries import yearend as queries
from sajja.web import clock
from tests.sizes import size
from tests.treasury.books import a_book
from tests.treasury.test_yearend import close_months

pytestmark = pytest.mark.django_db
CODES = ["11000", "12100", "41000", "42000", "46000", "53000", "54000", "23000", "34200"]
PLAIN = ["41000", "46000", "53000", "57000", "17900", "23000"]
moves = st.tuples(st.dates(date(2020, 10, 1), date(2022, 3, 31)), st.permutations(CODES), st.integers(1, 10**8))
found = st.tuples(st.permutations(PLAIN), st.integers(1, 10**8), st.booleans())
properties = settings(max_examples=size(8, 300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(posted=st.lists(moves, max_size=8), audited=st.lists(found, max_size=3), starts=st.sampled_from([1, 4, 10]))
@properties
def test_any_closed_year_ties_before_and_after(posted: list[Any], audited: list[Any], starts: int) -> None:
    with transaction.atomic():
        first = date(2020 if starts > 1 else 2021, starts, 1)
        book = a_book(members=1, pledged=10**12, opened_on=first, fiscal_year_starts=starts)
        Account.objects.filter(book=book.kept.book).update(floor=Floor.FREE)
        for day, (debit, credit, *_others), satang in posted:
            book.post(debit, credit, satang, max(day, first))
        with clock.fixed(date(2022, 4, 1)):
            year = queries.year_of(book.kept, 2021)
            close_months(book, year.last_month)
            base: dict[str, Any] = {"by": book.treasurer, "kept": book.kept, "fiscal_year": 2021}
            for (debit, credit, *_others), satang, wrong in audited:
                made = acts.adjust(**base, arrows=[CodeArrow(debit, credit, satang)], why="ตรวจพบ")
                if wrong:
                    acts.take_back_adjustment(by=book.treasurer, adjustment=made, reason="ผิด")
            surplus = queries.surplus(book.kept, year)
            before = {one.code: one for one in headings(book.kept.book, year.last, Stage.ADJUSTING)}
            ended = acts.close_year(**base)
        after = {one.code: one for one in headings(book.kept.book, year.last)}
        told = sum(one.balance for one in before.values() if one.kind in "IE")
        assert (ended.surplus_satang, surplus, after["40000"].balance) == (-told, -told, told)
        assert {one.balance for one in after.values() if one.kind in "IE"} == {0}
        assert [one for one in after.values() if one.kind in "ALQ" and one.code != "40000"] == [
            one for one in before.values() if one.kind in "ALQ" and one.code != "40000"
        ]
        sheet = statements.balance_sheet(book.kept.book, year.last)
        assert (sheet.assets.total, sheet.result) == (sheet.other_side, 0)
        assert queries.surplus(book.kept, year) == surplus
        assert verify(book.kept.book) == []
        transaction.set_rollback(True)
