"""Circular, selection, result and plan as PDF: terms whole, figures there, the same bytes twice."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from sajja.assessments.queries import indicators_of
from sajja.lib.digits import thai
from sajja.org.models import Person
from tests.cast import Cast, unit
from tests.factories import a_group, a_plan, assessed, selected, the_instruments
from tests.papers import laid_out as words_of
from tests.papers import missing

pytestmark = pytest.mark.django_db


def read(person: Person, page: str) -> bytes:
    client = Client()
    client.force_login(person)
    answer = client.get(page)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return bytes(answer.content)


def test_circular_selection_result_and_plan(tmp_path: Path) -> None:
    cast = Cast()
    [place] = selected(a_group(), cast=cast)
    done = assessed(place, failing=("ssg:2.3",), cast=cast)
    plan = a_plan(place, cast=cast)
    province = {"year": 2564, "unit": unit("48").pk}
    pages = {
        "national": reverse("programme:circular_pdf", kwargs=province | {"unit": unit("").pk}),
        "circular": reverse("programme:circular_pdf", kwargs=province),
        "selection": reverse("programme:minutes_pdf", kwargs=province),
        "result": reverse("assessments:result_pdf", args=[done[-1].pk]),
        "plan": reverse("plans:paper_pdf", args=[plan.pk]),
    }
    made = {name: read(cast.department, page) for name, page in pages.items()}
    assert {name: read(cast.department, page) for name, page in pages.items()} == made
    said = {name: words_of(tmp_path, paper) for name, paper in made.items()}
    assert [name for name in pages if not re.search(r"หน้า ๑ จาก [๑-๙]", said[name])] == []
    assert missing(said["national"], "กรมการพัฒนาชุมชน", "๒,๒๘๐,๐๐๐.๐๐", "สองล้านสองแสนแปดหมื่นบาทถ้วน", "๗๖ จังหวัด") == []
    assert missing(said["circular"], "สำนักงานพัฒนาชุมชนจังหวัดนครพนม", "๑๐ กลุ่ม", "สามพันบาทถ้วน", "มท ๐๔๐๗.๕/ว ๓๓๕") == []
    assert missing(said["selection"], "กลุ่มออมทรัพย์ตัวอย่าง", "พัฒนาการจังหวัดนครพนม", "ข้อ ๒", "(ว่าง)") == []
    assert missing(said["result"], "ผ่าน ๒๒ จาก ๒๓ ข้อ", "ไม่ผ่าน", "๒.๓") == []
    assert missing(said["plan"], "รวมเงินตามแผน", "ประธานกลุ่มออมทรัพย์เพื่อการผลิต", "พัฒนาการอำเภอ") == []


def test_both_instruments_have_a_form_to_be_answered_on_paper(tmp_path: Path) -> None:
    for version in the_instruments():
        page = reverse("assessments:blank_pdf", args=[version.pk])
        made = read(Cast().district_officer, page)
        said = words_of(tmp_path, made)
        assert made == read(Cast().district_officer, page)
        assert missing(said, *(thai(one.code) for one in indicators_of(version)), "หลักฐาน", "ผู้ประเมิน", "ประธานกลุ่ม") == []
