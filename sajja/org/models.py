"""Units, zones, people and posts: who sits where, from when to when."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.web import clock


class Kind(models.TextChoices):
    """The kinds of unit, from the department down to the group."""

    DEPARTMENT = "department", "กรม"
    ZONE = "zone", "เขตตรวจราชการ"
    PROVINCE = "province", "จังหวัด"
    DISTRICT = "district", "อำเภอ"
    SUBDISTRICT = "subdistrict", "ตำบล"
    VILLAGE = "village", "หมู่บ้าน"
    GROUP = "group", "กลุ่ม"


class Unit(models.Model):
    """A place in the one tree of offices and places, or a zone of the second tree.

    `path` is the official code and holds those of all above it: province 2 digits, district 4, subdistrict 6,
    village 8, group 12; the department's is empty, a zone's is `z` and its number. All digits, so that a range of
    paths means the same under every collation.
    """

    PATH_FIELD: ClassVar[str] = "path"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    code = models.CharField(max_length=20)
    path = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=150)
    name_en = models.CharField(max_length=150, blank=True)
    sort_key = models.CharField(max_length=300)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    active = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "code"], name="one_unit_per_code"),
            models.CheckConstraint(
                condition=Q(parent__isnull=False) | Q(kind="department"), name="only_the_department_has_no_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def in_bangkok(self) -> bool:
        """Whether the place lies in Bangkok, whose districts and subdistricts have other names."""
        return self.path.startswith("10")

    @property
    def number(self) -> int:
        """A village's หมู่, a zone's number."""
        return int(self.path[6:8]) if self.kind == Kind.VILLAGE else int(self.code)

    @property
    def short_name(self) -> str:
        """จ.นครพนม, อ.ธาตุพนม, ต.อุ่มเหม้า, บ้านอุ่มเหม้า หมู่ 2."""
        before = {Kind.PROVINCE: "จ.", Kind.DISTRICT: "อ.", Kind.SUBDISTRICT: "ต."}
        if self.kind == Kind.DEPARTMENT:
            return _("กรมฯ")
        if self.kind == Kind.ZONE:
            return _("เขต %(number)s") % {"number": self.number}
        if self.kind == Kind.VILLAGE:
            return f"{self.name} หมู่ {self.number}"
        if self.in_bangkok and self.kind in before:
            return self.full_name
        return before.get(Kind(self.kind), "") + self.name

    @property
    def full_name(self) -> str:
        """จังหวัดนครพนม, อำเภอธาตุพนม, เขตตรวจราชการที่ 11."""
        before = {Kind.PROVINCE: "จังหวัด", Kind.DISTRICT: "อำเภอ", Kind.SUBDISTRICT: "ตำบล", Kind.ZONE: "เขตตรวจราชการที่ "}
        if self.in_bangkok:
            before |= {Kind.PROVINCE: "", Kind.DISTRICT: "เขต", Kind.SUBDISTRICT: "แขวง"}
        return before.get(Kind(self.kind), "") + self.name

    def ancestors(self) -> "list[Unit]":
        """From the department down to the unit itself, the province's zone of today between; two queries at the most."""
        above = list(Unit.objects.filter(path__in=self.paths_above).order_by("path"))
        zones = [] if self.kind in {Kind.DEPARTMENT, Kind.ZONE} else [row.zone for row in ZoneProvince.of(self.path[:2])]
        return [*above[:1], *zones, *above[1:], self]

    def get_absolute_url(self) -> str:
        """A group's gathered page, a place's dashboard; a village has none."""
        if self.kind == Kind.GROUP:
            return reverse("desk:group", args=[self.pk])  # a group has its unit's key
        return "" if self.kind == Kind.VILLAGE else reverse("kpi:unit", args=[self.pk])

    @property
    def paths_above(self) -> list[str]:
        """The paths of the department and all places above this one, from the top."""
        if self.kind in {Kind.DEPARTMENT, Kind.ZONE}:
            return [""] if self.kind == Kind.ZONE else []
        return ["", *(self.path[:end] for end in (2, 4, 6, 8) if end < len(self.path))]


class ZoneProvince(models.Model):
    """That a province belongs to an inspection zone, from a day on: the second, dated tree."""

    zone = models.ForeignKey(Unit, models.PROTECT, related_name="zone_provinces")
    province = models.ForeignKey(Unit, models.PROTECT, related_name="province_zones")
    starts = models.DateField()
    ends = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["province"], condition=Q(ends__isnull=True), name="one_open_zone_per_province"),
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="zone_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.zone} {self.province}"

    @classmethod
    def of(cls, province_path: str) -> "list[ZoneProvince]":
        """The row in force on the business day, or none (Bangkok)."""
        today = clock.today()
        in_force = Q(ends__isnull=True) | Q(ends__gte=today)
        return list(cls.objects.filter(in_force, province__path=province_path, starts__lte=today).select_related("zone"))


class People(BaseUserManager["Person"]):
    """Finds people by their sign-in name."""


class Person(AbstractBaseUser):
    """Someone who signs in. What a person may do follows from the posts held today, never from the account."""

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=150)
    phone = models.CharField(max_length=30, blank=True)
    is_active = models.BooleanField(default=True)
    unread = models.PositiveIntegerField(default=0, db_default=0)
    """How many messages wait unread; the inbox keeps it, and every page shows it without asking."""

    USERNAME_FIELD = "username"
    objects: ClassVar[People] = People()

    def __str__(self) -> str:
        return self.full_name

    @property
    def key(self) -> str:
        """The plain stable key that books and audit rows keep."""
        return f"person:{self.pk}"

    @property
    def post_line(self) -> str:
        """พัฒนากร อำเภอธาตุพนม: the first post of today, for the masthead."""
        return str(self.posts_today[0]) if self.posts_today else ""

    def may(self, permission: str) -> bool:
        """Whether any post of today holds the permission, wherever."""
        from sajja.org.roles import ROLES

        return any(permission in ROLES[post.role].may for post in self.posts_today)

    @cached_property
    def posts_today(self) -> "list[Post]":
        """The posts this person holds on the business day, with their units; read once a request."""
        return list(self.posts.held_on(clock.today()).select_related("unit").order_by("id"))


class PostQuery(models.QuerySet["Post"]):
    """Reads of posts by day."""

    def held_on(self, day: Any) -> "PostQuery":
        """The posts in force on that day."""
        return self.filter(Q(ends__isnull=True) | Q(ends__gte=day), starts__lte=day)


class Post(models.Model):
    """A role at a unit, held by a person from a day to a day (both inclusive)."""

    PATH_FIELD: ClassVar[str] = "unit__path"

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects = PostQuery.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "role", "unit"], condition=Q(ends__isnull=True), name="one_open_post_per_role_and_unit"
            ),
            models.CheckConstraint(condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")), name="post_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.role_name} {self.unit.full_name}"

    @property
    def role_name(self) -> str:
        """The Thai name of the role."""
        from sajja.org.roles import ROLES

        return str(ROLES[self.role].name)


class Invitation(models.Model):
    """That an office asks someone to take a post: by a code that is used once, within its days, unless it is called in."""

    PATH_FIELD: ClassVar[str] = "unit__path"

    full_name = models.CharField(max_length=150)
    role = models.CharField(max_length=40)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="invitations")
    starts = models.DateField()
    nonce = models.CharField(max_length=32, unique=True)
    code_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="invitations_made")
    at = models.DateTimeField()
    expires = models.DateTimeField()
    called_in = models.DateTimeField(null=True)
    used = models.DateTimeField(null=True)
    post = models.OneToOneField(Post, models.PROTECT, null=True, related_name="invitation")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(used__isnull=True) | Q(called_in__isnull=True), name="an_invitation_is_used_or_called_in"
            ),
            models.CheckConstraint(
                condition=Q(used__isnull=True, post__isnull=True) | Q(used__isnull=False, post__isnull=False),
                name="a_used_invitation_has_its_post",
            ),
            models.CheckConstraint(condition=Q(expires__gt=F("at")), name="an_invitation_expires_after_it_was_made"),
        ]

    def __str__(self) -> str:
        return f"{self.full_name} {self.role_name} {self.unit.full_name}"

    @property
    def role_name(self) -> str:
        """The Thai name of the role."""
        from sajja.org.roles import ROLES

        return str(ROLES[self.role].name)

    @property
    def state(self) -> str:
        """`open`, `used`, `called_in` or `expired`."""
        if self.used:
            return "used"
        if self.called_in:
            return "called_in"
        return "open" if clock.now() < self.expires else "expired"
