"""The access matrix: every route × every role × things at home and abroad, with what must come of it.

It is generated: routes from the urlconf, roles from `org.roles`, things from the worlds. What must come of it is worked
out here by plain prefixes of official codes and the zone table, not by the door's own code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple
from uuid import uuid4
from zipfile import ZipFile

from django.test import Client

from sajja.org.models import Person
from sajja.org.places import divisions
from sajja.org.roles import ROLES
from tests.access.worlds import World
from tests.routes import Route

OPEN = {"open_to_all", "signed_in"}
# Answers of a door that let the person in: a page, a way on, a form or a state that says no in its own words.
LET_IN = {200, 204, 302, 400, 405, 409}


@dataclass(frozen=True)
class Case:
    """One person before one route with the things of one world."""

    route: Route
    role: str
    world: World

    def __str__(self) -> str:
        return f"{self.role} → {self.route.name} of {self.world.marker}"


def covers(role: str, home: str, path: str) -> bool:
    """Whether a post of this role at home (a unit's path) covers a path, by prefix and by the zone table."""
    kind = ROLES[role].kind
    if kind == "department":
        return True
    if kind == "zone":
        return path == home or (path[:2].isdigit() and f"z{divisions.zone_of(path[:2]) or 0:02}" == home)
    return path.startswith(home)


def expected(case: Case, home: str) -> str:
    """`in`, `forbidden` (403) or `absent` (404)."""
    guard = case.route.guard
    if guard in OPEN:
        return "in"
    if guard not in ROLES[case.role].may:
        return "forbidden"
    things = [case.world.thing(case.route, part) for part in case.route.parts]
    return "in" if all(thing.path is None or covers(case.role, home, thing.path) for thing in things) else "absent"


class Outcome(NamedTuple):
    """What came of asking: `in`, `forbidden`, `absent`, or the status of an error; and what was shown."""

    result: str
    body: bytes


def outcome(client: Client, case: Case, method: str) -> Outcome:
    """Ask, and see what comes."""
    address = case.route.address({part: case.world.thing(case.route, part).key for part in case.route.parts})
    asked = {"q": "หมาย"} if case.route.name.endswith(":search") else {}
    answer = client.get(address, asked) if method == "GET" else client.post(address, {"once": str(uuid4())})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    if body.startswith(b"PK"):  # a workbook: what stands in it, not its packing
        with ZipFile(BytesIO(body)) as sheet:
            body = b"".join(sheet.read(part) for part in sheet.namelist())
    let_in = "in" if answer.status_code in LET_IN else f"{answer.status_code}"
    return Outcome({403: "forbidden", 404: "absent"}.get(answer.status_code, let_in), body)


def cases(routes: list[Route], people: dict[str, Person], worlds: list[World]) -> Iterator[Case]:
    """Every case: routes without things are asked once, the others in every world."""
    for route in routes:
        for role in people:
            for world in worlds if route.parts else worlds[:1]:
                yield Case(route, role, world)
