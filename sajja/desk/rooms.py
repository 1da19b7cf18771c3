"""Which rooms the desk asks for duties and panels, in the order that a page shows them."""

from collections.abc import Callable
from datetime import date

from sajja.assessments import duties as assessment_duties
from sajja.assessments import panels as assessment_panels
from sajja.forums import duties as forum_duties
from sajja.forums import panels as forum_panels
from sajja.groups import duties as group_duties
from sajja.groups import panels as group_panels
from sajja.groups.models import SavingsGroup
from sajja.lib.duties import Duty, by_urgency
from sajja.org.models import Person
from sajja.plans import duties as plan_duties
from sajja.plans import panels as plan_panels
from sajja.programme import duties as programme_duties
from sajja.programme import panels as programme_panels
from sajja.reports import duties as report_duties
from sajja.reports import panels as report_panels
from sajja.treasury import duties as treasury_duties
from sajja.treasury import panels as treasury_panels
from sajja.web.panels import Panel

DUTIES: tuple[Callable[[Person, date], list[Duty]], ...] = (
    forum_duties.duties,
    report_duties.duties,
    assessment_duties.duties,
    plan_duties.duties,
    programme_duties.duties,
    treasury_duties.duties,
    group_duties.duties,
)
PANELS: tuple[Callable[[Person, SavingsGroup], list[Panel]], ...] = (
    programme_panels.panels,
    forum_panels.panels,
    assessment_panels.panels,
    plan_panels.panels,
    report_panels.panels,
    treasury_panels.panels,
    group_panels.panels,
)


def duties_of(person: Person, today: date) -> list[Duty]:
    """Everything that waits for this person, late first."""
    return by_urgency([duty for ask in DUTIES for duty in ask(person, today)], today)


def panels_of(person: Person, group: SavingsGroup) -> list[Panel]:
    """Everything the rooms show of this group to this person."""
    return [panel for ask in PANELS for panel in ask(person, group)]
