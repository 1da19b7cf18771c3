"""The console command `sajja`: plain functions over argparse. Dates are ISO, C.E. or B.E.; JSON amounts are integers or strings.

One file per family of commands, each with `add(commands)`. A command that needs no data folder says `data=False`.
"""

import argparse
import os
import sys
from collections.abc import Sequence

import django
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from sajja.config.cli import audit, books, calc, figures, people, privacy, reminding, reporting, safekeeping, serving
from sajja.config.cli.arguments import Command, day

__all__ = ["day", "main", "parser"]
FAMILIES = (serving, figures, books, audit, calc, people, privacy, reminding, reporting, safekeeping)


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; a wrong setting is one line, not a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sajja.config.settings")
    args = parser().parse_args(words)
    command: Command = args.command
    try:
        django.setup()
        if args.data:
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
    top.set_defaults(data=True)
    commands = top.add_subparsers(required=True, metavar="COMMAND")
    for family in FAMILIES:
        family.add(commands)
    return top
