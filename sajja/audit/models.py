"""Who did what, when, about what: append only, no foreign keys, so that it outlives everything it speaks of."""

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

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["about"], name="audit_about"),
            models.Index(fields=["unit_path", "at"], name="audit_unit_at"),
        ]
