"""Commands that print figures: kpi."""

import argparse
import json
import sys

from sajja.config.cli.arguments import Commands


def add(commands: Commands) -> None:
    """kpi."""
    kpi_ = commands.add_parser("kpi", help="the figures of a programme year")
    kpi_.add_argument("year", type=int, help="the year in B.E., for example 2564")
    kpi_.add_argument("--json", action="store_true", help="on one line, for programs")
    kpi_.set_defaults(command=kpi)


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
