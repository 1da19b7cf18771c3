"""What the tags of templatetags/sajja.py work out before a component's template draws it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.paginator import Page
from django.forms import BoundField
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Text = str | Promise


TERMS = re.compile(
    "([0-9][0-9/,.]* ข้อ|ร้อยละ(?: ?[0-9.]+)?|(?:ปี|เดือน)ละ(?:ครั้ง)?|บริหารจัดการ|จัดการ|ข้อร้องเรียน|ทันกำหนด|เลยกำหนด|"
    "กลุ่มออมทรัพย์|เพื่อการผลิต|ออมทรัพย์|ธรรมาภิบาล|งบประมาณ|พัฒนาชุมชน|ศักยภาพ|พัฒนาการอำเภอ|พัฒนาการจังหวัด|บ้าน[\u0e01-\u0e4e]{1,20}(?=$| หมู่))"
)


@dataclass(frozen=True)
class Step:
    """One step of the breadcrumb."""

    name: Text
    url: str


def whole(text: str) -> SafeString:
    """The text, each official term in a span that does not break."""
    parts = (("nb" if TERMS.fullmatch(part) else "", part) for part in TERMS.split(text) if part)
    return format_html_join(
        "", "{}", ((format_html('<span class="{}">{}</span>', css, part) if css else part,) for css, part in parts)
    )


def squares(done: int, total: int) -> SafeString:
    """The squares of a track: done, the next one, the rest."""
    return format_html_join("", '<i class="{}"></i>', (("d" if i < done else "n" if i == done else "t",) for i in range(total)))


def steps_to(unit: Any, reader: Any = None) -> list[Step]:
    """The breadcrumb down to a unit, the unit last; it begins at the reader's own unit, for those above it are not theirs to open."""
    if unit is None:
        return []
    path = [*(u for u in unit.ancestors() if u != unit), unit]
    own = {post.unit_id for post in getattr(reader, "posts_today", [])}
    begins = next((i for i, u in enumerate(path) if u.pk in own), None)
    if own and begins is None:
        return [Step(name_of(u), "") for u in path]
    return [Step(name_of(u), url_of(u)) for u in path[begins:]]


def name_of(unit: Any) -> str:
    """How a unit is called in a breadcrumb."""
    return str(getattr(unit, "short_name", "") or unit)


def url_of(unit: Any) -> str:
    """A unit's page, if it has one."""
    return str(unit.get_absolute_url()) if hasattr(unit, "get_absolute_url") else ""


def field(bound: BoundField, label: Text, hint: Text, css: str) -> dict[str, object]:
    """What field.html needs: the kind of control, the ids of help and error, the control itself."""
    kind = kind_of(bound.field.widget)
    hint = hint or bound.help_text
    ids = {"help": f"{bound.auto_id}-help", "error": f"{bound.auto_id}-error"}
    described = " ".join(ids[part] for part in ("help", "error") if (hint if part == "help" else bound.errors))
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described else {}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return {
        "bound": bound,
        "kind": kind,
        "label": label or bound.label,
        "help": hint,
        "css": css,
        "ids": ids,
        "described": described,
        "control": None if kind == "choices" else bound.as_widget(attrs=attrs),
        "understood": understood(bound),
        "picture": "image/" in str(bound.field.widget.attrs.get("accept", "")),
        "live": getattr(bound.field, "live", ""),
        "optional": not bound.field.required and kind in {"box", "file"} and not bound.field.disabled,
    }


def understood(bound: BoundField) -> str:
    """What the field made of the words typed in (a date with its weekday), or nothing."""
    read = getattr(bound.field, "understood", None)
    return str(read(bound.value())) if read else ""


def kind_of(widget: forms.Widget) -> str:
    """choices (radio buttons, tick boxes), tick (one tick box), file, hidden or box."""
    if isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "tick"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "hidden" if widget.is_hidden else "box"


def query_with(query: QueryDict, changes: dict[str, object]) -> str:
    """?a=1&b=2 of a mutable copy with changes; None and "" remove; "?" when nothing is left."""
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"


def sort_header(query: QueryDict, key: str, label: Text, css: str, first: str, default: str) -> dict[str, object]:
    """The link and the aria-sort of a head; `default` is the order of the page when the address says none."""
    now = query.get("sort", "") or default
    state = {key: "ascending", f"-{key}": "descending"}.get(now, "")
    turned = {"ascending": f"-{key}", "descending": key}.get(state, f"{first}{key}")
    return {"label": label, "css": css, "state": state, "url": query_with(query.copy(), {"sort": turned, "page": None})}


def pages(query: QueryDict, page: Page[Any], param: str) -> Iterator[tuple[int | str, str]]:
    """(number, address) of the pages to offer; a gap is ("…", "")."""
    for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        gap = not isinstance(number, int)
        yield (number, "" if gap else query_with(query.copy(), {param: number}))
