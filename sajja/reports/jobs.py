"""The bundle of a province as a job: its folder holds how far it is and the newest bundle."""

import logging
from pathlib import Path
from typing import Final

from django.conf import settings
from django_tasks import task

from sajja.org.models import Unit
from sajja.programme.models import ProgrammeYear
from sajja.reports.exports import bundle
from sajja.reports.exports.papers import Told
from sajja.web import progress
from sajja.web.progress import Progress

log = logging.getLogger(__name__)
ENDING: Final = "*.zip"


@task()
def make_bundle(year: int, province: int) -> None:
    """Make it; where it cannot be made the page says so."""
    of_year, place = ProgrammeYear.objects.get(pk=year), Unit.objects.get(pk=province)
    folder = folder_of(of_year, place)
    try:
        make(of_year, place)
    except Exception:
        log.exception("the bundle of %s %s failed", of_year, place)
        progress.note(folder, Progress(progress.FAILED, 0, 0))


def make(year: ProgrammeYear, province: Unit) -> Path:
    """The bundle of the data of now; older ones go."""
    folder, told = folder_of(year, province), Told(year, province)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / bundle.name_of(told)
    bundle.write(told, file, lambda done, total: progress.note(folder, Progress(progress.RUNNING, done, total)))
    for old in folder.glob(ENDING):
        if old != file:
            old.unlink()
    total = (progress.of(folder) or Progress(progress.DONE, 0, 0)).total
    progress.note(folder, Progress(progress.DONE, total, total))
    return file


def begin(year: ProgrammeYear, province: Unit) -> None:
    """Ask the worker to make it."""
    progress.note(folder_of(year, province), Progress(progress.RUNNING, 0, 0))
    make_bundle.enqueue(year.pk, province.pk)


def progress_of(year: ProgrammeYear, province: Unit) -> Progress | None:
    """How far it is; None before the first."""
    return progress.of(folder_of(year, province))


def made(year: ProgrammeYear, province: Unit) -> Path | None:
    """The newest bundle, if there is one."""
    return next(iter(sorted(folder_of(year, province).glob(ENDING))), None)


def folder_of(year: ProgrammeYear, province: Unit) -> Path:
    """Where the bundle of a year and a province lies."""
    return Path(settings.SAJJA_DATA) / "papers" / f"bpm-{year.year}-{province.path}"
