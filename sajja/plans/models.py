"""The group's development plan, its lines and its two signatures."""

from typing import ClassVar, NamedTuple

from django.db import models
from django.db.models import F, Q

from sajja.assessments.models import Indicator
from sajja.org.models import Person
from sajja.programme.models import Revision, SelectedGroup


class Plan(models.Model):
    """แผนการพัฒนากลุ่ม (4.6), which is the แผนการบริหารจัดการ of the KPI. Counts from the second signature on."""

    PATH_FIELD: ClassVar[str] = "selected__group__unit__path"

    selected = models.OneToOneField(SelectedGroup, models.PROTECT, related_name="plan")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"แผน {self.selected}"


class Aim(NamedTuple):
    """What a line wants to reach: an indicator that was not passed, or (None) the group's own wish."""

    line: int
    indicator: Indicator | None
    activity: str
    name: str
    passed: bool


class PlanLine(models.Model):
    """One line: from an indicator not passed, or of the group's own choice (indicator null). Money in satang, dates inclusive."""

    PATH_FIELD: ClassVar[str] = "plan__selected__group__unit__path"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="lines")
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    position = models.PositiveSmallIntegerField()
    activity = models.CharField(max_length=500)
    owner = models.CharField(max_length=150, blank=True)
    starts = models.DateField(null=True)
    ends = models.DateField(null=True)
    money_satang = models.BigIntegerField(default=0)
    money_source = models.CharField(max_length=150, blank=True)
    success = models.CharField(max_length=300, blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")
    removed_at = models.DateTimeField(null=True)

    done: "LineDone | None" = None  # set by queries.lines_of
    passed: bool = False  # set by queries.lines_of
    aims: "list[Aim]" = []  # set by queries.lines_of

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(money_satang__gte=0), name="plan_money_is_not_negative"),
            models.CheckConstraint(
                condition=Q(starts__isnull=True) | Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="plan_line_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.activity


class PlanSignature(models.Model):
    """A signature under the plan: the chair's (his own, or on paper as the officer recorded) and the district head's."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="signatures")
    seat = models.CharField(max_length=5, choices=[("chair", "ประธานกลุ่ม"), ("head", "พัฒนาการอำเภอ")])
    name = models.CharField(max_length=150)
    on_paper = models.BooleanField(default=False)
    day = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plan", "seat"], condition=Q(withdrawn_at__isnull=True), name="one_signature_per_seat"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_seat_display()}: {self.name}"


class LineDone(models.Model):
    """ดำเนินการแล้ว: that a line was done, when and with what evidence; a mistake is taken back with a reason."""

    PATH_FIELD: ClassVar[str] = "line__plan__selected__group__unit__path"

    line = models.ForeignKey(PlanLine, models.PROTECT, related_name="done_marks")
    day = models.DateField()
    note = models.CharField(max_length=500)
    picture = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["line"], condition=Q(taken_back_at__isnull=True), name="one_done_mark_per_line")
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.day}"
