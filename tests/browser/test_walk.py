"""The main job in the browser, at 390 px, in Thai: from opening the year to the KPI, each step by the person who does it in life."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import House, serve
from tests.browser.spending import allocate, clear, spend
from tests.browser.walker import Walk, fetched, picture
from tests.sources import ROOT

INSTRUMENTS = ROOT / "sajja/assessments/instruments"
GROUP = "กลุ่มออมทรัพย์เพื่อการผลิตบ้านตัวอย่าง"


@pytest.fixture(scope="module")
def offices(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A Sajja with its offices staffed and nothing done yet."""
    data = tmp_path_factory.mktemp("walk")
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SAJJA_MODE"}}
    subprocess.run(
        [sys.executable, "-m", "tests.browser.staff"], env=surroundings | {"SAJJA_DATA": str(data)}, cwd=ROOT, check=True
    )
    yield from serve(data)


@pytest.mark.browser
def test_the_letter_walked_from_opening_the_year_to_the_kpi(chromium: Browser, offices: House, tmp_path: Path) -> None:
    walk = Walk(chromium, offices)
    open_the_year(walk)
    load_the_instruments(walk)
    register_a_group(walk)
    select_it(walk)
    plan_the_forum(walk)
    hold_the_forum(walk)
    assess(walk, "4.3", failing=2)
    assess(walk, "4.4", failing=1)
    write_the_plan(walk)
    allocate(walk)
    spend(walk, GROUP)
    clear(walk)
    report(walk)
    take_the_bundle(walk, tmp_path)
    see_the_kpi(walk)
    assert walk.complaints == []


def open_the_year(walk: Walk) -> None:
    """The department reads the letter's terms and opens 2564."""
    walk.be("department_officer")
    walk.go("/programme/")
    walk.press("ตรวจและเปิดปี 2564")
    expect(walk.page.locator("main")).to_contain_text("2,280,000")
    walk.press("เปิดกิจกรรมปี 2564")
    walk.toast("2564")


def load_the_instruments(walk: Walk) -> None:
    """One loads the two instruments, another publishes them."""
    for file in sorted(INSTRUMENTS.glob("*.toml")):
        walk.go("/assessments/instruments/load/")
        walk.page.locator('input[type="file"]').set_input_files(str(file))
        walk.press("ตรวจไฟล์")
        walk.press("เก็บเป็นฉบับร่าง")
        walk.toast("ร่าง")
    walk.be("department_admin")
    for version in (1, 2):
        walk.go(f"/assessments/versions/{version}/publish/")
        walk.press("ประกาศใช้")
        walk.toast("ประกาศใช้")


def register_a_group(walk: Walk) -> None:
    """The district types in a village, registers the group and grades it."""
    page = walk.be("district_officer")
    walk.go("/groups/new/")
    if "/groups/new/" in page.url and page.url.endswith("/groups/new/"):
        walk.press("อำเภอธาตุพนม")
    walk.press("เพิ่มหมู่บ้าน")
    page.locator("main").get_by_role("link", name="เพิ่มหมู่บ้าน").first.click()
    walk.fill(number="2", name="บ้านตัวอย่าง")
    walk.press("เพิ่มหมู่บ้าน")
    walk.toast("บ้านตัวอย่าง")
    walk.go("/groups/new/")
    if page.url.endswith("/groups/new/"):
        walk.press("อำเภอธาตุพนม")
    page.locator('[name="village"]').select_option(index=1)
    walk.fill(name=GROUP)
    walk.press("ลงทะเบียน")
    walk.toast(GROUP)
    page.goto(re.sub(r"/groups/(\d+)/.*", r"/groups/\1/level/", page.url))
    page.locator('[name="level"][value="3"]').check()
    walk.fill(fiscal_year="2564", source="ผลการจัดระดับ (ตัวอย่าง)")
    walk.press("บันทึก")
    walk.toast("บันทึกแล้ว")


def select_it(walk: Walk) -> None:
    """The district proposes, the head of the province confirms."""
    walk.be("district_officer")
    walk.press("เสนอกลุ่ม")
    walk.press("เสนอกลุ่ม")
    box = walk.page.locator('input[type="checkbox"]').first
    box.check()
    walk.press("เสนอจังหวัด")
    walk.toast("เสนอ")
    walk.be("province_head")
    walk.press("ตรวจและยืนยัน")
    walk.press("ตรวจและยืนยันรายชื่อ")
    walk.press("ยืนยันรายชื่อ")
    walk.toast("ยืนยัน")


def plan_the_forum(walk: Walk) -> None:
    """Today at the village's hall."""
    walk.be("district_officer")
    walk.press("กำหนดวัน")
    walk.fill(day_1="20 พ.ค. 64", starts_1="9.00", where_1="ศาลากลางบ้าน หมู่ 2")
    walk.press("กำหนดวันเวที")
    expect(walk.page.locator("h1")).to_contain_text(GROUP)


def hold_the_forum(walk: Walk) -> None:
    """Who came, what was done, pictures."""
    page, forum = walk.page, walk.page.url
    for step in ("4.1", "4.2"):
        page.goto(forum)
        page.locator("main").get_by_role("link", name=re.compile(f"บันทึก.*{step}|{step}.*บันทึก")).first.click()
        walk.fill(starts="9.00", ends="9.20", note="ทำแล้ว")
        walk.press("บันทึก")
    page.goto(forum + "attendance/")
    for number, name in enumerate(page.locator('.people-rows[data-kind="p"] input[name^="name"]').all()[:15], 1):
        name.fill(f"นางสมาชิก{number} ตัวอย่าง")
    for sex in page.locator('.people-rows[data-kind="p"] select').all()[:15]:
        sex.select_option("female")
    walk.press("บันทึกรายชื่อ")
    page.goto(forum + "photos/")
    page.locator('input[type="file"]').last.set_input_files([picture("navy"), picture("olive")])  # type: ignore[arg-type]
    walk.press("ส่งรูป")
    page.goto(forum + "bookkeeping/")
    page.locator('[name="answer"][value="department"]').check(force=True)
    walk.press("บันทึกคำตอบ")
    page.goto(forum)
    expect(page.locator(".photos img")).to_have_count(2)


def assess(walk: Walk, step: str, failing: int) -> None:
    """Answer an instrument with a thumb and confirm it: the first `failing` pass-or-fail answers are ไม่ผ่าน."""
    page = walk.page
    forum = page.url
    page.locator(".steps li", has_text=step).get_by_role("link", name=re.compile("เริ่มประเมิน|ตอบต่อ")).first.click()
    if "/start/" in page.url:
        walk.press("เริ่มประเมิน")
    left = failing
    while "/overview/" not in page.url:
        for ask in page.locator("article.ask").all():
            if ask.locator('.verdict input[value="pass"]').count():
                fail = left > 0
                left -= fail
                ask.locator("label.no" if fail else "label.yes").click()
            elif ask.locator('.levels input[value="3"]').count():
                ask.locator('.levels input[value="3"]').check()
            else:
                ask.locator("input[inputmode]").fill(
                    "5" if re.search("ต่ำกว่า|ภายใน", ask.locator("h2").text_content() or "") else "95"
                )
        with page.expect_navigation():
            page.locator(".bar button.btn").click()
    walk.press("ตรวจและยืนยันผล")
    page.locator("main").get_by_role("button", name=re.compile("ยืนยัน")).first.click()
    expect(page.locator("main")).to_contain_text("ไม่ผ่าน")
    page.goto(forum)


def write_the_plan(walk: Walk) -> None:
    """The plan from what was not passed, two signatures, the forum is finished."""
    page, forum = walk.page, walk.page.url
    page.locator(".steps li", has_text="4.6").get_by_role("link", name="ร่างแผน").click()
    walk.press("ร่างแผน")
    if page.locator("main").get_by_role("button", name="ร่างแผน").count():
        walk.press("ร่างแผน")
    expect(page.locator(".planline")).to_have_count(3)
    walk.press("บันทึกลายมือชื่อประธาน")
    walk.fill(name="นายบุญมี ตัวอย่าง", day="20 พ.ค. 2564")
    page.locator('[name="seen"]').check(force=True)
    walk.press("บันทึกลายมือชื่อ")
    page.goto(forum + "finish/")
    walk.press("ปิดเวที")
    walk.toast("ปิดเวที")
    walk.be("district_head")
    walk.press("ลงนามแผน")
    walk.fill(day="20 พ.ค. 2564")
    walk.press("ลงนามแผน")
    walk.toast("ลงนาม")


def report(walk: Walk) -> None:
    """District → province → BPM."""
    walk.be("district_officer")
    walk.press("ตรวจและส่ง")
    if walk.page.locator('[name="summary"]').count() == 0:
        walk.press("ตรวจและส่ง")
    walk.fill(summary="จัดเวทีเรียบร้อย สมาชิกมาครบ")
    walk.press("ส่งรายงานให้จังหวัด")
    walk.toast("ส่ง")
    return_and_correct(walk)
    walk.be("province_officer")
    walk.press("ตรวจรายงาน")
    expect(walk.page.locator("main")).to_contain_text("สมาชิกลงมติทำบัญชีทุกเดือน")
    walk.press("ตรวจรับรายงาน")
    walk.press("ตรวจรับรายงาน")
    walk.toast("ตรวจรับ")
    walk.be("province_officer")
    walk.press("จัดทำรายงาน")
    walk.press("จัดทำรายงาน")
    walk.fill(summary="จังหวัดนครพนมจัดเวทีแล้ว 1 กลุ่ม")
    walk.press("จัดทำรายงาน")
    walk.press("บันทึกการลงระบบ BPM")
    walk.fill(day="20 พ.ค. 2564", time="8.30", person="นายประสาน ตัวอย่าง", reference="BPM-2564-48")
    walk.press("บันทึก")
    walk.toast("BPM")


def return_and_correct(walk: Walk) -> None:
    """The province says what is missing; the district reads it at home, writes it and sends the report again."""
    walk.be("province_officer")
    walk.press("ตรวจรายงาน")
    walk.press("ส่งกลับแก้ไข")
    walk.fill(reason="บอกด้วยว่าสมาชิกลงมติอะไร")
    walk.press("ส่งกลับ")
    walk.toast("ส่งกลับ")
    page = walk.be("district_officer")
    expect(page.locator("main")).to_contain_text("ส่งกลับ")
    walk.press("แก้และส่ง")
    expect(page.locator("main")).to_contain_text("บอกด้วยว่าสมาชิกลงมติอะไร")
    if page.locator('[name="summary"]').count() == 0:
        walk.press("ตรวจและส่ง")
    walk.fill(summary="จัดเวทีเรียบร้อย สมาชิกลงมติทำบัญชีทุกเดือน")
    walk.press("ส่งรายงานให้จังหวัด")
    walk.toast("ส่ง")


def take_the_bundle(walk: Walk, folder: Path) -> None:
    """The province makes the set for BPM and takes it away: not a draft, every file as its manifest says."""
    walk.press("ชุดส่ง BPM")
    walk.press("จัดทำชุดส่ง BPM")
    made = walk.page.locator("main").get_by_role("link", name="ดาวน์โหลด")
    for _look in range(60):
        if made.count():
            break
        walk.page.wait_for_timeout(500)
        walk.page.reload()
    expect(walk.page.locator("main")).not_to_contain_text("ร่าง")
    with ZipFile(fetched(walk, "ดาวน์โหลด", folder / "bundle.zip")) as bundle:
        names = bundle.namelist()
        manifest = json.loads(bundle.read(next(name for name in names if name.endswith("manifest.json"))))
        sums = {name: sha256(bundle.read(name)).hexdigest() for name in names}
    assert len([name for name in names if name.endswith(".jpg")]) == 2
    told = json.dumps(manifest, ensure_ascii=False)
    assert [name for name in names if not name.endswith("manifest.json") and sums[name] not in told] == []


def see_the_kpi(walk: Walk) -> None:
    """1/760, on the screen and on the command line."""
    page = walk.be("department_officer")
    walk.go("/kpi/")
    expect(page.locator("main")).to_contain_text("1/760")
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "SAJJA_MODE"}}
    command = [str(Path(sys.executable).parent / "sajja"), "kpi", "2564", "--json"]
    said = subprocess.run(
        command, env=surroundings | {"SAJJA_DATA": str(walk.house.data)}, capture_output=True, check=True, text=True
    )
    figures = json.loads(said.stdout)
    assert figures["kpi"] == {"numerator": 1, "denominator": 760, "target_percent": 60}
    assert figures["district_reports"] == {"due": 1, "on_time": 1, "late": 0, "missing": 0}
    assert figures["province_reports"] == {"due": 1, "on_time": 1, "late": 0, "missing": 0}
