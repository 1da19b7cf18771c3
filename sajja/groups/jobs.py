"""Jobs of the groups room: a confirmed sheet is done by the worker, its progress seen from the page."""

import logging
from pathlib import Path

from django.conf import settings
from django_tasks import task

from sajja.groups import actions
from sajja.groups.models import RegisterImport
from sajja.lib.refusals import Refused

log = logging.getLogger(__name__)
FAILED = "นำเข้าไม่สำเร็จ ไม่มีข้อมูลใดถูกบันทึก ลองยืนยันอีกครั้ง หากยังไม่ได้ แจ้งผู้ดูแลระบบ"


@task()
def run_import(sheet: int) -> None:
    """Do a confirmed sheet; where it cannot be done, say so on it."""
    found = RegisterImport.objects.select_related("by", "unit").get(pk=sheet)
    try:
        actions.run_import(sheet=found, progress=lambda done, total: _note(sheet, done, total))
    except Refused as refusal:
        actions.fail_import(sheet=RegisterImport.objects.get(pk=sheet), message=str(refusal))
    except Exception:
        log.exception("import %s failed", sheet)
        actions.fail_import(sheet=RegisterImport.objects.get(pk=sheet), message=FAILED)
    finally:
        _file(sheet).unlink(missing_ok=True)


def progress_of(sheet: int) -> tuple[int, int]:
    """(rows done, rows in all) of a sheet that is being done; (0, 0) before the first piece."""
    try:
        done, total = _file(sheet).read_text().split()
    except (FileNotFoundError, ValueError):
        return 0, 0
    return int(done), int(total)


def _note(sheet: int, done: int, total: int) -> None:
    """In a file: the database shows nothing of the transaction until it ends."""
    file = _file(sheet)
    file.parent.mkdir(parents=True, exist_ok=True)
    new = file.with_suffix(".new")
    new.write_text(f"{done} {total}")
    new.replace(file)


def _file(sheet: int) -> Path:
    return Path(settings.SAJJA_DATA) / "progress" / f"register-{sheet}"
