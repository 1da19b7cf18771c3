"""The forum day (เวที): schedule, run-sheet 4.1–4.6, attendance, pictures."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sajja.groups.models import Sex
from sajja.org.models import Person
from sajja.programme.models import Revision, SelectedGroup


class Forum(models.Model):
    """The forum of one selected group. `state` follows the moves of `life.py`; each move is a row of ForumMove."""

    PATH_FIELD: ClassVar[str] = "selected__group__unit__path"

    selected = models.ForeignKey(SelectedGroup, models.PROTECT, related_name="forums")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="planned")  # planned, postponed, held, cancelled
    ended_on = models.DateField(null=True)  # the last sitting's day once held; the report's days run from here
    attendance_reason = models.CharField(max_length=500, blank=True)
    attendance_day = models.DateField(null=True)  # the day on the sheet that was signed
    attendance_at = models.DateTimeField(null=True)  # when it was entered
    attendance_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    bookkeeping = models.CharField(max_length=10, blank=True)  # 4.5: ours, department, paper
    bookkeeping_reason = models.CharField(max_length=500, blank=True)
    planned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["selected"], condition=~Q(state="cancelled"), name="one_standing_forum_per_selected_group"
            ),
            models.CheckConstraint(condition=~Q(state="held") | Q(ended_on__isnull=False), name="a_held_forum_has_its_day"),
        ]

    def __str__(self) -> str:
        return f"เวที {self.selected}"

    @property
    def is_open(self) -> bool:
        """Whether it still takes what happens on its day; a held one takes what was forgotten."""
        return self.state != "cancelled"


class ForumMove(models.Model):
    """That a forum was planned, postponed, held or cancelled: by whom, why, by which order; `day` it was decided, `at` entered."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="moves")
    move = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    reason = models.CharField(max_length=500, blank=True)
    order_number = models.CharField(max_length=60, blank=True)
    day = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.forum}: {self.state}"


class Sitting(models.Model):
    """One sitting (รอบเวที): a day, hours and a place. Cancelled or moved ones stay."""

    PATH_FIELD: ClassVar[str] = "forum__selected__group__unit__path"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="sittings")
    day = models.DateField()
    starts = models.TimeField()
    ends = models.TimeField(null=True)
    where = models.CharField(max_length=200)
    standing = models.BooleanField(default=True)
    host = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    host_names = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.forum} {self.day}"


class Attendee(models.Model):
    """Someone who came; observers are listed apart and never count."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="attendees")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=150)
    sex = models.CharField(max_length=6, choices=Sex.choices)
    office = models.CharField(max_length=100)
    observer = models.BooleanField(default=False)
    struck_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class RunStep(models.Model):
    """A step 4.1–4.6 of the run-sheet that was done: its day, times and note, and when it was entered; the newest row counts."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="steps")
    key = models.CharField(max_length=4)
    day = models.DateField(null=True)
    starts = models.TimeField(null=True)
    ends = models.TimeField(null=True)
    note = models.CharField(max_length=1000, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    counts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["forum", "key"], condition=Q(counts=True), name="one_counting_row_per_step")
        ]

    def __str__(self) -> str:
        return f"{self.forum} {self.key}"


class Photo(models.Model):
    """A picture of the forum, named by its sha256; removed ones stay as rows."""

    PATH_FIELD: ClassVar[str] = "forum__selected__group__unit__path"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="photos")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    step = models.CharField(max_length=4, blank=True)
    caption = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    removed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["forum", "sha256"], condition=Q(removed_at__isnull=True), name="a_picture_once_per_forum"
            )
        ]

    def __str__(self) -> str:
        return self.caption
