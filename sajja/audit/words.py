"""What each act is called in plain Thai, gathered from the rooms' `deeds.py`."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sajja.audit.models import AuditRow


@cache
def deeds() -> dict[str, str | Promise]:
    """`groups.set_level` → จัดระดับกลุ่ม, of every room."""
    found: dict[str, str | Promise] = {}
    for room in apps.get_app_configs():
        if room.name.startswith("sajja.") and find_spec(f"{room.name}.deeds"):
            own = import_module(f"{room.name}.deeds").DEEDS
            found |= {f"{room.label}.{name}": words for name, words in own.items()}
    return found


def said(act: str) -> str:
    """The act in words; its own name where an older program wrote one that is no more."""
    return str(deeds().get(act) or _("ทำรายการ (%(act)s)") % {"act": act})


def doer(row: AuditRow) -> str:
    """Who did it, by the name of that day."""
    return str({"system": _("ระบบ"), "stranger": _("ผู้ที่ยังไม่เข้าสู่ระบบ")}.get(row.by, row.by_name))
