"""Where the money lies: keepers of cash, bank accounts, counts of cash, and the hand-over of the treasurer's work."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sajja.groups.models import CommitteeMember, GroupBook, Member
from sajja.ledger.models import Account, Entry


class BankAccount(models.Model):
    """A bank account of the group; its account in the book stands under 12100. Both days inclusive."""

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="banks")
    account = models.OneToOneField(Account, models.PROTECT, related_name="bank")
    bank = models.CharField(max_length=80)
    branch = models.CharField(max_length=80, blank=True)
    number = models.CharField(max_length=30)
    name = models.CharField(max_length=150)
    opened = models.DateField()
    ended = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kept", "bank", "number"], name="one_bank_account_per_number"),
            models.CheckConstraint(
                condition=Q(ended__isnull=True) | Q(ended__gte=F("opened")), name="bank_account_ends_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank} {self.masked}"

    @property
    def masked(self) -> str:
        """The last four digits, for everyone who need not write a withdrawal slip."""
        return f"xxx-{''.join(c for c in self.number if c.isdigit())[-4:]}"


class Keeper(models.Model):
    """A person who keeps a part of the cash; the account stands under 11000. Both days inclusive."""

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="keepers")
    account = models.OneToOneField(Account, models.PROTECT, related_name="keeper")
    name = models.CharField(max_length=150)
    committee = models.ForeignKey(CommitteeMember, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    limit_satang = models.BigIntegerField(null=True)
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="keeper_ends_after_starting")
        ]

    def __str__(self) -> str:
        return self.name


class CashCount(models.Model):
    """Cash counted by note and coin against the book; `difference` = counted + odd − book, in satang.

    `odd_satang`: what the book holds below the smallest coin, which nobody can count.

    A difference is charged or taken in by `entry`, or explained by `words`. `notes` is {piece in satang: number}.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="counts")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    keeper = models.ForeignKey(Keeper, models.PROTECT, null=True, related_name="counts")
    on = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    notes = models.JSONField()
    counted_satang = models.BigIntegerField()
    book_satang = models.BigIntegerField()
    odd_satang = models.PositiveSmallIntegerField(default=0)
    difference = models.BigIntegerField()
    words = models.CharField(max_length=300, blank=True)
    charged = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="count")
    uuid = models.UUIDField(null=True, unique=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(difference=F("counted_satang") + F("odd_satang") - F("book_satang")),
                name="difference_is_counted_less_book",
            ),
            models.CheckConstraint(
                condition=Q(difference=0) | Q(entry__isnull=False) | ~Q(words=""), name="a_difference_is_booked_or_explained"
            ),
        ]

    def __str__(self) -> str:
        return self.account.name


class Handover(models.Model):
    """The treasurer's work handed over: cash counted, books, bank books. `entry` moved the cash; None where there was none."""

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="handovers")
    outgoing = models.ForeignKey(Keeper, models.PROTECT, null=True, related_name="+")
    outgoing_name = models.CharField(max_length=150)
    incoming = models.ForeignKey(Keeper, models.PROTECT, related_name="+")
    on = models.DateField()
    notes = models.JSONField()
    cash_satang = models.BigIntegerField()
    books = models.TextField()
    bank_books = models.TextField(blank=True)
    head = models.CharField(max_length=200)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="handover")
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    uuid = models.UUIDField(null=True, unique=True)

    def __str__(self) -> str:
        return f"{self.outgoing_name} → {self.incoming.name}"


class Reconciliation(models.Model):
    """A bank's statement held against the book; done once `done_at` stands. Money in satang.

    `book_satang` is the book's balance at its end, `difference` what is left after the lines that only one side has.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="reconciliations")
    bank = models.ForeignKey(BankAccount, models.PROTECT, related_name="reconciliations")
    starts = models.DateField()
    ends = models.DateField()
    opening_satang = models.BigIntegerField()
    closing_satang = models.BigIntegerField()
    book_satang = models.BigIntegerField(null=True)
    difference = models.BigIntegerField(null=True)
    words = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by_name = models.CharField(max_length=200, blank=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="statement_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["bank"], condition=Q(done_at__isnull=True, dropped_at__isnull=True), name="one_statement_under_way"
            ),
        ]

    def __str__(self) -> str:
        return str(self.bank)


class BankLine(models.Model):
    """A line of a bank's statement; `amount` satang, in above nought."""

    statement = models.ForeignKey(Reconciliation, models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField()
    on = models.DateField()
    text = models.CharField(max_length=150, blank=True)
    amount = models.BigIntegerField()
    balance = models.BigIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["statement", "position"], name="one_bank_line_per_position"),
            models.CheckConstraint(condition=~Q(amount=0), name="bank_line_moves_money"),
        ]


class BankTie(models.Model):
    """That a line of the bank and a movement of the book are one event; written when the statement is done."""

    statement = models.ForeignKey(Reconciliation, models.PROTECT, related_name="ties")
    line = models.ForeignKey(BankLine, models.PROTECT, related_name="ties")
    movement = models.BigIntegerField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["line", "movement"], name="a_line_and_a_movement_tie_once")]
