"""Messages to people, the day's digest by e-mail, and the days on which reminders were made."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from sajja.org.models import Person


class Kind(models.TextChoices):
    """What a message is about. Nobody can be left out of deadlines."""

    DEADLINE = "deadline", "กำหนดส่ง"
    CIRCULAR = "circular", "หนังสือเวียน"
    NEWS = "news", "เรื่องทั่วไป"


class MailState(models.TextChoices):
    """Where a digest stands. One that was claimed and never heard of again is failed, not sent twice."""

    QUEUED = "queued", "รอส่ง"
    SENDING = "sending", "กำลังส่ง"
    SENT = "sent", "ส่งแล้ว"
    FAILED = "failed", "ส่งไม่ได้"


class Mail(models.Model):
    """The digest of a person and a day, as it goes out by e-mail. Its row is claimed before it is sent."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="mails")
    day = models.DateField()
    address = models.EmailField()
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.QUEUED)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "day"], name="one_digest_per_person_and_day"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="a_sent_digest_has_its_moment",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "not_before"], name="digests_that_wait")]

    def __str__(self) -> str:
        return f"{self.day} {self.person_id}"


class Message(models.Model):
    """One thing said to one person: the record of what the program told whom, and when. `link` is the page it is about."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="messages")
    key = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=250)
    words = models.CharField(max_length=1000, blank=True)
    link = models.CharField(max_length=250, blank=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail = models.ForeignKey(Mail, models.PROTECT, null=True, related_name="messages")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "key"], name="one_message_per_person_and_thing")]
        indexes: ClassVar = [models.Index(fields=["person"], condition=Q(read_at__isnull=True), name="unread_messages")]

    def __str__(self) -> str:
        return self.title


class MailAddress(models.Model):
    """Where a person wants the day's digest, from which hour, and whether it holds deadlines alone."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="mail_address")
    address = models.EmailField()
    hour = models.PositiveSmallIntegerField(default=7)
    deadlines_only = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=Q(hour__lte=23), name="a_digest_has_an_hour_of_the_day")]

    def __str__(self) -> str:
        return self.address


class DailyRun(models.Model):
    """That the reminders of a day were made, once, whoever came first."""

    day = models.DateField(unique=True)
    at = models.DateTimeField()
    messages = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.day)
