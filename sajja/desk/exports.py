"""What was done, as a workbook for an auditor: every row with its detail as it is kept, and the seals."""

import json
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from sajja.audit.models import AuditSeal
from sajja.desk.trail import Line
from sajja.lib.thai_dates import hhmm
from sajja.web import clock
from sajja.web.sheets import Cell, Column, Sheet, workbook


def trail_book(lines: Iterable[Line], seals: Iterable[AuditSeal], made_at: datetime) -> bytes:
    """One sheet of acts, one of seals; a detail that its reader may not see is left out as on the page."""
    acts = [
        Column(_("เลขที่"), "number"), Column(_("วันที่"), "date"), Column(_("เวลา")), Column(_("ผู้ทำรายการ")), Column(_("ทำอะไร")), Column(_("เรื่อง")),
        Column(_("รายละเอียด")), Column(_("รหัสการกระทำ")), Column(_("รหัสเรื่อง")), Column(_("รหัสหน่วยงาน")), Column(_("ข้อมูลดิบ")),
    ]  # fmt: skip
    rows = [_row(line) for line in lines]
    heads = [
        Column(_("ลำดับ"), "number"), Column(_("ปิดตราเมื่อ"), "date"), Column(_("เวลา")), Column(_("ถึงเลขที่"), "number"),
        Column(_("จำนวนรายการ"), "number"), Column(_("รหัสตรา (sha256)")),
    ]  # fmt: skip
    sealed: list[list[Cell]] = [
        [seal.pk, clock.day_of(seal.sealed_at), _time(seal.sealed_at), seal.last, seal.rows, seal.hash] for seal in seals
    ]
    return workbook([Sheet(_("ประวัติการทำรายการ"), acts, rows), Sheet(_("ตราประจำวัน"), heads, sealed)], made_at)


def _row(line: Line) -> list[Cell]:
    row, told = line.row, "; ".join(f"{name} {words}" for name, words in line.facts)
    raw = json.dumps(row.detail, ensure_ascii=False, sort_keys=True) if line.name else ""
    day, at = clock.day_of(row.at), _time(row.at)
    return [row.pk, day, at, line.doer, line.said, line.name, told, row.act, row.about, row.unit_path, raw]


def _time(moment: datetime) -> str:
    return hhmm(moment.astimezone(clock.BANGKOK).time())
