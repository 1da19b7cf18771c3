"""Jobs of the treasury: a confirmed file of older movements is posted by the worker, its progress seen from the page."""

import logging
from pathlib import Path

from django.conf import settings
from django_tasks import task

from sajja.lib.refusals import Refused
from sajja.treasury.actions import legacy as acts
from sajja.treasury.models import LegacyImport

log = logging.getLogger(__name__)
FAILED = "นำเข้าไม่สำเร็จ ไม่มีรายการใดลงบัญชี ลองยืนยันอีกครั้ง หากยังไม่ได้ แจ้งผู้ดูแลระบบ"


@task()
def run_legacy(legacy: int) -> None:
    """Post a confirmed file; where it cannot be done, say so on it."""
    try:
        acts.run_legacy(legacy=_found(legacy), progress=lambda done, total: _note(legacy, done, total))
    except Refused as refusal:
        acts.fail_legacy(legacy=_found(legacy), message=str(refusal))
    except Exception:
        log.exception("older movements %s failed", legacy)
        acts.fail_legacy(legacy=_found(legacy), message=FAILED)
    finally:
        _file(legacy).unlink(missing_ok=True)


def progress_of(legacy: int) -> tuple[int, int]:
    """(rows done, rows in all) of a file that is being posted; (0, 0) before the first day."""
    try:
        done, total = _file(legacy).read_text().split()
    except (FileNotFoundError, ValueError):
        return 0, 0
    return int(done), int(total)


def _found(legacy: int) -> LegacyImport:
    return LegacyImport.objects.get(pk=legacy)


def _note(legacy: int, done: int, total: int) -> None:
    """In a file: the database shows nothing of the transaction until it ends."""
    file = _file(legacy)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(f"{done} {total}")
    new.replace(file)


def _file(legacy: int) -> Path:
    return Path(settings.SAJJA_DATA) / "progress" / f"legacy-{legacy}"
