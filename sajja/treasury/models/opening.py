"""An old group's start: the draft that is filled in between visits, what a year under way had before, and older movements."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sajja.groups.models import GroupBook, ImportState, Member, SavingsGroup


class DraftState(models.TextChoices):
    """Where a draft stands."""

    UNDER_WAY = "under_way", "กำลังกรอก"
    LIVE = "live", "เปิดบัญชีแล้ว"
    DROPPED = "dropped", "เลิกร่างแล้ว"


class OpeningDraft(models.Model):
    """What an old group brings into its new book, typed over several visits; nothing stands in any book before it goes live.

    `rules` are a RuleSet's fields, `rows` what opening.Draft holds, every national ID sealed; both are emptied at the end.
    """

    PATH_FIELD: ClassVar[str] = "group__unit__path"

    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="opening_drafts")
    state = models.CharField(max_length=10, choices=DraftState.choices, default=DraftState.UNDER_WAY)
    opened_on = models.DateField()
    rules = models.JSONField(default=dict)
    rows = models.JSONField(default=dict)
    file_name = models.CharField(max_length=150, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    kept = models.OneToOneField(GroupBook, models.PROTECT, null=True, related_name="opening_draft")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group"], condition=Q(state="under_way"), name="one_opening_under_way"),
            models.CheckConstraint(condition=~Q(state="live") | Q(kept__isnull=False), name="a_live_opening_has_its_book"),
        ]

    def __str__(self) -> str:
        return f"{self.group}"


class BroughtIn(models.Model):
    """What a member had done in the fiscal year (C.E. of its end) before the book was opened in its middle; satang.

    `opening_satang` is his pledged savings when the year began, `deposits` twelve sums, of the fiscal year's first month to its
    last, `interest_paid_satang` the loan interest he paid. What the book itself holds comes on top.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="brought_in")
    member = models.OneToOneField(Member, models.PROTECT, related_name="brought_in")
    fiscal_year = models.PositiveSmallIntegerField()
    opening_satang = models.BigIntegerField(default=0)
    deposits = models.JSONField(default=list)
    interest_paid_satang = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opening_satang__gte=0, interest_paid_satang__gte=0), name="what_was_brought_in_is_not_negative"
            )
        ]


class LegacyImport(models.Model):
    """Older movements from another program: a file that was read, shown, confirmed, and only then posted, all or nothing.

    `rows` are {ISO day: [[member's key, kind, satang, contract], …]} in the order of the file, `errors` rows to mend.
    """

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="legacy_imports")
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    file_name = models.CharField(max_length=150)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=12, choices=ImportState.choices, default=ImportState.READ)
    rows = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    sums = models.JSONField(default=dict)
    row_count = models.PositiveIntegerField(default=0)
    day_count = models.PositiveIntegerField(default=0)
    wrong_count = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kept", "sha256"], condition=Q(state="done"), name="the_same_file_is_taken_once")
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def chip(self) -> str:
        """How its state looks."""
        return {"read": "wait", "queued": "wait", "done": "ok", "wrong": "late", "failed": "late"}.get(self.state, "idle")
