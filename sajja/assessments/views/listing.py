"""The list of assessments under a person's units: who is done, who is under way, who has not begun."""

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from sajja.assessments import queries
from sajja.assessments.models import Slot
from sajja.groups.models import SavingsGroup
from sajja.groups.queries import search
from sajja.org.door import Request, guarded, scoped
from sajja.org.permissions import P
from sajja.org.queries import names_above
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import latest_year, standing

PER_PAGE = 25
SHORT = {Slot.GOVERNANCE: _("ธรรมาภิบาล"), Slot.SSG: _("กระบวนการ SSG")}
STATES = {
    "": (_("ทุกกลุ่ม"), Q()),
    "todo": (_("ยังไม่เริ่ม"), Q(has_governance=False, has_ssg=False, has_open=False)),
    "doing": (_("กำลังทำ"), Q(has_open=True) | Q(has_governance=True, has_ssg=False) | Q(has_governance=False, has_ssg=True)),
    "done": (_("ครบสองแบบ"), Q(has_governance=True, has_ssg=True, has_open=False)),
}
"""?state= of the list: its words, and which groups it takes. Each group stands in exactly one of the last three."""


@guarded(P.SEE_ASSESSMENTS)
def assessments(request: Request) -> HttpResponse:
    """The groups on places of the newest year, 25 a page, with both assessments."""
    year = latest_year()
    groups = (
        queries.with_states(scoped(request.user, P.SEE_ASSESSMENTS, standing(year))) if year else SelectedGroup.objects.none()
    )
    text = request.GET.get("q", "").strip()
    if text:
        groups = groups.filter(group__in=search(SavingsGroup.objects.all(), text))
    state = request.GET.get("state", "") if request.GET.get("state", "") in STATES else ""
    ordered = groups.filter(STATES[state][1]).select_related("group__unit").order_by("group__unit__path")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    context = {
        "year": year,
        "q": text,
        "state": state,
        "states": _states(groups) if year else [],
        "page": page,
        "rows": _rows(shown),
    }
    return render(request, "assessments/assessments.html", context)


def _states(groups: QuerySet[SelectedGroup]) -> list[tuple[str, object, int]]:
    """(key, words, how many) of each state, in one query."""
    found = groups.aggregate(**{f"n{key}": Count("pk", filter=condition or None) for key, (_words, condition) in STATES.items()})
    return [(key, words, found[f"n{key}"]) for key, (words, _condition) in STATES.items()]


def _rows(shown: list[SelectedGroup]) -> list[dict[str, object]]:
    """Each group with its place and, by slot, what counts and what is under way."""
    ids = [one.pk for one in shown]
    counted, opened = queries.current_by_selected(ids), queries.open_by_selected(ids)
    names = names_above(one.group.unit.path for one in shown)
    return [
        {
            "selected": one,
            "place": names.district(one.group.unit.path),
            "slots": [
                (slot.label, SHORT[slot], step, counted.get(one.pk, {}).get(slot), opened.get(one.pk, {}).get(slot))
                for slot, step in queries.STEPS.items()
            ],
        }
        for one in shown
    ]
