"""What stands round every page: the tabs, who is signed in, the demonstration strip, htmx's settings.

Given to every template by the context processor `frame`. Knows no room above: a tab is shown when its address answers.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sajja.lib.thai_dates import fiscal_year
from sajja.web import clock

THEMES = {"dark": "#0f1a36", "": "#182a54"}
HTMX_CONFIG = json.dumps(
    {
        "includeIndicatorStyles": False,
        "allowEval": False,
        "allowScriptTags": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "responseHandling": [{"code": "204", "swap": False}, {"code": "[2345]..", "swap": True}],
    },
    separators=(",", ":"),
)


@dataclass(frozen=True)
class Tab:
    """One of the five tabs; `current` is what aria-current says: "page", "true" (a page below it) or ""."""

    url: str
    label: str | Promise
    icon: str
    current: str = ""


@dataclass(frozen=True)
class Who:
    """The person signed in, as the masthead shows them."""

    name: str
    post: str
    url: str
    out: str
    search: str = ""
    inbox: str = ""
    unread: int = 0


TABS = (
    Tab("/", _("หน้าแรก"), "home"),
    Tab("/groups/", _("กลุ่ม"), "group"),
    Tab("/treasury/", _("บัญชี"), "money"),
    Tab("/forums/", _("เวที"), "forum"),
    Tab("/reports/", _("รายงาน"), "report"),
    Tab("/kpi/", _("ภาพรวม"), "chart"),
)


def frame(request: HttpRequest) -> Mapping[str, object]:
    """Names for base.html: nav, who, demonstration, theme, theme_color, fiscal_year, htmx_config."""
    theme = request.COOKIES.get("theme", "")
    theme = theme if theme in THEMES else ""
    return {
        "nav": tabs(request),
        "who": who(request),
        "demonstration": settings.DEMONSTRATION,
        "theme": theme,
        "theme_color": THEMES[theme],
        "fiscal_year": fiscal_year(clock.today()),
        "htmx_config": HTMX_CONFIG,
    }


def tabs(request: HttpRequest) -> list[Tab]:
    """The tabs of a person who is signed in, the one of this page marked; nobody else sees any."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return []
    return [Tab(t.url, t.label, t.icon, current(t.url, request.path)) for t in TABS if opens(user, t.url)]


def current(url: str, path: str) -> str:
    """What aria-current says of the tab at `url` on the page at `path`."""
    if path == url:
        return "page"
    return "true" if url != "/" and path.startswith(url) else ""


def opens(user: Any, path: str) -> bool:
    """Whether this person's posts of today open what stands at an address."""
    guard = guard_of(path)
    return guard in {"signed_in", "open_to_all"} or (guard is not None and user.may(guard))


@cache
def guard_of(path: str) -> str | None:
    """The guard that the view at an address declares; None while no view is built there."""
    try:
        return str(getattr(resolve(path).func, "guard", ""))
    except Resolver404:
        return None


def who(request: HttpRequest) -> Who | None:
    """The name and post in the masthead; None before signing in."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    posts = getattr(user, "posts_today", [])
    search = address("desk:search", "")
    return Who(
        str(user),
        str(posts[0]) if posts else "",
        address("desk:account", "/"),
        address("account_logout", ""),
        search if search and opens(user, search) else "",
        address("inbox:messages", ""),
        getattr(user, "unread", 0),
    )


@cache
def address(name: str, otherwise: str) -> str:
    """The address of a named route, or `otherwise` while that room is not built."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return otherwise
