"""District → province → department: the reports, through their actions."""

from datetime import timedelta
from typing import Final

from sajja.config.demonstration.doer import Telling
from sajja.config.demonstration.forum_day import Walk
from sajja.config.demonstration.province import ProvinceStory, dice_for
from sajja.config.demonstration.stage import Stage
from sajja.org.models import Unit
from sajja.reports import actions as reports
from sajja.reports.models import DistrictReport

SUMMARIES: Final = (
    "จัดเวทีครบทุกขั้น กรรมการร่วมประเมินและทำแผนด้วยกัน",
    "กลุ่มเข้าใจข้อที่ยังไม่ผ่าน และตกลงเริ่มทำตามแผนในเดือนถัดไป",
    "สมาชิกสนใจโปรแกรมบัญชี ขอให้อำเภอสอนซ้ำอีกครั้ง",
    "กลุ่มตั้งใจดี เอกสารเป็นระเบียบ แผนเน้นแก้หนี้ค้างและเผยแพร่งบ",
)
PROBLEMS: Final = ("", "", "", "สมุดบัญชีเก่าบางเล่มหาย", "สัญญาณอินเทอร์เน็ตอ่อน ทำแบบออนไลน์ช้า", "กรรมการสูงอายุ อ่านแบบประเมินลำบาก")
FEW_PICTURES: Final = "โทรศัพท์ของเจ้าหน้าที่ชำรุดในวันจัด จะขอรูปจากสมาชิก"
RETURNED: Final = (
    "โปรดเพิ่มรูปขั้นทำแผนอย่างน้อย 1 รูป",
    "โปรดสรุปปัญหาของกลุ่มให้ชัดขึ้น",
    "จำนวนผู้เข้าร่วมในสรุปไม่ตรงกับรายชื่อ โปรดตรวจอีกครั้ง",
)
MARKED: Final = dict(zip(RETURNED, ("pictures", "problems", "people"), strict=True))
IN_TIME: Final = 7
MORE_TIME: Final = 0.08
MENDED: Final = "แก้ตามข้อเสนอของจังหวัดแล้ว"
OF_PROVINCE: Final = "รวบรวมจากรายงานอำเภอที่ตรวจรับแล้ว กลุ่มเป้าหมายส่วนใหญ่มีแผนและเริ่มดำเนินการ"


def report(walk: Walk) -> Telling:
    """Submitted, perhaps returned and mended, accepted."""
    told, doer = walk.course.report, walk.stage.doer
    if told.submitted is None:
        return
    few = FEW_PICTURES if walk.course.pictures < 2 else ""
    said = {"summary": walk.dice.choice(SUMMARIES), "problems": walk.dice.choice(PROBLEMS), "few_pictures_reason": few}
    judge = walk.stage.who("province_officer", walk.path[:2])
    ended = max(walk.course.days)
    waited = (told.submitted.date() - ended).days
    if 2 <= waited <= IN_TIME and dice_for(walk.path, "more time").random() < MORE_TIME:
        yield told.submitted - timedelta(hours=20)
        until = ended + timedelta(days=2 * IN_TIME)
        given = {"reason": "ฝนตกหนัก ทางเข้าหมู่บ้านขาด", "authority": "พัฒนาการจังหวัด ตามบันทึกท้ายหนังสือ (ตัวอย่าง)"}
        doer.do(reports.extend_report, by=judge, year=walk.stage.year, unit=walk.selected.group.unit, until=until, **given)
    yield told.submitted
    sent: DistrictReport = doer.do(reports.submit_report, by=walk.officer, forum=walk.held, **said)
    if told.returned:
        yield told.returned
        reason = walk.dice.choice(RETURNED)
        doer.do(reports.return_report, by=judge, report=sent, reason=reason, marks={MARKED[reason]: reason})
    if told.mended:
        yield told.mended
        said["summary"] = f"{said['summary']} {MENDED}"
        sent = doer.do(reports.submit_report, by=walk.officer, forum=walk.held, **said)
    if told.accepted:
        yield told.accepted
        doer.do(reports.accept_report, by=judge, report=sent)


def report_province(stage: Stage, unit: Unit, story: ProvinceStory) -> Telling:
    """The province's report, where something was accepted by then, and its entry in BPM."""
    if story.reported_at is None:
        return
    yield story.reported_at
    if not DistrictReport.objects.filter(year=stage.year, unit__path__startswith=unit.path, state="accepted").exists():
        return
    officer = stage.who("province_officer", unit.path)
    made = stage.doer.do(reports.ready_province_report, by=officer, year=stage.year, province=unit, summary=OF_PROVINCE)
    if story.recorded_at is None:
        return
    yield story.recorded_at
    reference = f"BPM-2564-{unit.path}-{dice_for(unit.path, 'bpm').randint(1000, 9999)}"
    entered = story.recorded_at - timedelta(minutes=10)
    stage.doer.do(reports.record_bpm, by=officer, report=made, bpm_at=entered, person=officer.full_name, reference=reference)
