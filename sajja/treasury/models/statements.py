"""What is asked and signed about a month: opening it again, and the audit committee's check."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from sajja.groups.models import GroupBook


class ReopenRequest(models.Model):
    """That someone asks, with a reason, to open the newest closed month (202106) again; who asks is a plain key."""

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="reopen_requests")
    month = models.PositiveIntegerField()
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="asking_to_reopen_has_a_reason")]


class ReopenAnswer(models.Model):
    """What another person answered; a month opens only by an answer that agrees."""

    request = models.OneToOneField(ReopenRequest, models.PROTECT, related_name="answer")
    agreed = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    asked_by = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(by=F("asked_by")), name="nobody_answers_his_own_asking"),
        ]


class MonthCheck(models.Model):
    """The audit committee's check of a month as it was signed: each line with its figure and whether it passed."""

    PATH_FIELD: ClassVar[str] = "kept__group__unit__path"

    kept = models.ForeignKey(GroupBook, models.PROTECT, related_name="month_checks")
    month = models.PositiveIntegerField()
    lines = models.JSONField()
    head = models.CharField(max_length=130)
    words = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()
