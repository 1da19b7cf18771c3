"""The words of a day's digest: a subject, plain text and simple HTML. It names things, never people, and holds no ID."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from sajja.inbox.models import Kind, Message
from sajja.lib import thai_dates

LONG_NUMBER: Final = re.compile(r"(?<!\d)\d(?:[\s-]?\d){12}(?!\d)")
MOST: Final = 30
"""A digest names no more messages than this; the inbox has them all."""


@dataclass(frozen=True)
class Digest:
    """What goes out, and whether it may be left off (List-Unsubscribe): never where it holds a deadline."""

    subject: str
    text: str
    html: str
    may_be_left: bool


def digest_of(messages: Sequence[Message], day: date, site: str) -> Digest:
    """The digest of these messages, deadlines first. `site` is the program's own address, "" where it has none to give."""
    ordered = sorted(messages, key=lambda one: (one.kind != Kind.DEADLINE, -one.at.timestamp(), -one.pk))
    deadlines = sum(one.kind == Kind.DEADLINE for one in ordered)
    shown = thai_dates.short(day)
    subject = (
        _("สัจจะ: กำหนดส่ง %(deadlines)d เรื่อง ข้อความใหม่ %(all)d เรื่อง %(day)s")
        % {"deadlines": deadlines, "all": len(ordered), "day": shown}
        if deadlines
        else _("สัจจะ: ข้อความใหม่ %(all)d เรื่อง %(day)s") % {"all": len(ordered), "day": shown}
    )
    site = site.rstrip("/")
    rows = [
        {"kind": one.get_kind_display(), "title": without_ids(one.title), "link": f"{site}{one.link}"} for one in ordered[:MOST]
    ]
    context = {
        "day": day, "rows": rows, "more": len(ordered) - len(rows), "site": site, "may_be_left": not deadlines,
        "inbox": f"{site}/inbox/", "settings": f"{site}/inbox/mail/",
    }  # fmt: skip
    return Digest(
        subject,
        render_to_string("inbox/digest.txt", context).strip() + "\n",
        render_to_string("inbox/digest.html", context),
        not deadlines,
    )


def without_ids(text: str) -> str:
    """The text with anything that looks like a national ID blotted out."""
    return LONG_NUMBER.sub("x-xxxx-xxxxx-xx-x", text)
