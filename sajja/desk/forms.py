"""What is looked for in what was done."""

from django import forms
from django.utils.translation import gettext_lazy as _

from sajja.web.fields import SajjaForm, ThaiDateField, ThaiTextField

ROOMS = [
    ("", _("ทุกเรื่อง")),
    ("org", _("บัญชีผู้ใช้ ตำแหน่ง การเข้าสู่ระบบ")),
    ("groups", _("ทะเบียนกลุ่มและสมาชิก")),
    ("treasury", _("บัญชีและเงินของกลุ่ม")),
    ("programme", _("กิจกรรมประจำปีและกลุ่มเป้าหมาย")),
    ("forums", _("เวที")),
    ("assessments", _("การประเมิน")),
    ("plans", _("แผนพัฒนา")),
    ("budget", _("งบประมาณ")),
    ("reports", _("รายงาน")),
    ("followup", _("การติดตาม")),
]


class TrailForm(SajjaForm):
    """Who, of what, from which day to which."""

    who = ThaiTextField(label=_("ชื่อผู้ทำรายการ"), required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    room = forms.ChoiceField(label=_("เรื่อง"), required=False, choices=ROOMS)
    first = ThaiDateField(label=_("ตั้งแต่วันที่"), required=False)
    last = ThaiDateField(label=_("ถึงวันที่"), required=False)
