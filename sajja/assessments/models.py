"""Instruments as data, and what was answered, scored and judged with them."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sajja.org.models import Person
from sajja.programme.models import Revision, SelectedGroup


class Slot(models.TextChoices):
    """The place of an instrument in the run-sheet: the two official ones of the letter, or another."""

    GOVERNANCE = "governance", _("ประเมินศักยภาพธรรมาภิบาล")
    SSG = "ssg", _("ประเมินกระบวนการ SSG")
    OTHER = "other", _("แบบประเมินอื่น")


class Status(models.TextChoices):
    """The states of a version; a draft that was put aside is withdrawn."""

    DRAFT = "draft", _("ฉบับร่าง")
    PUBLISHED = "published", _("ประกาศใช้")
    RETIRED = "retired", _("เลิกใช้")
    WITHDRAWN = "withdrawn", _("ทิ้งร่าง")


class Instrument(models.Model):
    """An instrument (แบบประเมิน) through all its versions. The two official slots are checked at publication."""

    code = models.CharField(max_length=30, unique=True)
    title = models.CharField(max_length=200)
    short_title = models.CharField(max_length=60)
    slot = models.CharField(max_length=12, choices=Slot.choices)

    def __str__(self) -> str:
        return self.title


class InstrumentVersion(models.Model):
    """One version: draft → published → retired. A published version never changes.

    `bands`: what a whole score is called, [{"least": "80", "name": "…"}], highest first; may be empty.
    """

    instrument = models.ForeignKey(Instrument, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    fiscal_year = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, default=Status.DRAFT, choices=Status.choices)
    official = models.BooleanField(default=False)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    bands = models.JSONField(default=list)
    loaded_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    loaded_at = models.DateTimeField()
    published_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["instrument", "number"], name="version_numbers_are_unique_in_an_instrument"),
            models.UniqueConstraint(
                fields=["instrument", "fiscal_year"], condition=Q(status="published"), name="one_published_version_a_year"
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="a_published_version_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"


class Aspect(models.Model):
    """An aspect (ด้าน) of a version; `short_name` is for the radar, ten letters at the most."""

    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="aspects")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    short_name = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "number"], name="aspect_numbers_are_unique_in_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Indicator(models.Model):
    """An indicator (ตัวชี้วัด). `kind`: passfail, graded (0–3), number. `rule` holds the threshold or levels of its kind (scoring.py)."""

    aspect = models.ForeignKey(Aspect, models.PROTECT, related_name="indicators")
    code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=500)
    guidance = models.TextField(blank=True)
    evidence_wanted = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=10, default="passfail")
    weight = models.PositiveSmallIntegerField(default=1)
    rule = models.JSONField(default=dict)
    allows_not_applicable = models.BooleanField(default=True)
    recommendation = models.CharField(max_length=500, blank=True)
    figure = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["aspect", "code"], name="indicator_codes_are_unique_in_an_aspect"),
            models.CheckConstraint(condition=Q(weight__gte=1), name="an_indicator_weighs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.text}"


class Assessment(models.Model):
    """One assessment of a selected group with one version; open, then confirmed. Confirmed, it never changes.

    A correction is a new assessment that says which one it corrects and why; the old one stays readable.
    """

    PATH_FIELD: ClassVar[str] = "selected__group__unit__path"

    selected = models.ForeignKey(SelectedGroup, models.PROTECT, related_name="assessments")
    version = models.ForeignKey(InstrumentVersion, models.PROTECT, related_name="assessments")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")
    corrects_because = models.CharField(max_length=500, blank=True)
    day = models.DateField()
    started_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)
    dropped_because = models.CharField(max_length=500, blank=True)
    online_reference = models.CharField(max_length=100, blank=True)
    online_date = models.DateField(null=True)
    passed = models.PositiveSmallIntegerField(null=True)
    judged = models.PositiveSmallIntegerField(null=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    band = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["selected", "version"],
                condition=Q(confirmed_at__isnull=True, dropped_at__isnull=True),
                name="one_open_assessment_per_version",
            ),
            models.UniqueConstraint(fields=["corrects"], condition=Q(dropped_at__isnull=True), name="corrected_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(dropped_at__isnull=True), name="confirmed_is_never_dropped"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(judged__gte=1), name="a_confirmed_assessment_judged_something"
            ),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(corrects_because=""), name="a_correction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.version.title} {self.selected}"

    @property
    def is_open(self) -> bool:
        """Whether it still takes answers."""
        return self.confirmed_at is None and self.dropped_at is None


class Answer(models.Model):
    """The answer to one indicator: the group's own and the officer's, side by side. Values: pass, fail, na, 0–3, or a number.

    `figure` is what the group's books told when it was answered, and again when the assessment was confirmed: key, book, on,
    numerator, denominator, note, suggested (a value); None where they told nothing. It never moves when the books do.
    """

    PATH_FIELD: ClassVar[str] = "assessment__selected__group__unit__path"

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="answers")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")
    self_value = models.CharField(max_length=20, blank=True)
    self_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    self_at = models.DateTimeField(null=True)
    value = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    evidence = models.CharField(max_length=500, blank=True)
    picture = models.CharField(max_length=64, blank=True)
    figure = models.JSONField(null=True)
    judged = models.BooleanField(default=False)  # set with the verdict: the database then refuses to change or lose the row

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["assessment", "indicator"], name="one_answer_per_indicator")]

    def __str__(self) -> str:
        return f"{self.indicator.code}: {self.value}"


class AspectScore(models.Model):
    """What an aspect came to when the assessment was confirmed."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="aspect_scores")
    aspect = models.ForeignKey(Aspect, models.PROTECT, related_name="+")
    passed = models.PositiveSmallIntegerField()
    judged = models.PositiveSmallIntegerField()
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "aspect"], name="one_score_per_aspect"),
            models.CheckConstraint(condition=Q(passed__lte=models.F("judged")), name="no_more_passed_than_judged"),
        ]

    def __str__(self) -> str:
        return f"{self.aspect}: {self.passed}/{self.judged}"


class Verdict(models.Model):
    """ผ่าน/ไม่ผ่าน of one indicator when the assessment was confirmed: pass, fail or na."""

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="verdicts")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="verdicts")
    verdict = models.CharField(max_length=4)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["assessment", "indicator"], name="one_verdict_per_indicator"),
            models.CheckConstraint(condition=Q(verdict__in=["pass", "fail", "na"]), name="verdict_is_pass_fail_or_na"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator.code}: {self.verdict}"
