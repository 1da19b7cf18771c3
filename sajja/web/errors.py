"""Pages for what went wrong: they say what happened and what to do."""

import errno
import sys
from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
FULL_WORDS = ("database or disk is full", "disk I/O error")
FULL_STATE = "53100"
"""What the disk, SQLite and PostgreSQL say where nothing more can be written."""


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: the page stood open too long, or cookies are off."""
    return render(request, "web/csrf.html", status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """What nobody foresaw; a full disk (507) and a database that does not answer (503) say so. Asks neither of anything."""
    causes = list(_causes(sys.exception()))
    if any(_is_full(cause) for cause in causes):
        return _page(507, _("เครื่องแม่ข่ายบันทึกไม่ได้ ที่เก็บข้อมูลเต็ม"), _("ยังไม่มีอะไรถูกบันทึก แจ้งผู้ดูแลระบบ แล้วกดย้อนกลับและส่งอีกครั้ง"))
    if any(isinstance(cause, OperationalError | InterfaceError) for cause in causes):
        answer = _page(503, _("ฐานข้อมูลยังไม่ตอบ"), _("ยังไม่รู้ว่าบันทึกแล้วหรือไม่ รอสักครู่ กดย้อนกลับ แล้วส่งอีกครั้ง ส่งซ้ำได้ ระบบไม่บันทึกซ้ำ"))
        answer["Retry-After"] = "10"
        return answer
    return _page(500, _("ระบบขัดข้อง"), _("กดย้อนกลับแล้วส่งอีกครั้ง ถ้ายังไม่ได้ แจ้งผู้ดูแลระบบว่าทำอะไรอยู่ เวลาใด"))


def _page(status: int, says: str, todo: str) -> HttpResponse:
    return HttpResponse(render_to_string("web/broken.html", {"status": status, "says": says, "todo": todo}), status=status)


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error, and what it came from."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _is_full(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in FULL
    if isinstance(error, OperationalError):
        return str(error) in FULL_WORDS
    return getattr(error, "sqlstate", None) == FULL_STATE
