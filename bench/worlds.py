"""A folder thrown away with a database of ours in it, and how a measurement is taken: medians of several rounds, in turn."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

import django

DAY = date(2021, 6, 10)


@contextmanager
def world() -> Iterator[Path]:
    """A migrated SQLite database with Thailand's places, on 10 June 2564; the folder that it lies in."""
    with tempfile.TemporaryDirectory(prefix="sajja-bench-") as folder:
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {"SAJJA_DATA": folder, "DJANGO_SETTINGS_MODULE": "sajja.config.settings"}
        django.setup()
        from django.core.management import call_command

        from sajja.org.actions import load_places
        from sajja.web import clock

        call_command("migrate", verbosity=0, interactive=False)
        with clock.fixed(DAY):
            load_places()
            yield Path(folder)


def seconds(work: Callable[[], object]) -> float:
    """How long this takes, once."""
    began = perf_counter()
    work()
    return perf_counter() - began


class Took(NamedTuple):
    """Seconds of a clock, and seconds that the processor worked for us: on a busy machine the second is the steadier."""

    wall: float
    busy: float


def took(work: Callable[[], object]) -> Took:
    """Run this once."""
    wall, busy = perf_counter(), process_time()
    work()
    return Took(perf_counter() - wall, process_time() - busy)


def figures(name: str, times: list[Took]) -> dict[str, float]:
    """The medians of both, in milliseconds."""
    return {f"{name}_ms": middle([its.wall for its in times]), f"{name}_cpu_ms": middle([its.busy for its in times])}


def middle(times: list[float]) -> float:
    """The median in milliseconds."""
    return round(median(times) * 1000, 2)
