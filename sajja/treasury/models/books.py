"""A kept book's rules, and which account of the ledger is which member's."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sajja.groups.models import GroupBook, Member
from sajja.ledger.models import Account


class InterestBase(models.TextChoices):
    """What the interest on special savings is reckoned on."""

    LOWEST_OF_MONTH = "lowest_of_month", "ยอดต่ำสุดของแต่ละเดือน"
    DAILY = "daily", "ยอดคงเหลือรายวัน"


class BookRules(models.Model):
    """How this book is kept, from a day on; the newest counting row until a day holds. Money in satang.

    What the group's regulation says (pledge unit, collecting day, rates, fiscal year) stands there, not here.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="rules")
    in_force_from = models.DateField()
    late_fine_satang = models.BigIntegerField(default=0)
    entry_fee_satang = models.BigIntegerField(default=0)
    special_interest_base = models.CharField(max_length=20, choices=InterestBase.choices, default=InterestBase.LOWEST_OF_MONTH)
    special_interest_days = models.CharField(max_length=60, default="06-30 12-31")
    grace_days = models.PositiveSmallIntegerField(default=0)
    cash_limit_satang = models.BigIntegerField(default=500_000)
    bank_within_days = models.PositiveSmallIntegerField(default=3)
    cash_step_satang = models.PositiveSmallIntegerField(default=25)
    collecting_name = models.CharField(max_length=60, blank=True)
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kept", "in_force_from"], condition=Q(counts=True), name="one_counting_rules_per_book_and_day"
            ),
            models.CheckConstraint(
                condition=Q(late_fine_satang__gte=0, entry_fee_satang__gte=0, cash_limit_satang__gte=0),
                name="rules_hold_no_negative_money",
            ),
        ]


class MemberAccount(models.Model):
    """A member's own account under a heading. `base_satang` was brought in, not paid since (opening, transfer)."""

    PATH_FIELD: ClassVar[str] = "member__group__unit__path"

    member = models.ForeignKey(Member, models.PROTECT, related_name="accounts")
    control = models.CharField(max_length=10)
    account = models.OneToOneField(Account, models.PROTECT, related_name="member_account")
    base_satang = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["member", "control"], name="one_account_per_member_and_heading")]
