"""The tables of double entry: a movement is an arrow from one account to another, so that it balances by its shape.

Amounts are satang, always above nought. Entries and movements are never changed or deleted (see actions/triggers.py) and
lie together by book: `id = book × 2³² + position`. Balances are debits less credits, kept in the posting's transaction.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

ROOM_PER_BOOK = 2**32
"""Ids of one book's entries, and of its movements: from `book × 2³²` up to the next book's."""


class Kind(models.TextChoices):
    """The five kinds of account; a contra account has the kind of what it lowers."""

    ASSET = "A", "สินทรัพย์"
    LIABILITY = "L", "หนี้สิน"
    EQUITY = "Q", "ทุน"
    INCOME = "I", "รายได้"
    EXPENSE = "E", "ค่าใช้จ่าย"


DEBIT_KINDS = {Kind.ASSET, Kind.EXPENSE}


class Floor(models.IntegerChoices):
    """Whether an account's balance, on its own side, may go below nought on any day."""

    FREE = 0
    ALWAYS = 1  # savings, funds, debts
    PAYMENTS = 2  # cash: nothing is paid from an empty box, but a wrong receipt can still be reversed


class Stage(models.IntegerChoices):
    """The part of a month that an entry belongs to; the last two make up period 13, so that each view is a sum."""

    MONTH = 0
    ADJUSTING = 1
    CLOSING = 2


class Book(models.Model):
    """A set of accounts with one chain. `code` holds no blanks and goes into every hash."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=150)
    opened_on = models.DateField()
    fiscal_year_starts = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(fiscal_year_starts__gte=1, fiscal_year_starts__lte=12), name="book_year_starts_in_a_month"
            ),
            models.CheckConstraint(condition=~Q(code__contains=" ") & ~Q(code=""), name="book_code_has_no_blanks"),
        ]

    def __str__(self) -> str:
        return self.name


class BookHead(models.Model):
    """The one row that is locked by posting, closing, reopening and numbering; where the chain ends. Months are 202106."""

    book = models.OneToOneField(Book, models.PROTECT, primary_key=True, related_name="head")
    entries = models.PositiveBigIntegerField(default=0)
    movements = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)
    closed_through = models.PositiveIntegerField(default=0)
    year_closed_through = models.PositiveIntegerField(default=0)


class Numbering(models.Model):
    """The last voucher and receipt number of a book's fiscal year (C.E., by the year in which it ends)."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    entries = models.PositiveIntegerField(default=0)
    receipts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["book", "year"], name="one_numbering_per_year")]


class Account(models.Model):
    """A heading (control account) or one of the accounts under it; both are kept to date by each posting.

    `balance` is debits less credits in satang; a control account's holds what was posted under it too.
    `last_on` is the day of the newest movement.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="accounts", db_index=False)
    code = models.CharField(max_length=40)
    control = models.ForeignKey("self", models.PROTECT, null=True, related_name="under")
    kind = models.CharField(max_length=1, choices=Kind.choices)
    name = models.CharField(max_length=150)
    floor = models.PositiveSmallIntegerField(choices=Floor.choices, default=Floor.FREE)
    balance = models.BigIntegerField(default=0)
    last_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "code"], name="one_account_per_code"),
            models.CheckConstraint(condition=~Q(code__contains=" ") & ~Q(code=""), name="account_code_has_no_blanks"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def standing(self) -> int:
        """The balance seen from the account's own side: what a member has, what is owed, what was earned. Satang."""
        return self.balance if self.kind in DEBIT_KINDS else -self.balance


class Entry(models.Model):
    """A voucher: the movements `first` … `first + lines − 1`, dated, numbered, chained. `by` is a plain stable key."""

    id = models.BigIntegerField(primary_key=True)
    book = models.ForeignKey(Book, models.PROTECT, related_name="+", db_index=False)
    year = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField()
    date = models.DateField()
    stage = models.PositiveSmallIntegerField(choices=Stage.choices)
    kind = models.CharField(max_length=30)
    memo = models.CharField(max_length=300)
    uuid = models.UUIDField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    first = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["book", "year", "number"], name="one_entry_per_number"),
            models.UniqueConstraint(fields=["book", "uuid"], name="one_entry_per_uuid"),
            models.CheckConstraint(condition=Q(lines__gte=1), name="entry_has_a_movement"),
        ]
        indexes: ClassVar = [models.Index(fields=["book", "date"], name="entry_book_date")]

    def __str__(self) -> str:
        return f"{self.voucher} {self.memo}"

    @property
    def voucher(self) -> str:
        """Its number as people write it, by the B.E. year: 2564/001."""
        return f"{self.year + 543}/{self.number:03}"

    @property
    def position(self) -> int:
        """Which entry of its book it is, from 1."""
        return self.id % ROOM_PER_BOOK


class Movement(models.Model):
    """An arrow: `amount` satang to `debit` from `credit`.

    `receipt` numbers the paper of one member; `about` is the account that an income or fee concerns; `reverses` the
    movement that this one takes back.
    """

    id = models.BigIntegerField(primary_key=True)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="+", db_index=False)
    debit = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    credit = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False)
    amount = models.BigIntegerField()
    receipt = models.PositiveIntegerField(null=True)
    about = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+", db_index=False)
    reverses = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    note = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="movement_amount_above_nought"),
            models.CheckConstraint(condition=~Q(debit=F("credit")), name="movement_has_two_accounts"),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="each_movement_is_reversed_once"
            ),
        ]


class PeriodTotal(models.Model):
    """The turnover of a control account in one month and stage, debits and credits in satang; never a carried balance."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="totals", db_index=False)
    month = models.PositiveIntegerField()
    stage = models.PositiveSmallIntegerField(choices=Stage.choices)
    debits = models.BigIntegerField()
    credits = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "month", "stage"], name="one_total_per_month")]


class PeriodMove(models.Model):
    """That a month (or, with `year`, the year that ends in it) was closed or opened again; never changed.

    `position` is how many entries the book had then. Opening again names a second person and the reason.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="period_moves")
    month = models.PositiveIntegerField()
    year = models.BooleanField(default=False)
    closed = models.BooleanField()
    position = models.PositiveBigIntegerField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    second = models.CharField(max_length=80, blank=True)
    second_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed=True) | (~Q(second="") & ~Q(second=F("by")) & ~Q(reason="")),
                name="reopening_needs_a_second_person_and_a_reason",
            )
        ]
