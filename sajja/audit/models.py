"""Who did what, when, about what: append only, no foreign keys, so that it outlives everything it speaks of.

The database refuses to change or delete a row (apps.py), and a chain of daily seals shows where somebody did it all the same."""

from typing import ClassVar

from django.db import models


class AuditRow(models.Model):
    """One act. `by` is a plain stable key (`person:12`, `system`); `about` names the thing (`forums.Forum:7`)."""

    at = models.DateTimeField()
    entered_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=200)
    act = models.CharField(max_length=80)
    about = models.CharField(max_length=80)
    about_name = models.CharField(max_length=300)
    unit_path = models.CharField(max_length=40)
    detail = models.JSONField(default=dict)

    PATH_FIELD: ClassVar[str] = "unit_path"

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["about"], name="audit_about"),
            models.Index(fields=["unit_path", "at"], name="audit_unit_at"),
            models.Index(fields=["by", "at"], name="audit_by_at"),
        ]


class AuditSeal(models.Model):
    """A day's end of the chain over the audit rows: `hash` covers the seal before and every row up to `last`, in their order."""

    sealed_at = models.DateTimeField()
    after = models.BigIntegerField(unique=True)  # nought at the first: two who seal at once begin behind the same row
    last = models.BigIntegerField(unique=True)
    rows = models.PositiveIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["pk"]
