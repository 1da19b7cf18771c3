"""Assessing a group: answering, verifying, confirming for ever, correcting, dropping."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.utils.translation import gettext as _

from sajja.assessments import scoring
from sajja.assessments.models import (
    Answer,
    AspectScore,
    Assessment,
    Indicator,
    InstrumentVersion,
    Status,
    Verdict,
)
from sajja.assessments.queries import indicators_of, question, told_by_books
from sajja.audit.actions import record
from sajja.audit.acts import act
from sajja.lib import digits
from sajja.lib.refusals import Refused
from sajja.lib.thai_dates import short
from sajja.org.models import Person
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import current_revision
from sajja.web import clock

Side = Literal["self", "officer"]


@dataclass(frozen=True, slots=True)
class Given:
    """One answer as it was given: "" takes it back. `reason` None leaves the reason as it is."""

    value: str
    reason: str | None = None


@act
def start_assessment(
    *, by: Person, selected: SelectedGroup, version: InstrumentVersion, day: date, at: datetime | None = None
) -> Assessment:
    """Begin assessing a group on its place with a version in force, as of `day`."""
    at = at or clock.now()
    if not SelectedGroup.objects.filter(pk=selected.pk, until__isnull=True).exists():
        raise Refused(_("กลุ่มนี้ถูกเปลี่ยนออกจากรายชื่อแล้ว เริ่มประเมินไม่ได้ ผลเดิมยังเปิดอ่านได้"))
    if not InstrumentVersion.objects.filter(pk=version.pk, status=Status.PUBLISHED).exists():
        raise Refused(_("แบบประเมินนี้ยังไม่ประกาศใช้ หรือเลิกใช้แล้ว เลือกฉบับที่ใช้อยู่"))
    if day > clock.day_of(at):
        raise Refused(_("วันที่ประเมินต้องไม่หลังวันนี้"), "day")
    _refuse_closed(selected)
    slot = version.instrument.slot
    if Assessment.objects.filter(selected=selected, version__instrument__slot=slot, **OPEN).exists():
        raise Refused(_("กลุ่มนี้มีการประเมินที่ยังไม่ยืนยันอยู่แล้ว เปิดของเดิมแล้วตอบต่อ"))
    revision = current_revision(selected.year)
    assessment = Assessment.objects.create(
        selected=selected, version=version, revision=revision, day=day, started_by=by, started_at=at
    )
    record(by, "assessments.start_assessment", assessment, _path(assessment), at=at, version=version.pk, day=day.isoformat())
    return assessment


OPEN: dict[str, Any] = {"confirmed_at__isnull": True, "dropped_at__isnull": True}


@act
def save_answers(
    *, by: Person, assessment: Assessment, answers: Mapping[int, Given], side: Side, at: datetime | None = None
) -> Assessment:
    """Keep answers by indicator id, of the group itself or of the officer; a later one replaces an earlier one of its side."""
    at = at or clock.now()
    assessment = _open_and_locked(assessment)
    _refuse_closed(assessment.selected)
    indicators = {one.pk: one for one in indicators_of(assessment.version) if one.pk in answers}
    if len(indicators) != len(answers):
        raise Refused(_("มีคำตอบของข้อที่ไม่อยู่ในแบบประเมินนี้ เปิดหน้าใหม่แล้วตอบอีกครั้ง"))
    fields = ["figure", *(["self_value", "self_by", "self_at"] if side == "self" else ["value", "by", "at"])]
    told = told_by_books(assessment, indicators.values())
    rows = [(_answer(by, assessment, indicators[pk], given, side, at), given) for pk, given in answers.items()]
    for row, _given in rows:
        row.figure = told.get(row.indicator_id)
    _upsert([row for row, given in rows if given.reason is None], fields)
    _upsert([row for row, given in rows if given.reason is not None], [*fields, "reason"])
    said = {indicators[pk].code: given.value for pk, given in answers.items()}
    record(by, "assessments.save_answers", assessment, _path(assessment), at=at, side=side, answers=said)
    return assessment


def _answer(by: Person, assessment: Assessment, indicator: Indicator, given: Given, side: Side, at: datetime) -> Answer:
    value = read_value(indicator, given.value)
    own: dict[str, Any] = (
        {"self_value": value, "self_by": by, "self_at": at} if side == "self" else {"value": value, "by": by, "at": at}
    )
    return Answer(assessment=assessment, indicator=indicator, reason=(given.reason or "")[:500], **own)


def _upsert(rows: Iterable[Answer], fields: list[str]) -> None:
    Answer.objects.bulk_create(rows, update_conflicts=True, unique_fields=["assessment", "indicator"], update_fields=fields)


def read_value(indicator: Indicator, text: str) -> str:
    """The answer in the form that is kept. Refused where it is none of the indicator's kind."""
    value = digits.arabic(text).strip().replace(",", "")
    if value in {"", scoring.NOT_APPLICABLE} and (not value or indicator.allows_not_applicable):
        return value
    try:
        scoring.judge(question(indicator), value)
    except ValueError:
        raise Refused(_wanted(indicator), f"value-{indicator.pk}") from None
    if len(value) > 20:
        raise Refused(_wanted(indicator), f"value-{indicator.pk}")
    return value


def _wanted(indicator: Indicator) -> str:
    if indicator.kind == "number":
        return _("ข้อ %s: ใส่เป็นตัวเลข เช่น 82.5") % indicator.code
    if indicator.kind == "graded":
        return _("ข้อ %s: เลือกระดับ 0 ถึง 3") % indicator.code
    return _("ข้อ %s: เลือก ผ่าน หรือ ไม่ผ่าน") % indicator.code


@act
def keep_evidence(
    *,
    by: Person,
    assessment: Assessment,
    indicator: Indicator,
    evidence: str,
    picture: str | None = None,
    at: datetime | None = None,
) -> Answer:
    """Keep what was seen (text), and the sha256 of a picture already on the disk; None leaves the picture, "" takes it off."""
    at = at or clock.now()
    assessment = _open_and_locked(assessment)
    _refuse_closed(assessment.selected)
    fields = ["evidence"] if picture is None else ["evidence", "picture"]
    _upsert([Answer(assessment=assessment, indicator=indicator, evidence=evidence, picture=picture or "")], fields)
    record(by, "assessments.keep_evidence", assessment, _path(assessment), at=at, indicator=indicator.code, picture=picture)
    return Answer.objects.get(assessment=assessment, indicator=indicator)


@act
def record_online(
    *, by: Person, assessment: Assessment, reference: str, day: date | None, at: datetime | None = None
) -> Assessment:
    """Keep the reference and the day of the entry in the department's own online form; it may come after confirming."""
    at = at or clock.now()
    assessment = _locked(assessment)
    if assessment.dropped_at is not None:
        raise Refused(_("การประเมินนี้ถูกยกเลิกแล้ว"))
    if reference and day is None:
        raise Refused(_("ใส่วันที่บันทึกในแบบออนไลน์ของกรมฯ ด้วย"), "day")
    before = {"reference": assessment.online_reference, "day": str(assessment.online_date or "")}
    assessment.online_reference, assessment.online_date = reference, day if reference else None
    assessment.save(update_fields=["online_reference", "online_date"])
    record(by, "assessments.record_online", assessment, _path(assessment), at=at, reference=reference, before=before)
    return assessment


@act
def confirm_assessment(*, by: Person, assessment: Assessment, at: datetime | None = None) -> Assessment:
    """Score, judge and close for ever, with the books' figures as they are now. Refused while an answer or a reason is missing."""
    at = at or clock.now()
    assessment = _open_and_locked(assessment)
    _refuse_closed(assessment.selected)
    indicators = indicators_of(assessment.version)
    answers = {answer.indicator_id: answer for answer in assessment.answers.all()}
    told = told_by_books(assessment, indicators)
    for answer in answers.values():
        answer.figure = told.get(answer.indicator_id)
    refuse_unfinished(indicators, answers)
    result = scoring.score(
        [question(one) for one in indicators], {str(pk): answer.value for pk, answer in answers.items() if answer.value}
    )
    if result.whole.judged == 0:
        raise Refused(_("ทุกข้อตอบว่าไม่เกี่ยวข้อง จึงไม่มีข้อให้ตัดสิน ตอบอย่างน้อยหนึ่งข้อ"))
    Verdict.objects.bulk_create(
        Verdict(assessment=assessment, indicator=one, verdict=result.verdicts[str(one.pk)]) for one in indicators
    )
    AspectScore.objects.bulk_create(
        AspectScore(assessment=assessment, aspect_id=pk, passed=part.passed, judged=part.judged, score=part.score)
        for pk, part in result.aspects.items()
    )
    Answer.objects.bulk_update(answers.values(), ["figure"])
    assessment.answers.update(judged=True)
    whole = result.whole
    assessment.passed, assessment.judged, assessment.score = whole.passed, whole.judged, whole.score
    assessment.band = scoring.band(assessment.version.bands, whole.score)
    assessment.confirmed_by, assessment.confirmed_at = by, at
    assessment.save(update_fields=["passed", "judged", "score", "band", "confirmed_by", "confirmed_at"])
    failed = [one.code for one in indicators if result.verdicts[str(one.pk)] == scoring.FAIL]
    detail = {"passed": whole.passed, "judged": whole.judged, "score": str(whole.score), "not_passed": failed}
    record(by, "assessments.confirm_assessment", assessment, _path(assessment), at=at, **detail)
    return assessment


def refuse_unfinished(indicators: Iterable[Indicator], answers: Mapping[int, Answer]) -> None:
    """Refused with the codes that lack the officer's answer, or a reason that is owed."""
    missing = [one.code for one in indicators if one.pk not in answers or not answers[one.pk].value]
    if missing:
        raise Refused(_("ยังไม่ได้ทวนสอบข้อ %s ตอบให้ครบก่อนยืนยัน") % ", ".join(missing))
    owing = [one.code for one in indicators if owes_reason(one, answers.get(one.pk))]
    if owing:
        raise Refused(_("ข้อ %s ยังไม่มีเหตุผล บอกเหตุผลก่อนยืนยัน") % ", ".join(owing))


def owes_reason(indicator: Indicator, answer: Answer | None) -> bool:
    """Whether a reason is missing: the officer differs from the group or the books, or says that it does not apply."""
    return bool(answer and not answer.reason and needs_reason(indicator, answer))


def needs_reason(indicator: Indicator, answer: Answer) -> bool:
    """Whether this answer must be explained."""
    asked = question(indicator)
    own = scoring.differs(asked, answer.self_value, answer.value)
    return answer.value == scoring.NOT_APPLICABLE or own or against_books(indicator, answer)


def against_books(indicator: Indicator, answer: Answer) -> bool:
    """Whether the officer's answer comes to another verdict than the group's books suggest."""
    kept = answer.figure or {}
    return scoring.differs(question(indicator), str(kept.get("suggested", "")), answer.value)


@act
def correct_assessment(*, by: Person, assessment: Assessment, reason: str, at: datetime | None = None) -> Assessment:
    """Begin a new assessment that says why; the confirmed one stays. It starts from the same answers, day and version."""
    at = at or clock.now()
    assessment = _locked(assessment)
    if assessment.confirmed_at is None:
        raise Refused(_("การประเมินนี้ยังไม่ยืนยัน แก้คำตอบได้เลยโดยไม่ต้องทำใบแก้"))
    _refuse_closed(assessment.selected)
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ต้องแก้ผลการประเมิน"), "reason")
    if assessment.corrections.filter(dropped_at__isnull=True).exists():
        raise Refused(_("มีใบแก้ของการประเมินนี้อยู่แล้ว เปิดใบแก้นั้น"))
    if Assessment.objects.filter(selected=assessment.selected_id, version=assessment.version_id, **OPEN).exists():
        raise Refused(_("กลุ่มนี้มีการประเมินที่ยังไม่ยืนยันอยู่แล้ว ยืนยันหรือยกเลิกก่อน"))
    new = Assessment.objects.create(
        selected=assessment.selected,
        version=assessment.version,
        revision=current_revision(assessment.selected.year),
        corrects=assessment,
        corrects_because=reason,
        day=assessment.day,
        started_by=by,
        started_at=at,
    )
    Answer.objects.bulk_create(_copied(answer, new) for answer in assessment.answers.all())
    record(by, "assessments.correct_assessment", new, _path(new), at=at, corrects=assessment.pk, reason=reason)
    return new


def _copied(answer: Answer, to: Assessment) -> Answer:
    answer.pk, answer._state.adding, answer.assessment, answer.judged = None, True, to, False
    return answer


@act
def drop_assessment(*, by: Person, assessment: Assessment, reason: str, at: datetime | None = None) -> Assessment:
    """Put aside an assessment that was begun by mistake; its answers stay as rows, and it counts nowhere."""
    at = at or clock.now()
    assessment = _open_and_locked(assessment)
    if not reason.strip():
        raise Refused(_("บอกเหตุผลที่ยกเลิกการประเมินนี้"), "reason")
    assessment.dropped_by, assessment.dropped_at, assessment.dropped_because = by, at, reason
    assessment.save(update_fields=["dropped_by", "dropped_at", "dropped_because"])
    record(by, "assessments.drop_assessment", assessment, _path(assessment), at=at, reason=reason)
    return assessment


def _refuse_closed(selected: SelectedGroup) -> None:
    if selected.group.closed_on:
        day = short(selected.group.closed_on)
        raise Refused(_("กลุ่มนี้เลิกไปแล้วเมื่อ %s ประเมินไม่ได้ ผลเดิมยังเปิดอ่านได้ หากบันทึกการเลิกผิด ให้ถอนการเลิกกลุ่มก่อน") % day)


def _locked(assessment: Assessment) -> Assessment:
    """The row as it is now, under lock; its group, version and their names never change, and are taken as they are in hand."""
    found = Assessment.objects.select_for_update().get(pk=assessment.pk)
    found.selected, found.version = assessment.selected, assessment.version
    return found


def _open_and_locked(assessment: Assessment) -> Assessment:
    found = _locked(assessment)
    if found.confirmed_at is not None:
        raise Refused(_("ผลการประเมินนี้ยืนยันแล้ว แก้ไม่ได้ หากต้องแก้ ให้ทำใบแก้ผลการประเมิน"))
    if found.dropped_at is not None:
        raise Refused(_("การประเมินนี้ถูกยกเลิกแล้ว เริ่มประเมินใหม่ได้จากหน้ากลุ่ม"))
    return found


def _path(assessment: Assessment) -> str:
    return assessment.selected.group.unit.path
