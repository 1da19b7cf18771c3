"""What is held of whom and why: for everyone to read, and whole as the register."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sajja.org.door import Request, holds, open_to_all, signed_in
from sajja.org.permissions import P
from sajja.privacy.register import REGISTER
from sajja.web import clock
from sajja.web.sheets import TYPE, Column, Sheet, workbook


@open_to_all
def notice(request: HttpRequest) -> HttpResponse:
    """The notice in plain words: anyone may read it before giving anything."""
    return render(request, "privacy/notice.html", {"register": REGISTER})


@signed_in
def register(request: Request) -> HttpResponse:
    """The register of processing, line by line."""
    return render(request, "privacy/register.html", {"register": REGISTER, "may_keep": holds(request.user, P.KEEP_BREACHES)})


@signed_in
def register_sheet(request: Request) -> HttpResponse:
    """The same as Excel, for the regulator or an auditor."""
    heads = (_("กิจกรรม"), _("ของใคร"), _("ข้อมูล"), _("เพื่อ"), _("ฐานตามกฎหมาย"), _("ใครเห็น"), _("เก็บนาน"), _("ตารางในโปรแกรม"))
    rows = [[*(str(part) for part in one[1:8]), ", ".join(one.tables)] for one in REGISTER]
    title = _("บันทึกรายการกิจกรรมประมวลผลข้อมูลส่วนบุคคล")
    body = workbook([Sheet(_("รายการ"), [Column(head) for head in heads], rows, title)], clock.now())
    return HttpResponse(body, TYPE, headers={"Content-Disposition": 'attachment; filename="sajja-register-of-processing.xlsx"'})
