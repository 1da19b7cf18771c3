"""Every page of Sajja at 390 px, found by following links as each role: axe, sideways overflow, the browser's console.

Reading writes nothing: the tables are the same after all pages were read as before.
"""

from collections import defaultdict
from collections.abc import Callable

import pytest

from sajja.org.roles import ROLES as ROLES_OF_ORG
from tests import routes
from tests.browser import crawl
from tests.browser.conftest import Visit
from tests.routes import Route
from tests.sizes import SOAK

# Who sees most comes first; the others open what is theirs alone.
ROLES = [
    "department_admin",
    "province_head",
    "district_officer",
    "district_head",
    "province_officer",
    "group_treasurer",
    "group_chair",
    "group_secretary",
    "group_auditor",
    "followup_officer",
    "department_officer",
]
# Pages of a state that the demonstration does not stand in: axe has not read them; the access matrix asks for each as each role.
ANOTHER_STATE = {
    **dict.fromkeys(
        (
            "account_reauthenticate",
            *(
                f"mfa_{route}"
                for route in (
                    "authenticate",
                    "login_webauthn",
                    "reauthenticate",
                    "reauthenticate_webauthn",
                    "deactivate_totp",
                    "remove_webauthn",
                    "view_recovery_codes",
                    "generate_recovery_codes",
                    "download_recovery_codes",
                )
            ),
        ),
        "nobody of the demonstration has set a second factor; test_second_factor and test_passkey walk through these",
    ),
    "programme:acknowledge": "the offices of the accounts have acknowledged the year's circular",
    "org:invitation": "nobody of the demonstration is invited; test_inviting walks through it",
    "reports:end_extension": "what was extended in the demonstration was sent since",
    "reports:end_province_extension": "no province of the demonstration was given more time",
    "groups:reopen": "no group of the demonstration is closed",
    "groups:member_end": "every group of the accounts keeps a book, whose treasurer settles first",
    "groups:member_back": "every group of the accounts keeps a book, whose treasurer settles first",
    "treasury:open_book": "every group of the accounts keeps a book",
    "treasury:opening_start": "every group of the accounts keeps a book",
    "treasury:opening_members": "every group of the accounts keeps a book",
    "treasury:opening_savings": "every group of the accounts keeps a book",
    "treasury:opening_year": "every group of the accounts keeps a book",
    "treasury:opening_loans": "every group of the accounts keeps a book",
    "treasury:opening_money": "every group of the accounts keeps a book",
    "treasury:opening_check": "every group of the accounts keeps a book",
    "treasury:opening_workbook": "every group of the accounts keeps a book",
    "treasury:opening_drop": "every group of the accounts keeps a book",
    "treasury:opening_template": "every group of the accounts keeps a book",
    "treasury:close_year": "the years that are over are closed",
    "treasury:take_back_adjustment": "no year of the demonstration has an adjustment",
    "treasury:start_products": "every group of the accounts that lends has its products",
    **dict.fromkeys(
        (
            f"treasury:{route}"
            for route in (
                "appropriate",
                "take_back_appropriation",
                "pay_shares",
                "take_back_share",
            )
        ),
        "the training groups' surplus is shared out, and was paid on the day",
    ),
    "treasury:carry_loss": "no year of the groups of the accounts ended in a loss",
    "reports:bundle_zip": "nobody has had the bundle made: it leads to the page that makes it",
    "forums:reports_zip": "nobody has had the zip made: it leads to the page that makes it",
    "treasury:legacy": "nobody of the demonstration came from another program",
    "treasury:legacy_progress": "nobody of the demonstration came from another program",
    "treasury:legacy_drop": "nobody of the demonstration came from another program",
    "treasury:legacy_wrong": "nobody of the demonstration came from another program",
    "programme:propose": "every list is frozen on the demonstration's day",
    "programme:outside": "every list is frozen on the demonstration's day",
    "programme:withdraw": "every list is frozen on the demonstration's day",
    "programme:fill": "no place is empty",
    "assessments:picture": "no answer has a picture",
    "plans:picture": "no mark has a picture",
    "plans:sign_chair": "no plan waits for the chair who has an account",
    "reports:bpm": "no province of the accounts is ready and not recorded",
    "reports:take_back": "no province of the accounts has recorded its entry",
}
# Not linked from any page: the operator's, those that only sign-in leads to, what a paper's QR opens, and the short addresses
# that lead on to one's own unit.
UNLINKED = {
    "healthz", "account_login", "account_signup", "org:try_as", "org:invited", "shelf", "org:paper", "treasury:balances", "privacy:notice",
    "budget:home", "followup:home",
}  # fmt: skip


@pytest.mark.browser
def test_every_page_can_be_come_to_and_read_by_everyone_at_390_px(visit: Callable[..., Visit]) -> None:
    complaints: list[str] = []
    come_to: set[str] = set()
    readers: dict[str, Visit] = {}
    keys: dict[str, set[str]] = defaultdict(set)
    for role in ROLES:
        reader = readers[role] = visit()
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
        for part, some in found.keys.items():
            keys[part] |= some
    rest = [route for route in routes.every() if route.name not in come_to | UNLINKED | set(ANOTHER_STATE)]
    complaints += [what for route in rest for what in read_unlinked(readers, route, keys)]
    assert not complaints, "\n".join(complaints)


def read_unlinked(readers: dict[str, Visit], route: Route, keys: dict[str, set[str]]) -> list[str]:
    """What is wrong with a page that no link led to in the state of the demonstration: its address is tried as each role."""
    for role, reader in readers.items():
        if route.guard in ROLES_OF_ORG[role].may and (address := crawl.knock(reader, route, keys)):
            return [f"{role} {address}: {what}" for what in read(reader, address)]
    return [f"{route.name}: nobody could open it"]


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
    if "<html" not in answer.text():  # a part that htmx puts into a page
        return []
    reader.complaints.clear()
    reader.open(path)
    wrong = [*reader.complaints, *reader.violations()]
    return wrong if reader.fits() else [*wrong, "sticks out sideways"]
