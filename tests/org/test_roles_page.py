"""docs/roles.md says what the code says."""

from sajja.org.permissions import WORDS
from sajja.org.roles import ROLES
from sajja.org.roles_page import page
from tests.sources import ROOT


def test_docs_roles_is_made_from_the_code() -> None:
    """Red after a change of roles: run `sajja roles > docs/roles.md`."""
    assert (ROOT / "docs" / "roles.md").read_text(encoding="utf-8") == page()


def test_every_permission_has_its_line() -> None:
    assert [key for key in WORDS if f"`{key}`" not in page()] == []


def test_every_permission_is_held_by_a_role() -> None:
    held = {key for role in ROLES.values() for key in role.may}
    assert (set(WORDS) - held, held - set(WORDS)) == (set(), set())
