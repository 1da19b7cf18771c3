"""The outermost transaction, run again where the database says that two met (SQLSTATE 40001 and 40P01)."""

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection, transaction

Result = TypeVar("Result")
TRIES = 5
MEETINGS = {"40001", "40P01"}


def run(do: Callable[[], Result]) -> Result:
    """`do` in a transaction; inside another transaction it is a part of that one and is not retried here."""
    if connection.in_atomic_block:
        with transaction.atomic():
            return do()
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                return do()
        except OperationalError as error:
            if not left or not _met(error):
                raise
    raise AssertionError("unreachable")


def _met(error: OperationalError) -> bool:
    return getattr(error.__cause__, "sqlstate", None) in MEETINGS
