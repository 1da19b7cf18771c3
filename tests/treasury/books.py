"""A group with members and a savings book, as its treasurer opened it on 1 January 2564. Amounts in satang."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sajja.groups import actions as groups
from sajja.groups.actions import NewMember, NewRegulation
from sajja.groups.models import GroupBook, Member, SavingsGroup
from sajja.ledger.models import Account, Entry
from sajja.ledger.posting import Arrow
from sajja.org.models import Person
from sajja.treasury import actions, chart
from sajja.treasury.actions import OpeningLine, RuleSet
from sajja.web import clock, transactions
from tests.cast import Cast
from tests.factories import a_group

OPENED = date(2021, 1, 1)
JOINED = date(2020, 1, 5)
NAMES = ("นายบุญมี ดีพร้อม", "นางคำปุ่น ใจซื่อ", "นายสมาน ขยันยิ่ง", "นางอุไร พูนสุข", "นางสาววันดี มีออม")


@dataclass(frozen=True)
class Kept:
    """A book with the people who keep it."""

    kept: GroupBook
    group: SavingsGroup
    members: list[Member]
    treasurer: Person
    chair: Person

    def standing(self, code: str) -> int:
        """What an account holds, seen from its own side, in satang; 0 where it is not open yet."""
        found = Account.objects.filter(book=self.kept.book, code=code).first()
        return found.standing if found else 0

    def post(self, debit: str, credit: str, satang: int, on: date, kind: str = "general") -> Entry:
        """One arrow by codes, posted on a day as if it were that day."""
        arrows = [Arrow(self.key(debit), self.key(credit), satang)]
        with clock.fixed(on):
            return transactions.run(lambda: actions.put(self.treasurer, self.kept, "test", on, kind, "", arrows)).entry

    def account(self, code: str) -> Account:
        """The account of a code."""
        return Account.objects.get(book=self.kept.book, code=code)

    def key(self, code: str) -> int:
        """The key of an account."""
        return Account.objects.get(book=self.kept.book, code=code).pk


def some_members(group: SavingsGroup, by: Person, count: int = 3, pledge: int = 20000) -> list[Member]:
    """So many members M01, M02, … who pledge 200 baht a month."""
    names = [NAMES[at] if at < len(NAMES) else f"สมาชิกตัวอย่าง ลำดับที่ {at + 1}" for at in range(count)]
    new = [NewMember(number=f"M{at:02}", name=name, joined_on=JOINED, pledge_satang=pledge) for at, name in enumerate(names, 1)]
    return groups.enrol_members(by=by, group=group, members=new)


def a_book(
    group: SavingsGroup | None = None, *, cast: Cast | None = None, members: int = 3, opening: Sequence[tuple[str, int]] = (),
    pledged: int = 0, rules: RuleSet | None = None, opened_on: date = OPENED, fiscal_year_starts: int = 1,
) -> Kept:  # fmt: skip
    """A savings book of a group; each member brings in `pledged` satang, and cash stands against it."""
    cast = cast or Cast()
    group = group or a_group()
    treasurer = cast.treasurer(group)
    with clock.fixed(opened_on):
        if fiscal_year_starts != 1:
            written = NewRegulation(
                date(2020, 1, 1), 5000, 1, 20, 5, 1200, 200, fiscal_year_starts=fiscal_year_starts, heads=[("ทุนสำรอง", 10000)]
            )
            groups.add_regulation(by="system", group=group, regulation=written)
        enrolled = some_members(group, treasurer, members)
        lines = [OpeningLine(code, satang) for code, satang in opening]
        if pledged:
            lines += [OpeningLine(chart.PLEDGED, -pledged, member) for member in enrolled]
            lines.append(OpeningLine(chart.CASH, pledged * len(enrolled)))
        kept = actions.open_savings_book(
            by=treasurer, group=group, opened_on=opened_on, rules=rules or RuleSet(late_fine_satang=1000), opening=lines
        )
    return Kept(kept, group, enrolled, treasurer, cast.chair(group))
