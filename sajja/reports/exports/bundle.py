"""The set that a province sends with its entry in BPM: letter and report as PDF and for Word, a workbook, all pictures, a manifest.

The only clock in it is the moment of the last state row, so that the same data give the same bytes. Until the entry in BPM is
recorded every paper and every name says ร่าง.
"""

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils.translation import gettext as _

from sajja.forums.models import Photo
from sajja.reports.exports import papers
from sajja.reports.exports.papers import Group, Told
from sajja.web import clock, pictures
from sajja.web.papers import word
from sajja.web.sheets import Cell, Column, Sheet, workbook

Step = Callable[[int, int], None]
DRAFT: Final = "ร่าง-"
BEGINNING: Final = (1980, 1, 1, 0, 0, 0)
"""A zip's parts carry no time of their own: the bundle's stands in its manifest."""


def name_of(told: Told) -> str:
    """What the file is called: year, province, the moment of its data and a sum of them: other data, another name."""
    at = told.at.astimezone(clock.BANGKOK)
    shown = [[name, one.sha256, one.caption] for name, _group, one in named(told)]
    said = json.dumps([papers.cover_data(told), papers.report_data(told), [dict(group.said) for group in told.groups], shown])
    total = sha256(said.encode()).hexdigest()[:6]
    return f"{DRAFT if told.is_draft else ''}sajja-bpm-{told.year.year}-{told.province.code}-{at:%Y%m%d-%H%M%S}-{total}.zip"


def write(told: Told, file: Path, progress: Step = lambda done, total: None) -> None:
    """Make the bundle, whole or not at all; `progress` hears how many of how many parts are in."""
    parts = list(_parts(told))
    new = file.with_name(file.name + ".new")
    sums = []
    with ZipFile(new, "w", ZIP_STORED) as zipped:
        for done, (name, made) in enumerate(parts):
            progress(done, len(parts))
            content = made()
            zipped.writestr(ZipInfo(name, BEGINNING), content)
            sums.append({"name": name, "bytes": len(content), "sha256": sha256(content).hexdigest()})
        zipped.writestr(ZipInfo("manifest.json", BEGINNING), _manifest(told, sums))
    new.replace(file)
    progress(len(parts), len(parts))


def _parts(told: Told) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """The name of each part and what makes it, in the order of the names."""
    before = DRAFT if told.is_draft else ""
    yield f"{before}1-cover.docx", lambda: word.letter(papers.cover_data(told), told.at)
    yield f"{before}1-cover.pdf", lambda: papers.cover(told)
    yield f"{before}2-report.docx", lambda: word.titled(papers.report_data(told), told.at, papers.files_of(told))
    yield f"{before}2-report.pdf", lambda: papers.report(told)
    yield f"{before}3-figures.xlsx", lambda: figures(told)
    for name, _group, one in named(told):
        path = pictures.path_of(one.sha256)
        if path.exists():
            yield name, path.read_bytes


def named(told: Told) -> list[tuple[str, Group, Photo]]:
    """Every picture with a name that sorts by place, then by step and time: pictures/480501020001-01-4.1.jpg."""
    return [
        (f"pictures/{group.path}-{n:02}{f'-{one.step}' if one.step else ''}.jpg", group, one)
        for group in told.groups
        for n, one in enumerate(group.photos, 1)
    ]


def figures(told: Told) -> bytes:
    """The workbook: the sums, a line for each group, the captions of the pictures."""
    return workbook([_summary(told), _groups(told), _captions(told)], told.at)


def _title(told: Told) -> str:
    said = _("%(what)s %(place)s ปีงบประมาณ %(year)d") % {
        "what": _("รายงานผลการดำเนินงาน"), "place": told.province.full_name, "year": told.year.year,
    }  # fmt: skip
    return " · ".join(filter(None, [said, told.draft]))


def _summary(told: Told) -> Sheet:
    rows: list[list[Cell]] = [[name, value] for name, value in told.figures.items()]
    return Sheet(_("สรุป"), [Column(_("รายการ")), Column(_("จำนวน"), "number")], rows, title=_title(told))


def _groups(told: Told) -> Sheet:
    names = told.names
    said = list(dict.fromkeys(name for group in told.groups for name in group.said))
    numbers = {name for name in said if all(isinstance(group.said.get(name, 0), int) for group in told.groups)}
    heads = [
        Column(_("กลุ่ม")), Column(_("หมู่บ้าน")), Column(_("ตำบล")), Column(_("อำเภอ")), Column(_("จบเวที"), "date"),
        Column(_("กำหนดส่ง"), "date"), Column(_("ส่งครั้งแรก"), "date"), Column(_("ช้า (วัน)"), "number"), Column(_("กำหนดเวลา")),
        Column(_("สถานะ")), *(Column(name, "number" if name in numbers else "text") for name in said),
        Column(_("ใช้จ่าย (บาท)"), "baht"),
    ]  # fmt: skip
    rows: list[list[Cell]] = [
        [
            group.name, names.village(group.path), names.subdistrict(group.path), names.district(group.path), group.forum.ended_on,
            group.one.due, group.one.submitted_on, told.days_late(group.one) or None, told.came(group.one), told.state_of(group.one),
            *(group.said.get(name) for name in said), group.satang,
        ]
        for group in told.groups
    ]  # fmt: skip
    totals: list[Cell] = [_("รวม"), *([None] * 9), *(_sum(told, name) if name in numbers else None for name in said)]
    return Sheet(_("รายกลุ่ม"), heads, rows, _title(told), [*totals, sum(group.satang for group in told.groups)] if rows else ())


def _sum(told: Told, name: str) -> int:
    return sum(group.said.get(name) or 0 for group in told.groups)


def _captions(told: Told) -> Sheet:
    heads = [
        Column(_("แฟ้ม")),
        Column(_("กลุ่ม")),
        Column(_("อำเภอ")),
        Column(_("ขั้น")),
        Column(_("คำบรรยาย")),
        Column(_("วันที่ส่งรูป"), "date"),
    ]
    rows: list[list[Cell]] = [
        [
            name if pictures.path_of(one.sha256).exists() else _("ไม่พบแฟ้มรูป"), group.name, told.names.district(group.path), one.step,
            one.caption, clock.day_of(one.at),
        ]
        for name, group, one in named(told)
    ]  # fmt: skip
    return Sheet(_("รูป"), heads, rows, _title(told))


def _manifest(told: Told, sums: list[dict[str, Any]]) -> str:
    said = {
        "year": told.year.year,
        "province": told.province.code,
        "name": told.province.full_name,
        "state": told.report.state if told.report else "draft",
        "draft": told.is_draft,
        "as_of": told.at.astimezone(clock.BANGKOK).isoformat(),
        "terms": told.revision.reference,
        "files": sums,
    }
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"
