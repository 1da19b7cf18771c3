"""The demo instruments in force, and answers that pass all but some of their indicators."""

from pathlib import Path

from sajja.assessments import actions, instrument_file, queries, scoring
from sajja.assessments.actions import Given
from sajja.assessments.models import InstrumentVersion
from tests.cast import Cast

FOLDER = Path(instrument_file.__file__).parent / "instruments"


def file(slot: str) -> dict[str, object]:
    """The demo instrument's file of a slot."""
    return instrument_file.parse((FOLDER / f"{slot}-2564.toml").read_bytes())


def in_force(slot: str, cast: Cast) -> InstrumentVersion:
    """The demo instrument loaded by the officer and published by the admin."""
    return actions.publish_version(by=cast.admin, version=actions.load_instrument(by=cast.department, data=file(slot)))


def answers(version: InstrumentVersion, *failing: str) -> dict[int, Given]:
    """Passing answers to all, failing ones to these codes."""
    return {
        one.pk: Given(scoring.example(queries.question(one), "fail" if one.code in failing else "pass"))
        for one in queries.indicators_of(version)
    }
