"""What is owed by a day, of every room that knows due days, with whose it is and who stands above: for the inbox's reminders."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.budget.lives import OPEN
from sajja.budget.models import Advance
from sajja.followup.lives import WAITS_FOR_DISTRICT
from sajja.followup.models import Finding
from sajja.inbox.reminders import Due, Steps
from sajja.org.models import Kind, Post, Unit
from sajja.programme import circulars
from sajja.programme.measures import EVERYWHERE
from sajja.programme.models import Revision
from sajja.programme.queries import latest_revision, terms_of
from sajja.programme.terms import Terms
from sajja.reports.models import ProvinceReport
from sajja.reports.queries import Owed, extensions, mend_days, owed, province_due

Levels = tuple[tuple[int, ...], ...]
OFFICES = (Kind.DISTRICT, Kind.PROVINCE, Kind.DEPARTMENT)
Holders = Mapping[tuple[str, str], tuple[int, ...]]
DONE = {"recorded"}


def dues(day: date) -> list[Due]:
    """Reports, advances and findings of the newest year that wait for those who owe them; what a reviewer holds is not there.
    A fixed number of queries."""
    latest = latest_revision()
    if latest is None:
        return []
    terms, held = terms_of(latest), holders(day)
    return [
        *_district_reports(latest, terms, held, day),
        *_province_reports(latest, terms, held),
        *_advances(latest, terms, held),
        *_findings(latest, terms, held),
        *_circulars(latest, terms, held),
    ]


def holders(day: date) -> Holders:
    """(path of an office, role) → who holds that post there on a day. One query."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    posts = Post.objects.held_on(day).filter(unit__kind__in=OFFICES, person__is_active=True)
    for path, role, person in posts.order_by("person_id").values_list("unit__path", "role", "person_id"):
        found[path, role].append(person)
    return {key: tuple(people) for key, people in found.items()}


def of_district(held: Holders, path: str, first: Iterable[int] | None = None) -> Levels:
    """The officers of a district (or those named), its head, the officers of its province."""
    mine = held.get((path[:4], "district_officer"), ()) if first is None else tuple(first)
    return _filled(mine, held.get((path[:4], "district_head"), ()), held.get((path[:2], "province_officer"), ()))


def of_province(held: Holders, path: str) -> Levels:
    """The officers of a province, its head, the officers of the department."""
    above = held.get(("", "department_officer"), ())
    return _filled(held.get((path[:2], "province_officer"), ()), held.get((path[:2], "province_head"), ()), above)


def _filled(officers: tuple[int, ...], head: tuple[int, ...], above: tuple[int, ...]) -> Levels:
    """Where nobody is an officer the head is told from the first."""
    return officers or head, head, above


def steps_of(terms: Terms) -> Steps:
    """The days of a year's reminders."""
    return Steps(terms.remind_before, terms.remind_after)


def _district_reports(latest: Revision, terms: Terms, held: Holders, today: date) -> list[Due]:
    page, steps, rows = reverse("reports:home"), steps_of(terms), owed(latest.year, terms=terms)
    days = mend_days(rows, today)

    def due(one: Owed, kind: str, does: str, day: date) -> Due:
        link = reverse("reports:district", args=[one.forum.pk])
        return Due(kind, does, one.name, day, link, of_district(held, one.path), page, steps)

    return [
        *(due(one, "reports.district", _("ส่งรายงานให้จังหวัด"), one.due) for one in rows if one.state == "draft"),
        *(
            due(one, "reports.mend", _("แก้และส่งรายงานอีกครั้ง"), days[one.report.pk])
            for one in rows
            if one.state == "returned" and one.report
        ),
    ]


def _province_reports(latest: Revision, terms: Terms, held: Holders) -> list[Due]:
    reports = {one.province_id: one for one in ProvinceReport.objects.filter(year=latest.year_id)}
    page, steps, found = reverse("reports:home"), steps_of(terms), []
    extended = extensions(latest.year, EVERYWHERE)
    for unit in Unit.objects.filter(kind=Kind.PROVINCE, active=True).order_by("path"):
        report = reports.get(unit.pk)
        if not terms.takes_part(unit.path) or (report and report.state in DONE):
            continue
        does = _("บันทึกการลงระบบ BPM") if report and report.state == "ready" else _("จัดทำรายงานจังหวัดให้กรมฯ")
        link = reverse("reports:province", args=[latest.year.year, unit.pk])
        day = province_due(terms, report, extended.get(unit.path))
        found.append(Due("reports.province", does, unit.full_name, day, link, of_province(held, unit.path), page, steps))
    return found


def _advances(latest: Revision, terms: Terms, held: Holders) -> list[Due]:
    page, steps = reverse("budget:home"), steps_of(terms)
    waiting = Advance.objects.filter(year=latest.year_id, state__in=OPEN).select_related("unit").order_by("pk")
    return [
        Due(
            "budget.advance", _("ส่งใช้เงินยืม"), _("สัญญา %s") % one.number, one.due, reverse("budget:advance", args=[one.pk]),
            of_district(held, one.unit.path, [one.borrower_id]), page, steps,
        )
        for one in waiting
    ]  # fmt: skip


def _findings(latest: Revision, terms: Terms, held: Holders) -> list[Due]:
    page, steps = reverse("followup:home"), steps_of(terms)
    waiting = Finding.objects.filter(state__in=WAITS_FOR_DISTRICT, visit__year=latest.year_id).select_related("about")
    return [
        Due(
            "followup.finding", _("ตอบข้อสังเกตของผู้ติดตาม"), one.about.full_name, one.due,
            reverse("followup:finding", args=[one.pk]), of_district(held, one.about.path), page, steps,
        )
        for one in waiting.order_by("pk")
    ]  # fmt: skip


def _circulars(latest: Revision, terms: Terms, held: Holders) -> list[Due]:
    if not circulars.standing(latest.year).exists():
        return []
    page, steps = reverse("programme:circulars", args=[latest.year.year]), steps_of(terms)
    return [
        Due(
            "programme.circular", _("รับทราบหนังสือเวียน"), f"{one.number} {unit.full_name}", one.needs_by,
            reverse("programme:circular", args=[one.pk]),
            of_district(held, unit.path) if unit.kind == Kind.DISTRICT else of_province(held, unit.path), page, steps,
        )
        for one, unit in circulars.unknown(latest.year, circulars.offices(latest.year, EVERYWHERE))
    ]  # fmt: skip
