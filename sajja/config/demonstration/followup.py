"""The follow-up of the training province's zone, through its actions: a visit made, one cancelled, one planned, findings at every step."""

from datetime import date
from typing import Final

from sajja.config.demonstration.course import moment
from sajja.config.demonstration.doer import Telling
from sajja.config.demonstration.stage import Stage
from sajja.config.demonstration.training import DISTRICT
from sajja.followup import actions as followup
from sajja.followup.actions import Chosen
from sajja.followup.models import Finding, Visit
from sajja.followup.queries import zone_on
from sajja.followup.risks import candidates
from sajja.followup.suggesting import Suggested, suggested
from sajja.org.models import Person, Unit

VISITED: Final = date(2021, 5, 25)
CANCELLED: Final = date(2021, 6, 2)
PLANNED: Final = date(2021, 6, 17)
WORD: Final = "2564-11"
SUMMARY: Final = (
    "พบกรรมการ 9 คน กลุ่มเข้าใจข้อที่ยังไม่ผ่านและเริ่มทำตามแผน สมุดบัญชีเป็นปัจจุบัน\nควรปิดประกาศงบทุกเดือน และให้อำเภอช่วยสอนโปรแกรมบัญชีอีกครั้ง"
)
BOARD: Final = ("books", "fix", "ไม่พบงบรับจ่ายของเดือนเมษายนที่ป้ายประกาศของกลุ่ม", "ปิดประกาศงบทุกเดือนภายใน 7 วันหลังปิดงวด")
KEYS: Final = ("other", "advice", "ตู้เก็บสัญญาของกลุ่มอยู่ที่บ้านกรรมการคนเดียว", "หาที่เก็บที่กรรมการสองคนถือกุญแจ")
PASSBOOKS: Final = (
    "books",
    "urgent",
    "สมุดสัจจะของสมาชิกบางเล่มไม่ได้ลงยอดสองเดือน",
    "เรียกสมุดมาลงยอดในวันส่งเงินสัจจะครั้งหน้า และให้กรรมการตรวจสอบสุ่มดู",
)
TEACHING: Final = ("forum", "fix", "กลุ่มขอให้สอนโปรแกรมบัญชีซ้ำ แต่อำเภอยังไม่มีกำหนด", "ทำตารางสอนรายตำบล แล้วแจ้งกลุ่มล่วงหน้า")


def zone(stage: Stage, province: Unit) -> Telling:
    """The follow-up officer's rounds in the training province."""
    yield moment(date(2021, 5, 17), 9, 40)
    officer, year = stage.who("followup_officer", _zone_path(province)), stage.year
    first = _chosen(stage, province, date(2021, 5, 17), 3)
    visit = stage.doer.do(
        followup.plan_visit,
        by=officer,
        year=year,
        province=province,
        day=VISITED,
        went=officer.full_name,
        places=first,
        drawn_by=WORD,
    )
    yield moment(date(2021, 5, 20), 13)
    gone = stage.doer.do(
        followup.plan_visit, by=officer, year=year, province=province, day=CANCELLED, went=officer.full_name, places=first[:1]
    )
    yield moment(VISITED, 15, 30)
    seen = first[:2]
    visit = stage.doer.do(
        followup.record_visit, by=officer, visit=visit, day=VISITED, went=f"{officer.full_name} และคณะ",
        visited={one.unit.pk for one in seen}, summary=SUMMARY,
    )  # fmt: skip
    yield moment(VISITED, 15, 50)
    kept = [drawing.kept for drawing in stage.drawings["4.2"][-2:]]
    stage.doer.do(followup.add_visit_photos, by=officer, visit=visit, kept=kept, caption="ทบทวนงานกับกรรมการในวันติดตาม")
    found = _recorded(stage, officer, visit, [one.unit for one in seen])
    yield moment(date(2021, 5, 31), 9, 10)
    stage.doer.do(followup.cancel_visit, by=officer, visit=gone, reason="จังหวัดขอเลื่อนเพราะมีราชการด่วน จะวางแผนใหม่เดือนมิถุนายน")
    yield from _answers(stage, officer, found)
    yield moment(date(2021, 6, 8), 10, 15)
    last = _chosen(stage, province, date(2021, 6, 8), 4)
    stage.doer.do(
        followup.plan_visit,
        by=officer,
        year=year,
        province=province,
        day=PLANNED,
        went=officer.full_name,
        places=last,
        drawn_by=WORD,
    )


def _recorded(stage: Stage, officer: Person, visit: Visit, groups: list[Unit]) -> list[Finding]:
    """Two about the first group, one about the last, one about the district's office."""
    told = (
        (groups[0], BOARD, 5),
        (groups[0], KEYS, 9),
        (groups[-1], PASSBOOKS, 14),
        (Unit.objects.get(path=DISTRICT), TEACHING, 11),
    )
    return [
        stage.doer.do(
            followup.record_finding, by=officer, visit=visit, about=about, kind=kind, severity=severity, words=words,
            advice=advice, due=date(2021, 6, day),
        )
        for about, (kind, severity, words, advice), day in told
    ]  # fmt: skip


def _answers(stage: Stage, officer: Person, found: list[Finding]) -> Telling:
    """The first is closed, the second not answered in time, the third waits for the inspector, the fourth was sent back."""
    board, _keys, passbooks, teaching = found
    evidence = [stage.drawings["4.5"][-1].kept]
    yield moment(date(2021, 6, 1), 11, 20)
    words = "ปิดประกาศงบเดือนเมษายนและพฤษภาคมแล้ว ส่งรูปมาด้วย"
    stage.doer.do(followup.answer_finding, by=_answering(stage, board), finding=board, words=words, pictures=evidence)
    yield moment(date(2021, 6, 2), 10, 5)
    words = "จะสอนซ้ำเมื่อมีเวลา"
    stage.doer.do(followup.answer_finding, by=_answering(stage, teaching), finding=teaching, words=words)
    yield moment(date(2021, 6, 3), 14, 30)
    stage.doer.do(followup.accept_answer, by=officer, finding=board, words="เรียบร้อย ขอบคุณกรรมการ")
    reason = "ขอตารางสอนที่มีวันและสถานที่"
    stage.doer.do(followup.send_back, by=officer, finding=teaching, reason=reason, due=date(2021, 6, 16))
    yield moment(date(2021, 6, 7), 15, 45)
    words = "ลงยอดครบแล้ว 31 เล่มในวันส่งเงินสัจจะ 5 มิถุนายน กรรมการตรวจสอบสุ่มดู 10 เล่ม ตรงทุกเล่ม"
    stage.doer.do(followup.answer_finding, by=_answering(stage, passbooks), finding=passbooks, words=words)


def _answering(stage: Stage, finding: Finding) -> Person:
    return stage.who("district_officer", finding.owner.path)


def _zone_path(province: Unit) -> str:
    found = zone_on(province, VISITED)
    assert found is not None  # the training province lies in the programme
    return found.path


def _chosen(stage: Stage, province: Unit, today: date, most: int) -> list[Chosen]:
    offered: list[Suggested] = suggested(candidates(stage.year, [(province.path, province.path + "zz")], today), WORD)
    fresh = [one for one in offered if not one.candidate.seen and one.candidate.path.startswith(DISTRICT)][:most]
    units = Unit.objects.in_bulk([one.candidate.unit for one in fresh])
    return [Chosen(units[one.candidate.unit], one.how, one.candidate.words) for one in fresh]
