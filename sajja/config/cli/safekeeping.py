"""Commands that keep the data safe: backup, restore."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sajja.config.cli.arguments import Commands


def add(commands: Commands) -> None:
    """backup, restore."""
    backup_ = commands.add_parser("backup", help="keep everything in one encrypted file; its key is written beside it")
    backup_.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="a new file; the key is FILE.key: keep it elsewhere"
    )
    backup_.set_defaults(command=backup, data=False)

    restore_ = commands.add_parser("restore", help="bring a backup back into an empty place")
    restore_.add_argument("file", type=Path, metavar="FILE")
    restore_.add_argument("--key", type=Path, required=True, metavar="FILE.key")
    restore_.set_defaults(command=restore, data=False)


def backup(args: argparse.Namespace) -> int:
    """Make a backup and say what is in it."""
    from sajja.config.safekeeping import actions

    return _loud(lambda: _say("Kept", actions.backup(args.out.absolute()), f"in {args.out}; keep {args.out}.key elsewhere"))


def restore(args: argparse.Namespace) -> int:
    """Restore a backup and say what came back."""
    from sajja.config.safekeeping import actions

    return _loud(lambda: _say("Restored", actions.restore(args.file, args.key), f"as of {args.file}"))


def _say(done: str, manifest: dict[str, Any], where: str) -> int:
    """What was done; 1 where it is whole but for pictures that had been lost before."""
    from sajja.config.safekeeping.report import summary

    print(f"{done} {summary(manifest)} {where}")
    if manifest.get("older"):
        print("The backup is of an older program: `sajja migrate` brings it up to date; then run `sajja verify`")
    if lost := manifest["missing_pictures"]:
        words = f"{len(lost)} of the pictures that the database names are not in SAJJA_DATA, the first {lost[0]}"
        print(f"sajja: all but this: {words}", file=sys.stderr)
    return 1 if lost else 0


def _loud(do: Callable[[], int]) -> int:
    """One plain line and 1 for whatever went wrong."""
    import sqlite3

    import psycopg
    from django.db import DatabaseError

    from sajja.config.safekeeping import Unsafe

    try:
        return do()
    except Unsafe as wrong:
        said = str(wrong)
    except (DatabaseError, psycopg.Error, sqlite3.Error) as wrong:
        said = f"the database says: {' '.join(str(wrong).split())}"
    except OSError as wrong:
        said = f"{wrong.strerror or wrong}{f': {wrong.filename}' if wrong.filename else ''}"
    print(f"sajja: {said}", file=sys.stderr)
    return 1
