"""The access matrix, the crawl for other people's names, and the proof that both see a missing scope filter."""

import logging
import sys
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.test import Client
from pytest_django.plugin import DjangoDbBlocker

from sajja.org import door
from sajja.org.models import Person
from sajja.org.roles import ROLES
from sajja.web import clock
from tests import routes
from tests.access.matrix import OPEN, Case, cases, covers, expected, outcome
from tests.access.worlds import homes, people, worlds
from tests.conftest import DAY
from tests.routes import Route

pytestmark = pytest.mark.django_db  # each test's own writes are rolled back to the story
NOT_OURS = {"account_login", "account_signup", "account_logout", "account_reauthenticate", "shelf", "org:try_as", "org:invited"}
"""Nobody's post decides there (an invitation is for who holds its code: tests/org/test_inviting.py);
nor at one's own second factors, `mfa_…` (tests/org/test_second_factor.py)."""


class Story:
    """The worlds, the people and a signed-in browser for each."""

    def __init__(self) -> None:
        self.worlds = worlds()
        self.people = people(self.worlds[0])
        self.homes = homes(self.worlds[0])
        self.districts = {world.subdistrict: world.district for world in self.worlds}
        self.clients = {role: signed_in(person) for role, person in self.people.items()}


def signed_in(person: Person) -> Client:
    """A browser of this person."""
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Refusals are what these tests ask for: they need no line each in the log."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(scope="module")
def story(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Story]:
    """Made once for all tests of this file, and rolled back after them."""
    with django_db_blocker.unblock(), clock.fixed(DAY), transaction.atomic():
        yield Story()
        transaction.set_rollback(True)


def ours() -> list[Route]:
    """The routes whose answer a post decides."""
    return [route for route in routes.every() if route.name not in NOT_OURS and not route.name.startswith("mfa_")]


def wrong(story: Story, method: str, chosen: Iterable[Case]) -> Iterator[str]:
    """The cases whose outcome is not the expected one, as they are found."""
    for case in chosen:
        want = expected(case, story.homes[case.role])
        if method == "POST" and want == "in":
            continue  # what a write does at home is its own room's test
        with transaction.atomic():
            got = outcome(story.clients[case.role], case, method)
            transaction.set_rollback(True)
        if got.result != want:
            yield f"{method} {case}: {got.result} instead of {want}"
        for word in hidden(story, case):
            if word.encode() in got.body:
                yield f"{method} {case}: shows {word}"


def every_case(story: Story, room: str = "") -> Iterator[Case]:
    """All cases, or those of one room."""
    return cases([route for route in ours() if route.name.startswith(room)], story.people, story.worlds)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_every_route_answers_every_role_as_its_posts_say(story: Story, method: str) -> None:
    """And no page shows a name from outside the units that a person's posts cover."""
    assert list(wrong(story, method, every_case(story))) == []


def test_nobody_who_has_not_signed_in_gets_past_a_guard(story: Story) -> None:
    asked = [Case(route, "group_chair", story.worlds[0]) for route in ours() if route.guard != "open_to_all"]
    let_in = []
    for case in asked:
        address = case.route.address({part: case.world.thing(case.route, part).key for part in case.route.parts})
        answer = Client().get(address)
        if answer.status_code != 302 or not answer["Location"].startswith("/sign-in/"):
            let_in.append(f"{case.route.name}: {answer.status_code}")
    assert let_in == []


def hidden(story: Story, case: Case) -> list[str]:
    """The words that this person may not read: names of worlds not covered, and (unless asked for there) of their districts."""
    outside = [world for world in story.worlds if not covers(case.role, story.homes[case.role], world.group.unit.path)]
    districts = [] if case.world in outside else [story.districts[world.subdistrict] for world in outside]
    return [world.marker for world in outside] + districts


def unscoped(_person: Person, _permission: str, queryset: QuerySet[Any]) -> QuerySet[Any]:
    """`scoped` without its filter."""
    return queryset


def found_anywhere(request: Any, permission: str, queryset: QuerySet[Any], **lookup: Any) -> Any:
    """`find` without its filter by unit."""
    thing = queryset.filter(**lookup).first()
    if thing is None:
        raise Http404
    if not door.holds(request.user, permission):
        raise PermissionDenied
    return thing


MUTATIONS = {"find": found_anywhere, "scoped": unscoped}
# Here the filter is a second lock: what it says, and which first lock answers before it.
SECOND_LOCKS = {
    "sajja.programme.views.years.find": "a year is the nation's; the permission alone decides",
    "sajja.programme.views.revising.find": "a year is the nation's; the permission alone decides",
    "sajja.followup.views.zones.find": "only the department assigns zones; the permission alone decides",
    "sajja.followup.views.zones.scoped": "only the department assigns zones; the permission alone decides",
    "sajja.followup.queries.scoped": "only what lies under the unit that was found is asked for",
    "sajja.forums.views.planning.scoped": "only forums of the district of the group that was found are asked for",
    "sajja.programme.views.places.scoped": "the form's own choices hold only groups of the place's province",
    "sajja.programme.views.selection.scoped": "the form's own choices hold only the groups of the unit that was found",
}


def users_of(name: str) -> list[str]:
    """The modules of ours that use this part of the door."""
    real = getattr(door, name)
    ours = {module: vars(loaded) for module, loaded in sys.modules.items() if module.startswith("sajja.")}
    return sorted(module for module, names in ours.items() if module != "sajja.org.door" and names.get(name) is real)


def test_without_a_scope_filter_the_matrix_turns_red(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each module that uses `find` or `scoped` is run without it: the matrix must notice every time."""
    routes.every()
    unnoticed = []
    for name, mutant in MUTATIONS.items():
        for module in users_of(name):
            with monkeypatch.context() as patched:
                patched.setattr(sys.modules[module], name, mutant)
                if f"{module}.{name}" not in SECOND_LOCKS and not noticed(story, name, module):
                    unnoticed.append(f"{module}.{name}")
    assert not unnoticed, "\n".join(unnoticed)


def noticed(story: Story, name: str, module: str) -> bool:
    """Whether any case is wrong now. Duties and panels show on the desk; a find that opens too much answers what is absent."""
    room = "desk:" if module.endswith(("duties", "panels")) else f"{module.split('.')[1]}:"
    chosen = [case for case in every_case(story, room) if name == "scoped" or expected(case, story.homes[case.role]) == "absent"]
    chosen.sort(key=lambda case: case.route.view.__module__ != module)  # the module's own pages see it first
    return any(True for method in ("GET", "POST") for _ in wrong(story, method, chosen))


def test_every_guard_is_open_or_a_permission_of_some_role() -> None:
    held = {permission for role in ROLES.values() for permission in role.may}
    assert [route.name for route in routes.every() if route.guard not in OPEN | held] == []
