"""Find every page that a person can come to: follow the links and forms of each page, as a role of the demonstration."""

import re
import sqlite3
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from html import unescape
from itertools import islice, product
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

from sajja.org.roles import ROLES
from tests.browser.conftest import Visit
from tests.routes import Route

LEADS = re.compile(r"""\s(href|src|action|formaction|hx-get|hx-post)=["']([^"'#]+)""")
SENDS = {"action", "formaction", "hx-post"}
KNOCKS = 400
EACH = 3  # addresses of one route that are followed: the first, and two more that may be in another state


@dataclass
class Map:
    """What one role can come to."""

    pages: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    sends: set[str] = field(default_factory=set)
    broken: list[str] = field(default_factory=list)
    keys: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))  # part of an address → what stood there


def sign_in(visit: Visit, role: str) -> None:
    """Choose a role in the demonstration's chooser."""
    visit.open("/sign-in/")
    visit.page.locator("button.person").filter(has=visit.page.get_by_text(str(ROLES[role].name), exact=True)).first.click()
    visit.page.wait_for_url(visit.house.address + "/")


def explore(visit: Visit) -> Map:
    """Follow everything from the home of whoever has signed in; answers other than 200 are broken links."""
    found, tried = Map(), Counter[str]()
    waiting, known = deque(["/"]), {"/"}
    while waiting:
        path = waiting.popleft()
        if (name := _route(path)) is None or tried[name] >= EACH:
            continue
        tried[name] += 1
        answer = visit.page.context.request.get(visit.house.address + path, max_redirects=5)
        if answer.status != 200:
            found.broken.append(f"{path} answers {answer.status}")
            continue
        found.pages[name].append(path)
        if "html" not in answer.headers["content-type"]:
            continue
        for kind, address in _leads(path, answer.text()):
            for part, key in _keys(address).items():
                found.keys[part].add(str(key))
            if kind in SENDS:
                found.sends.add(_route(address) or address)
            elif address not in known:
                known.add(address)
                waiting.append(address)
    return found


def knock(visit: Visit, route: Route, keys: Mapping[str, Iterable[str]]) -> str | None:
    """The first address of a route, of all that known keys make, which opens for this reader; None where none does."""
    for made in islice(product(*(sorted(keys.get(part, ())) for part in route.parts)), KNOCKS):
        address = route.address(dict(zip(route.parts, made, strict=True)))
        answer = visit.page.context.request.get(visit.house.address + address, max_redirects=0)
        if answer.status == 200:
            return address
    return None


def contents(data: Path) -> dict[str, str]:
    """A digest of every table but the sessions, for two readings to be compared."""
    with closing(sqlite3.connect(f"file:{data / 'sajja.sqlite3'}?mode=ro", uri=True)) as database:
        names = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: _digest(database, name) for name in names if name != "django_session"}


def _digest(database: sqlite3.Connection, table: str) -> str:
    digest = sha256()
    for row in database.execute(f'SELECT * FROM "{table}" ORDER BY rowid'):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _leads(page: str, html: str) -> list[tuple[str, str]]:
    """(attribute, path with query) of every lead on a page that stays in the house."""
    leads = []
    for kind, value in LEADS.findall(html):
        parts = urlsplit(urljoin(page, unescape(value)))
        if not parts.netloc and not parts.path.startswith("/static/"):
            leads.append((kind, parts.path + (f"?{parts.query}" if parts.query else "")))
    return leads


def _keys(address: str) -> dict[str, object]:
    try:
        return dict(resolve(urlsplit(address).path).kwargs)
    except Resolver404:
        return {}


def _route(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).view_name
    except Resolver404:
        return None
