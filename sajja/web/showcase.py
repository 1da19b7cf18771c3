"""The shelf page: every component once, with invented contents; only the demonstration has its address."""

from datetime import date, time
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from sajja.web import fields
from sajja.web.charts import Aspect, Bar

GOVERNANCE = [Aspect("สมาชิก", 5, 5), Aspect("กรรมการ", 4, 6), Aspect("การเงิน", 5, 5), Aspect("เงินกู้", 4, 5)]
SSG = [Aspect("การออม", 3, 4), Aspect("การบริหาร", 4, 5), Aspect("บัญชี", 4, 5), Aspect("ชุมชน", 5, 5), Aspect("เครือข่าย", 4, 4)]
FAILED = [
    Bar("ธรรมาภิบาล 2.2 ทบทวนระเบียบภายใน 2 ปี", 341, 671, "#bars"),
    Bar("SSG 2.3 มีการสืบทอดกรรมการ", 318, 652),
    Bar("ยังไม่มีผู้ตอบ", 0, 0),
]
ROWS = [
    ("สกลนคร", 11, 10, 8, "ok", "ส่งทันกำหนด"),
    ("นครพนม", 11, 8, 7, "wait", "ถึงกำหนด 15 มิ.ย."),
    ("ชุมพร", 5, 7, 4, "late", "อำเภอส่งช้า"),
    ("ก่อนถึงกำหนด", 3, 0, 0, "idle", "ยังไม่ถึงเวลา"),
]

ICONS = [
    "back",
    "book",
    "calendar",
    "camera",
    "chart",
    "cross",
    "doing",
    "down",
    "download",
    "edit",
    "eye",
    "flag",
    "forum",
    "go",
    "group",
    "history",
    "home",
    "idle",
    "info",
    "late",
    "link",
    "lock",
    "logout",
    "mail",
    "map-pin",
    "minus",
    "money",
    "moon",
    "ok",
    "pen",
    "person",
    "phone",
    "plan",
    "plus",
    "print",
    "report",
    "return",
    "saved",
    "search",
    "send",
    "sheet",
    "sort",
    "tick",
    "trash",
    "up",
    "upload",
    "wait",
]


class Shelf(fields.SajjaForm):
    """One field of each kind."""

    name = fields.ThaiTextField(label=_("ชื่อกลุ่ม"), max_length=60)
    on = fields.ThaiDateField(label=_("วันที่จัดเวที"), latest=date(2021, 9, 30))
    at = fields.ThaiTimeField(label=_("เวลาเริ่ม"))
    people = fields.ThaiIntegerField(label=_("ผู้เข้าร่วม"), min_value=1, max_value=500)
    money = fields.BahtField(label=_("ค่าใช้จ่าย (บาท)"), max_satang=300_000, required=False)
    kind = forms.ChoiceField(label=_("ชนิด"), choices=[("", "เลือกหนึ่งข้อ"), ("a", "เวทีเดียว"), ("b", "แบ่งสองวง")])
    book = forms.ChoiceField(
        label=_("กลุ่มทำบัญชีด้วยอะไร"),
        choices=[("ours", "โปรแกรมสัจจะ"), ("theirs", "โปรแกรมของกรมฯ"), ("paper", "สมุดอย่างเดียว")],
        widget=forms.RadioSelect,
    )
    days = forms.MultipleChoiceField(
        label=_("วันที่สะดวก"), choices=[("sat", "เสาร์"), ("sun", "อาทิตย์")], widget=forms.CheckboxSelectMultiple, required=False
    )
    sure = forms.BooleanField(label=_("อ่านให้เวทีฟังแล้ว"), help_text=_("อ่านทุกข้อที่ไม่ผ่าน"))
    why = fields.ThaiTextField(label=_("เหตุผล"), lines=3, required=False)
    photo = fields.PictureField(label=_("รูปเวที"), required=False)
    sheet = fields.SheetField(label=_("ไฟล์รายชื่อกลุ่ม"), required=False)


def shelf(request: HttpRequest) -> HttpResponse:
    """Every component; ?wrong shows the form with its errors; nothing that is sent is kept. Http404 outside the demonstration."""
    if not settings.DEMONSTRATION:
        raise Http404
    wrong = {
        "name": "",
        "on": "31 กุมภาพันธ์ 2564",
        "at": "25.00",
        "people": "มาก",
        "money": "5,000",
        "kind": "",
        "why": "นับเงินแล้วขาด",
    }
    typed = request.POST or (wrong if "wrong" in request.GET else None)
    form = Shelf(typed, request.FILES or None, initial={"on": date(2021, 6, 10), "at": time(9)})
    context = {
        "form": form,
        "unit": example_unit(),
        "governance": GOVERNANCE,
        "ssg": SSG,
        "failed": FAILED,
        "rows": ROWS,
        "icons": ICONS,
        "page": Paginator(range(760), 50).get_page(4),
        "today": date(2021, 6, 10),
        "sort": "-plan",
    }
    return render(request, "web/shelf.html", context)


def example_unit() -> SimpleNamespace:
    """A village under its offices, by name only."""
    names = ["กรมฯ", "เขต 11", "จ.นครพนม", "อ.ธาตุพนม", "ต.อุ่มเหม้า"]
    above = [SimpleNamespace(pk=-n, short_name=name) for n, name in enumerate(names, 1)]
    return SimpleNamespace(pk=0, short_name="บ้านอุ่มเหม้า หมู่ 2", ancestors=lambda: above)
