"""What the web room keeps: the receipts of acts that were done once."""

from typing import ClassVar

from django.db import models


class Receipt(models.Model):
    """One act of one person, once: the answer that a replay of the same form or call is given again."""

    person_key = models.CharField(max_length=80)
    route = models.CharField(max_length=120)
    uuid = models.UUIDField()
    content_hash = models.CharField(max_length=64)
    location = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person_key", "route", "uuid"], name="one_receipt_per_act")]
