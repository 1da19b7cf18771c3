"""Which rooms the desk asks for duties and panels, in the order that a page shows them."""

from collections.abc import Callable
from datetime import date

from sajja.assessments import duties as assessment_duties
from sajja.assessments import panels as assessment_panels
from sajja.budget import duties as budget_duties
from sajja.budget import panels as budget_panels
from sajja.followup import duties as followup_duties
from sajja.followup import panels as followup_panels
from sajja.forums import duties as forum_duties
from sajja.forums import panels as forum_panels
from sajja.groups import duties as group_duties
from sajja.groups import panels as group_panels
from sajja.groups.models import Member, SavingsGroup
from sajja.lib.duties import Duty, by_urgency
from sajja.org.models import Person
from sajja.plans import duties as plan_duties
from sajja.plans import panels as plan_panels
from sajja.privacy import duties as privacy_duties
from sajja.programme import duties as programme_duties
from sajja.programme import panels as programme_panels
from sajja.programme.models import Revision
from sajja.reports import duties as report_duties
from sajja.reports import panels as report_panels
from sajja.treasury import duties as treasury_duties
from sajja.treasury import panels as treasury_panels
from sajja.web.panels import Panel

Asked = Callable[[Person, date, Revision | None], list[Duty]]


def _of_no_year(ask: Callable[[Person, date], list[Duty]]) -> Asked:
    """A room's duties that do not ask which year it is."""
    return lambda person, today, latest: ask(person, today)


DUTIES: tuple[Asked, ...] = (
    _of_no_year(privacy_duties.duties),
    forum_duties.duties,
    report_duties.duties,
    followup_duties.duties,
    budget_duties.duties,
    _of_no_year(assessment_duties.duties),
    plan_duties.duties,
    programme_duties.duties,
    _of_no_year(treasury_duties.duties),
    _of_no_year(group_duties.duties),
)
PANELS: tuple[Callable[[Person, SavingsGroup], list[Panel]], ...] = (
    programme_panels.panels,
    forum_panels.panels,
    assessment_panels.panels,
    plan_panels.panels,
    report_panels.panels,
    followup_panels.panels,
    budget_panels.panels,
    treasury_panels.panels,
    group_panels.panels,
)

MEMBER_PANELS: tuple[Callable[[Person, Member], list[Panel]], ...] = (
    treasury_panels.member_panels,
    group_panels.member_panels,
)


def duties_of(person: Person, today: date, latest: Revision | None) -> list[Duty]:
    """Everything that waits for this person in the newest year (`latest`: its revision in force), late first. Of two that lead to
    one page the later room's stands: it knows what came of the earlier's."""
    by_page = {duty.url: duty for ask in DUTIES for duty in ask(person, today, latest)}
    return by_urgency(by_page.values(), today)


def panels_of(person: Person, group: SavingsGroup) -> list[Panel]:
    """Everything the rooms show of this group to this person."""
    return [panel for ask in PANELS for panel in ask(person, group)]


def panels_of_member(person: Person, member: Member) -> list[Panel]:
    """Everything the rooms show of this member to this person."""
    return [panel for ask in MEMBER_PANELS for panel in ask(person, member)]
