"""The register of savings groups: what clause 4.2 of the letter reviews."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sajja.lib.thai_dates import month_name
from sajja.org.models import Person, Unit


def percent_of_bp(bp: int) -> str:
    """Basis points as people read them: 1250 → "12.5", 1500 → "15"."""
    return f"{bp // 100}.{bp % 100:02}".rstrip("0").rstrip(".")


class SavingsGroup(models.Model):
    """A savings group for production (กลุ่มออมทรัพย์เพื่อการผลิต), placed in the tree by its unit."""

    PATH_FIELD: ClassVar[str] = "unit__path"

    unit = models.OneToOneField(Unit, models.PROTECT, primary_key=True, related_name="group")
    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=150)
    search_text = models.CharField(max_length=600)
    founded_on = models.DateField(null=True)
    contact_name = models.CharField(max_length=150, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True)
    registered_at = models.DateTimeField()
    registered_by = models.CharField(max_length=200)
    closed_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The gathered page of the group."""
        return self.unit.get_absolute_url()

    @property
    def code_shown(self) -> str:
        """The registered code; nothing where the group has none and its unit's code stands in."""
        return "" if self.code == self.unit.path else self.code


class CentreFounding(models.Model):
    """That a group led the founding (แกนนำในการจัดตั้ง) of a community fund centre."""

    group = models.OneToOneField(SavingsGroup, models.PROTECT, related_name="centre_founding")
    centre_name = models.CharField(max_length=150)
    year = models.PositiveSmallIntegerField()
    evidence = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(year__gte=2500, year__lte=2700), name="centre_year_is_buddhist")
        ]

    def __str__(self) -> str:
        return self.centre_name


class DevelopmentLevel(models.Model):
    """The yearly grading 1–3 (3 = ดี) of a group; the newest row of a year counts, older ones stay."""

    PATH_FIELD: ClassVar[str] = "group__unit__path"

    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="levels")
    fiscal_year = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(level__gte=1, level__lte=3), name="level_is_1_to_3"),
            models.UniqueConstraint(
                fields=["group", "fiscal_year"], condition=Q(counts=True), name="one_counting_level_per_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.fiscal_year}: {self.level}"


class Regulation(models.Model):
    """The group's written rules, in force from a day; corrected, the newer row of a day counts and the older stays.

    Money in satang, rates in basis points (1/100 %).
    """

    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="regulations")
    in_force_from = models.DateField()
    pledge_unit_satang = models.BigIntegerField()
    pledge_units_least = models.PositiveIntegerField()
    pledge_units_most = models.PositiveIntegerField()
    collecting_day = models.PositiveSmallIntegerField()
    loan_interest_bp = models.PositiveIntegerField()
    special_interest_bp = models.PositiveIntegerField(default=0)
    fiscal_year_starts = models.PositiveSmallIntegerField(default=1)
    note = models.CharField(max_length=500, blank=True)
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["group", "in_force_from"], condition=Q(counts=True), name="one_counting_regulation_per_group_and_day"
            ),
            models.CheckConstraint(condition=Q(collecting_day__gte=1, collecting_day__lte=31), name="collecting_day_is_a_day"),
            models.CheckConstraint(condition=Q(loan_interest_bp__lte=1500), name="loan_interest_within_the_law"),
            models.CheckConstraint(
                condition=Q(pledge_units_most__gte=F("pledge_units_least")), name="pledge_most_not_under_least"
            ),
            models.CheckConstraint(
                condition=Q(fiscal_year_starts__gte=1, fiscal_year_starts__lte=12), name="fiscal_year_starts_in_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group} {self.in_force_from}"

    @property
    def loan_interest(self) -> str:
        """12.5 of 1250 basis points."""
        return percent_of_bp(self.loan_interest_bp)

    @property
    def special_interest(self) -> str:
        """1 of 100 basis points."""
        return percent_of_bp(self.special_interest_bp)

    @property
    def first_month(self) -> str:
        """The month in which the group's own year begins."""
        return month_name(self.fiscal_year_starts)


class AppropriationHead(models.Model):
    """How the rules share the net surplus: heads whose basis points add to 10,000."""

    regulation = models.ForeignKey(Regulation, models.PROTECT, related_name="heads")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    share_bp = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["regulation", "position"], name="one_head_per_position")]
        ordering: ClassVar = ["position"]

    def __str__(self) -> str:
        return self.name

    @property
    def share(self) -> str:
        """60 of 6000 basis points."""
        return percent_of_bp(self.share_bp)


class LastAppropriation(models.Model):
    """The last sharing of the surplus as typed from the group's paper: จากสมุดของกลุ่ม ณ วันที่, and who typed it."""

    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="appropriations")
    fiscal_year = models.PositiveSmallIntegerField()
    as_of = models.DateField()
    surplus_satang = models.BigIntegerField()
    to_members_satang = models.BigIntegerField()
    to_community_satang = models.BigIntegerField()
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.group} {self.fiscal_year}"

    @property
    def kept_satang(self) -> int:
        """What neither members nor community got: reserves and the like."""
        return self.surplus_satang - self.to_members_satang - self.to_community_satang


class Section(models.TextChoices):
    """The four sections of a committee."""

    DIRECTING = "directing", "ฝ่ายอำนวยการ"
    PROMOTION = "promotion", "ฝ่ายส่งเสริม"
    LOANS = "loans", "ฝ่ายเงินกู้"
    AUDIT = "audit", "ฝ่ายตรวจสอบ"


class Office(models.TextChoices):
    """The offices of a committee."""

    CHAIR = "chair", "ประธาน"
    VICE = "vice", "รองประธาน"
    SECRETARY = "secretary", "เลขานุการ"
    TREASURER = "treasurer", "เหรัญญิก"
    MEMBER = "member", "กรรมการ"


class Sex(models.TextChoices):
    """As on the sign-in sheet."""

    FEMALE = "female", "หญิง"
    MALE = "male", "ชาย"


class CommitteeMember(models.Model):
    """Someone elected to the committee for a term (both days inclusive); a row written by mistake stays and does not count."""

    PATH_FIELD: ClassVar[str] = "group__unit__path"

    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="committee")
    name = models.CharField(max_length=150)
    sex = models.CharField(max_length=6, choices=Sex.choices)
    section = models.CharField(max_length=10, choices=Section.choices)
    office = models.CharField(max_length=10, choices=Office.choices)
    starts = models.DateField()
    ends = models.DateField(null=True)
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="term_ends_after_it_starts")
        ]

    def __str__(self) -> str:
        return self.name


class ImportState(models.TextChoices):
    """Where an uploaded sheet stands."""

    READ = "read", "รอยืนยัน"
    WRONG = "wrong", "ต้องแก้ไฟล์"
    QUEUED = "queued", "กำลังนำเข้า"
    DONE = "done", "นำเข้าแล้ว"
    FAILED = "failed", "นำเข้าไม่สำเร็จ"
    DROPPED = "dropped", "ยกเลิกแล้ว"


class RegisterImport(models.Model):
    """A sheet of groups that someone uploaded: read, shown, confirmed, and only then done, all or nothing.

    `rows` are the checked rows (see sheet.Wanted), `errors` the rows that must be mended with what is wrong in which
    column; the counts say what confirming will make: new groups, groups known already, levels, villages.
    """

    PATH_FIELD: ClassVar[str] = "unit__path"

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()
    errors = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.READ)
    row_count = models.PositiveIntegerField(default=0)
    new_count = models.PositiveIntegerField(default=0)
    known_count = models.PositiveIntegerField(default=0)
    level_count = models.PositiveIntegerField(default=0)
    village_count = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.file_name

    @property
    def chip(self) -> str:
        """How its state looks."""
        return {"read": "wait", "queued": "doing", "done": "ok", "failed": "late", "wrong": "late"}.get(self.state, "idle")
