"""`sajja calc …`: the arithmetic of the rules, by the very functions that the screens use; needs no data, refuses nothing by law."""

import argparse
import json
import re
import sys
from fractions import Fraction
from typing import Any

from sajja.config.cli.arguments import Commands
from sajja.lib.digits import arabic
from sajja.lib.money import parse_baht, plain, share_out
from sajja.treasury import dividend as sharing
from sajja.treasury import schedule as instalments

METHODS = [instalments.EQUAL_INSTALMENT, instalments.EQUAL_PRINCIPAL, instalments.FLAT]
ROUNDINGS = [instalments.HALF_UP, instalments.HALF_EVEN]
MULTIPLES = (1, 100)
MOST_INSTALMENTS = 1200
PERCENT = re.compile(r"\d{1,6}(\.\d{1,10})?")


def add(commands: Commands) -> None:
    """calc split, schedule, dividend."""
    calc_ = commands.add_parser("calc", help="arithmetic of the rules; needs no data").add_subparsers(
        required=True, metavar="WHAT"
    )
    split_ = calc_.add_parser("split", help="split satang by weights, largest remainder, ties to the first")
    split_.add_argument("--total", type=int, required=True, help="satang")
    split_.add_argument("--weights", type=weights, required=True, help="whole numbers with commas: 1,1,1")
    split_.set_defaults(command=split, data=False)

    schedule_ = calc_.add_parser("schedule", help="the instalments of a loan")
    schedule_.add_argument("--principal", type=money, required=True, metavar="BAHT")
    schedule_.add_argument("--annual-rate", type=percent, required=True, metavar="PERCENT", help="percent a year: 12, 11.5")
    schedule_.add_argument("--instalments", type=count, required=True, metavar="N", help="one a month")
    schedule_.add_argument("--method", choices=METHODS, default=instalments.EQUAL_INSTALMENT)
    schedule_.add_argument("--rounding", choices=ROUNDINGS, default=instalments.HALF_UP)
    schedule_.add_argument(
        "--instalment-multiple", type=multiple, default=1, metavar="BAHT", help="0.01: to the satang; 1: whole baht"
    )
    schedule_.add_argument("--grace", type=grace, default=0, metavar="N", help="first instalments that are interest alone")
    schedule_.set_defaults(command=schedule, data=False)

    dividend_ = calc_.add_parser("dividend", help="a year's dividend on savings, each deposit by the months left")
    dividend_.add_argument("--rate", type=percent, required=True, metavar="PERCENT", help="percent a year: 5.70")
    dividend_.add_argument("--opening", type=money, required=True, metavar="BAHT", help="what was there all year")
    dividend_.add_argument("--monthly", type=money, default=0, metavar="BAHT", help="brought each month (weights 11 … 0)")
    dividend_.set_defaults(command=dividend, data=False)
    for command in (split_, schedule_, dividend_):
        command.add_argument("--json", action="store_true", help="on one line, for programs")


def weights(text: str) -> list[int]:
    """ "1,1,1" → [1, 1, 1]."""
    try:
        found = [int(part) for part in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError("weights are whole numbers with commas between them: 1,1,1") from None
    if not found or min(found) < 0 or not sum(found):
        raise argparse.ArgumentTypeError("weights are not below nought, and not all nought")
    return found


def money(text: str) -> int:
    """ "12000" or "12,000.50" → satang."""
    try:
        return parse_baht(text)
    except ValueError:
        raise argparse.ArgumentTypeError("write baht with at most two decimals, not below nought: 12000 or 12000.50") from None


def percent(text: str) -> Fraction:
    """ "11.5" → 23/2."""
    plain_text = arabic(text).strip()
    if not PERCENT.fullmatch(plain_text):
        raise argparse.ArgumentTypeError("write a rate in percent, not below nought: 12 or 11.5")
    return Fraction(plain_text)


def count(text: str) -> int:
    """ "12" → 12."""
    return _number(text, 1)


def grace(text: str) -> int:
    """ "0" → 0."""
    return _number(text, 0)


def multiple(text: str) -> int:
    """ "1" → 100 satang."""
    found = money(text)
    if found not in MULTIPLES:
        raise argparse.ArgumentTypeError("instalments are to the satang (0.01) or in whole baht (1)")
    return found


def _number(text: str, least: int) -> int:
    if not re.fullmatch(r"\d{1,6}", text) or not least <= int(text) <= MOST_INSTALMENTS:
        raise argparse.ArgumentTypeError(f"write a whole number from {least} to {MOST_INSTALMENTS}")
    return int(text)


def split(args: argparse.Namespace) -> int:
    """Print the shares in satang."""
    print(json.dumps(share_out(args.total, args.weights), separators=(",", ":")))
    return 0


def schedule(args: argparse.Namespace) -> int:
    """Print every instalment in baht; exit 2 says why there cannot be so many."""
    terms = instalments.Terms(
        principal=args.principal, rate_bp=args.annual_rate * 100, instalments=args.instalments, method=args.method,
        multiple=args.instalment_multiple, rounding=args.rounding, grace=args.grace,
    )  # fmt: skip
    try:
        rows = instalments.schedule(terms)
    except ValueError as wrong:
        print(f"sajja: {wrong}", file=sys.stderr)
        return 2
    _print(
        [
            {"no": row.no, "principal": plain(row.principal), "interest": plain(row.interest), "balance": plain(row.balance)}
            for row in rows
        ],
        args,
    )
    return 0


def dividend(args: argparse.Namespace) -> int:
    """Print the dividend in baht."""
    weight = sharing.month_weight(args.opening, [args.monthly] * 12)
    _print({"dividend": plain(sharing.at_rate(args.rate, [weight])[0])}, args)
    return 0


def _print(found: Any, args: argparse.Namespace) -> None:
    print(json.dumps(found, separators=(",", ":")) if args.json else json.dumps(found, indent=2))
