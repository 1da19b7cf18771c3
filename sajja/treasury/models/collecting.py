"""The collecting day: a sheet of the whole group, its lines, and the group's own columns."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sajja.groups.models import GroupBook, Member
from sajja.ledger.models import Account, Entry


class ColumnKind(models.TextChoices):
    """Whose the money of a column is."""

    FUND = "fund", "กองทุนของกลุ่ม"
    HELD = "held_for_others", "รับแทนผู้อื่น"


class SheetColumn(models.Model):
    """A column of the group's own beside savings: welfare, funeral, another fund's money."""

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="columns")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=60)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ColumnKind.choices)
    default_satang = models.BigIntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kept", "name"], condition=Q(active=True), name="one_active_column_per_name"),
            models.CheckConstraint(condition=Q(default_satang__gte=0), name="column_default_is_not_negative"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """As SheetLine.others names it."""
        return str(self.pk)


class DifferenceHow(models.TextChoices):
    """What was done about cash that does not tie."""

    NONE = "none", "ไม่มีผลต่าง"
    CHARGED = "charged", "ลงเป็นลูกหนี้ผู้รับผิดชอบ"
    TAKEN_IN = "taken_in", "ลงเป็นรายได้อื่น"
    EXPLAINED = "explained", "บอกเหตุผล"


class CollectingDay(models.Model):
    """A posted sheet: number 0 is the month's own, 1 and on are supplementary (ใบเสริม). Satang; counted None: not counted.

    `counted` is {piece in satang: number}; `odd_satang` is what no coin can make up of the cash expected.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="days")
    date = models.DateField()
    name = models.CharField(max_length=60)
    sheet = models.PositiveSmallIntegerField(default=0)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="collecting_day")
    cash = models.ForeignKey(Account, models.PROTECT, related_name="+")
    memo = models.CharField(max_length=300, blank=True)
    counted = models.JSONField(null=True)
    counted_satang = models.BigIntegerField(null=True)
    odd_satang = models.PositiveSmallIntegerField(default=0)
    expected_cash_satang = models.BigIntegerField()
    difference_entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="+")
    difference_how = models.CharField(max_length=10, choices=DifferenceHow.choices, default=DifferenceHow.NONE)
    difference_words = models.CharField(max_length=300, blank=True)
    charged = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    posted_by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kept", "date", "sheet"], name="one_sheet_per_day_and_number"),
            models.CheckConstraint(
                condition=~Q(difference_how="none")
                | Q(counted_satang__isnull=True)
                | Q(counted_satang=F("expected_cash_satang") - F("odd_satang")),
                name="a_days_difference_is_booked_or_explained",
            ),
            models.CheckConstraint(
                condition=~Q(difference_how="explained") | ~Q(difference_words=""), name="an_explained_difference_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def difference(self) -> int:
        """Cash counted less cash expected; nought where it was not counted."""
        return 0 if self.counted_satang is None else self.counted_satang + self.odd_satang - self.expected_cash_satang


class SheetLine(models.Model):
    """What one member brought on a sheet, as it was written; a correction is a reversal and another line.

    `others` is {key of a SheetColumn: satang}; `loan` [[contract account, principal, interest, fine], …].
    """

    day = models.ForeignKey(CollectingDay, models.PROTECT, related_name="lines")
    member = models.ForeignKey(Member, models.PROTECT, related_name="sheet_lines")
    receipt = models.PositiveIntegerField()
    method = models.CharField(max_length=10)
    transfer_at = models.TimeField(null=True)
    transfer_digits = models.CharField(max_length=10, blank=True)
    bank = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    paper_book = models.CharField(max_length=20, blank=True)
    paper_no = models.CharField(max_length=20, blank=True)
    brought_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    pledged = models.BigIntegerField(default=0)
    special = models.BigIntegerField(default=0)
    fine = models.BigIntegerField(default=0)
    fee = models.BigIntegerField(default=0)
    others = models.JSONField(default=dict)
    loan = models.JSONField(default=list)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["day", "member"], name="one_line_per_member_and_sheet"),
            models.UniqueConstraint(fields=["day", "receipt"], name="one_line_per_receipt"),
            models.CheckConstraint(
                condition=Q(method="cash", bank__isnull=True) | Q(method="transfer", bank__isnull=False),
                name="a_transfer_names_its_bank",
            ),
        ]

    @property
    def loans(self) -> int:
        """What was paid on loans: principal, interest and fines."""
        return sum(sum(parts[1:]) for parts in self.loan)

    @property
    def others_total(self) -> int:
        """What the group's own columns took."""
        return sum(self.others.values())

    @property
    def besides(self) -> int:
        """What is not savings: fine, fee, columns, loans."""
        return self.fine + self.fee + self.others_total + self.loans

    @property
    def total(self) -> int:
        """All that the member handed over."""
        return self.pledged + self.special + self.besides
