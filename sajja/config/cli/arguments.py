"""What the families of commands share: how a command looks, and how a day is read."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from sajja.lib.thai_dates import parse_date

Command = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def day(text: str) -> date:
    """A day as people write it: 2021-06-10, 2564-06-10, 10/6/2564, 10 มิ.ย. 2564."""
    try:
        return parse_date(text)
    except ValueError as wrong:
        raise argparse.ArgumentTypeError(str(wrong)) from wrong
