"""District → province → department: what was due when, and every submission, return and acceptance."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sajja.forums.models import Forum
from sajja.org.models import Person, Unit
from sajja.programme.models import ProgrammeYear, Revision


class DistrictReport(models.Model):
    """A district's report on its forum (or on all of them, by the year's terms). States: draft, submitted, returned, accepted."""

    PATH_FIELD: ClassVar[str] = "unit__path"

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="district_reports")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # the group's unit, or the district's
    forum = models.OneToOneField(Forum, models.PROTECT, null=True, related_name="report")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    due = models.DateField()
    state = models.CharField(max_length=10, default="draft")
    first_submitted_at = models.DateTimeField(null=True)  # of the first complete one; decides timeliness for good
    summary = models.TextField(blank=True)
    problems = models.TextField(blank=True)
    few_pictures_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "unit"], condition=Q(forum__isnull=True), name="one_district_report_per_year_and_unit"
            ),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(first_submitted_at__isnull=False), name="what_was_sent_has_its_first_time"
            ),
        ]

    def __str__(self) -> str:
        return f"รายงาน {self.unit}"


class ReportMove(models.Model):
    """A move in a district report's life, with what it said then, so that the next shows the difference."""

    report = models.ForeignKey(DistrictReport, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=1000, blank=True)
    marks = models.JSONField(default=list)  # of a return: {"field": a key of marks.FIELDS, "note": what to mend there}
    content = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report}: {self.state}"


class Extension(models.Model):
    """ขยายเวลา: another day for a report that was not sent yet, by whose authority and why; a row that no longer counts stays,
    and counts again when the one that replaced it is taken back.

    `unit` is the group's, or the district's where a report is a district's; the province's for its own report.
    """

    PATH_FIELD: ClassVar[str] = "unit__path"

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="extensions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    before = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=500)
    authority = models.CharField(max_length=200)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)
    ended_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "unit"], condition=Q(counts=True), name="one_extension_counts"),
            models.CheckConstraint(condition=Q(until__gt=models.F("before")), name="an_extension_never_shortens"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.until}"


class ProvinceReport(models.Model):
    """A province's report to the department. States: draft, ready (พร้อมส่ง), recorded (the entry in BPM, which decides)."""

    PATH_FIELD: ClassVar[str] = "province__path"

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="province_reports")
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    due = models.DateField()
    state = models.CharField(max_length=10, default="draft")
    summary = models.TextField(blank=True)
    content = models.JSONField(default=dict)
    bpm_at = models.DateTimeField(null=True)
    bpm_person = models.CharField(max_length=150, blank=True)
    bpm_reference = models.CharField(max_length=100, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "province"], name="one_province_report_per_year"),
            models.CheckConstraint(
                condition=~Q(state="recorded") | Q(bpm_at__isnull=False), name="a_recorded_report_has_its_entry"
            ),
        ]

    def __str__(self) -> str:
        return f"รายงาน {self.province}"


class ProvinceReportMove(models.Model):
    """A move in a province report's life."""

    report = models.ForeignKey(ProvinceReport, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=1000, blank=True)
    content = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report}: {self.state}"
