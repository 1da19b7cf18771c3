"""What is done with savings besides the collecting day: interest, leaving, passbooks, confirmations."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook, Member, Resolution
from sajja.ledger.models import Entry


class InterestRun(models.Model):
    """Interest credited to all special savings on a day, once; `rows` tell how each amount came about."""

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="interest_runs")
    first = models.DateField()
    day = models.DateField()
    base = models.CharField(max_length=20)
    rate_bp = models.PositiveIntegerField()
    rows = models.JSONField()
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="interest_run")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kept", "day"], condition=Q(counts=True), name="one_interest_run_per_book_and_day")
        ]


class Settlement(models.Model):
    """What a member who leaves, or the heirs of one who died, were paid: pledged and special, less what his loans were settled with.

    What still waits is the balance of the member's account under 23300 (queries.savings.waiting). `fetched` is the entry
    that paid it; a settlement taken back stays and does not count.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    class Why(models.TextChoices):
        """How the membership ended."""

        LEFT = "left", "ลาออกหรือพ้นสมาชิกภาพ"
        DIED = "died", "เสียชีวิต"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="settlements")
    member = models.ForeignKey(Member, models.PROTECT, related_name="settlements")
    why = models.CharField(max_length=6, choices=Why.choices)
    day = models.DateField()
    pledged_satang = models.BigIntegerField()
    special_satang = models.BigIntegerField()
    debt_satang = models.BigIntegerField(default=0)
    heirs = models.JSONField(default=list)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="+")
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="settlement")
    fetched = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="fetched_settlement")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)
    taken_back_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["member"], condition=Q(counts=True), name="one_counting_settlement_per_member")
        ]

    def get_absolute_url(self) -> str:
        """The settlement sheet."""
        return reverse("treasury:settlement", args=[self.pk])

    @property
    def told(self) -> str:
        """Which sheet it is, for lists of other rooms."""
        return _("ใบสรุปจ่ายคืน %(member)s") % {"member": self.member}

    @property
    def total_satang(self) -> int:
        """What the member had."""
        return self.pledged_satang + self.special_satang - self.debt_satang


class PassbookMark(models.Model):
    """Up to which movement a member's passbook was written; the newest row counts."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="passbook_marks")
    through = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()


class ConfirmationAnswer(models.TextChoices):
    """What came back on a confirmation slip."""

    NONE = "", "ยังไม่ตอบ"
    AGREES = "agrees", "ตรงกัน"
    DIFFERS = "differs", "ไม่ตรง"


class BalanceConfirmation(models.Model):
    """A slip that asks a member whether the book's balance is his own too, what came back, and how a difference was solved."""

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="confirmations")
    member = models.ForeignKey(Member, models.PROTECT, related_name="confirmations")
    on = models.DateField()
    pledged_satang = models.BigIntegerField()
    special_satang = models.BigIntegerField()
    answer = models.CharField(max_length=8, choices=ConfirmationAnswer.choices, blank=True)
    said_satang = models.BigIntegerField(null=True)
    solved = models.CharField(max_length=300, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kept", "member", "on"], name="one_confirmation_per_member_and_day")
        ]


class MemberSlip(models.Model):
    """A paper for one member: what stood for him on a day and where the book's chain stood, read again by whoever holds its code.

    The code itself is not kept, its sha256 is. It ends after 90 days, or is called in with a reason; satang.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="slips")
    member = models.ForeignKey(Member, models.PROTECT, related_name="slips")
    on = models.DateField()
    until = models.DateField()
    pledged_satang = models.BigIntegerField()
    special_satang = models.BigIntegerField()
    owed_satang = models.BigIntegerField()
    entries = models.PositiveIntegerField()
    head = models.CharField(max_length=64)
    salt = models.CharField(max_length=32)
    code_sha256 = models.CharField(max_length=64, unique=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    called_in_at = models.DateTimeField(null=True)
    called_in_because = models.CharField(max_length=300, blank=True)
    called_in_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gt=models.F("on")), name="a_slip_ends_after_its_day"),
            models.CheckConstraint(
                condition=Q(called_in_at__isnull=True) | ~Q(called_in_because=""), name="a_slip_is_called_in_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return _("ใบแสดงยอดของ %(member)s") % {"member": self.member}
