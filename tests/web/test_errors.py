"""The page for what nobody foresaw says what happened, and asks neither the database nor the disk of anything."""

import errno

import psycopg
import pytest
from django.db import DatabaseError, OperationalError
from django.test import RequestFactory

from sajja.web.errors import broken


def shown(error: Exception, cause: Exception | None = None) -> tuple[int, str]:
    """The page, as Django asks for it while the error is handled."""
    try:
        raise error from cause
    except Exception:  # whatever it is
        page = broken(RequestFactory().get("/"))
    return page.status_code, page.content.decode()


@pytest.mark.parametrize(
    ("error", "cause"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), None),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), None),
        (OperationalError("database or disk is full"), None),
        (OperationalError("disk I/O error"), None),
        (OperationalError("could not extend file"), psycopg.errors.DiskFull("could not extend file")),
        (RuntimeError("something on top"), OSError(errno.ENOSPC, "No space left on device")),
    ],
)
def test_a_full_disk_is_said_to_be_one(error: Exception, cause: Exception | None) -> None:
    status, page = shown(error, cause)
    assert (status, "ที่เก็บข้อมูลเต็ม" in page, "ยังไม่มีอะไรถูกบันทึก" in page) == (507, True, True)


@pytest.mark.parametrize("error", [OperationalError("the connection is closed"), OperationalError("database is locked")])
def test_a_database_that_does_not_answer_may_be_asked_again(error: Exception) -> None:
    status, page = shown(error)
    assert (status, "ระบบไม่บันทึกซ้ำ" in page) == (503, True)


@pytest.mark.parametrize("error", [ValueError("x"), DatabaseError("x"), FileNotFoundError(errno.ENOENT, "x")])
def test_anything_else_says_nothing_of_its_insides(error: Exception) -> None:
    status, page = shown(error)
    assert (status, "ระบบขัดข้อง" in page, "Traceback" in page) == (500, True, False)
