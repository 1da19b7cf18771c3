"""What waits in the register: sheets that were sent and not confirmed, or that must be mended."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import ImportState, RegisterImport
from sajja.lib.duties import Duty
from sajja.org.models import Person

WAITING = (ImportState.READ, ImportState.WRONG, ImportState.FAILED)


def duties(person: Person, today: date) -> list[Duty]:
    """The person's own sheets that are neither done nor dropped; none for people who send none."""
    sheets = (
        RegisterImport.objects.filter(by=person, state__in=WAITING).select_related("unit").defer("rows", "errors").order_by("at")
    )
    return [_duty(sheet) for sheet in sheets]


def _duty(sheet: RegisterImport) -> Duty:
    title, verb = {
        ImportState.READ: (_("ยืนยันนำเข้าทะเบียนจาก %s"), _("ตรวจและยืนยัน")),
        ImportState.WRONG: (_("แก้แถวที่ผิดใน %s"), _("ดูแถวที่ต้องแก้")),
        ImportState.FAILED: (_("นำเข้า %s ไม่สำเร็จ"), _("ลองอีกครั้ง")),
    }[ImportState(sheet.state)]
    return Duty(title % sheet.file_name, sheet.unit.full_name, None, reverse("groups:import", args=[sheet.pk]), verb)
