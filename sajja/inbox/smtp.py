"""Handing a digest to the mail server, and what came of it: sent, to be tried again, or over. Writes nothing."""

import smtplib
from typing import Final, NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

from sajja.inbox.digest import Digest

SENT: Final = "sent"
AGAIN: Final = "again"
OVER: Final = "over"


class Outcome(NamedTuple):
    """`sent`; `again`: the server has surely not taken it; `over`: it never will, or nobody knows whether it did. And why."""

    state: str
    why: str = ""


def hand_over(address: str, digest: Digest, key: str) -> Outcome:
    """Send one digest to the server of SAJJA_SMTP_URL. `key` is the message's own name, the same each time it is tried."""
    server = EmailBackend(timeout=settings.EMAIL_TIMEOUT)
    try:
        server.open()
    except (OSError, smtplib.SMTPException) as away:
        return Outcome(AGAIN, _said(away))
    try:
        taken = server.send_messages([_letter(address, digest, key)])
    except smtplib.SMTPRecipientsRefused as refused:
        codes = [code for code, _words in refused.recipients.values()]
        return Outcome(OVER if all(code >= 500 for code in codes) else AGAIN, _said(refused))
    except smtplib.SMTPResponseException as refused:
        return Outcome(OVER if refused.smtp_code >= 500 else AGAIN, _said(refused))
    except (OSError, smtplib.SMTPException) as cut:
        return Outcome(OVER, _said(cut))  # it may have arrived
    finally:
        server.fail_silently = True  # a farewell that fails changes nothing
        server.close()
    return Outcome(SENT) if taken else Outcome(OVER, "nothing to send")


def _letter(address: str, digest: Digest, key: str) -> EmailMultiAlternatives:
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {"Message-ID": f"<{key}@{host}>", "Auto-Submitted": "auto-generated", "Precedence": "bulk"}
    if digest.may_be_left and settings.SAJJA_ADDRESS:
        headers["List-Unsubscribe"] = f"<{settings.SAJJA_ADDRESS.rstrip('/')}/inbox/mail/>"
    letter = EmailMultiAlternatives(digest.subject, digest.text, settings.DEFAULT_FROM_EMAIL, [address], headers=headers)
    letter.attach_alternative(digest.html, "text/html")
    return letter


def _said(error: Exception) -> str:
    """What went wrong by kind and code; the server's own words may hold the address."""
    code = getattr(error, "smtp_code", None) or getattr(error, "errno", None)
    return f"{type(error).__name__} {code}" if code else type(error).__name__
