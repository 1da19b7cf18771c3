"""docs/roles.md, made from the roles: who may do what. Pure; `sajja roles` prints it, a test holds the two equal."""

from collections.abc import Mapping

from sajja.org.permissions import WORDS
from sajja.org.roles import ROLES, Role

HEAD = """# Who may do what

Made from `sajja/org/roles.py` by `sajja roles > docs/roles.md`; a test holds the two equal. A post is a role at a unit from
a day to a day; it reaches that unit and all below it. Outside one's units a thing does not exist (404). Nobody approves
what he made: the acts check that as well.
"""


def page(roles: Mapping[str, Role] = ROLES) -> str:
    """The whole page as markdown: a line for each role, then a line for each permission with the roles that hold it."""
    return "\n".join([HEAD, *_roles(roles), "", *_permissions(roles), ""])


def _roles(roles: Mapping[str, Role]) -> list[str]:
    lines = ["## Roles", "", "| role | key | at a | does |", "|---|---|---|---|"]
    return lines + [f"| {role.name} | `{role.key}` | {role.kind.label} | {role.does} |" for role in roles.values()]


def _permissions(roles: Mapping[str, Role]) -> list[str]:
    lines = ["## Permissions", "", "| may | key | held by |", "|---|---|---|"]
    for key, words in WORDS.items():
        holders = ", ".join(str(role.name) for role in roles.values() if key in role.may)
        lines.append(f"| {words} | `{key}` | {holders or '–'} |")
    return lines
