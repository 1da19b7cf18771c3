"""The shelf draws what it promises, and whatever is put into it stays text."""

import re
from datetime import UTC, date, datetime, time
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory, override_settings

from sajja.web import charts, fields
from sajja.web.showcase import Shelf, shelf

BAD = '"><script>alert(1)</script>'


def drawn(source: str, address: str = "/", **context: object) -> str:
    """A template's words with single spaces."""
    request = RequestFactory().get(address)
    return " ".join(Template(source).render(Context({"request": request, **context})).split())


def page(address: str = "/shelf/", **cookies: str) -> str:
    """The shelf page as nobody sees it."""
    request = RequestFactory().get(address)
    request.user = AnonymousUser()
    request.COOKIES.update(cookies)
    answer: HttpResponse = shelf(request)
    return answer.content.decode()


def test_a_chip_is_a_shape_a_word_and_a_colour() -> None:
    assert drawn('{% chip "late" "เลยกำหนด 3 วัน" %}') == (
        '<span class="chip late"><svg class="icon" width="20" height="20" aria-hidden="true"><use href="#i-late"/></svg>เลยกำหนด 3 วัน</span>'
    )
    assert "#i-lock" in drawn('{% chip "idle" "รอ 4.3" "lock" %}')


def test_columns_stand_on_one_line_and_say_the_first_the_last_and_the_highest() -> None:
    found = charts.columns([(f"เดือน {n}", value, f"{value} บาท") for n, value in enumerate([10, 0, 5, 20, 30, -4, 5, 6])], "เงิน")
    made = found["columns"]
    assert isinstance(made, list)
    assert [(one.height, one.words) for one in made] == [
        (36.7, "10 บาท"), (0.0, ""), (18.3, ""), (73.3, ""), (110.0, "30 บาท"), (0.0, ""), (18.3, ""), (22.0, "6 บาท"),
    ]  # fmt: skip
    assert {round(one.top + one.height, 1) for one in made} == {134.0}
    assert charts.columns([], "เงิน")["columns"] == []


@pytest.mark.parametrize(
    "source",
    [
        "{% chip bad bad bad %}",
        "{% icon bad bad %}",
        "{% progress bad 1 2 bad url=bad %}",
        "{% gauge 1 2 60 unit=bad label=bad url=bad %}",
        "{% bars rows %}",
        "{% radar aspects bad %}",
        "{% columns months bad %}",
        "{% sort_header bad bad css=bad %}",
        "{% crumbs unit page=bad via=bad via_url=bad %}",
        '<a href="{% same_but a=bad %}">',
        '{% include "web/components/empty.html" with title=bad text=bad url=bad verb=bad %}',
        '{% include "web/components/search.html" with label=bad value=bad %}',
    ],
)
def test_what_is_put_in_stays_text(source: str) -> None:
    rows = [{"label": BAD, "count": 1, "total": 2, "url": BAD}]
    aspects = [{"name": BAD, "passed": 1, "total": 2}] * 3
    months = [(BAD, 1, BAD), (BAD, 2, BAD)]
    unit = SimpleNamespace(pk=1, short_name=BAD, get_absolute_url=lambda: BAD, ancestors=list)
    words = drawn(source, bad=BAD, rows=rows, aspects=aspects, months=months, unit=unit)
    assert ("<script" in words, BAD in words, "&lt;script&gt;" in words or "%3Cscript%3E" in words) == (False, False, True)


def test_dates_hours_and_money_are_thai() -> None:
    source = "{{ d|thai_date }}|{{ d|thai_date_long }}|{{ d|weekday_long }}|{{ t|hhmm }}|{{ s|baht }}|{{ n|percent:760 }}"
    source += "|{{ m|thai_date }} {{ m|hhmm }}"
    late = datetime(2021, 6, 9, 18, 30, tzinfo=UTC)
    assert drawn(source, d=date(2021, 6, 10), t=time(9), s=1_234_500, n=412, m=late) == (
        "10 มิ.ย. 2564|10 มิถุนายน 2564|วันพฤหัสบดีที่ 10 มิถุนายน 2564|09.00 น.|12,345.00|54.2%|10 มิ.ย. 2564 01.30 น."
    )


def test_what_is_missing_is_a_dash_and_nought_is_nought() -> None:
    assert (
        drawn("{{ a|thai_date }} {{ a|hhmm }} {{ a|baht }} {{ 0|baht }} {{ 1|percent:0 }} {{ a|number }}", a=None)
        == "– – – 0.00 – –"
    )


def test_a_day_carries_its_iso_form() -> None:
    assert drawn("{% day d 'long' %}", d=date(2021, 6, 10)) == '<time class="nb" datetime="2021-06-10">10 มิถุนายน 2564</time>'


def test_a_track_says_its_steps_in_words() -> None:
    words = drawn("{% track 2 6 %}")
    assert "ทำแล้ว 2 จาก 6 ขั้น" in words
    assert re.findall(r'<i class="(\w)">', words) == ["d", "d", "n", "t", "t", "t"]


def test_the_breadcrumb_begins_at_the_readers_own_unit() -> None:
    above = [SimpleNamespace(pk=n, short_name=name) for n, name in enumerate(["กรมฯ", "เขต 11", "จ.นครพนม", "อ.ธาตุพนม"])]
    village = SimpleNamespace(pk=9, short_name="บ้านอุ่มเหม้า", ancestors=lambda: above)
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(posts_today=[SimpleNamespace(unit_id=2)])  # type: ignore[assignment]
    words = Template("{% crumbs village page='เวที' %}").render(Context({"request": request, "village": village}))
    assert re.findall(r">([^<>]+)</", words) == ["จ.นครพนม", "อ.ธาตุพนม", "บ้านอุ่มเหม้า", "เวที"]


def test_a_radar_has_its_numbers_in_words_and_in_a_table() -> None:
    aspects = [{"name": name, "passed": n, "total": 5} for n, name in enumerate(["สมาชิก", "กรรมการ", "การเงิน", "เงินกู้"], 2)]
    words = drawn("{% radar aspects 'ธรรมาภิบาล' %}", aspects=aspects)
    assert 'aria-label="คะแนนธรรมาภิบาลรายด้าน: สมาชิก 2/5, กรรมการ 3/5, การเงิน 4/5, เงินกู้ 5/5"' in words
    assert 'points="170.0,113.2 225.2,150.0 170.0,223.6 78.0,150.0"' in words
    assert "14/20" in words
    assert "<svg" not in drawn("{% radar aspects %}", aspects=aspects[:2])


def test_an_aspect_without_questions_is_nought() -> None:
    aspects = [{"name": "ก", "passed": 0, "total": 0}] * 3
    assert 'class="area" points="170.0,150.0 170.0,150.0 170.0,150.0"' in drawn("{% radar aspects %}", aspects=aspects)


def test_a_gauge_truncates_and_counts_what_is_needed() -> None:
    words = drawn("{% gauge 455 760 60 unit='กลุ่ม' label='มีแผนแล้ว' %}")
    assert "59.8%" in words
    assert "เป้า 60% (456)" in words
    assert 'aria-label="มีแผนแล้ว 455 จาก 760 กลุ่ม ร้อยละ 59.8 เป้าหมายร้อยละ 60"' in words
    assert "–" in drawn("{% gauge 0 0 60 %}")


def test_a_head_turns_the_order_and_says_it() -> None:
    source = "{% sort_header 'plan' 'KPI' first='-' %}"
    found = re.compile(r'aria-sort="(\w+)"|<a class="sort" href="([^"]+)"')
    assert [found.findall(drawn(source, address)) for address in ["/?zone=11&page=3", "/?sort=-plan", "/?sort=plan"]] == [
        [("", "?zone=11&amp;sort=-plan")],
        [("descending", ""), ("", "?sort=plan")],
        [("ascending", ""), ("", "?sort=-plan")],
    ]
    assert 'aria-sort="ascending"' in drawn(source, sort="plan")


def test_pages_keep_the_rest_of_the_address() -> None:
    words = drawn("{% paginate page 'กลุ่ม' %}", "/?q=นคร&page=4", page=Paginator(range(760), 50).get_page(4))
    assert "แสดง 151–200 จาก 760 กลุ่ม" in words
    assert 'href="?q=%E0%B8%99%E0%B8%84%E0%B8%A3&amp;page=5" aria-label="หน้า 5"' in words
    assert words.count("aria-current") == 1


def test_a_field_is_tied_to_its_help_and_its_error() -> None:
    form = Shelf({"on": "สิบ"})
    words = drawn("{% field form.on %}", form=form)
    assert 'aria-describedby="id_on-help id_on-error"' in words
    assert 'aria-invalid="true"' in words
    order = [words.index(part) for part in ("<label", 'id="id_on-help"', "<input", 'id="id_on-error"')]
    assert order == sorted(order)


@pytest.mark.parametrize("name", list(Shelf.base_fields))
def test_every_kind_of_control_has_a_name(name: str) -> None:
    words = drawn("{% field bound %}", bound=Shelf()[name])
    if "<fieldset" in words:
        assert '<legend class="legend">' in words
    for control in re.findall(r'<(?:input|select|textarea)\b[^>]*\bid="([^"]+)"', words):
        assert f'for="{control}"' in words


def test_what_was_understood_stands_below_the_date() -> None:
    assert "วันพฤหัสบดีที่ 10 มิถุนายน 2564" in drawn("{% field form.on %}", form=Shelf({"on": "๑๐/๖/๖๔"}))


def test_two_forms_never_carry_the_same_uuid() -> None:
    uuids = re.findall(r'name="once" value="([0-9a-f-]{36})"', drawn("{% once %}{% once %}"))
    assert len(set(uuids)) == 2


def test_the_errors_of_a_form_lead_to_their_fields() -> None:
    form = Shelf({})
    form.add_error(None, "นอกเวลา")
    words = drawn("{% errors form %}", form=form)
    assert "นอกเวลา" in words
    assert '<a href="#id_name">ชื่อกลุ่ม</a>' in words
    assert drawn("{% errors form %}", form=fields.SajjaForm()) == ""


def test_the_page_holds_no_style_no_script_and_no_other_site() -> None:
    words = page("/shelf/?wrong=1")
    assert re.findall(r"<style|\sstyle=|<script(?![^>]*src=)|\son\w+=|https?://", words) == []
    assert len(re.findall(r"<h1", words)) == 1
    ids = re.findall(r'\sid="([^"]+)"', words)
    assert sorted(ids) == sorted(set(ids))


def test_nobody_sees_no_tabs_and_the_demonstration_says_what_it_is() -> None:
    words = page()
    assert 'class="tabs"' not in words
    assert "ระบบสาธิต ข้อมูลสมมติทั้งหมด" in words
    assert "พ.ศ. 2564" in words


def test_the_theme_is_the_persons_choice() -> None:
    assert '<html lang="th" data-theme="dark">' in page(theme="dark")
    assert '<html lang="th">' in page(theme='x"><script>')


def test_outside_the_demonstration_there_is_no_shelf() -> None:
    with override_settings(DEMONSTRATION=False), pytest.raises(Http404):
        page()


def test_terms_of_the_programme_stay_whole_and_text_stays_text() -> None:
    name = "กลุ่มออมทรัพย์เพื่อการผลิตบ้านอุ่มเหม้า"
    assert re.findall("nb.>([^<]+)", drawn("{{ t|whole }}", t=name)) == ["กลุ่มออมทรัพย์", "เพื่อการผลิต", "บ้านอุ่มเหม้า"]
    heads = "การบริหารจัดการ ร้อยละ 60 ผ่าน 21/21 ข้อ มีช่องทางรับข้อร้องเรียน อย่างน้อยปีละครั้ง"
    assert re.findall("nb.>([^<]+)", drawn("{{ t|whole }}", t=heads)) == [
        "บริหารจัดการ",
        "ร้อยละ 60",
        "21/21 ข้อ",
        "ข้อร้องเรียน",
        "ปีละครั้ง",
    ]
    assert drawn("{{ t|whole }}", t="ประเมินธรรมาภิบาล<b>") == 'ประเมิน<span class="nb">ธรรมาภิบาล</span>&lt;b&gt;'
