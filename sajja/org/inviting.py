"""The code of an invitation: 100 bits that follow from a nonce and this program's secret, so that the table holds only a hash.

Whoever may invite sees it again while the invitation is open; nobody who reads the database alone can.
"""

import secrets
from hashlib import sha256
from typing import Final

from django.utils.crypto import salted_hmac

LETTERS: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Nothing that is taken for something else when it is read from paper."""
LENGTH: Final = 21
DAYS: Final = 7
"""How long an invitation is open."""


def new_nonce() -> str:
    """What a new invitation's code follows from."""
    return secrets.token_hex(16)


def code_of(nonce: str) -> str:
    """The code, in groups to be read aloud: ABC-DEF-…"""
    number = int.from_bytes(salted_hmac("sajja.invitation", nonce, algorithm="sha256").digest(), "big")
    letters = ""
    for _place in range(LENGTH):
        number, rest = divmod(number, len(LETTERS))
        letters += LETTERS[rest]
    return "-".join(letters[at : at + 3] for at in range(0, LENGTH, 3))


def hash_of(code: str) -> str:
    """The hash by which a code is found, however it was typed."""
    return sha256(code.upper().replace("-", "").replace(" ", "").encode()).hexdigest()
