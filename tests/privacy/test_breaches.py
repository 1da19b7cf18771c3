"""Breaches: the 72 hours to the minute, who must be told before it is closed, the letter, and nobody's name in the trail."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given as generated
from hypothesis import strategies as st

from sajja.audit.models import AuditRow
from sajja.lib.refusals import Refused
from sajja.privacy import actions
from sajja.privacy.clock72 import WITHIN, standing
from sajja.privacy.duties import duties
from sajja.privacy.models import Breach
from sajja.web import clock
from tests.cast import Cast
from tests.papers import laid_out, missing

KNOWN = clock.moment(date(2021, 6, 7), time(9, 30))


def breach(cast: Cast, **changed: Any) -> Breach:
    given: dict[str, Any] = {
        "known_at": KNOWN, "what": "แฟ้มรายชื่อถูกส่งผิดคน", "whose": "ชื่อและยอดออมของสมาชิกกลุ่มหนึ่ง", "people": 42, "risk": "some",
        "measures": "ขอให้ลบและยืนยันเป็นหนังสือ",
    }  # fmt: skip
    return actions.record_breach(by=cast.department, at=KNOWN, **(given | changed))


@pytest.mark.parametrize(
    ("after", "left", "late"),
    [
        (timedelta(hours=71, minutes=59), 0, False), (timedelta(hours=72), 0, False), (timedelta(hours=72, minutes=1), 0, True),
        (timedelta(hours=70), 2, False), (timedelta(0), 72, False),
    ],
)  # fmt: skip
def test_seventy_two_hours_to_the_minute(after: timedelta, left: int, late: bool) -> None:
    now = standing(KNOWN, None, KNOWN + after)
    assert (now.hours_left, now.late, now.until) == (left, late, KNOWN + WITHIN)
    assert standing(KNOWN, KNOWN + after, KNOWN + timedelta(days=30)).late is late, "what was told in time stays in time"


@generated(st.integers(0, 300 * 24 * 60), st.integers(0, 10_000))
def test_the_hours_left_never_promise_more_than_there_are(since: int, minutes: int) -> None:
    at = KNOWN + timedelta(minutes=since)
    now = at + timedelta(minutes=minutes)
    said = standing(at, None, now)
    assert now + timedelta(hours=said.hours_left) <= max(said.until, now)
    assert said.late is (now > said.until)


@pytest.mark.django_db
def test_the_home_counts_down_and_says_who_is_to_be_told_next() -> None:
    cast = Cast()
    made, officer = breach(cast, risk="high"), cast.department
    with clock.fixed(KNOWN + timedelta(hours=2)):
        [duty] = duties(officer, clock.today())
        assert (str(duty.verb), str(duty.note), duty.due) == ("แจ้ง สคส.", "เหลือ 70 ชั่วโมง", date(2021, 6, 10))
        assert duties(cast.province_officer, clock.today()) == []
    with clock.fixed(KNOWN + timedelta(hours=73)):
        [duty] = duties(officer, clock.today())
        assert "เลย 72 ชั่วโมง" in str(duty.note)
        actions.tell_office(by=officer, breach=made, told_at=clock.now(), reference="พช 1")
        [duty] = duties(officer, clock.today())
        assert str(duty.verb) == "แจ้งเจ้าของข้อมูล"


@pytest.mark.django_db
def test_not_closed_before_who_must_be_told_was_told() -> None:
    cast = Cast()
    made = breach(cast, risk="high")
    with clock.fixed(KNOWN + timedelta(hours=5)):
        with pytest.raises(Refused, match="สคส"):
            actions.close_breach(by=cast.department, breach=made, outcome="จบ")
        actions.tell_office(by=cast.department, breach=made, told_at=clock.now(), reference="พช 1")
        with pytest.raises(Refused, match="เจ้าของข้อมูล"):
            actions.close_breach(by=cast.department, breach=made, outcome="จบ")
        with transaction.atomic(), pytest.raises(IntegrityError):
            Breach.objects.filter(pk=made.pk).update(closed_at=clock.now(), closed_because="จบ")
    with clock.fixed(KNOWN + timedelta(hours=6)):
        with pytest.raises(Refused, match="หลังเวลาที่รู้เหตุ"):
            actions.tell_people(by=cast.department, breach=made, told_at=KNOWN - timedelta(minutes=1))
        actions.tell_people(by=cast.department, breach=made, told_at=clock.now())
        actions.close_breach(by=cast.department, breach=made, outcome="ผู้รับลบแล้ว")
        with pytest.raises(Refused, match="ปิดแล้ว"):
            actions.note_breach(by=cast.department, breach=made, words="อีก")
    assert "แฟ้มรายชื่อ" not in str(list(AuditRow.objects.filter(act__startswith="privacy.").values_list("detail", flat=True)))


@pytest.mark.django_db
def test_without_risk_nobody_is_told_until_it_turns_out_otherwise() -> None:
    cast = Cast()
    made = breach(cast, risk="none")
    with clock.fixed(KNOWN + timedelta(hours=5)):
        actions.note_breach(by=cast.department, breach=made, words="ผู้รับส่งต่อแล้ว", risk="some")
        with pytest.raises(Refused, match="สคส"):
            actions.close_breach(by=cast.department, breach=made, outcome="จบ")


@pytest.mark.django_db
def test_from_recording_to_the_letter_in_the_pages(tmp_path: Path) -> None:
    cast = Cast()
    client = Client()
    client.force_login(cast.department)
    assert "ยังไม่มีเหตุ" in client.get(reverse("privacy:breaches")).content.decode()
    fields = {
        "day": "9 มิ.ย. 2564", "time": "8.30", "what": "สมุดคู่ฝากหายจากที่ทำการ", "whose": "ยอดออมของสมาชิก 1 กลุ่ม", "people": "30",
        "risk": "some", "measures": "แจ้งความและออกสมุดใหม่", "once": str(uuid4()),
    }  # fmt: skip
    assert client.post(reverse("privacy:new_breach"), fields).status_code == 302
    made = Breach.objects.get()
    assert "ภายใน" in client.get(reverse("privacy:breach", args=[made.pk])).content.decode()
    letter = client.get(reverse("privacy:breach_letter", args=[made.pk])).content
    said = laid_out(tmp_path, letter)
    assert missing(said, "แจ้งเหตุการละเมิดข้อมูลส่วนบุคคล", "สมุดคู่ฝากหายจากที่ทำการ", "แจ้งความและออกสมุดใหม่") == []
    assert letter == client.get(reverse("privacy:breach_letter", args=[made.pk])).content
    told = {"day": "10 มิ.ย. 2564", "time": "8.00", "reference": "พช 0401/9", "once": str(uuid4())}
    assert client.post(reverse("privacy:tell_office", args=[made.pk]), told).status_code == 302
    assert "พช 0401/9" in client.get(reverse("privacy:breach", args=[made.pk])).content.decode()
    outcome = {"outcome": "พบสมุดแล้ว", "once": str(uuid4())}
    assert client.post(reverse("privacy:close_breach", args=[made.pk]), outcome).status_code == 302
    assert "ปิดเรื่องแล้ว" in client.get(reverse("privacy:breaches")).content.decode()
