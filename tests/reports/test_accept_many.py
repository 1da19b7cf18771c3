"""A province accepts what needs no look of its own in one press; the exceptions are listed with what they wait for."""

from uuid import uuid4

import pytest
from django.test import Client

from sajja.audit.models import AuditRow
from sajja.forums.models import Forum
from sajja.lib.refusals import Refused
from sajja.reports import actions, queries
from sajja.reports.models import DistrictReport, ReportMove
from tests.cast import Cast, unit
from tests.factories import a_group, a_held_forum, a_year, selected

pytestmark = pytest.mark.django_db
NAMES = ["กลุ่มบ้านหนึ่ง (ตัวอย่าง)", "กลุ่มบ้านสอง (ตัวอย่าง)", "กลุ่มบ้านสาม (ตัวอย่าง)"]


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def sent(cast: Cast) -> list[DistrictReport]:
    """Three reports, sent."""
    forums = [a_held_forum(one, cast=cast) for one in selected(*(a_group(name) for name in NAMES), cast=cast)]
    return [send(cast, forum) for forum in forums]


def send(cast: Cast, forum: Forum) -> DistrictReport:
    return actions.submit_report(by=cast.district_officer, forum=forum, summary="เรียบร้อย")


def whys(cast: Cast) -> dict[str, str]:
    return {one.name: why for one, why in queries.waiting_for(a_year(cast), unit("48"), cast.province_officer)}


def test_all_that_is_whole_is_accepted_with_one_audit_row(cast: Cast, sent: list[DistrictReport]) -> None:
    keys = [report.pk for report in sent]
    done = actions.accept_reports(by=cast.province_officer, year=a_year(cast), province=unit("48"), reports=keys)
    assert sorted(report.pk for report in done) == sorted(keys)
    assert set(DistrictReport.objects.values_list("state", flat=True)) == {"accepted"}
    moves = ReportMove.objects.filter(move="accept")
    assert [moves.count(), all(move.content for move in moves)] == [3, True]
    [row] = AuditRow.objects.filter(act="reports.accept_reports")
    assert (row.about, sorted(row.detail["groups"])) == (f"org.Unit:{unit('48').pk}", sorted(NAMES))


def test_what_was_returned_before_is_looked_at_by_itself(cast: Cast, sent: list[DistrictReport]) -> None:
    first = sent[0]
    actions.return_report(by=cast.province_officer, report=first, reason="สรุปให้ชัด")
    assert first.forum is not None
    send(cast, first.forum)
    found = whys(cast)
    assert [found[name] for name in NAMES] == ["เคยส่งกลับให้แก้ เปิดดูว่าแก้ครบก่อน", "", ""]
    with pytest.raises(Refused, match="ต้องเปิดดูก่อน"):
        actions.accept_reports(
            by=cast.province_officer, year=a_year(cast), province=unit("48"), reports=[report.pk for report in sent]
        )
    assert not ReportMove.objects.filter(move="accept").exists()


def test_nothing_chosen_is_refused(cast: Cast, sent: list[DistrictReport]) -> None:
    with pytest.raises(Refused, match="อย่างน้อย 1 ฉบับ"):
        actions.accept_reports(by=cast.province_officer, year=a_year(cast), province=unit("48"), reports=[])


def test_the_page_lists_both_and_accepts_what_is_marked(cast: Cast, sent: list[DistrictReport]) -> None:
    actions.return_report(by=cast.province_officer, report=sent[2], reason="สรุปให้ชัด")
    assert sent[2].forum is not None
    send(cast, sent[2].forum)
    client = Client()
    client.force_login(cast.province_officer)
    address = f"/reports/2564/{unit('48').pk}/accept/"
    assert address in client.get(f"/reports/2564/{unit('48').pk}/").content.decode()
    page = client.get(address).content.decode()
    assert [page.count('name="report"'), "เคยส่งกลับให้แก้" in page] == [2, True]
    answer = client.post(address, {"once": str(uuid4()), "report": [str(sent[1].pk)]})
    assert answer.status_code == 302
    states = dict(DistrictReport.objects.values_list("pk", "state"))
    assert [states[report.pk] for report in sent] == ["submitted", "accepted", "submitted"]
    assert "อย่างน้อย 1 ฉบับ" in client.post(address, {"once": str(uuid4())}).content.decode()


@pytest.mark.parametrize("key", ["²", "-1", "x", ""])
def test_a_key_that_is_no_number_chooses_nothing(cast: Cast, sent: list[DistrictReport], key: str) -> None:
    client = Client()
    client.force_login(cast.province_officer)
    page = f"/reports/2564/{unit('48').pk}/accept/"
    answer = client.post(page, {"report": key, "once": str(uuid4())})
    assert (answer.status_code, "อย่างน้อย 1 ฉบับ" in answer.content.decode()) == (200, True)
    assert {one.state for one in DistrictReport.objects.all()} == {"submitted"}
