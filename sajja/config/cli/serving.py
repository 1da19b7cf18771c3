"""Commands that set up, fill and serve: serve, demo, migrate, check."""

import argparse
import sys
from datetime import date

from django.core.management import call_command

from sajja.config import processes
from sajja.config.cli.arguments import Commands, day

DEMONSTRATION_DAY = date(2021, 6, 10)


def add(commands: Commands) -> None:
    """serve, demo, migrate, check."""
    serve_ = commands.add_parser("serve", help="bring the database up to date, serve pages and run jobs until stopped")
    serve_.add_argument("--port", type=int, default=8000)
    serve_.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    serve_.add_argument("--workers", type=int, default=2, help="processes that answer pages")
    serve_.add_argument("--fill", action="store_true", help="make the demonstration first where there are no data yet")
    serve_.set_defaults(command=serve)

    demo_ = commands.add_parser("demo", help="make the demonstration in an empty data folder")
    demo_.add_argument("--day", type=day, default=DEMONSTRATION_DAY, help="the business day it shows (default: 2564-06-10)")
    demo_.set_defaults(command=demo)

    commands.add_parser("migrate", help="bring the database up to date and load the places").set_defaults(command=migrate)
    commands.add_parser("check", help="check settings and database").set_defaults(command=check)


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
    demonstration.make(shown, books=None)
    return True


def check(_: argparse.Namespace) -> int:
    """Django's own checks and ours, with the database."""
    from django.conf import settings

    call_command("check", databases=["default"], deploy=settings.PRODUCTION)
    return 0
