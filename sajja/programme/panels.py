"""A group's place in the years: selected, replaced, proposed, or left out and why."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person, Unit
from sajja.org.permissions import P
from sajja.programme import queries
from sajja.programme.models import ProgrammeYear, Proposal, SelectedGroup
from sajja.web.panels import Panel


class Standing(NamedTuple):
    """How a group stands in a year: a place (perhaps lost), a proposal, or the reason why it has neither."""

    year: ProgrammeYear
    selected: SelectedGroup | None = None
    proposal: Proposal | None = None
    why_not: str = ""
    url: str = ""


def panels(person: Person, group: SavingsGroup) -> list[Panel]:
    """One panel with the years in which the group was on a list, proposed or left out; none before any."""
    rows = standings(group)
    if not rows:
        return []
    district = Unit.objects.get(path=group.unit.path[:4])
    if holds(person, P.SEE_YEAR, district):
        rows = [
            row._replace(url=reverse("programme:province", kwargs={"year": row.year.year, "unit": district.pk})) for row in rows
        ]
    return [Panel(_("กิจกรรมประจำปี"), "programme/panel.html", {"standings": rows})]


def standings(group: SavingsGroup) -> list[Standing]:
    """The newest year first. A fixed number of queries."""
    held = (
        SelectedGroup.objects.filter(group=group)
        .select_related("year", "place", "until_by", "place__list__revision")
        .order_by("at")
    )
    rows = {row.year.year: Standing(row.year, selected=row) for row in held}
    proposed = Proposal.objects.filter(group=group, withdrawn_at__isnull=True).select_related("year")
    for proposal in proposed:
        rows.setdefault(proposal.year.year, Standing(proposal.year, proposal=proposal))
    latest = queries.latest_year()
    if latest and (latest.year not in rows or rows[latest.year].proposal):
        why = _why_left_out(latest, group)
        if why:
            rows[latest.year] = Standing(latest, why_not=why)
    return [rows[year] for year in sorted(rows, reverse=True)]


def _why_left_out(year: ProgrammeYear, group: SavingsGroup) -> str:
    frozen = queries.list_of(year, group.unit.path[:2])
    kept = frozen.left_out if frozen else []
    return next((str(row["reason"]) for row in kept if row["group"] == group.pk), "")
