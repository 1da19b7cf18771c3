"""Slips of balances: the code on one, the slip of a code, and whether the book still says what it said."""

import enum
import secrets
from datetime import date
from hashlib import sha256
from typing import Final

from django.utils.crypto import salted_hmac

from sajja.groups.models import Member
from sajja.ledger.models import ROOM_PER_BOOK, Entry
from sajja.treasury.models import MemberSlip

CODE_LENGTH: Final = 32
"""Hexadecimal digits: 128 bits, which nobody guesses."""


class Standing(enum.Enum):
    """What a slip's page may say."""

    VALID = "valid"
    ENDED = "ended"
    CALLED_IN = "called in"


def code_of(slip: MemberSlip) -> str:
    """The code that stands in the slip's QR: made from the program's secret, so that the database alone does not tell it."""
    return salted_hmac("sajja.slip", f"{slip.salt}.{slip.member_id}", algorithm="sha256").hexdigest()[:CODE_LENGTH]


def sum_of(code: str) -> str:
    """What is kept of a code."""
    return sha256(code.encode()).hexdigest()


def can_be_printed(slip: MemberSlip, on: date) -> bool:
    """Whether the code can be made again: the slip is valid, and the program's secret is the one that it was made with."""
    return standing(slip, on) is Standing.VALID and secrets.compare_digest(sum_of(code_of(slip)), slip.code_sha256)


def of_code(code: str) -> MemberSlip | None:
    """The slip of a code."""
    rows = MemberSlip.objects.select_related("kept__group", "kept__book")
    return rows.filter(code_sha256=sum_of(code)).first()


def standing(slip: MemberSlip, on: date) -> Standing:
    """On a day; the last day still counts."""
    if slip.called_in_at:
        return Standing.CALLED_IN
    return Standing.ENDED if on > slip.until else Standing.VALID


def is_in_book(slip: MemberSlip) -> bool:
    """Whether the entry at which the chain stood is still in the book with that very hash."""
    if not slip.entries:
        return True
    return Entry.objects.filter(pk=slip.kept.book_id * ROOM_PER_BOOK + slip.entries, hash=slip.head).exists()


def slips_of(member: Member, on: date) -> list[tuple[MemberSlip, Standing]]:
    """A member's newest ten, newest first."""
    rows = MemberSlip.objects.filter(member=member).order_by("-pk")[:10]
    return [(slip, standing(slip, on)) for slip in rows]
