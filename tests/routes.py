"""Every route of Sajja, read from the urlconf: for the house tests, the access matrix and the crawl."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

# One name for each kind of thing, so that an address can be filled in without knowing the page.
PARTS = {
    "unit", "group", "year", "selected", "place", "forum", "photo", "assessment", "instrument", "version", "plan", "line",
    "report", "province_report", "extension", "circular", "sitting", "attendee", "sheet", "elected", "member", "meeting", "resolution", "intake",
    "level", "person",
    "book", "month",  # 202106
    "entry", "account", "keeper", "bank", "count", "handover", "statement", "bank_line", "second", "pin",
    "settlement", "run", "confirmation", "on",  # an ISO day
    "day", "receipt", "column", "legacy",
    "fiscal_year",  # C.E. of its end
    "adjustment", "share",
    "loan", "product", "guarantor",
    "advance", "voucher", "returned",  # of the budget
    "key", "figure",  # of a figure: of a year, of a book
    "step",  # 4.1–4.6
    "visit", "finding", "post",
    "message",
    "breach",
    "passkey",
    "invitation", "invited",  # its key; the code that its holder has
    "slip", "slip_code",  # a member's slip of balances, and the code on it
    "paper",  # the code on a paper that left an office
}  # fmt: skip
# Routes that answer 404 outside demonstration mode.
DEMONSTRATION_ONLY: set[str] = {"shelf", "org:try_as"}


@dataclass(frozen=True)
class Route:
    """A route: `org:unit`, `org/units/<int:unit>/`, the view, its guard, the names of its parts."""

    name: str
    pattern: str
    view: Any
    parts: tuple[str, ...]

    @property
    def guard(self) -> str:
        """The permission that the view declares, `signed_in`, `open_to_all`, or nothing."""
        return str(getattr(self.view, "guard", ""))

    def address(self, things: dict[str, Any]) -> str:
        """The route's address for these things; KeyError names the part that is missing."""
        return reverse(self.name, kwargs={part: things[part] for part in self.parts})


@cache
def every() -> list[Route]:
    """All routes, in the order of the urlconf."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, before: str, space: str) -> list[Route]:
    found: list[Route] = []
    for entry in resolver.url_patterns:
        pattern = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            found += _walk(entry, pattern, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            name = f"{space}{entry.name}" if entry.name else ""
            found.append(Route(name, pattern, entry.callback, tuple(_parts(pattern))))
    return found


def _parts(pattern: str) -> list[str]:
    """`year`, `unit` of `kpi/<int:year>/<path:unit>/`."""
    return [piece.split(">")[0].rpartition(":")[2] for piece in pattern.split("<")[1:]]
