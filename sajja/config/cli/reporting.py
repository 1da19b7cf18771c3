"""Commands about reports: bundle."""

import argparse
import sys
from pathlib import Path

from sajja.config.cli.arguments import Commands


def add(commands: Commands) -> None:
    """bundle."""
    bundle_ = commands.add_parser("bundle", help="the set that a province sends with its entry in BPM, as one zip")
    bundle_.add_argument("year", type=int, help="the year in B.E., for example 2564")
    bundle_.add_argument("province", help="the province's official code, for example 48")
    bundle_.add_argument("--out", type=Path, required=True, metavar="FILE.zip", help="the file to write")
    bundle_.set_defaults(command=bundle)


def bundle(args: argparse.Namespace) -> int:
    """Write a province's bundle; the same data give the same bytes."""
    from sajja.org.models import Kind, Unit
    from sajja.programme.models import ProgrammeYear
    from sajja.reports import actions
    from sajja.reports.exports import bundle
    from sajja.reports.exports.papers import Told

    year = ProgrammeYear.objects.filter(year=args.year).first()
    province = Unit.objects.filter(kind=Kind.PROVINCE, code=args.province).first()
    if year is None or province is None:
        wrong = f"the year {args.year} is not open here" if year is None else f"no province has the code {args.province!r}"
        print(f"sajja: {wrong}", file=sys.stderr)
        return 1
    actions.ask_for_bundle(by="system", year=year, province=province)
    told = Told(year, province)
    try:
        bundle.write(told, args.out)
    except OSError as wrong:
        print(f"sajja: {args.out}: {wrong.strerror}", file=sys.stderr)
        return 1
    print(f"{args.out}: {len(told.groups)} groups, {'draft' if told.is_draft else 'recorded'}, as of {told.at.isoformat()}")
    return 0
