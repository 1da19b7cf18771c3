"""The members of a group, their families and pledges, its meetings and resolutions, and which book is the group's."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from sajja.groups.models.register import ImportState, SavingsGroup, Sex, percent_of_bp
from sajja.ledger.models import Book
from sajja.lib.national_id import masked_end


class MeetingKind(models.TextChoices):
    """Who met."""

    COMMITTEE = "committee", "ประชุมคณะกรรมการ"
    GENERAL = "general", "ประชุมใหญ่สมาชิก"
    OTHER = "other", "ประชุมอื่น"


class Meeting(models.Model):
    """A meeting of the group: the day, who met, how many came."""

    PATH_FIELD: ClassVar[str] = "group__unit__path"

    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="meetings")
    day = models.DateField()
    kind = models.CharField(max_length=10, choices=MeetingKind.choices)
    place = models.CharField(max_length=150, blank=True)
    present_count = models.PositiveIntegerField()
    members_count = models.PositiveIntegerField(null=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(members_count__isnull=True) | Q(present_count__lte=F("members_count")),
                name="present_are_not_more_than_members",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.day}"


class ResolutionAbout(models.TextChoices):
    """What a resolution lets the group do."""

    FREE = "free", "เรื่องทั่วไป"
    JOIN = "join", "รับสมาชิก"
    LEAVE = "leave", "ให้พ้นสมาชิกภาพ"
    SPEND = "spend", "อนุมัติจ่ายเงิน"
    LOAN = "loan", "เงินกู้"
    WAIVER = "waiver", "ยกเว้นค่าปรับ"
    WRITE_OFF = "write_off", "ตัดหนี้สูญ"
    ALLOWANCE = "allowance", "ตั้งค่าเผื่อหนี้สงสัยจะสูญ"
    APPROPRIATION = "appropriation", "จัดสรรกำไร"
    REOPEN = "reopen", "เปิดงวดบัญชี"


class Resolution(models.Model):
    """What a meeting resolved; its text never changes, a wrong one is struck with the reason."""

    PATH_FIELD: ClassVar[str] = "meeting__group__unit__path"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="resolutions")
    number = models.CharField(max_length=20)
    text = models.CharField(max_length=600)
    about = models.CharField(max_length=15, choices=ResolutionAbout.choices, default=ResolutionAbout.FREE)
    struck_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "number"], name="one_resolution_per_number_and_meeting")
        ]

    def __str__(self) -> str:
        return f"มติที่ {self.number}"


class Family(models.Model):
    """Members of one household; dividends are also listed by family."""

    PATH_FIELD: ClassVar[str] = "group__unit__path"

    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="families")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "code"], name="one_family_per_code")]

    def __str__(self) -> str:
        return self.name or self.code


class MemberKind(models.TextChoices):
    """What sort of member someone is; honorary members take no loans."""

    ORDINARY = "ordinary", "สามัญ"
    ASSOCIATE = "associate", "สมทบ"
    HONORARY = "honorary", "กิตติมศักดิ์"
    CHILD = "child", "เด็กและเยาวชน"


class MemberStatus(models.TextChoices):
    """Where a membership stands."""

    ACTIVE = "active", "เป็นสมาชิก"
    LEFT = "left", "ลาออกหรือพ้นสมาชิกภาพ"
    DIED = "died", "เสียชีวิต"


class Member(models.Model):
    """A member as the group's own application form has it. `number` is what the group writes; `order` sorts numbers.

    The national ID is kept sealed (web.vault) and found by a keyed hash; nothing else holds its digits.
    """

    PATH_FIELD: ClassVar[str] = "group__unit__path"

    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="members")
    number = models.CharField(max_length=20)
    order = models.CharField(max_length=60)
    call_position = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=150)
    sort_name = models.CharField(max_length=300)
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    born_on = models.DateField(null=True)
    kind = models.CharField(max_length=10, choices=MemberKind.choices, default=MemberKind.ORDINARY)
    joined_on = models.DateField()
    status = models.CharField(max_length=6, choices=MemberStatus.choices, default=MemberStatus.ACTIVE)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    marital_status = models.CharField(max_length=30, blank=True)
    spouse_name = models.CharField(max_length=150, blank=True)
    occupation = models.CharField(max_length=150, blank=True)
    side_occupation = models.CharField(max_length=150, blank=True)
    income_satang = models.BigIntegerField(null=True)
    other_memberships = models.CharField(max_length=300, blank=True)
    family = models.ForeignKey(Family, models.PROTECT, null=True, related_name="members")
    guardian = models.ForeignKey("self", models.PROTECT, null=True, related_name="wards")
    national_id_sealed = models.CharField(max_length=200, blank=True)
    national_id_found = models.CharField(max_length=64, blank=True)
    national_id_end = models.CharField(max_length=3, blank=True)
    witnesses = models.CharField(max_length=300, blank=True)
    resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="+")
    ended_resolution = models.ForeignKey(Resolution, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "number"], name="one_member_per_number"),
            models.UniqueConstraint(
                fields=["group", "national_id_found"], condition=~Q(national_id_found=""), name="one_member_per_national_id"
            ),
            models.CheckConstraint(
                condition=Q(status="active", ended_on__isnull=True) | (~Q(status="active") & Q(ended_on__isnull=False)),
                name="only_an_ended_membership_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("joined_on")), name="membership_ends_after_it_began"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["group", "call_position"], name="member_group_call")]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def get_absolute_url(self) -> str:
        """The gathered page of the member."""
        return reverse("desk:member", args=[self.pk])

    @property
    def is_active(self) -> bool:
        """Whether the membership goes on."""
        return self.status == MemberStatus.ACTIVE

    @property
    def national_id_masked(self) -> str:
        """Its last three digits alone: x-xxxx-xxxxx-12-1; nothing where none is kept."""
        return masked_end(self.national_id_end)


class MemberChange(models.Model):
    """What was changed on a member, from what to what, and why. A national ID is told without its digits."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="changes")
    field = models.CharField(max_length=40)
    before = models.CharField(max_length=300, blank=True)
    after = models.CharField(max_length=300, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()


class Pledge(models.Model):
    """What a member pledges a month, from the first of a month on; the newest counting row of a month holds."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="pledges")
    effective_from = models.DateField()
    amount_satang = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "effective_from"], condition=Q(counts=True), name="one_counting_pledge_per_month"
            ),
            models.CheckConstraint(condition=Q(amount_satang__gte=0), name="pledge_is_not_negative"),
        ]


class Beneficiary(models.Model):
    """Who gets a member's savings after death; the counting rows of a member add to 10,000 basis points."""

    member = models.ForeignKey(Member, models.PROTECT, related_name="beneficiaries")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    relation = models.CharField(max_length=60, blank=True)
    share_bp = models.PositiveIntegerField()
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["member", "position"], condition=Q(counts=True), name="one_counting_beneficiary_per_place"
            ),
            models.CheckConstraint(condition=Q(share_bp__gt=0, share_bp__lte=10000), name="beneficiary_has_a_share"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def share(self) -> str:
        """33.33 of 3333 basis points."""
        return percent_of_bp(self.share_bp)


class GroupBook(models.Model):
    """That a book of the ledger is this group's, and what for; one of them is its savings book."""

    PATH_FIELD: ClassVar[str] = "group__unit__path"

    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="books")
    book = models.OneToOneField(Book, models.PROTECT, related_name="group_book")
    purpose = models.CharField(max_length=100)
    is_savings = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group"], condition=Q(is_savings=True), name="one_savings_book_per_group")
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.purpose}"


class MemberImport(models.Model):
    """A sheet of members that someone of the group uploaded: read, shown, confirmed, and only then done, all or nothing.

    `rows` are the checked rows (see member_sheet.Wanted) with every national ID sealed, `errors` the rows to mend without one.
    """

    PATH_FIELD: ClassVar[str] = "group__unit__path"

    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="member_imports")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField()
    errors = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.READ)
    row_count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.file_name

    @property
    def chip(self) -> str:
        """How its state looks."""
        return {"read": "wait", "done": "ok", "wrong": "late"}.get(self.state, "idle")
