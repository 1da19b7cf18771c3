"""The tags of the book's own pages: the ways through it, and a cell of a statement."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django import template
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sajja.groups.models import GroupBook
from sajja.lib import money, thai_dates
from sajja.org.door import holds
from sajja.org.permissions import P

register = template.Library()
PARTS: Final[tuple[tuple[str, Promise, str], ...]] = (
    ("treasury:book", _("ภาพรวม"), P.SEE_BOOKS),
    ("treasury:days", _("วันส่งเงินสัจจะ"), P.SEE_ACCOUNTS),
    ("treasury:vouchers", _("ใบสำคัญ"), P.SEE_ACCOUNTS),
    ("treasury:money", _("เงินสดและธนาคาร"), P.SEE_ACCOUNTS),
    ("treasury:savings", _("บัญชีสมาชิก"), P.SEE_ACCOUNTS),
    ("treasury:loans", _("เงินกู้"), P.SEE_ACCOUNTS),
    ("treasury:statements", _("งบและสมุดบัญชี"), P.SEE_BOOKS),
    ("treasury:months", _("งวดเดือน"), P.SEE_BOOKS),
    ("treasury:years", _("ปีบัญชี"), P.SEE_BOOKS),
)


@register.inclusion_tag("treasury/nav.html", takes_context=True)
def book_nav(context: Mapping[str, Any], kept: GroupBook, here: str = "") -> dict[str, object]:
    """The parts of the book that the reader may open; `here` names the route that is now open."""
    request: HttpRequest = context["request"]
    links = []
    for route, words, permission in PARTS:
        if (url := _address(route, kept)) and holds(request.user, permission, kept.group.unit):  # type: ignore[arg-type]
            links.append((url, words, route == here or (not here and url == request.path)))
    return {"links": links}


def _address(route: str, kept: GroupBook) -> str:
    try:
        return reverse(route, args=[kept.book_id])
    except NoReverseMatch:
        return ""


@register.filter
def cell(value: Any, kind: str) -> str:
    """A cell of a statement as people read it: satang as baht, a day in B.E.; nothing stays nothing."""
    if value is None or value == "":
        return ""
    if kind == "baht":
        return money.baht(value)
    return thai_dates.short(value) if isinstance(value, date) else str(value)


@register.filter
def with_columns(row: Any, columns: Any) -> list[tuple[Any, Any]]:
    """Each cell of a row with its column."""
    return list(zip(row.cells, columns, strict=False))
