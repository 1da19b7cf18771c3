"""Opening a year from its data file, and revising it."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.lib.refusals import Refused
from sajja.org import queries as org
from sajja.org.models import Person, Unit
from sajja.programme import queries, terms
from sajja.programme.models import ProgrammeYear, Revision
from sajja.programme.terms import Terms
from sajja.web import clock


@act
def open_year(*, by: Person, terms_mapping: Mapping[str, Any], at: datetime | None = None) -> ProgrammeYear:
    """Open a programme year from its data file; its sums must tie out. The letter becomes its first revision."""
    asked = _checked(terms_mapping)
    if ProgrammeYear.objects.filter(year=asked.year).exists():
        raise Refused(_("ปี %(year)d เปิดไว้แล้ว หากหนังสือเปลี่ยน ให้ออกฉบับแก้ไขจากหน้าของปีนั้น") % {"year": asked.year})
    at = at or clock.now()
    year = ProgrammeYear.objects.create(year=asked.year, unit=org.department(), opened_by=by, opened_at=at)
    _add_revision(by, year, asked, terms_mapping, number=1, at=at)
    record(by, "programme.open_year", year, "", at=at, reference=asked.reference, groups=asked.groups)
    return year


@act
def revise_year(*, by: Person, year: ProgrammeYear, terms_mapping: Mapping[str, Any], at: datetime | None = None) -> Revision:
    """A new revision of a year. What was frozen, confirmed or submitted keeps the revision it was made under."""
    asked = refuse_revision(year, terms_mapping)
    current = queries.current_revision(year)
    at = at or clock.now()
    revision = _add_revision(by, year, asked, terms_mapping, number=current.number + 1, at=at)
    record(by, "programme.revise_year", revision, "", at=at, number=revision.number, what_changed=revision.what_changed)
    return revision


def refuse_revision(year: ProgrammeYear, terms_mapping: Mapping[str, Any]) -> Terms:
    """The new terms, where they may become the year's next revision; refused in words where not."""
    asked = _checked(terms_mapping)
    if asked.year != year.year:
        raise Refused(_("แฟ้มนี้เป็นของปี %(other)d โปรดใช้แฟ้มของปี %(year)d") % {"other": asked.year, "year": year.year})
    if not asked.what_changed.strip():
        raise Refused(_("โปรดเขียนสั้น ๆ ว่าฉบับนี้เปลี่ยนอะไร"), field="what_changed")
    if terms.plain(terms_mapping) == queries.current_revision(year).terms:
        raise Refused(_("ข้อมูลเหมือนฉบับที่ใช้อยู่ทุกข้อ ยังไม่มีอะไรให้แก้ไข"))
    _refuse_below_held(year, asked)
    return asked


def _checked(mapping: Mapping[str, Any]) -> Terms:
    wrong = terms.problems(mapping)
    if wrong:
        raise Refused(" · ".join(wrong))
    return terms.read(mapping)


def _add_revision(
    by: Person, year: ProgrammeYear, asked: Terms, mapping: Mapping[str, Any], *, number: int, at: datetime
) -> Revision:
    return Revision.objects.create(
        year=year, number=number, reference=asked.reference[:100], dated=asked.dated, what_changed=asked.what_changed[:500],
        terms=terms.plain(mapping), by=by, at=at,
    )  # fmt: skip


def _refuse_below_held(year: ProgrammeYear, asked: Terms) -> None:
    """A revision moves no frozen list: its quota may not be less than what a province holds already."""
    held = Counter(path[:2] for path in queries.standing(year).values_list("group__unit__path", flat=True))
    districts = Counter(path[:2] for path in queries.programme_paths(asked) if len(path) == 4)
    over = [province for province, count in held.items() if count > asked.places_in(province, districts[province])]
    if over:
        names = ", ".join(unit.full_name for unit in Unit.objects.filter(path__in=over).order_by("sort_key")[:5])
        raise Refused(_("%(names)sมีกลุ่มในรายชื่อที่ยืนยันแล้วมากกว่าโควตาใหม่ โปรดตั้งโควตาไม่ต่ำกว่าที่ยืนยันไว้") % {"names": names}, field="quota")
