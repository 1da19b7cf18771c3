"""Loans: what a group offers, each contract with its life, its schedule as it was agreed, its guarantors.

What was paid is not written here: principal is the balance of the contract's own account under 13000, interest the
movements of 41000 about that account. Money in satang, rates in basis points a year.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook, Member, Resolution, percent_of_bp
from sajja.ledger.models import Account, Entry
from sajja.treasury.effective import LAWFUL_BP


class Method(models.TextChoices):
    """How interest and principal are spread (schedule.py)."""

    FLAT = "flat", "คงที่ (คิดจากเงินต้นแรก)"
    EQUAL_INSTALMENT = "declining-equal-instalment", "ลดต้นลดดอก งวดละเท่ากัน"
    EQUAL_PRINCIPAL = "declining-equal-principal", "ลดต้นลดดอก เงินต้นเท่ากันทุกงวด"


class InterestBy(models.TextChoices):
    """Whether interest is that of the schedule's month, or of the days that the money was out."""

    MONTH = "month", "รายเดือน ตามงวด"
    DAY = "day", "รายวัน ตามวันที่ชำระจริง"


class Rounding(models.TextChoices):
    """To the satang."""

    HALF_UP = "half-up", "ปัดครึ่งขึ้น"
    HALF_EVEN = "half-even", "ปัดครึ่งเข้าหาเลขคู่"


class Order(models.TextChoices):
    """What a payment settles first (owing.py); the fine always before all."""

    BY_INSTALMENT = "by-instalment", "ทีละงวด งวดเก่าก่อน ดอกเบี้ยก่อนเงินต้น"
    INTEREST_FIRST = "interest-first", "ดอกเบี้ยทุกงวดที่ถึงกำหนดก่อน แล้วจึงเงินต้น"
    PRINCIPAL_FIRST = "principal-first", "เงินต้นที่ถึงกำหนดก่อน แล้วจึงดอกเบี้ย"


class Terms(models.Model):
    """What a product says and a contract keeps as it was agreed."""

    method = models.CharField(max_length=30, choices=Method.choices, default=Method.EQUAL_INSTALMENT)
    rate_bp = models.PositiveIntegerField()
    yearly_fee_bp = models.PositiveIntegerField(default=0)
    interest_by = models.CharField(max_length=5, choices=InterestBy.choices, default=InterestBy.MONTH)
    grace = models.PositiveSmallIntegerField(default=0)
    multiple_satang = models.PositiveSmallIntegerField(default=1)
    rounding = models.CharField(max_length=10, choices=Rounding.choices, default=Rounding.HALF_UP)
    order = models.CharField(max_length=16, choices=Order.choices, default=Order.BY_INSTALMENT)
    forgives_later_interest = models.BooleanField(default=True)
    fee_satang = models.BigIntegerField(default=0)
    fine_satang = models.BigIntegerField(default=0)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rate_bp__lte=LAWFUL_BP - F("yearly_fee_bp")), name="%(class)s_interest_and_fees_within_the_law"
            ),
            models.CheckConstraint(condition=Q(multiple_satang__in=[1, 100]), name="%(class)s_instalments_in_satang_or_baht"),
            models.CheckConstraint(condition=Q(fee_satang__gte=0, fine_satang__gte=0), name="%(class)s_charges_not_negative"),
            models.CheckConstraint(
                condition=~Q(interest_by="day", method="flat"), name="%(class)s_interest_by_the_day_is_on_what_is_left"
            ),
        ]

    @property
    def rate(self) -> str:
        """12.5 of 1250 basis points."""
        return percent_of_bp(self.rate_bp)

    @property
    def yearly_fee(self) -> str:
        """1 of 100 basis points."""
        return percent_of_bp(self.yearly_fee_bp)


class ProductKind(models.TextChoices):
    """What a loan of this product is for."""

    ORDINARY = "ordinary", "เงินกู้สามัญ"
    EMERGENCY = "emergency", "เงินกู้ฉุกเฉิน"
    OTHER = "other", "เงินกู้อื่น"


class LoanProduct(Terms):
    """A kind of loan that the group offers; changed by ending it and making another. `savings_times`: at most so many
    times the member's pledged savings; None: no such ceiling. `multiple_satang`: an instalment is a multiple of it."""

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="loan_products")
    kind = models.CharField(max_length=10, choices=ProductKind.choices, default=ProductKind.ORDINARY)
    name = models.CharField(max_length=80)
    most_instalments = models.PositiveSmallIntegerField(default=12)
    most_satang = models.BigIntegerField(null=True)
    savings_times = models.PositiveSmallIntegerField(null=True)
    guarantors_wanted = models.PositiveSmallIntegerField(default=2)
    active = models.BooleanField(default=True)

    class Meta(Terms.Meta):
        constraints: ClassVar = [
            *Terms.Meta.constraints,
            models.UniqueConstraint(fields=["kept", "name"], condition=Q(active=True), name="one_active_product_per_name"),
            models.CheckConstraint(
                condition=Q(most_instalments__gte=1, most_instalments__lte=360), name="product_has_instalments"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Purpose(models.TextChoices):
    """What the borrower needs the money for."""

    OCCUPATION = "occupation", "ประกอบอาชีพ"
    EDUCATION = "education", "การศึกษา"
    HOUSEHOLD = "household", "ใช้จ่ายในครัวเรือน"
    HOUSE = "house", "ที่อยู่อาศัย"
    DEBT = "debt", "ชำระหนี้เดิม"
    EMERGENCY = "emergency", "เหตุฉุกเฉิน"
    OTHER = "other", "อื่น ๆ"


class LoanStateNow(models.TextChoices):
    """Where a loan stands (lives.py)."""

    APPLIED = "applied", "รอมติ"
    APPROVED = "approved", "อนุมัติแล้ว รอจ่ายเงิน"
    REFUSED = "refused", "ไม่อนุมัติ"
    WITHDRAWN = "withdrawn", "ยกเลิก"
    NORMAL = "normal", "ปกติ"
    CLOSED = "closed", "ปิดสัญญา"
    TAKEN_OVER = "taken_over", "ผู้ค้ำรับภาระแล้ว"
    WRITTEN_OFF = "written_off", "ตัดหนี้สูญ"


class Loan(Terms):
    """An application that may become a contract; its terms are the product's of the day it was approved.

    `number` and `account` come with the approval (contract L1, account 13000:L1); `first_due` with the contract.
    `interest_before_satang` is what was paid before this book knew the loan, `paid_instalments_before` how many.
    `succeeds` is the contract that a guarantor took this one over from. `stepped_out` is recorded where the borrower or
    a guarantor sits on the committee that resolved.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="loans")
    member = models.ForeignKey(Member, models.PROTECT, related_name="loans")
    product = models.ForeignKey(LoanProduct, models.PROTECT, related_name="loans")
    state = models.CharField(max_length=12, choices=LoanStateNow.choices, default=LoanStateNow.APPLIED)
    number = models.CharField(max_length=20, blank=True)
    account = models.OneToOneField(Account, models.PROTECT, null=True, related_name="loan")
    applied_on = models.DateField()
    asked_satang = models.BigIntegerField()
    asked_instalments = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    purpose_words = models.CharField(max_length=150, blank=True)
    spouse = models.CharField(max_length=150, blank=True)
    spouse_agreed_on = models.DateField(null=True)
    principal_satang = models.BigIntegerField(default=0)
    instalments = models.PositiveSmallIntegerField(default=0)
    first_due = models.DateField(null=True)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="+")
    stepped_out = models.CharField(max_length=300, blank=True)
    contract_on = models.DateField(null=True)
    paid_out_on = models.DateField(null=True)
    entry = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="loan")
    interest_before_satang = models.BigIntegerField(default=0)
    paid_instalments_before = models.PositiveSmallIntegerField(default=0)
    succeeds = models.ForeignKey("self", models.PROTECT, null=True, related_name="successors")
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta(Terms.Meta):
        constraints: ClassVar = [
            *Terms.Meta.constraints,
            models.UniqueConstraint(fields=["kept", "number"], condition=~Q(number=""), name="one_contract_per_number"),
            models.CheckConstraint(condition=Q(asked_satang__gt=0, asked_instalments__gte=1), name="a_loan_is_asked_for"),
            models.CheckConstraint(
                condition=Q(state__in=["applied", "refused", "withdrawn"])
                | (~Q(number="") & Q(account__isnull=False, principal_satang__gt=0, instalments__gte=1)),
                name="an_approved_loan_has_its_contract",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["normal", "closed", "taken_over", "written_off"]) | Q(paid_out_on__isnull=False),
                name="an_owed_loan_was_paid_out",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kept", "state"], name="loan_by_book_and_state")]

    def __str__(self) -> str:
        return self.number or str(self.product)

    def get_absolute_url(self) -> str:
        """The loan's page."""
        return reverse("treasury:loan", args=[self.pk])

    @property
    def told(self) -> str:
        """Which loan it is, for lists of other rooms."""
        return _("เงินกู้ %(loan)s ของ %(member)s") % {"loan": self, "member": self.member}

    @property
    def chip(self) -> str:
        """How its state looks."""
        return {"normal": "ok", "applied": "wait", "approved": "wait", "written_off": "late"}.get(self.state, "idle")


class LoanMove(models.Model):
    """A step of a loan's life, never changed: which move, when it held, who recorded it, what allowed it."""

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=12)
    state = models.CharField(max_length=12, choices=LoanStateNow.choices)
    on = models.DateField()
    why = models.CharField(max_length=300, blank=True)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="+")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="+")
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    @property
    def told(self) -> str:
        """Which loan it is a step of."""
        return self.loan.told


class PlanKind(models.TextChoices):
    """Why a loan has this schedule."""

    CONTRACT = "contract", "ตามสัญญา"
    OPENING = "opening", "ยอดยกมา"
    DEFERRAL = "deferral", "ผ่อนผัน"
    RESCHEDULE = "reschedule", "ปรับโครงสร้างหนี้"
    TAKEOVER = "takeover", "ผู้ค้ำรับภาระ"


class LoanPlan(models.Model):
    """A schedule as it was agreed; the newest one counting of a day holds. Number 1 is the contract's (or the opening's).

    `principal_satang` is what was owed when it began, `interest_before_satang` all interest received until then: what was
    paid under this plan is what was paid since.
    """

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=PlanKind.choices)
    from_on = models.DateField()
    principal_satang = models.BigIntegerField()
    interest_before_satang = models.BigIntegerField(default=0)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="+")
    why = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["loan", "number"], name="one_plan_per_number"),
            models.CheckConstraint(condition=Q(principal_satang__gt=0), name="a_plan_pays_something_back"),
        ]

    def __str__(self) -> str:
        return f"{self.loan} {self.get_kind_display()}"

    @property
    def told(self) -> str:
        """Which loan is paid by it."""
        return f"{self.loan.told} ({self.get_kind_display()})"


class Instalment(models.Model):
    """A line of a schedule: when, how much principal, how much interest. Satang."""

    plan = models.ForeignKey(LoanPlan, models.PROTECT, related_name="instalments")
    no = models.PositiveSmallIntegerField()
    due = models.DateField()
    principal_satang = models.BigIntegerField()
    interest_satang = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "no"], name="one_instalment_per_number"),
            models.CheckConstraint(condition=Q(principal_satang__gte=0, interest_satang__gte=0), name="instalment_not_negative"),
        ]


class Guarantor(models.Model):
    """Who answers for a loan: a member, or another person by name. `freed_on`: no more, and why. Never a joint debtor."""

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="guarantors")
    position = models.PositiveSmallIntegerField()
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="guarantees")
    name = models.CharField(max_length=150)
    address = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True)
    freed_on = models.DateField(null=True)
    freed_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["loan", "position"], name="one_guarantor_per_place"),
            models.UniqueConstraint(
                fields=["loan", "member"], condition=Q(member__isnull=False), name="a_member_guarantees_a_loan_once"
            ),
            models.CheckConstraint(condition=Q(freed_on__isnull=True) | ~Q(freed_because=""), name="who_is_freed_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.name


class GuarantorNotice(models.Model):
    """A written notice of default to a guarantor (Civil and Commercial Code 686: within 60 days of `default_on`)."""

    guarantor = models.ForeignKey(Guarantor, models.PROTECT, related_name="notices")
    default_on = models.DateField()
    sent_on = models.DateField()
    how = models.CharField(max_length=100)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["guarantor", "default_on"], name="one_notice_per_default"),
            models.CheckConstraint(condition=Q(sent_on__gte=F("default_on")), name="notice_follows_the_default"),
        ]


class GuarantorConsent(models.Model):
    """A guarantor agreed in writing to a deferral or another schedule (Civil and Commercial Code 700)."""

    plan = models.ForeignKey(LoanPlan, models.PROTECT, related_name="consents")
    guarantor = models.ForeignKey(Guarantor, models.PROTECT, related_name="consents")
    on = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "guarantor"], name="one_consent_per_plan")]


class FineWaiver(models.Model):
    """Fines that the committee resolved not to ask of a loan for payments from one day to another, both inclusive."""

    loan = models.ForeignKey(Loan, models.PROTECT, related_name="waivers")
    first = models.DateField()
    last = models.DateField()
    resolution = models.ForeignKey(Resolution, models.PROTECT, related_name="+")
    why = models.CharField(max_length=300)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="waiver_ends_after_it_begins")]

    @property
    def told(self) -> str:
        """Which loan's fines are not asked."""
        return _("การยกเว้นค่าปรับ %(loan)s") % {"loan": self.loan.told}
