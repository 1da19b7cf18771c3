"""The programme year as data: its revisions, the selection of groups, and the places of the target."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sajja.groups.models import SavingsGroup
from sajja.org.models import Person, Unit


class ProgrammeYear(models.Model):
    """A fiscal year's activity (กิจกรรมประจำปีงบประมาณ), by its B.E. year."""

    PATH_FIELD: ClassVar[str] = "unit__path"

    year = models.PositiveSmallIntegerField(unique=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")  # the department
    opened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.year)


class Revision(models.Model):
    """The terms of a year from a day on (ฉบับแก้ไข): the whole data file, never changed. What was frozen keeps its own."""

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    reference = models.CharField(max_length=100)
    dated = models.DateField()
    what_changed = models.CharField(max_length=500)
    terms = models.JSONField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "number"], name="revision_numbers_are_unique_in_a_year")]

    def __str__(self) -> str:
        return self.reference


class Proposal(models.Model):
    """A group that its district proposes; withdrawn proposals stay."""

    PATH_FIELD: ClassVar[str] = "group__unit__path"

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="proposals")
    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="proposals")
    rule = models.PositiveSmallIntegerField(null=True)  # None: by override, with a reason
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "group"], condition=Q(withdrawn_at__isnull=True), name="one_open_proposal_per_group_and_year"
            )
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.group}"


class ProvinceList(models.Model):
    """A province's list of the year, frozen when its head confirmed it, under the revision of that day."""

    PATH_FIELD: ClassVar[str] = "province__path"

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="lists")
    province = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()
    left_out = models.JSONField(default=list)  # why each other group was left out, as it was that day

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "province"], name="one_list_per_province_and_year")]

    def __str__(self) -> str:
        return f"{self.year} {self.province}"


class Place(models.Model):
    """One of the places of the target: number 1 to the quota in its province. It counts once, whoever holds it."""

    PATH_FIELD: ClassVar[str] = "list__province__path"

    list = models.ForeignKey(ProvinceList, models.PROTECT, related_name="places")
    district = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")  # where the quota is per district
    number = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["list", "number"], name="place_numbers_are_unique_in_a_list")]

    def __str__(self) -> str:
        return f"{self.list} {self.number}"


class SelectedGroup(models.Model):
    """A group on a place, from its confirmation until it was replaced; what it did stays and then counts no more."""

    PATH_FIELD: ClassVar[str] = "group__unit__path"

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="selected")
    place = models.ForeignKey(Place, models.PROTECT, related_name="holders")
    group = models.ForeignKey(SavingsGroup, models.PROTECT, related_name="selections")
    rule = models.PositiveSmallIntegerField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    until_because = models.CharField(max_length=500, blank=True)
    until_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place"], condition=Q(until__isnull=True), name="one_group_on_a_place_at_a_time"),
            models.UniqueConstraint(
                fields=["year", "group"], condition=Q(until__isnull=True), name="one_place_per_group_and_year"
            ),
        ]

    def __str__(self) -> str:
        return str(self.group)


class Circular(models.Model):
    """หนังสือเวียน of the department to the offices of the provinces and districts of a year; each says that it knows it.

    A wrong one is withdrawn with its reason and stays; the one that `replaces` it says so.
    """

    year = models.ForeignKey(ProgrammeYear, models.PROTECT, related_name="circulars")
    number = models.CharField(max_length=60)
    dated = models.DateField()
    subject = models.CharField(max_length=250)
    words = models.TextField()
    needs_by = models.DateField()
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["year", "number"], condition=Q(withdrawn_at__isnull=True), name="one_standing_circular_per_number"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""), name="a_circular_is_withdrawn_with_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.subject}"


class Acknowledgement(models.Model):
    """รับทราบ: that an office knows a circular, once, said by one of its people."""

    PATH_FIELD: ClassVar[str] = "unit__path"

    circular = models.ForeignKey(Circular, models.PROTECT, related_name="acknowledgements")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["circular", "unit"], name="an_office_acknowledges_once")]

    def __str__(self) -> str:
        return f"{self.circular}: {self.unit}"
