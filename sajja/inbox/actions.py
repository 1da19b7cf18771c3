"""Every write of the inbox: what is said to whom, what was read, where digests go and how each of them came out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import IntegrityError
from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.inbox import reminders, sources
from sajja.inbox.models import DailyRun, Kind, Mail, MailAddress, MailState, Message
from sajja.org.models import Person
from sajja.web import clock

BATCH: Final = 500
BACK_OFF: Final = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 60, 240))
"""How long a digest waits after each time that the server would not have it; after the last it has failed."""
LOST_AFTER: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class NewMessage:
    """What is to be said: to whom (key), under which key it is said only once, and the page it is about."""

    person: int
    key: str
    kind: str
    title: str
    words: str = ""
    link: str = ""


def deliver(wanted: Iterable[NewMessage], at: datetime) -> int:
    """Put messages into inboxes, as a part of an act; what was said already under its key is not said again. How many are new."""
    rows = list(wanted)
    people = sorted({one.person for one in rows})
    _hold(people)
    made = 0
    for start in range(0, len(people), BATCH):
        some = set(people[start : start + BATCH])
        there = set(Message.objects.filter(person__in=some, key__in={one.key for one in rows}).values_list("person_id", "key"))
        new = {(one.person, one.key): one for one in rows if one.person in some and (one.person, one.key) not in there}
        Message.objects.bulk_create([_row(one, at) for one in new.values()], batch_size=BATCH)
        made += len(new)
    _recount(people)
    return made


def _row(one: NewMessage, at: datetime) -> Message:
    title = " ".join(one.title.split())
    return Message(
        person_id=one.person,
        key=one.key[:150],
        kind=one.kind,
        title=title[:250],
        words=one.words[:1000],
        link=one.link[:250],
        at=at,
    )


def _hold(people: Sequence[int]) -> None:
    """Lock the people's rows until the act is done, so that their counts are right whoever else writes to them."""
    for start in range(0, len(people), BATCH):
        held = Person.objects.select_for_update(no_key=True).filter(pk__in=people[start : start + BATCH])
        list(held.order_by("pk").values_list("pk"))


def _recount(people: Sequence[int]) -> None:
    """How many messages each has not read, on the person's own row: every page shows it and asks nothing for it."""
    unread = Message.objects.filter(person=OuterRef("pk"), read_at__isnull=True).order_by().values("person")
    counted = Coalesce(Subquery(unread.annotate(n=Count("pk")).values("n")), 0)
    for start in range(0, len(people), BATCH):
        Person.objects.filter(pk__in=people[start : start + BATCH]).update(unread=counted)


@act
def read_message(*, by: Person, message: Message, at: datetime | None = None) -> Message:
    """That its person has read it; the first time stands."""
    if message.read_at is None:
        _hold([message.person_id])
        message.read_at = at or clock.now()
        message.save(update_fields=["read_at"])
        _recount([message.person_id])
        record(by, "inbox.read_message", message, "", at=at)
    return message


@act
def read_all(*, by: Person, at: datetime | None = None) -> int:
    """That a person has read everything there is now; how many were new."""
    at = at or clock.now()
    _hold([by.pk])
    count = Message.objects.filter(person=by, read_at__isnull=True).update(read_at=at)
    _recount([by.pk])
    if count:
        record(by, "inbox.read_all", by, "", at=at, messages=count)
    return count


@act
def choose_mail(*, by: Person, address: str, hour: int, deadlines_only: bool, at: datetime | None = None) -> MailAddress | None:
    """Where the digest goes and when; no address: no digest. The address itself stays out of the audit."""
    at = at or clock.now()
    chosen: MailAddress | None = None
    if address:
        values = {"address": address, "hour": hour, "deadlines_only": deadlines_only, "at": at}
        chosen, _made = MailAddress.objects.update_or_create(person=by, defaults=values)
    else:
        MailAddress.objects.filter(person=by).delete()
    record(by, "inbox.choose_mail", by, "", at=at, wanted=bool(address), hour=hour, deadlines_only=deadlines_only)
    return chosen


# --- the day ----------------------------------------------------------------------------------


def remind(*, by: Person | str, day: date, at: datetime | None = None) -> DailyRun | None:
    """Make the reminders of a day, and once those of the days that were missed; None where they are made already."""
    last = DailyRun.objects.order_by("-day").first()
    if last and last.day >= day:
        return None
    try:
        return _remind(by=by, day=day, since=last.day if last else day - timedelta(days=1), at=at)
    except IntegrityError:
        if DailyRun.objects.filter(day=day).exists():
            return None  # somebody else was a moment quicker
        raise


@act
def _remind(*, by: Person | str, day: date, since: date, at: datetime | None = None) -> DailyRun:
    at = at or clock.now()
    run = DailyRun.objects.create(day=day, at=at)  # first, so that a second one at the same moment ends here
    fallen = reminders.reminders(sources.dues(day), since, day)
    new = [NewMessage(one.person, one.key, Kind.DEADLINE, one.title, one.words, one.link) for one in fallen]
    run.messages = deliver(new, at)
    run.save(update_fields=["messages"])
    record(by, "inbox.remind", run, "", at=at, messages=run.messages)
    return run


# --- digests ----------------------------------------------------------------------------------


@act
def queue_digests(*, by: str, day: date, hour: int, at: datetime | None = None) -> int:
    """One digest for each person whose hour has come and who has something unread that no digest held yet. How many."""
    at = at or clock.now()
    waiting = Message.objects.filter(person=OuterRef("person"), read_at__isnull=True, mail__isnull=True)
    wanting = MailAddress.objects.filter(hour__lte=hour, person__is_active=True).exclude(person__mails__day=day)
    chosen = [
        *wanting.filter(Exists(waiting), deadlines_only=False),
        *wanting.filter(Exists(waiting.filter(kind=Kind.DEADLINE)), deadlines_only=True),
    ]
    rows = [Mail(person_id=one.person_id, day=day, address=one.address, not_before=at) for one in chosen]
    Mail.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    for start in range(0, len(chosen), BATCH):
        some = chosen[start : start + BATCH]
        _put_in(day, Message.objects.filter(person__in=[one.person_id for one in some if not one.deadlines_only]))
        only = [one.person_id for one in some if one.deadlines_only]
        _put_in(day, Message.objects.filter(person__in=only, kind=Kind.DEADLINE))
    return len(chosen)


def _put_in(day: date, messages: QuerySet[Message]) -> None:
    of_day = Mail.objects.filter(person=OuterRef("person"), day=day).values("pk")[:1]
    messages.filter(read_at__isnull=True, mail__isnull=True).update(mail=Subquery(of_day))


@act
def claim_mail(*, by: str, at: datetime | None = None) -> Mail | None:
    """Take the digest that waits longest, for this process alone; None where none waits."""
    at = at or clock.now()
    waiting = Mail.objects.filter(state=MailState.QUEUED, not_before__lte=at).order_by("not_before", "pk")
    for key in waiting.values_list("pk", flat=True)[:10]:
        mine = Mail.objects.filter(pk=key, state=MailState.QUEUED)
        if mine.update(state=MailState.SENDING, claimed_at=at, tries=F("tries") + 1):
            return Mail.objects.get(pk=key)
    return None


@act
def note_sent(*, by: str, mail: Mail, at: datetime | None = None) -> None:
    """The server has taken it."""
    Mail.objects.filter(pk=mail.pk).update(state=MailState.SENT, sent_at=at or clock.now(), why="")


@act
def put_off(*, by: str, mail: Mail, why: str, at: datetime | None = None) -> None:
    """The server has surely not taken it: later again, and after the last time no more."""
    at = at or clock.now()
    if mail.tries > len(BACK_OFF):
        Mail.objects.filter(pk=mail.pk).update(state=MailState.FAILED, why=why[:300])
    else:
        later = at + BACK_OFF[mail.tries - 1]
        Mail.objects.filter(pk=mail.pk).update(state=MailState.QUEUED, not_before=later, why=why[:300])


@act
def fail_mail(*, by: str, mail: Mail, why: str, at: datetime | None = None) -> None:
    """It cannot be sent, or nobody knows whether it was: it is not tried again. The inbox holds what it said."""
    Mail.objects.filter(pk=mail.pk).update(state=MailState.FAILED, why=why[:300])


@act
def fail_lost_mails(*, by: str, at: datetime | None = None) -> int:
    """Digests whose sender was killed: whether the server took them is not known, so they are not sent again."""
    at = at or clock.now()
    lost = Mail.objects.filter(state=MailState.SENDING, claimed_at__lt=at - LOST_AFTER)
    return lost.update(state=MailState.FAILED, why="sender ended before the answer")
