"""The calendar as a sheet."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from sajja.forums.models import Forum, Sitting
from sajja.lib.thai_dates import WEEKDAYS
from sajja.org.queries import NamesAbove
from sajja.programme.models import SelectedGroup
from sajja.web.sheets import Cell, Column, Sheet, workbook


class Line(NamedTuple):
    """A sitting with the word of its state and what its days should make one think of."""

    sitting: Sitting
    word: str
    minds: Sequence[str]


def calendar_sheet(
    title: str, lines: Iterable[Line], undated: Iterable[tuple[SelectedGroup, Forum | None]], names: NamesAbove, made_at: datetime
) -> bytes:
    """Two sheets: every sitting by day and hour, and the groups that have no day."""
    dated = Sheet(_("ปฏิทินเวที"), _dated_columns(), [_dated(line, names) for line in lines], title)
    waiting = Sheet(_("ยังไม่มีวัน"), [*_place_columns(), Column(_("สถานะ"))], [_undated(*one, names) for one in undated], title)
    return workbook([dated, waiting], made_at)


def _place_columns() -> list[Column]:
    return [Column(_("กลุ่ม")), Column(_("หมู่บ้าน")), Column(_("ตำบล")), Column(_("อำเภอ")), Column(_("จังหวัด"))]


def _dated_columns() -> list[Column]:
    return [
        Column(_("วันที่"), "date"), Column(_("วัน")), Column(_("เริ่ม")), Column(_("เลิก")), *_place_columns(), Column(_("สถานที่")),
        Column(_("ผู้จัด")), Column(_("สถานะ")), Column(_("ข้อควรระวัง")),
    ]  # fmt: skip


def _dated(line: Line, names: NamesAbove) -> list[Cell]:
    sitting = line.sitting
    hosts = [sitting.host.full_name] if sitting.host else []
    hosts += [sitting.host_names] if sitting.host_names else []
    return [
        sitting.day, WEEKDAYS[sitting.day.weekday()], sitting.starts, sitting.ends, *_place(sitting.forum.selected, names),
        sitting.where, ", ".join(hosts), line.word, " · ".join(line.minds),
    ]  # fmt: skip


def _undated(one: SelectedGroup, forum: Forum | None, names: NamesAbove) -> list[Cell]:
    word = _("เลิกกลุ่มแล้ว") if one.group.closed_on else _("เลื่อน รอวันใหม่") if forum else _("ยังไม่กำหนดวัน")
    return [*_place(one, names), word]


def _place(selected: SelectedGroup, names: NamesAbove) -> list[Cell]:
    path = selected.group.unit.path
    return [selected.group.name, names.village(path), names.subdistrict(path), names.district(path), names.province(path)]
