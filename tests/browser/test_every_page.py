"""Every page of Sajja at 390 px, found by following links as each role: axe, sideways overflow, the browser's console.

Reading writes nothing: the tables are the same after all pages were read as before.
"""

from collections.abc import Callable

import pytest

from tests import routes
from tests.browser import crawl
from tests.browser.conftest import Visit
from tests.sizes import SOAK

# Who sees most comes first; the others open what is theirs alone.
ROLES = [
    "department_admin",
    "province_head",
    "district_officer",
    "district_head",
    "province_officer",
    "group_chair",
    "followup_officer",
]
# Not linked from any page: the operator's, and those that only sign-in leads to.
UNLINKED = {"healthz", "account_login", "account_signup", "org:try_as", "shelf"}


@pytest.mark.browser
def test_every_page_can_be_come_to_and_read_by_everyone_at_390_px(visit: Callable[..., Visit]) -> None:
    complaints: list[str] = []
    come_to: set[str] = set()
    for role in ROLES:
        reader = visit()
        crawl.sign_in(reader, role)
        before = crawl.contents(reader.house.data)
        found = crawl.explore(reader)
        after = crawl.contents(reader.house.data)
        complaints += [f"{role}: {lead}" for lead in found.broken]
        complaints += [f"{role}: reading pages wrote to {table}" for table in after if after[table] != before[table]]
        for name, paths in found.pages.items():
            if SOAK or name not in come_to:
                complaints += [f"{role} {paths[0]}: {what}" for what in read(reader, paths[0])]
        come_to |= set(found.pages) | found.sends
    assert not complaints, "\n".join(complaints)
    assert {route.name for route in routes.every()} - come_to - UNLINKED == set()


@pytest.mark.browser
@pytest.mark.parametrize("path", ["/sign-in/", "/shelf/", "/nowhere/"])
def test_pages_before_signing_in_are_as_good(visit: Callable[..., Visit], path: str) -> None:
    guest = visit()
    assert [what for what in read(guest, path) if "404 (Not Found)" not in what] == []


def read(reader: Visit, path: str) -> list[str]:
    """What is wrong with a page, as the phone shows it; files to download have nothing to show."""
    answer = reader.page.context.request.get(reader.house.address + path)
    if "html" not in answer.headers["content-type"] or "attachment" in answer.headers.get("content-disposition", ""):
        return []
    reader.complaints.clear()
    reader.open(path)
    wrong = [*reader.complaints, *reader.violations()]
    return wrong if reader.fits() else [*wrong, "sticks out sideways"]
