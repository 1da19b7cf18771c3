"""The reports of all forums held in a place as one zip: a job that can be stopped, and goes on where it stopped.

Its state is a folder: a PDF for each forum named by what it says, how far it is, whether to stop, the zip when it is done.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.db.models import QuerySet
from django_tasks import task

from sajja.forums.exports.papers import report_parts
from sajja.forums.models import Forum
from sajja.org.door import AFTER
from sajja.org.models import Unit
from sajja.programme.models import ProgrammeYear
from sajja.web import progress
from sajja.web.papers import Press
from sajja.web.progress import Progress

PIECE: Final = 50


@task()
def print_reports(year: int, unit: int) -> None:
    """Make what is missing, then the zip."""
    make_reports(ProgrammeYear.objects.get(pk=year), Unit.objects.get(pk=unit))


def held_in(year: ProgrammeYear, unit: Unit) -> QuerySet[Forum]:
    """The held forums of the year under a unit, by place."""
    forums = Forum.objects.filter(selected__year=year, selected__until__isnull=True, state="held")
    under = forums.filter(selected__group__unit__path__gte=unit.path, selected__group__unit__path__lt=unit.path + AFTER)
    return under.select_related("selected__group__unit", "selected__year", "revision").order_by(
        "selected__group__unit__path", "pk"
    )


def make_reports(year: ProgrammeYear, unit: Unit) -> Path | None:
    """The zip; None where somebody stopped it. A report that was made of the same data is not made again."""
    folder = folder_of(year, unit)
    folder.mkdir(parents=True, exist_ok=True)
    forums = held_in(year, unit)
    total, kept = forums.count(), []
    with Press("forums/report") as press:
        for done, forum in enumerate(forums.iterator(chunk_size=PIECE)):
            if (folder / "stop").exists():
                progress.note(folder, Progress(progress.STOPPED, done, total))
                return None
            progress.note(folder, Progress(progress.RUNNING, done, total))
            data, at, pictures = report_parts(forum)
            part = folder / f"{forum.selected.group.unit.path}-{forum.pk}-{data['check']['sum']}.pdf"
            if not part.exists():
                progress.write(part, press.pdf(data, at, pictures))
            kept.append(part)
    zipped = _zip(folder, kept)
    progress.note(folder, Progress(progress.DONE, total, total))
    return zipped


def progress_of(year: ProgrammeYear, unit: Unit) -> Progress | None:
    """How far it is; None before the first."""
    return progress.of(folder_of(year, unit))


def begin(year: ProgrammeYear, unit: Unit) -> None:
    """Ask the worker to make them, or to go on."""
    folder = folder_of(year, unit)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "stop").unlink(missing_ok=True)
    before = progress_of(year, unit)
    progress.note(folder, Progress(progress.RUNNING, before.done if before else 0, before.total if before else 0))
    print_reports.enqueue(year.pk, unit.pk)


def stop(year: ProgrammeYear, unit: Unit) -> None:
    """Ask the worker to stop after the report in hand; what is made stays for the next time."""
    (folder_of(year, unit) / "stop").touch()


def zip_of(year: ProgrammeYear, unit: Unit) -> Path | None:
    """The zip, if it is made."""
    zipped = folder_of(year, unit) / "reports.zip"
    return zipped if zipped.exists() else None


def forget(year: ProgrammeYear, unit: Unit) -> None:
    """Throw away what was made."""
    shutil.rmtree(folder_of(year, unit), ignore_errors=True)


def folder_of(year: ProgrammeYear, unit: Unit) -> Path:
    """Where the job of a year and a unit keeps its files."""
    return Path(settings.SAJJA_DATA) / "papers" / f"forums-{year.year}-{unit.path or 'all'}"


def _zip(folder: Path, parts: list[Path]) -> Path:
    """All of them, in order, with no clock in it; parts of older data go."""
    new = folder / "reports.zip.new"
    with ZipFile(new, "w", ZIP_STORED) as zipped:
        for part in parts:
            zipped.writestr(ZipInfo(part.name), part.read_bytes())
    for old in _older(folder, {part.name for part in parts}):
        old.unlink()
    return new.replace(folder / "reports.zip")


def _older(folder: Path, kept: set[str]) -> Iterator[Path]:
    return (part for part in folder.glob("*.pdf") if part.name not in kept)
