"""Reads of the assessments room that are worth a name."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from sajja.assessments import scoring
from sajja.assessments.models import Answer, Aspect, Assessment, Indicator, InstrumentVersion, Slot, Status, Verdict
from sajja.assessments.scoring import FAIL, PASS, Question
from sajja.groups.models import SavingsGroup
from sajja.org.door import holds
from sajja.org.models import Person
from sajja.org.permissions import P
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.treasury import evidence
from sajja.treasury.queries import kept_of
from sajja.treasury.queries.evidence import figures

STEPS = {Slot.GOVERNANCE: "4.3", Slot.SSG: "4.4"}
"""The step of the run-sheet that each official slot belongs to."""


def version_for(slot: str, fiscal_year: int) -> InstrumentVersion | None:
    """The published version of a slot in a fiscal year (B.E.); where the year has none, the newest of the years before."""
    return (
        InstrumentVersion.objects.filter(instrument__slot=slot, status=Status.PUBLISHED, fiscal_year__lte=fiscal_year)
        .select_related("instrument")
        .order_by("-fiscal_year", "-official", "-published_at", "-pk")
        .first()
    )


def versions_seen_by(person: Person) -> QuerySet[InstrumentVersion]:
    """Drafts are seen by those who load and publish; everybody else sees what is or was in use."""
    versions = InstrumentVersion.objects.select_related("instrument", "loaded_by", "published_by")
    if holds(person, P.LOAD_INSTRUMENT) or holds(person, P.PUBLISH_INSTRUMENT):
        return versions
    return versions.filter(status__in=[Status.PUBLISHED, Status.RETIRED])


def aspects_of(version: InstrumentVersion) -> list[Aspect]:
    """The aspects in order, each with its indicators in order (`aspect.indicators.all()`): two queries."""
    indicators = Prefetch("indicators", Indicator.objects.order_by("position"))
    return list(Aspect.objects.filter(version=version).order_by("number").prefetch_related(indicators))


def indicators_of(version: InstrumentVersion) -> list[Indicator]:
    """All indicators of a version in the instrument's order, each with its aspect: one query for each version in hand.

    They never change once they are loaded (the database refuses it), so the version may keep them.
    """
    kept: list[Indicator] | None = version.__dict__.get("kept_indicators")
    if kept is None:
        of_version = Indicator.objects.filter(aspect__version=version)
        kept = list(of_version.select_related("aspect").order_by("aspect__number", "position"))
        version.__dict__["kept_indicators"] = kept
    return kept


def question(indicator: Indicator) -> Question:
    """The indicator as the sums see it; its key is the primary key, since codes are unique within an aspect only."""
    return Question(indicator.aspect_id, str(indicator.pk), indicator.kind, indicator.weight, indicator.rule)


def told_by_books(assessment: Assessment, indicators: Iterable[Indicator]) -> dict[int, dict[str, Any]]:
    """Indicator's id → what the group's books tell on the assessment's day, as an answer keeps it; {} where it keeps none with us."""
    asked = {one.pk: one for one in indicators if one.figure in evidence.KINDS}
    kept = kept_of(assessment.selected.group) if asked else None
    if kept is None or assessment.day < kept.book.opened_on:
        return {}
    found = figures(kept, assessment.day, {one.figure for one in asked.values()})
    return {
        pk: found[one.figure].stored
        | {
            "book": kept.book_id,
            "suggested": scoring.suggested(question(one), found[one.figure].answer, found[one.figure].suggests),
        }
        for pk, one in asked.items()
    }


def standing() -> QuerySet[Assessment]:
    """All assessments that were not dropped."""
    return Assessment.objects.filter(dropped_at__isnull=True)


def assessments_of(selected: SelectedGroup) -> list[Assessment]:
    """Every assessment of a group on its place, dropped ones left out, newest first."""
    return list(
        standing()
        .filter(selected=selected)
        .select_related("version__instrument", "confirmed_by", "corrects", "revision")
        .order_by("-day", "-pk")
    )


def current_ones() -> QuerySet[Assessment]:
    """Of each group on its place and slot the one confirmed assessment that counts: the latest day, and the latest correction."""
    confirmed = Assessment.objects.filter(confirmed_at__isnull=False)
    later = confirmed.filter(
        Q(day__gt=OuterRef("day")) | Q(day=OuterRef("day"), pk__gt=OuterRef("pk")),
        selected=OuterRef("selected"),
        version__instrument__slot=OuterRef("version__instrument__slot"),
    )
    corrected = confirmed.filter(corrects=OuterRef("pk"))
    return confirmed.filter(~Exists(later), ~Exists(corrected))


def slots_confirmed(selected: SelectedGroup) -> set[str]:
    """The slots that a group on its place has a confirmed assessment of: of each, one of them counts."""
    confirmed = Assessment.objects.filter(selected=selected, confirmed_at__isnull=False)
    return set(confirmed.values_list("version__instrument__slot", flat=True))


def current(selected: SelectedGroup, slot: str) -> Assessment | None:
    """The confirmed assessment of a slot that counts; None before there is one."""
    return current_ones().filter(selected=selected, version__instrument__slot=slot).select_related("version__instrument").first()


def open_one(selected: SelectedGroup, slot: str) -> Assessment | None:
    """The assessment of a slot that still takes answers."""
    found = standing().filter(selected=selected, version__instrument__slot=slot, confirmed_at__isnull=True)
    return found.select_related("version__instrument").order_by("-day", "-pk").first()


def not_passed(selected: SelectedGroup) -> list[Indicator]:
    """The indicators that the current governance and SSG assessments did not pass, in the instruments' order."""
    slots = list(STEPS)
    counted = current_ones().filter(selected=selected, version__instrument__slot__in=slots)
    found = Indicator.objects.filter(verdicts__assessment__in=counted, verdicts__verdict=FAIL)
    found = found.select_related("aspect__version__instrument").order_by("aspect__number", "position")
    return sorted(found, key=lambda indicator: slots.index(Slot(indicator.aspect.version.instrument.slot)))


def passed_later(group: SavingsGroup, since: datetime) -> set[tuple[str, str]]:
    """(slot, indicator code) that the group passed in an assessment confirmed after `since`: ผ่านตัวชี้วัดแล้ว of a plan's line."""
    passes = Verdict.objects.filter(
        assessment__selected__group=group,
        assessment__confirmed_at__gt=since,
        assessment__in=current_ones(),
        verdict=PASS,
    )
    return set(passes.values_list("indicator__aspect__version__instrument__slot", "indicator__code"))


def answers_by_indicator(assessment: Assessment) -> dict[int, Answer]:
    """Indicator id → its answer, of those that have one."""
    return {answer.indicator_id: answer for answer in assessment.answers.select_related("self_by", "by")}


def verdicts_of(assessment: Assessment) -> dict[int, str]:
    """Indicator id → verdict of a confirmed assessment."""
    return dict(assessment.verdicts.values_list("indicator_id", "verdict"))


def current_by_selected(selected_ids: Iterable[int]) -> dict[int, dict[str, Assessment]]:
    """Selected group's id → slot → the assessment that counts: for lists, in one query."""
    found: dict[int, dict[str, Assessment]] = {}
    counted = current_ones().filter(selected__in=list(selected_ids)).select_related("version__instrument")
    for assessment in counted:
        found.setdefault(assessment.selected_id, {})[assessment.version.instrument.slot] = assessment
    return found


def indicator_titles(year: ProgrammeYear) -> dict[str, str]:
    """`slot:code` → the indicator's text, of the versions that the year's assessments were made with."""
    used = Assessment.objects.filter(version=OuterRef("pk"), selected__year=year)
    rows = (
        Indicator.objects.filter(aspect__version__in=InstrumentVersion.objects.filter(Exists(used)))
        .annotate(slot=F("aspect__version__instrument__slot"))
        .order_by("aspect__version__number")
        .values_list("slot", "code", "text")
    )
    return {f"{slot}:{code}": text for slot, code, text in rows}


def official_wording(year: ProgrammeYear) -> bool:
    """Whether every version that the year's assessments were made with is the department's own."""
    return not InstrumentVersion.objects.filter(assessments__selected__year=year, official=False).exists()


def with_states(groups: QuerySet[SelectedGroup]) -> QuerySet[SelectedGroup]:
    """Each with has_governance and has_ssg: whether a confirmed assessment counts; and has_open."""
    counted = current_ones().filter(selected=OuterRef("pk"))
    opened = standing().filter(selected=OuterRef("pk"), confirmed_at__isnull=True)
    return groups.annotate(
        has_governance=Exists(counted.filter(version__instrument__slot=Slot.GOVERNANCE)),
        has_ssg=Exists(counted.filter(version__instrument__slot=Slot.SSG)),
        has_open=Exists(opened),
    )


def open_by_selected(selected_ids: Iterable[int]) -> dict[int, dict[str, Assessment]]:
    """Selected group's id → slot → the assessment under way: for lists, in one query."""
    found: dict[int, dict[str, Assessment]] = {}
    opened = standing().filter(selected__in=list(selected_ids), confirmed_at__isnull=True)
    for assessment in opened.select_related("version__instrument"):
        found.setdefault(assessment.selected_id, {})[assessment.version.instrument.slot] = assessment
    return found
