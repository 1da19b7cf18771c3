"""Commands about people: staff, roles."""

import argparse
import sys
from getpass import getpass

from sajja.config.cli.arguments import Commands


def add(commands: Commands) -> None:
    """staff, roles."""
    staff_ = commands.add_parser("staff", help="give someone an account and a post; the password is read from standard input")
    staff_.add_argument("username")
    staff_.add_argument("full_name")
    staff_.add_argument("role", help="a key of docs/roles.md, for example department_admin")
    staff_.add_argument("unit", nargs="?", default="", help="official code of the unit; none: the department; zones: z11")
    staff_.set_defaults(command=staff)

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


def roles(_: argparse.Namespace) -> int:
    """Print docs/roles.md."""
    from sajja.org.roles_page import page

    print(page(), end="")
    return 0
