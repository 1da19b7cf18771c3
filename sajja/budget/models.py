"""The year's money: allocated down to the districts, lent to officers, spent for groups, cleared or returned. Satang.

Nothing is transferred to a group. A row of money is never changed: what was wrong is reversed by a row of its own, and the
sums that stand on `Purse` and `Advance` are kept in the same transaction, with their limits as constraints.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sajja.forums.models import Forum
from sajja.org.models import Person, Unit
from sajja.plans.models import PlanLine
from sajja.programme.models import Place, ProgrammeYear, SelectedGroup


class VoucherKind(models.TextChoices):
    """What was bought."""

    SNACK = "snack", "ค่าอาหารว่าง"
    MATERIALS = "materials", "ค่าวัสดุ"
    OTHER = "other", "ค่าใช้จ่ายอื่น"


class PaperKind(models.TextChoices):
    """What proves it."""

    RECEIPT = "receipt", "ใบเสร็จรับเงิน"
    CERTIFICATE = "certificate", "ใบสำคัญรับเงิน"


class Purse(models.Model):
    """What a unit holds of a year's money: what it received, and what it passed on (allocated further, or out as advances).

    Its row is the lock of everything that changes the two.
    """

    PATH_FIELD: ClassVar[str] = "unit__path"

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="purses")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="purses")
    received_satang = models.BigIntegerField(default=0)
    passed_satang = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "unit"], name="one_purse_per_year_and_unit"),
            models.CheckConstraint(condition=Q(passed_satang__gte=0), name="a_purse_passes_on_no_less_than_nought"),
            models.CheckConstraint(
                condition=Q(passed_satang__lte=F("received_satang")), name="a_purse_passes_on_no_more_than_it_received"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.unit}"

    @property
    def left_satang(self) -> int:
        """ยังไม่จัดสรร, of a district ยังไม่ได้ยืม."""
        return self.received_satang - self.passed_satang


class Allocation(models.Model):
    """จัดสรรงบประมาณ: money from one unit to one under it (to the department from the year itself). A reversal is negative."""

    PATH_FIELD: ClassVar[str] = "unit__path"

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="allocations")
    giver = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")  # None: the year's letter
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="allocations")
    satang = models.BigIntegerField()
    reference = models.CharField(max_length=100, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, satang__gt=0) | Q(reverses__isnull=False, satang__lt=0),
                name="only_a_reversal_of_an_allocation_is_negative",
            )
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.satang}"


class Advance(models.Model):
    """เงินยืม: what an officer holds under a contract until it is cleared. `state` follows `lives.py`; each move is a row."""

    PATH_FIELD: ClassVar[str] = "unit__path"

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="advances")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="advances")  # the district
    number = models.CharField(max_length=40)
    borrower = models.ForeignKey(Person, models.PROTECT, related_name="advances")
    satang = models.BigIntegerField()
    purpose = models.CharField(max_length=300)
    paid_on = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=10, default="draft")
    spent_satang = models.BigIntegerField(default=0)  # what its vouchers count
    returned_satang = models.BigIntegerField(default=0)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "unit", "number"], condition=~Q(state="reversed"), name="one_standing_advance_per_number"
            ),
            models.CheckConstraint(condition=Q(satang__gt=0), name="an_advance_is_above_nought"),
            models.CheckConstraint(
                condition=Q(spent_satang__gte=0, returned_satang__gte=0), name="an_advance_is_spent_and_returned_from_nought"
            ),
            models.CheckConstraint(
                condition=Q(satang__gte=F("spent_satang") + F("returned_satang")), name="no_more_is_cleared_than_was_lent"
            ),
            models.CheckConstraint(condition=Q(due__gte=F("paid_on")), name="an_advance_is_due_after_it_is_paid"),
        ]

    def __str__(self) -> str:
        return f"สัญญาการยืมเงิน {self.number}"

    @property
    def province(self) -> str:
        """The path of its province."""
        return self.unit.path[:2]

    @property
    def left_satang(self) -> int:
        """Neither spent on paper nor returned yet."""
        return self.satang - self.spent_satang - self.returned_satang


class AdvanceMove(models.Model):
    """A move in an advance's life: lent, cleared, checked, approved, sent back, reversed; with the sums of that moment."""

    advance = models.ForeignKey(Advance, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=500, blank=True)
    spent_satang = models.BigIntegerField()
    returned_satang = models.BigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.advance}: {self.state}"


class Voucher(models.Model):
    """ใบสำคัญ: what was bought for a group, on its place of the target. A reversal is negative.

    `satang` is what the paper says, `counted_satang` what clears the advance: a snack counts by heads, the rest is returned.
    """

    PATH_FIELD: ClassVar[str] = "advance__unit__path"

    advance = models.ForeignKey(Advance, models.PROTECT, related_name="vouchers")
    place = models.ForeignKey(Place, models.PROTECT, related_name="vouchers")
    selected = models.ForeignKey(SelectedGroup, models.PROTECT, related_name="vouchers")
    forum = models.ForeignKey(Forum, models.PROTECT, null=True, related_name="vouchers")
    line = models.ForeignKey(PlanLine, models.PROTECT, null=True, related_name="vouchers")
    kind = models.CharField(max_length=10, choices=VoucherKind.choices)
    what = models.CharField(max_length=300)
    seller = models.CharField(max_length=150)
    paper = models.CharField(max_length=12, choices=PaperKind.choices)
    number = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    satang = models.BigIntegerField()
    counted_satang = models.BigIntegerField()
    heads = models.PositiveIntegerField(null=True)
    rate_satang = models.BigIntegerField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=500, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, satang__gt=0, counted_satang__gte=0, counted_satang__lte=F("satang"))
                | Q(reverses__isnull=False, satang__lt=0, counted_satang__lte=0, counted_satang__gte=F("satang")),
                name="only_a_reversal_of_a_voucher_is_negative",
            ),
            models.CheckConstraint(
                condition=~Q(kind="snack") | Q(forum__isnull=False, heads__isnull=False, rate_satang__isnull=False),
                name="a_snack_counts_by_the_heads_of_its_forum",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.number}".strip()

    @property
    def over_satang(self) -> int:
        """What its paper says above what counts: ต้องส่งคืน."""
        return self.satang - self.counted_satang


class Return(models.Model):
    """ส่งคืนเงินยืม: what was not spent, against the office's receipt. A reversal is negative."""

    PATH_FIELD: ClassVar[str] = "advance__unit__path"

    advance = models.ForeignKey(Advance, models.PROTECT, related_name="returns")
    satang = models.BigIntegerField()
    receipt = models.CharField(max_length=60)
    on = models.DateField()
    reason = models.CharField(max_length=500, blank=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversal")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(reverses__isnull=True, satang__gt=0) | Q(reverses__isnull=False, satang__lt=0),
                name="only_a_reversal_of_a_return_is_negative",
            )
        ]

    def __str__(self) -> str:
        return f"ใบเสร็จ {self.receipt}"
