"""Commands about people: staff, second-factor, roles."""

import argparse
import sys
from getpass import getpass

from sajja.config.cli.arguments import Commands


def add(commands: Commands) -> None:
    """staff, second-factor, roles."""
    staff_ = commands.add_parser("staff", help="give someone an account and a post; the password is read from standard input")
    staff_.add_argument("username")
    staff_.add_argument("full_name")
    staff_.add_argument("role", help="a key of docs/roles.md, for example department_admin")
    staff_.add_argument("unit", nargs="?", default="", help="official code of the unit; none: the department; zones: z11")
    staff_.set_defaults(command=staff)

    second = commands.add_parser("second-factor", help="take a lost second factor off an account, and end its sessions")
    second.add_argument("username")
    second.add_argument("--reason", required=True, help="why, for the history: who asked, and how it was known who asked")
    second.set_defaults(command=second_factor)

    commands.add_parser("roles", help="print who may do what, as docs/roles.md holds it").set_defaults(command=roles)


def staff(args: argparse.Namespace) -> int:
    """The first accounts of an installation; further people are given theirs the same way."""
    from sajja.org import accounts

    password = getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    wrong = accounts.staff(args.username, args.full_name, args.role, args.unit, password)
    if wrong:
        print(f"sajja: {wrong}", file=sys.stderr)
        return 1
    return 0


def second_factor(args: argparse.Namespace) -> int:
    """For whoever lost phone and recovery codes; a new one is set at the next sign-in."""
    from sajja.lib.refusals import Refused
    from sajja.org import actions
    from sajja.org.models import Person

    person = Person.objects.filter(username=args.username).first()
    if person is None:
        print(f"sajja: {args.username} has no account", file=sys.stderr)
        return 1
    try:
        actions.clear_second_factor(by=actions.SYSTEM, person=person, reason=args.reason)
    except Refused as refused:
        print(f"sajja: {refused}", file=sys.stderr)
        return 1
    print(f"{args.username}: no second factor; the next sign-in is by password")
    return 0


def roles(_: argparse.Namespace) -> int:
    """Print docs/roles.md."""
    from sajja.org.roles_page import page

    print(page(), end="")
    return 0
