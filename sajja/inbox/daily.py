"""What the worker does beside its jobs, each minute: the day's reminders once, digests whose hour has come, and their sending."""

import logging
from collections.abc import Callable
from datetime import date, datetime

from django.conf import settings

from sajja.inbox import actions, smtp
from sajja.inbox.digest import digest_of
from sajja.inbox.models import Mail
from sajja.web import clock

log = logging.getLogger(__name__)
BY = "system"
MOST = 500
"""No more digests than this are sent at a time; the rest go a minute later."""


def tick(now: datetime | None = None) -> None:
    """Everything that is due at this moment. What fails is logged and done at the next; nothing is ever done twice."""
    now = now or clock.now()
    for do in (_remind, _digests):
        _tried(do, now)


def _tried(do: Callable[[datetime], object], now: datetime) -> None:
    try:
        do(now)
    except Exception:
        log.exception("the daily run: %s", do.__name__)


def _remind(now: datetime) -> None:
    actions.remind(by=BY, day=clock.day_of(now), at=now)


def _digests(now: datetime) -> None:
    if settings.SAJJA_SMTP_URL:
        queue(now)
        send(now)


def queue(now: datetime) -> int:
    """The digests whose hour has come on the day of this moment."""
    here = now.astimezone(clock.BANGKOK)
    return actions.queue_digests(by=BY, day=here.date(), hour=here.hour, at=now)


def send(now: datetime, most: int = MOST) -> int:
    """Send the digests that wait, each claimed first; how many the server took."""
    actions.fail_lost_mails(by=BY, at=now)
    sent = 0
    for _n in range(most):
        mail = actions.claim_mail(by=BY, at=now)
        if mail is None:
            break
        sent += _send_one(mail, now)
    return sent


def _send_one(mail: Mail, now: datetime) -> bool:
    digest = digest_of(list(mail.messages.all()), mail.day, settings.SAJJA_ADDRESS)
    outcome = smtp.hand_over(mail.address, digest, _key(mail.pk, mail.day))
    if outcome.state == smtp.SENT:
        actions.note_sent(by=BY, mail=mail, at=now)
    elif outcome.state == smtp.AGAIN:
        actions.put_off(by=BY, mail=mail, why=outcome.why, at=now)
    else:
        actions.fail_mail(by=BY, mail=mail, why=outcome.why, at=now)
    return outcome.state == smtp.SENT


def _key(mail: int, day: date) -> str:
    return f"digest-{day.isoformat()}-{mail}"
