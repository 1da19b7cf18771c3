"""The forms of the programme room."""

from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sajja.lib import money
from sajja.lib.digits import arabic
from sajja.programme.terms import Terms, plain
from sajja.web.fields import BahtField, SajjaForm, ThaiDateField, ThaiIntegerField, ThaiTextField

Choice = tuple[int | str, Any]  # the label is text, or the line that the template prints
LARGEST = 200_000


class PlainForm(SajjaForm):
    """A form without fields of its own: the confirm of an act."""


class ReasonForm(SajjaForm):
    """Why, for the record."""

    reason = ThaiTextField(label=_("เหตุผล"), lines=3, max_length=400)


class CircularForm(SajjaForm):
    """A circular to every office."""

    number = ThaiTextField(label=_("เลขที่หนังสือ"), max_length=60, help_text=_("เช่น มท 0407.5/ว 335"))
    dated = ThaiDateField(label=_("ลงวันที่"))
    subject = ThaiTextField(label=_("เรื่อง"), max_length=250)
    words = ThaiTextField(label=_("สาระและสิ่งที่ให้สำนักงานทำ"), lines=6, max_length=5000)
    needs_by = ThaiDateField(label=_("ให้ทุกสำนักงานรับทราบภายใน"))


class WithdrawForm(SajjaForm):
    """Why a proposal is taken back."""

    reason = ThaiTextField(label=_("เหตุผลที่ถอน"), lines=2, max_length=400, required=False)


class UploadForm(SajjaForm):
    """A data file of a year."""

    file = forms.FileField(label=_("แฟ้มข้อมูลของปี (.toml)"), max_length=150)

    def clean_file(self) -> str:
        """The file's text, UTF-8, at most 200 KB."""
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST:
            raise forms.ValidationError(_("แฟ้มใหญ่เกิน 200 KB โปรดตรวจว่าเลือกแฟ้มถูก"))
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise forms.ValidationError(_("อ่านแฟ้มไม่ออก โปรดบันทึกเป็นข้อความ UTF-8 แล้วส่งใหม่")) from None


class FileTextForm(forms.Form):
    """The text of a data file that was read and shown, on its way to being opened."""

    text = forms.CharField(widget=forms.HiddenInput, strip=False, max_length=LARGEST)


class ProposeForm(SajjaForm):
    """Which of the admitted groups the district proposes."""

    groups = forms.TypedMultipleChoiceField(
        label=_("กลุ่มที่เสนอ"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("โปรดเลือกอย่างน้อย 1 กลุ่ม")},
    )

    def __init__(self, choices: Sequence[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "groups", choices)


class OutsideForm(SajjaForm):
    """A group that no rule admits, with the reason for proposing it all the same."""

    group = forms.TypedChoiceField(label=_("กลุ่ม"), coerce=int)
    reason = ThaiTextField(label=_("เหตุผลที่เสนอ"), lines=3, max_length=400)

    def __init__(self, choices: Sequence[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "group", [("", _("เลือกกลุ่ม")), *choices])


class ConfirmForm(SajjaForm):
    """Which of the proposed groups take the places, and why a group of an earlier rule is passed over."""

    use_required_attribute = False  # a group that is ticked after all needs no reason

    chosen = forms.TypedMultipleChoiceField(
        label=_("กลุ่มเป้าหมาย"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("โปรดเลือกอย่างน้อย 1 กลุ่ม")},
    )

    def __init__(self, choices: Sequence[Choice], passed_over: Iterable[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "chosen", choices)
        for group, name in passed_over:
            self.fields[f"because_{group}"] = ThaiTextField(
                label=_("เหตุผลที่ไม่เลือก%(name)s") % {"name": name},
                max_length=300,
                error_messages={"required": _("กลุ่มนี้เข้าหลักเกณฑ์ก่อนกลุ่มที่เลือก โปรดเลือก หรือเขียนเหตุผลที่ไม่เลือก")},
            )

    def because(self) -> dict[int, str]:
        """Group → why it is passed over."""
        return {
            int(name.removeprefix("because_")): text for name, text in self.cleaned_data.items() if name.startswith("because_")
        }


class ReplaceForm(SajjaForm):
    """The group that takes a place, and why."""

    new_group = forms.TypedChoiceField(label=_("กลุ่มใหม่"), coerce=int)
    reason = ThaiTextField(label=_("เหตุผล"), lines=3, max_length=400)
    override_reason = ThaiTextField(
        label=_("เหตุผลที่เลือกกลุ่มนอกหลักเกณฑ์"), lines=2, max_length=300, required=False,
        help_text=_("เขียนเมื่อกลุ่มใหม่ไม่เข้าหลักเกณฑ์ข้อใดเลย"),
    )  # fmt: skip

    def __init__(self, choices: Sequence[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "new_group", [("", _("เลือกกลุ่ม")), *choices])


class RevisionForm(SajjaForm):
    """The terms of a year that a later letter may change; everything else stays as in the current revision."""

    reference = ThaiTextField(label=_("ที่ของหนังสือ"), max_length=100)
    dated = ThaiDateField(label=_("ลงวันที่"))
    what_changed = ThaiTextField(label=_("ฉบับนี้เปลี่ยนอะไร"), lines=2, max_length=500)
    provinces = ThaiIntegerField(label=_("จำนวนจังหวัด"), min_value=1)
    groups = ThaiIntegerField(label=_("จำนวนกลุ่มเป้าหมาย"), min_value=1)
    quota = ThaiIntegerField(label=_("โควตา"), min_value=1)
    budget = BahtField(label=_("งบประมาณ (บาท)"))
    per_group = BahtField(label=_("งบประมาณต่อกลุ่ม (บาท)"))
    participants = ThaiIntegerField(label=_("ผู้เข้าร่วมเวที (คน)"), min_value=1)
    activity_ends = ThaiDateField(label=_("กิจกรรมแล้วเสร็จภายใน"))
    report_days = ThaiIntegerField(label=_("อำเภอรายงานภายใน (วัน)"), min_value=0)
    pictures_least = ThaiIntegerField(label=_("รูปกิจกรรมอย่างน้อย"), min_value=0)
    province_due = ThaiDateField(label=_("จังหวัดรายงานกรมฯ ภายใน"))
    kpi_percent = ThaiIntegerField(label=_("เป้าตัวชี้วัด (ร้อยละ)"), min_value=1, max_value=100)

    quotas = ThaiTextField(
        label=_("โควตาเฉพาะจังหวัด"), lines=3, max_length=4000, required=False,
        help_text=_("บรรทัดละจังหวัด ชื่อแล้วตามด้วยจำนวน เช่น นครพนม 12 จังหวัดที่ไม่เขียนใช้โควตาข้างบน"),
    )  # fmt: skip

    def __init__(self, terms: Terms, provinces: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        """`provinces`: path → name of those that take part."""
        super().__init__(*args, **kwargs, initial=self.values(terms) | {"quotas": _lines(terms.quotas, provinces)})
        self.names, self.terms = provinces, terms
        self._add_rules(terms)
        self._add_steps(terms)

    def _add_rules(self, terms: Terms) -> None:
        """A line for each rule in order, and an empty one."""
        for number, one in enumerate([*terms.rules, None], 1):
            named = {"number": number}
            self.fields[f"rule_{number}"] = ThaiTextField(
                label=_("ข้อ %(number)d") % named, lines=2, max_length=300, required=number == 1, initial=one.title if one else "",
                help_text="" if one else _("เว้นว่างไว้ถ้าไม่เพิ่มหลักเกณฑ์"),
            )  # fmt: skip
            self.fields[f"level_{number}"] = forms.TypedChoiceField(
                label=_("ข้อ %(number)d ระดับอย่างน้อย") % named, coerce=int, choices=[(3, "3"), (2, "2"), (1, "1")],
                initial=one.level if one else 3, required=bool(one), empty_value="",
            )  # fmt: skip
            self.fields[f"founder_{number}"] = forms.BooleanField(
                label=_("ข้อ %(number)d ต้องเป็นแกนนำจัดตั้งศูนย์") % named, required=False, initial=bool(one and one.founder)
            )

    def _add_steps(self, terms: Terms) -> None:
        """A line for each step, under its number; an empty one is left out, and one may be added."""
        for key, title in terms.steps:
            self.fields[f"step_{key}"] = ThaiTextField(
                label=_("ขั้น %(key)s") % {"key": key}, lines=2, max_length=300, initial=title, required=False
            )
        self.fields["new_step"] = ThaiTextField(label=_("เลขของขั้นที่เพิ่ม"), max_length=10, required=False)
        self.fields["new_step_title"] = ThaiTextField(label=_("ข้อความของขั้นที่เพิ่ม"), lines=2, max_length=300, required=False)

    @property
    def rule_rows(self) -> list[list[forms.BoundField]]:
        """The fields of each rule."""
        count = len(self.terms.rules) + 1
        return [[self[f"{name}_{number}"] for name in ("rule", "level", "founder")] for number in range(1, count + 1)]

    @property
    def step_fields(self) -> list[forms.BoundField]:
        """The field of each step there is."""
        return [self[f"step_{key}"] for key, _title in self.terms.steps]

    def clean_quotas(self) -> dict[str, int]:
        """Path of a province → its own quota."""
        paths = {name: path for path, name in self.names.items()}
        found = {}
        for line in filter(str.strip, self.cleaned_data["quotas"].splitlines()):
            name, _space, number = arabic(line).strip().rpartition(" ")
            path = paths.get(name.strip().removeprefix("จังหวัด"))
            if path is None or not number.isdecimal():
                raise forms.ValidationError(_("อ่านไม่ออก: “%(line)s” เขียนเป็น นครพนม 12") % {"line": line.strip()})
            found[path] = int(number)
        return found

    def clean(self) -> dict[str, Any]:
        """A step that is added has both its number and its words."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("new_step")) != bool(given.get("new_step_title")):
            self.add_error("new_step", _("ขั้นที่เพิ่มต้องมีทั้งเลขและข้อความ"))
        return given

    @staticmethod
    def values(terms: Terms) -> dict[str, Any]:
        """The current terms as the form shows them; the letter itself is left empty."""
        return {
            "provinces": terms.provinces, "groups": terms.groups, "quota": terms.quota,
            "budget": terms.budget_satang, "per_group": terms.per_group_satang, "participants": terms.participants,
            "activity_ends": terms.activity_ends, "report_days": terms.district_report_days,
            "pictures_least": terms.pictures_least, "province_due": terms.province_report_due, "kpi_percent": terms.kpi_percent,
        }  # fmt: skip

    def mapping(self, current: Mapping[str, Any], before: Terms) -> dict[str, Any]:
        """The current data file with the form's values laid over it."""
        new, given = deepcopy(dict(current)), self.cleaned_data
        new["letter"] = {
            "reference": given["reference"], "dated": given["dated"], "what_changed": given["what_changed"],
            "amends": before.reference, "amends_dated": before.dated,
        }  # fmt: skip
        new["target"] |= {key: given[key] for key in ("provinces", "groups", "quota")}
        new["money"] |= {"budget_baht": money.plain(given["budget"]), "per_group_baht": money.plain(given["per_group"])}
        new["forum"] |= {key: given[key] for key in ("participants", "activity_ends", "pictures_least")}
        new["district_report"] |= {"days": given["report_days"]}
        new["province_report"] |= {"due": given["province_due"]}
        new["kpi"] |= {"percent": given["kpi_percent"]}
        if given["quotas"] or before.quotas:
            new["target"]["quotas"] = given["quotas"]
        new["rules"], new["forum"]["steps"] = self._rules(new["rules"]), self._steps(new["forum"]["steps"])
        return dict(plain(new))

    def _rules(self, there: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Those with words, in order; each keeps its key."""
        keys = [str(one["key"]) for one in there]
        keys.append(next(key for n in range(len(keys) + 1, 99) if (key := f"rule{n}") not in keys))
        given = self.cleaned_data
        return [
            {"key": key, "title": given[f"rule_{n}"], "level": given[f"level_{n}"] or 3, "founder": given[f"founder_{n}"]}
            for n, key in enumerate(keys, 1)
            if given[f"rule_{n}"]
        ]

    def _steps(self, there: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        given = self.cleaned_data
        kept = [{**one, "title": given[f"step_{one['key']}"]} for one in there if given[f"step_{one['key']}"]]
        new = [{"key": given["new_step"], "title": given["new_step_title"]}] if given["new_step"] else []
        return kept + new


def _lines(quotas: Mapping[str, int], names: Mapping[str, str]) -> str:
    return "\n".join(f"{names.get(path, path)} {quota}" for path, quota in quotas.items())


def _choices(form: forms.BaseForm, name: str, choices: Sequence[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
