"""Whatever is done in whatever order, the sums tie out at every level and nothing is below nought."""

from collections import Counter
from datetime import date

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import given, settings
from hypothesis import strategies as st

from sajja.budget import actions
from sajja.budget.actions import NewVoucher
from sajja.budget.models import Advance, Allocation, Purse, Return, Voucher
from sajja.budget.share import by_quota, snack_counts, to_reverse
from sajja.lib.refusals import Refused
from sajja.programme.models import ProgrammeYear, SelectedGroup
from tests.cast import Cast, unit
from tests.factories import a_selected_group, a_year
from tests.sizes import size

LIST = st.lists(st.tuples(st.integers(1, 10_000), st.integers(1, 9_000_000)), max_size=6, unique_by=lambda row: row[0])
DAY = date(2021, 6, 1)
WHERE = {"48": "", "47": "", "4805": "48", "4808": "48"}
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["allocate", "allocate", "lend", "lend", "spend", "return", "undo spend", "undo return", "undo lend"]),
        st.integers(0, 3),
        st.integers(0, 1_000),
    ),
    min_size=8,
    max_size=25,
)


@given(LIST, st.integers(0, 20_000_000))
def test_reversals_and_what_is_allocated_anew_make_what_is_wanted(rows: list[tuple[int, int]], wanted: int) -> None:
    gone, anew = to_reverse(rows, wanted)
    assert sum(satang for key, satang in rows if key not in gone) + anew == wanted
    assert anew >= 0
    assert gone == [key for key, _satang in rows][: len(gone)]


@given(st.integers(1, 10**7), st.integers(0, 10_000), st.integers(0, 100), st.integers(0, 10**6))
def test_a_snack_never_counts_more_than_its_paper_or_its_heads(paper: int, rate: int, heads: int, before: int) -> None:
    counted = snack_counts(paper, rate, heads, before)
    assert 0 <= counted <= paper
    assert counted == 0 or counted + before <= rate * heads


def test_a_quota_is_money_for_each_place() -> None:
    assert by_quota({"48": 10, "47": 9}, 300_000) == {"48": 3_000_000, "47": 2_700_000}


class Model:
    """What should be, worked out by plain sums: received and passed on by unit; lent, spent and returned by advance."""

    def __init__(self) -> None:
        self.got, self.gave = Counter({"": 2_280}), Counter[str]()
        self.lent: list[dict[str, int]] = []
        self.spent: list[tuple[int, int]] = []
        self.back: list[tuple[int, int]] = []

    def left(self, path: str) -> int:
        return self.got[path] - self.gave[path]

    def open(self, which: int) -> int:
        one = self.lent[which]
        return one["lent"] - one["spent"] - one["back"]


@pytest.mark.django_db
def test_for_any_sequence_the_sums_tie_out_at_every_level() -> None:
    cast = Cast()
    year, group = a_year(cast), a_selected_group(cast=cast)

    @settings(max_examples=size(40, 1500))
    @given(STEPS)
    def run(steps: list[tuple[str, int, int]]) -> None:
        with transaction.atomic():
            Play(cast, year, group).through(steps)
            transaction.set_rollback(True)

    run()


class Play:
    """Does the steps by the acts and in the model; where the model says no, the act must refuse. Amounts in 1,000 baht."""

    UNIT = 100_000

    def __init__(self, cast: Cast, year: ProgrammeYear, group: SelectedGroup) -> None:
        self.cast, self.year, self.group, self.model = cast, year, group, Model()
        self.advances: list[Advance] = []
        self.vouchers: list[Voucher] = []
        self.returns: list[Return] = []

    def through(self, steps: list[tuple[str, int, int]]) -> None:
        self.allocate(0, 900, 98)
        self.allocate(2, 120, 99)
        for number, (what, which, amount) in enumerate(steps):
            {
                "allocate": self.allocate, "lend": self.lend, "spend": self.spend, "return": self.give_back,
                "undo spend": self.undo_spend, "undo return": self.undo_return, "undo lend": self.undo_lend,
            }[what](which, amount, number)  # fmt: skip
        self.ties_out()

    def allowed(self, may: bool, do: object) -> object | None:
        """Do it, and see that it is refused exactly where the model says no."""
        assert callable(do)
        try:
            made: object = do()
        except Refused:
            assert not may
            return None
        assert may
        return made

    def allocate(self, which: int, amount: int, number: int) -> None:
        path = list(WHERE)[which]
        giver, m = WHERE[path], self.model
        more = amount - m.got[path]
        may = more != 0 and more <= m.left(giver) and amount >= m.gave[path]
        wanted = {unit(path).pk: amount * self.UNIT}
        by = self.cast.department
        if self.allowed(
            may, lambda: actions.allocate(by=by, year=self.year, giver=unit(giver), wanted=wanted, reference="", reason="ปรับ")
        ):
            m.gave[giver] += more
            m.got[path] = amount

    def lend(self, which: int, amount: int, number: int) -> None:
        amount %= 50
        may = 0 < amount <= self.model.left("4805")
        officer = self.cast.district_officer
        made = self.allowed(
            may,
            lambda: actions.lend(
                by=officer, year=self.year, unit=unit("4805"), number=str(number), borrower=officer, satang=amount * self.UNIT,
                purpose="", paid_on=DAY,
            ),
        )  # fmt: skip
        if isinstance(made, Advance):
            self.advances.append(made)
            self.model.lent.append({"lent": amount, "spent": 0, "back": 0})
            self.model.gave["4805"] += amount

    def spend(self, which: int, amount: int, number: int) -> None:
        if which >= len(self.advances):
            return
        amount %= 30
        given = NewVoucher("other", "ของ", "ร้าน", "certificate", DAY, amount * self.UNIT)
        officer, advance = self.cast.district_officer, self.advances[which]
        may = 0 < amount <= self.model.open(which) and self.stands(which)
        made = self.allowed(may, lambda: actions.add_voucher(by=officer, advance=advance, selected=self.group, given=given))
        if isinstance(made, Voucher):
            self.vouchers.append(made)
            self.model.spent.append((which, amount))
            self.model.lent[which]["spent"] += amount

    def give_back(self, which: int, amount: int, number: int) -> None:
        if which >= len(self.advances):
            return
        amount %= 30
        officer, advance = self.cast.district_officer, self.advances[which]
        may = 0 < amount <= self.model.open(which) and self.stands(which)
        made = self.allowed(
            may, lambda: actions.give_back(by=officer, advance=advance, satang=amount * self.UNIT, receipt="1", on=DAY)
        )
        if isinstance(made, Return):
            self.returns.append(made)
            self.model.back.append((which, amount))
            self.model.lent[which]["back"] += amount
            self.model.gave["4805"] -= amount

    def undo_spend(self, which: int, amount: int, number: int) -> None:
        if which < len(self.vouchers):
            of, sum_ = self.model.spent[which]
            officer, row = self.cast.district_officer, self.vouchers[which]
            if self.allowed(sum_ > 0, lambda: actions.reverse_voucher(by=officer, voucher=row, reason="ผิด")):
                self.model.spent[which] = (of, 0)
                self.model.lent[of]["spent"] -= sum_

    def undo_return(self, which: int, amount: int, number: int) -> None:
        if which < len(self.returns):
            of, sum_ = self.model.back[which]
            officer, row = self.cast.district_officer, self.returns[which]
            may = 0 < sum_ <= self.model.left("4805")
            if self.allowed(may, lambda: actions.reverse_return(by=officer, returned=row, reason="ผิด")):
                self.model.back[which] = (of, 0)
                self.model.lent[of]["back"] -= sum_
                self.model.gave["4805"] += sum_

    def undo_lend(self, which: int, amount: int, number: int) -> None:
        if which < len(self.advances):
            one = self.model.lent[which]
            officer, advance = self.cast.district_officer, self.advances[which]
            may = one["spent"] == one["back"] == 0 and self.stands(which)
            if self.allowed(may, lambda: actions.reverse_advance(by=officer, advance=advance, reason="ผิด")):
                self.model.gave["4805"] -= one["lent"]
                one["gone"] = 1

    def stands(self, which: int) -> bool:
        return "gone" not in self.model.lent[which]

    def ties_out(self) -> None:
        """The purses are the model's; the rows add up to the purses; what a giver passed on is what its units received."""
        m = self.model
        for purse in Purse.objects.select_related("unit"):
            path = purse.unit.path
            assert (purse.received_satang, purse.passed_satang) == (
                m.got[path] * self.UNIT,
                m.gave[path] * self.UNIT,
            ) or path == ""
            assert 0 <= purse.passed_satang <= purse.received_satang
            rows = Allocation.objects.filter(unit=purse.unit)
            assert (rows.aggregate(sum=Sum("satang"))["sum"] or 0) == purse.received_satang
            given = Allocation.objects.filter(giver=purse.unit).aggregate(sum=Sum("satang"))["sum"] or 0
            lent = sum(
                one.satang - one.returned_satang for one in Advance.objects.filter(unit=purse.unit).exclude(state="reversed")
            )
            assert given + lent == purse.passed_satang
        for which, advance in enumerate(self.advances):
            advance.refresh_from_db()
            one = m.lent[which]
            assert (advance.spent_satang, advance.returned_satang) == (one["spent"] * self.UNIT, one["back"] * self.UNIT)
            assert (advance.vouchers.aggregate(sum=Sum("counted_satang"))["sum"] or 0) == advance.spent_satang
            assert (advance.returns.aggregate(sum=Sum("satang"))["sum"] or 0) == advance.returned_satang
            assert advance.left_satang >= 0
