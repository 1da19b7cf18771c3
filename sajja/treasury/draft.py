"""The rows of a draft that opens an old group's book, kept as JSON between visits, and what they are held against. Pure; satang.

A problem names the sheet and the row as the workbook has them; a row typed on screen has its place in the list for a number.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date, timedelta
from typing import Any, Final, NamedTuple, Self

from sajja.ledger import periods
from sajja.lib.money import MOST_BAHT
from sajja.lib.thai_dates import month_name
from sajja.treasury import chart
from sajja.treasury.owing import Owed

MEMBERS: Final = "สมาชิก"
LOANS: Final = "เงินกู้"
MONEY: Final = "เงินและกองทุน"
SO_FAR: Final = "รายได้ค่าใช้จ่ายปีนี้"
DEPOSITS: Final = "เงินฝากรายเดือน"
INTEREST: Final = "ดอกเบี้ยที่จ่ายแล้ว"
CONTRA: Final = frozenset({chart.ALLOWANCE, chart.DEPRECIATED})
BY_ONE: Final = (chart.PLEDGED, chart.SPECIAL, chart.DIVIDENDS_UNPAID, chart.REFUNDS_UNPAID)
"""Headings that a person's row fills, in the order of PersonRow.owned."""
SUMMED: Final = frozenset({chart.PLEDGED, chart.SPECIAL, chart.LOANS})
"""Headings that hold nothing of their own: an amount typed for one is held against the sum of its people or contracts."""
KINDS: Final = {"1": "A", "2": "L", "3": "Q", "4": "I", "5": "E"}
MONTHS: Final = 12
MOST_INSTALMENTS: Final = 360
MOST: Final = MOST_BAHT * 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftRow:
    """A row of a draft, kept as JSON by the names of its fields."""

    row: int = 0

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in asdict(self).items()}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Self:
        """From JSON."""
        given = {one.name: kept[one.name] for one in fields(cls) if one.name in kept}
        days = {key: date.fromisoformat(given[key]) for key in DAYS & given.keys() if given[key]}
        tuples = {key: tuple(value) for key, value in given.items() if isinstance(value, list)}
        return cls(**(given | days | tuples))


DAYS: Final = frozenset({"joined_on", "paid_out_on", "first_due"})


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow(DraftRow):
    """A member with what is his: `deposits` are twelve sums of the fiscal year's months, or none. A national ID is sealed."""

    number: str
    name: str = ""
    joined_on: date | None = None
    pledge: int = 0
    pledged: int = 0
    special: int = 0
    dividends: int = 0
    refunds: int = 0
    national_id_sealed: str = ""
    national_id_found: str = ""
    national_id_end: str = ""
    deposits: tuple[int, ...] = ()
    deposits_row: int = 0
    interest_paid: int = 0
    interest_row: int = 0

    @property
    def owned(self) -> tuple[int, int, int, int]:
        """What he has under each of BY_ONE."""
        return (self.pledged, self.special, self.dividends, self.refunds)

    @property
    def deposited(self) -> int:
        """What he brought in the year so far."""
        return sum(self.deposits)


@dataclass(frozen=True, slots=True, kw_only=True)
class LoanRow(DraftRow):
    """A contract that is still owed; `interest_paid` None: as the schedule has it. `guarantors` by number or name."""

    number: str
    member: str = ""
    kind: str = "ordinary"
    method: str = ""
    interest_by: str = "month"
    rate_bp: int = 0
    principal: int = 0
    paid_out_on: date | None = None
    instalments: int = 0
    first_due: date | None = None
    multiple: int = 1
    fine: int = 0
    outstanding: int = 0
    interest_paid: int | None = None
    overdue: int | None = None
    guarantors: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its number without blanks, as its account has it."""
        return "".join(self.number.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyRow(DraftRow):
    """An amount of a heading, debit above nought; of a bank account or a keeper of cash where one is named."""

    code: str
    satang: int = 0
    name: str = ""
    sheet: str = MONEY
    bank: str = ""
    branch: str = ""
    account_no: str = ""
    keeper: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """All that was typed so far."""

    people: tuple[PersonRow, ...] = ()
    loans: tuple[LoanRow, ...] = ()
    money: tuple[MoneyRow, ...] = ()

    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return {part.name: [row.kept() for row in getattr(self, part.name)] for part in fields(self)}

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> "Draft":
        """From JSON; what is missing is empty."""
        return cls(
            people=tuple(PersonRow.of(row) for row in kept.get("people", [])),
            loans=tuple(LoanRow.of(row) for row in kept.get("loans", [])),
            money=tuple(MoneyRow.of(row) for row in kept.get("money", [])),
        )


class Known(NamedTuple):
    """Who stands in the register under a number: his name, whether he is a member now, the hash of his national ID."""

    name: str
    active: bool = True
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a draft is held against: the book's first day, its fiscal year, today, the register, the rules on pledges."""

    opened_on: date
    today: date
    fiscal_year_starts: int = 1
    known: Mapping[str, Known] = field(default_factory=dict)
    pledge_refusal: Callable[[int], str] = lambda _satang: ""

    @property
    def eve(self) -> date:
        """The day of the opening entry."""
        return self.opened_on - timedelta(days=1)

    @property
    def year(self) -> int:
        """The fiscal year of the eve, C.E. of its end."""
        return periods.fiscal_year(self.eve, self.fiscal_year_starts)

    @property
    def mid_year(self) -> bool:
        """Whether the book begins in a fiscal year that was under way."""
        return self.year == periods.fiscal_year(self.opened_on, self.fiscal_year_starts)

    @property
    def months_before(self) -> int:
        """How many months of the fiscal year, the eve's own among them, lie before the book; 0 where it begins with the year."""
        return (self.eve.month - self.fiscal_year_starts) % MONTHS + 1 if self.mid_year else 0

    def month_words(self) -> list[str]:
        """The names of the fiscal year's twelve months."""
        return [month_name((self.fiscal_year_starts - 1 + at) % MONTHS + 1) for at in range(MONTHS)]


class Problem(NamedTuple):
    """What must be mended, and where: sheet, row, column, and what to do."""

    sheet: str
    row: int
    column: str
    words: str


class Line(NamedTuple):
    """A balance of the opening entry, debit above nought: of a heading, of `number`'s own account, or of MoneyRow `place`."""

    code: str
    satang: int
    number: str = ""
    place: int | None = None


@dataclass
class Checked:
    """The dry run: what must be mended, what is worth a look, the lines to post, what is left of each contract's schedule."""

    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    schedules: dict[str, list[Owed]] = field(default_factory=dict)

    @property
    def debit(self) -> int:
        """All debits."""
        return sum(line.satang for line in self.lines if line.satang > 0)

    @property
    def credit(self) -> int:
        """All credits."""
        return -sum(line.satang for line in self.lines if line.satang < 0)

    @property
    def difference(self) -> int:
        """Debits less credits."""
        return self.debit - self.credit

    def say(self, sheet: str, row: int, column: str, words: str) -> None:
        """Something must be mended."""
        self.problems.append(Problem(sheet, row, column, words))

    def warn(self, sheet: str, row: int, column: str, words: str) -> None:
        """Something is worth a look."""
        self.warnings.append(Problem(sheet, row, column, words))
