"""The forms of the reports room."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sajja.reports.marks import FIELDS
from sajja.reports.queries import Owed
from sajja.web import clock
from sajja.web.fields import SajjaForm, ThaiDateField, ThaiTextField, ThaiTimeField


class NothingForm(SajjaForm):
    """A form without fields of its own: one press, one act."""


class SubmitForm(SajjaForm):
    """What the district writes itself; all the rest is made from what is there."""

    summary = ThaiTextField(
        label=_("สรุปผลการจัดเวที"), lines=5, max_length=3000, help_text=_("สองสามประโยค: ทำอะไร ได้ผลอย่างไร กลุ่มตกลงอะไร")
    )
    problems = ThaiTextField(label=_("ปัญหาและข้อเสนอแนะ"), lines=3, max_length=3000, required=False)
    few_pictures_reason = ThaiTextField(label=_("เหตุที่รูปยังไม่ครบ"), lines=2, max_length=400, required=False)

    def __init__(self, *args: Any, few: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not few:
            del self.fields["few_pictures_reason"]


class ReturnForm(SajjaForm):
    """What the district should mend: in all, and at single fields of the report."""

    reason = ThaiTextField(
        label=_("ต้องแก้อะไร"), lines=4, max_length=900, required=False,
        help_text=_("บอกให้อำเภอทำต่อได้ทันที เช่น เพิ่มรูปการทำแผน 1 รูป หรือบอกที่ช่องของเรื่องนั้นข้างล่าง"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, one in FIELDS.items():
            self.fields[f"mark_{key}"] = ThaiTextField(label=one.words, required=False, max_length=250)

    @property
    def marks(self) -> dict[str, str]:
        """Field → what to mend there."""
        return {key: self.cleaned_data.get(f"mark_{key}", "") for key in FIELDS}

    def marked(self) -> list[Any]:
        """The fields to mark, for the page."""
        return [self[f"mark_{key}"] for key in FIELDS]


class ExtendForm(SajjaForm):
    """Another day for a report."""

    until = ThaiDateField(label=_("กำหนดใหม่"))
    reason = ThaiTextField(label=_("ขยายเพราะ"), lines=2, max_length=450, help_text=_("เช่น น้ำท่วมหมู่บ้าน เลื่อนเวทีไม่ได้"))
    authority = ThaiTextField(
        label=_("ใครอนุมัติ ตามหนังสือใด"), max_length=200, help_text=_("เช่น พัฒนาการจังหวัด ตามหนังสือที่ นพ 0019/ว 123")
    )


class ReasonForm(SajjaForm):
    """Why, for the record."""

    reason = ThaiTextField(label=_("เหตุผล"), lines=3, max_length=900)


class ProvinceForm(SajjaForm):
    """What the province writes itself."""

    summary = ThaiTextField(label=_("สรุปผลของจังหวัด"), lines=6, max_length=4000, help_text=_("ตัวเลขระบบรวมให้จากรายงานที่ตรวจรับแล้ว"))


class BpmForm(SajjaForm):
    """The entry in BPM as the province made it."""

    day = ThaiDateField(label=_("วันที่ลงระบบ BPM"), latest=clock.today)
    time = ThaiTimeField(label=_("เวลา"), help_text=_("เช่น 14.30"))
    person = ThaiTextField(label=_("ผู้ลงระบบ"), max_length=150)
    reference = ThaiTextField(label=_("เลขที่อ้างอิงใน BPM"), max_length=100)

    def bpm_at(self) -> datetime:
        """The moment of the entry."""
        return clock.moment(self.cleaned_data["day"], self.cleaned_data["time"])


class ManyForm(SajjaForm):
    """Which of the reports that may be accepted together; all of them before anything was said."""

    def __init__(self, reports: Sequence[Owed], data: Any = None) -> None:
        super().__init__(data)
        self.reports = reports
        keys = [one.report.pk for one in reports if one.report]
        said = data.getlist("report") if data is not None else []
        self.chosen = [int(key) for key in said if key.isdecimal()]
        self.marked = set(keys if data is None else self.chosen)
