"""The data files of years that come with the program."""

import tomllib
from pathlib import Path
from typing import Any, Final

YEARS: Final = Path(__file__).parent / "years"


def known() -> list[int]:
    """The years (B.E.) that have a data file, oldest first."""
    return sorted(int(file.stem) for file in YEARS.glob("[0-9][0-9][0-9][0-9].toml"))


def mapping_of(year: int) -> dict[str, Any]:
    """The data file of a year. FileNotFoundError where there is none."""
    return tomllib.loads(text_of(year))


def text_of(year: int) -> str:
    """The data file of a year as it is written, with its comments. FileNotFoundError where there is none."""
    return (YEARS / f"{year}.toml").read_text(encoding="utf-8")
