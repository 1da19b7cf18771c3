"""Breaches of personal data: what got out, when it became known, who was told; notes are added and never changed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sajja.org.models import Person


class Risk(models.TextChoices):
    """What may happen to the people whose data got out."""

    NONE = "none", _("ไม่มีความเสี่ยงต่อเจ้าของข้อมูล")
    SOME = "some", _("มีความเสี่ยง")
    HIGH = "high", _("เสี่ยงสูง ต้องแจ้งเจ้าของข้อมูลด้วย")


class Breach(models.Model):
    """เหตุละเมิดข้อมูลส่วนบุคคล. National: whoever keeps breaches sees all."""

    known_at = models.DateTimeField()
    what = models.TextField()
    whose = models.CharField(max_length=300)
    people = models.PositiveIntegerField()
    risk = models.CharField(max_length=4, choices=Risk.choices)
    measures = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    told_office_at = models.DateTimeField(null=True)
    office_reference = models.CharField(max_length=100, blank=True)
    told_people_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(closed_because=""), name="a_breach_is_closed_with_its_outcome"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(risk="none") | Q(told_office_at__isnull=False),
                name="a_breach_with_risk_is_told_before_it_is_closed",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | ~Q(risk="high") | Q(told_people_at__isnull=False),
                name="people_are_told_of_a_high_risk",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class BreachNote(models.Model):
    """What was found out or done since."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="notes")
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
