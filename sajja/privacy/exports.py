"""The letter that a breach asks for."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sajja.lib.thai_dates import hhmm, long
from sajja.privacy.clock72 import standing
from sajja.privacy.models import Breach
from sajja.web import clock, papers
from sajja.web.papers import pieces


def breach_letter(breach: Breach) -> bytes:
    """To the Office, of what is known until its last row; names nobody whose data got out."""
    newest = breach.notes.order_by("-at").values_list("at", flat=True).first()
    at = max(newest or breach.at, breach.at)
    return papers.pdf(
        "privacy/breach", letter_data(breach, list(breach.notes.order_by("at").values_list("words", flat=True))), at
    )


def letter_data(breach: Breach, notes: list[str]) -> dict[str, Any]:
    """What §37 (4) asks to be told: what happened, whose data, how many, the risk, what was and will be done."""
    until = standing(breach.known_at, breach.told_office_at, breach.at).until
    subject = _("แจ้งเหตุการละเมิดข้อมูลส่วนบุคคล")
    rows = (
        (_("รู้เหตุเมื่อ"), f"{long(clock.day_of(breach.known_at))} {_hour(breach.known_at)}"),
        (_("ครบ 72 ชั่วโมง"), f"{long(clock.day_of(until))} {_hour(until)}"),
        (_("ข้อมูลและเจ้าของข้อมูล"), breach.whose), (_("ประมาณจำนวนคน"), f"{breach.people:,}"),
        (_("ความเสี่ยง"), str(breach.get_risk_display())),
    )  # fmt: skip
    later = [pieces.head(_("ที่ทราบเพิ่มเติม")), pieces.numbered(notes)] if notes else []
    return {
        "office": _("กรมการพัฒนาชุมชน"), "place": _("ศูนย์ราชการเฉลิมพระเกียรติ ๘๐ พรรษาฯ กรุงเทพมหานคร"), "number": "",
        "to": _("เลขาธิการคณะกรรมการคุ้มครองข้อมูลส่วนบุคคล"), "subject": subject, "title": subject, "refers": "",
        "signer": "", "head": _("อธิบดีกรมการพัฒนาชุมชน"), "section": _("ผู้ดูแลระบบสัจจะ กรมการพัฒนาชุมชน"), "enclosed": [],
        "pieces": [
            pieces.said(_("ตามพระราชบัญญัติคุ้มครองข้อมูลส่วนบุคคล พ.ศ. 2562 มาตรา 37 (4) ขอแจ้งเหตุดังนี้")), pieces.facts(*rows),
            pieces.head(_("เหตุที่เกิด")), pieces.said(breach.what), pieces.head(_("มาตรการ")), pieces.said(breach.measures), *later,
            pieces.said(_("จึงเรียนมาเพื่อโปรดทราบ")),
        ],
    }  # fmt: skip


def _hour(moment: datetime) -> str:
    return hhmm(moment.astimezone(clock.BANGKOK).time())
