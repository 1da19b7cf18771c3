"""Visits of the inspection zones, what was found there, and how it was answered."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sajja.org.models import Person, Unit
from sajja.programme.models import ProgrammeYear


class Visit(models.Model):
    """A visit (การติดตาม) to a province: planned, made or cancelled. `zone` is that of the province on the day of the visit."""

    PATH_FIELD: ClassVar[str] = "province__path"

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="visits")
    zone = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    day = models.DateField()
    state = models.CharField(max_length=10, default="planned")
    went = models.CharField(max_length=500)  # who goes, then who went
    drawn_by = models.CharField(max_length=60, blank=True)  # the word of the draw, where a place was chosen by chance
    summary = models.TextField(blank=True)
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["year", "zone", "state"], name="visits_of_a_zone")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(state="made") | ~Q(summary=""), name="a_visit_that_was_made_says_what_was_seen")
        ]

    def __str__(self) -> str:
        return f"การติดตาม {self.province} {self.day}"


class VisitMove(models.Model):
    """That a visit was planned, moved to another day, made, corrected or cancelled: by whom, when and why."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    day = models.DateField()  # the visit's day as it stood then
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.visit}: {self.state}"


class VisitPlace(models.Model):
    """A group that a visit goes to: chosen by risk, by chance or by the officer, with the reasons as they were that day."""

    PATH_FIELD: ClassVar[str] = "unit__path"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="places")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    how = models.CharField(max_length=6)  # risk, chance, own
    reasons = models.JSONField(default=list)
    visited = models.BooleanField(null=True)  # None until the visit was made

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "unit"], name="a_place_once_per_visit")]

    def __str__(self) -> str:
        return str(self.unit)


class VisitPhoto(models.Model):
    """A picture of a visit, named by its sha256; removed ones stay as rows."""

    PATH_FIELD: ClassVar[str] = "visit__province__path"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    caption = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["visit", "sha256"], condition=Q(removed_at__isnull=True), name="a_picture_once_per_visit"
            )
        ]

    def __str__(self) -> str:
        return self.caption


class Finding(models.Model):
    """What a visit found (ข้อสังเกต) about a group or a district, with advice; its district answers by the due day."""

    PATH_FIELD: ClassVar[str] = "about__path"

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="findings")
    about = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # a group or a district
    owner = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # the district that answers
    kind = models.CharField(max_length=12)
    severity = models.CharField(max_length=6)
    words = models.TextField()
    advice = models.TextField()
    due = models.DateField()
    state = models.CharField(max_length=10, default="open")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "due"], name="findings_that_wait")]

    def __str__(self) -> str:
        return f"ข้อสังเกต {self.about} {self.words}"[:200]


class FindingMove(models.Model):
    """An answer, its acceptance or return, or the withdrawal of a finding, in words; what was said before stays."""

    PATH_FIELD: ClassVar[str] = "finding__about__path"

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    due = models.DateField()  # the due day as it stood then
    words = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.finding}: {self.state}"


class Evidence(models.Model):
    """A picture that an answer rests on, named by its sha256."""

    PATH_FIELD: ClassVar[str] = "answer__finding__about__path"

    answer = models.ForeignKey(FindingMove, models.PROTECT, related_name="evidence")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["answer", "sha256"], name="a_picture_once_per_answer")]

    def __str__(self) -> str:
        return str(self.answer)
