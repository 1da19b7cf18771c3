"""The console command `sajja`: plain functions over argparse. Dates are ISO, C.E. or B.E.; JSON amounts are integers or strings."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from getpass import getpass

import django
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError

from sajja.config import processes
from sajja.lib.thai_dates import parse_date

DEMONSTRATION_DAY = date(2021, 6, 10)
Command = Callable[[argparse.Namespace], int]


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a wrong setting is one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sajja.config.settings")
    args = parser().parse_args(words)
    command: Command = args.command
    try:
        django.setup()
        _data_folder()
        return command(args)
    except ImproperlyConfigured as wrong:
        print(f"sajja: {wrong}", file=sys.stderr)
    except DatabaseError as wrong:
        print(f"sajja: the database says: {str(wrong).strip()} (`sajja migrate` brings it up to date)", file=sys.stderr)
    return 1


def _data_folder() -> None:
    from django.conf import settings

    settings.SAJJA_DATA.mkdir(mode=0o700, parents=True, exist_ok=True)


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(
        prog="sajja", description="Sajja: savings groups, from the village's books to the nation's figures"
    )
    commands = top.add_subparsers(required=True, metavar="COMMAND")

    serve_ = commands.add_parser("serve", help="bring the database up to date, serve pages and run jobs until stopped")
    serve_.add_argument("--port", type=int, default=8000)
    serve_.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    serve_.add_argument("--workers", type=int, default=2, help="processes that answer pages")
    serve_.add_argument("--fill", action="store_true", help="make the demonstration first where there are no data yet")
    serve_.set_defaults(command=serve)

    demo_ = commands.add_parser("demo", help="make the demonstration in an empty data folder")
    demo_.add_argument("--day", type=day, default=DEMONSTRATION_DAY, help="the business day it shows (default: 2564-06-10)")
    demo_.set_defaults(command=demo)

    kpi_ = commands.add_parser("kpi", help="the figures of a programme year")
    kpi_.add_argument("year", type=int, help="the year in B.E., for example 2564")
    kpi_.add_argument("--json", action="store_true", help="on one line, for programs")
    kpi_.set_defaults(command=kpi)

    staff_ = commands.add_parser("staff", help="give someone an account and a post; the password is read from standard input")
    staff_.add_argument("username")
    staff_.add_argument("full_name")
    staff_.add_argument("role", help="a key of docs/roles.md, for example department_admin")
    staff_.add_argument("unit", nargs="?", default="", help="official code of the unit; none: the department; zones: z11")
    staff_.set_defaults(command=staff)

    commands.add_parser("migrate", help="bring the database up to date and load the places").set_defaults(command=migrate)
    commands.add_parser("check", help="check settings and database").set_defaults(command=check)
    commands.add_parser("roles", help="print who may do what, as docs/roles.md holds it").set_defaults(command=roles)
    return top


def day(text: str) -> date:
    """A day as people write it: 2021-06-10, 2564-06-10, 10/6/2564, 10 มิ.ย. 2564."""
    try:
        return parse_date(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from wrong


def serve(args: argparse.Namespace) -> int:
    """Serve until stopped. Prints the address once it answers, and in demonstration mode who can sign in."""
    from django.conf import settings

    processes.need_free(args.host, args.port)
    migrate(args)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # or whitenoise warns; files are found where they lie
    if args.fill and settings.DEMONSTRATION:
        _fill(DEMONSTRATION_DAY)
    return processes.serve(host=args.host, port=args.port, workers=args.workers, ready=_welcome)


def _welcome(address: str) -> None:
    from django.conf import settings

    print(f"Sajja answers at {address}", flush=True)
    if settings.DEMONSTRATION:
        from sajja.config import demonstration

        print(demonstration.who_can_sign_in(), flush=True)


def migrate(_: argparse.Namespace) -> int:
    """Tables, the cache's table, the places of Thailand; nothing to do the second time."""
    from sajja.org.actions import load_places

    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    load_places()
    return 0


def demo(args: argparse.Namespace) -> int:
    """Make the demonstration, once."""
    migrate(args)
    if not _fill(args.day):
        print("sajja: there are data here already; the demonstration is made in an empty SAJJA_DATA", file=sys.stderr)
        return 1
    return 0


def _fill(shown: date) -> bool:
    from sajja.config import demonstration

    if not demonstration.is_empty():
        return False
    print(f"Making the demonstration of {shown} …", flush=True)
    demonstration.make(shown)
    return True


def kpi(args: argparse.Namespace) -> int:
    """Print a year's figures."""
    from django.core.exceptions import ObjectDoesNotExist

    from sajja.kpi import queries

    try:
        figures = queries.summary(args.year)
    except ObjectDoesNotExist:
        print(f"sajja: the year {args.year} is not open here", file=sys.stderr)
        return 1
    print(json.dumps(figures, ensure_ascii=False, indent=None if args.json else 2))
    return 0


def staff(args: argparse.Namespace) -> int:
    """The first accounts of an installation; further people are given theirs the same way."""
    from sajja.org import accounts

    password = getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    wrong = accounts.staff(args.username, args.full_name, args.role, args.unit, password)
    if wrong:
        print(f"sajja: {wrong}", file=sys.stderr)
        return 1
    return 0


def check(_: argparse.Namespace) -> int:
    """Django's own checks and ours, with the database."""
    from django.conf import settings

    call_command("check", databases=["default"], deploy=settings.PRODUCTION)
    return 0


def roles(_: argparse.Namespace) -> int:
    """Print docs/roles.md."""
    from sajja.org.roles_page import page

    print(page(), end="")
    return 0
