"""What a voucher says beyond its entry in the ledger, and the persons who sign beside the one who enters."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from sajja.groups.models import CommitteeMember, GroupBook, Member, Resolution, SavingsGroup
from sajja.ledger.models import Entry


class VoucherKind(models.TextChoices):
    """The paper that an entry is."""

    RECEIPT = "receipt", "ใบสำคัญรับ"
    PAYMENT = "payment", "ใบสำคัญจ่าย"
    GENERAL = "general", "ใบสำคัญทั่วไป"


class Method(models.TextChoices):
    """How the money moved."""

    CASH = "cash", "เงินสด"
    TRANSFER = "transfer", "ผ่านธนาคาร"
    NONE = "none", "ไม่มีเงินเคลื่อนไหว"


class WelfareKind(models.TextChoices):
    """What welfare was paid for; nothing more is kept, for a claim may tell of a person's health."""

    BIRTH = "birth", "เกิด"
    SICKNESS = "sickness", "เจ็บป่วย"
    DEATH = "death", "เสียชีวิต"
    OTHER = "other", "อื่น ๆ"


class Voucher(models.Model):
    """The paper side of an entry made by a voucher's form: who paid or was paid, the paper's own number, what allowed it."""

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="paper")
    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="vouchers")
    kind = models.CharField(max_length=10, choices=VoucherKind.choices)
    party = models.CharField(max_length=150, blank=True)
    paper_no = models.CharField(max_length=40, blank=True)
    method = models.CharField(max_length=10, choices=Method.choices)
    welfare = models.CharField(max_length=10, choices=WelfareKind.choices, blank=True)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return str(self.entry)

    def get_absolute_url(self) -> str:
        """The voucher's page."""
        return reverse("treasury:voucher", args=[self.pk])

    @property
    def told(self) -> str:
        """ใบสำคัญจ่าย 2564/003 ค่าเช่าห้องประชุม."""
        return f"{self.get_kind_display()} {self.entry}"


class Way(models.TextChoices):
    """How a second person confirms: by a PIN on the same phone, by a printed slip, or signed in under an own name."""

    PIN = "pin", "รหัส PIN"
    SLIP = "slip", "ใบลงชื่อ"
    SELF = "self", "ลงชื่อเข้าใช้เอง"


class Second(models.Model):
    """A person who signs an act beside the one who entered it. `about` is the thing's plain key, `ledger.Entry:123`.

    Not confirmed until `confirmed_at`: by PIN or by signing in at once, by a slip when its number and the day of the
    signature are typed. `pin_doubtful`: by a PIN that was set on another's account and that nobody has vouched for yet.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="seconds")
    about = models.CharField(max_length=80, db_index=True)
    about_name = models.CharField(max_length=300, blank=True)
    role = models.CharField(max_length=80)
    name = models.CharField(max_length=150)
    committee = models.ForeignKey(CommitteeMember, models.PROTECT, null=True, related_name="+")
    member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=4, choices=Way.choices)
    slip_no = models.PositiveIntegerField(null=True)
    asked_by = models.CharField(max_length=80)
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True)
    pin_doubtful = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kept", "slip_no"], condition=Q(slip_no__isnull=False), name="one_signature_per_slip_number"
            ),
            models.UniqueConstraint(fields=["about", "role"], name="one_person_signs_each_role"),
            models.CheckConstraint(condition=~Q(way="slip") | Q(slip_no__isnull=False), name="a_slip_has_a_number"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(signed_on__isnull=False), name="confirmed_signature_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.name}"

    @property
    def slip(self) -> str:
        """The number as the slip prints it: 0007."""
        return f"{self.slip_no:04}" if self.slip_no else ""


class Pin(models.Model):
    """The six digits by which a person confirms on another's phone, as a hash. `tries` counts wrong ones since the last right
    one; five lock it until `locked_until`. `vouched_at`: he set it signed in himself, or he or the chair said since that it is his."""

    PATH_FIELD: ClassVar[str] = "group__unit__path"

    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="pins")
    committee = models.OneToOneField(CommitteeMember, models.PROTECT, null=True, related_name="pin")
    member = models.OneToOneField(Member, models.PROTECT, null=True, related_name="pin")
    hash = models.CharField(max_length=200)
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=200)
    tries = models.PositiveSmallIntegerField(default=0)
    locked_until = models.DateTimeField(null=True)
    vouched_at = models.DateTimeField(null=True)
    vouched_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(committee__isnull=True, member__isnull=False) | Q(committee__isnull=False, member__isnull=True),
                name="a_pin_is_one_persons",
            )
        ]

    def __str__(self) -> str:
        return str(self.committee or self.member)

    @property
    def name(self) -> str:
        """Whose it is."""
        person = self.committee or self.member
        return person.name if person else ""
