"""The shelf: tags and filters of every Sajja template (a builtin library: never loaded by name).

docs/components.md lists them with their arguments. Small marks are written by format_html, the rest are templates
under web/components/. Nothing here asks the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any, Literal
from uuid import uuid4

from django import template
from django.core.paginator import Page
from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sajja.lib import money, percent, thai_dates
from sajja.web import charts, clock, shelf

register = template.Library()
Text = str | Promise
MISSING = "–"
CHIP_ICONS = {"ok": "ok", "late": "late", "wait": "wait", "doing": "doing", "idle": "idle"}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """An icon of the sprite, always beside a word; css colours it: {% icon "ok" "ok" %}."""
    return format_html(
        '<svg class="icon{}" width="20" height="20" aria-hidden="true"><use href="#i-{}"/></svg>', f" {css}" if css else "", name
    )


@register.simple_tag
def chip(state: str, word: Text, icon: str = "") -> SafeString:
    """A state as shape, word and colour; state is ok, late, wait, doing or idle."""
    return format_html(
        '<span class="chip {}"><svg class="icon" width="20" height="20" aria-hidden="true"><use href="#i-{}"/></svg>{}</span>',
        state,
        icon or CHIP_ICONS.get(state, "idle"),
        word,
    )


@register.simple_tag
def once() -> SafeString:
    """The hidden UUID that every POST form carries (see sajja.web.once)."""
    return format_html('<input type="hidden" name="once" value="{}">', uuid4())


@register.simple_tag
def track(done: int, total: int) -> SafeString:
    """The steps of a table row as squares with n/d: {% track 2 6 %}; the next step is marked."""
    return format_html(
        '<span class="track"><span class="hidden-text">{}</span>{}<b class="num" aria-hidden="true">{}/{}</b></span>',
        _("ทำแล้ว %(done)s จาก %(total)s ขั้น") % {"done": done, "total": total},
        shelf.squares(done, total),
        done,
        total,
    )


@register.inclusion_tag("web/components/crumbs.html", takes_context=True)
def crumbs(context: Mapping[str, Any], unit: Any, page: Text = "", via: Text = "", via_url: str = "") -> dict[str, object]:
    """Where this is, from the reader's own unit down; `page` names the page itself, `via` one step above it."""
    steps = shelf.steps_to(unit, getattr(context.get("request"), "user", None))
    if via:
        steps.append(shelf.Step(via, via_url))
    if page:
        steps.append(shelf.Step(page, ""))
    return {"above": steps[:-1], "here": steps[-1] if steps else None}


@register.inclusion_tag("web/components/progress.html")
def progress(label: Text, value: int, most: int, unit: Text = "", url: str = "", fail: bool = False) -> dict[str, object]:
    """A named bar with n/d: {% progress "จัดเวทีแล้ว" 2 3 "กลุ่ม" %}; url makes the figure a link."""
    return {"label": label, "value": value, "max": most, "unit": unit, "url": url, "fail": fail}


@register.inclusion_tag("web/components/field.html")
def field(bound: BoundField, label: Text = "", hint: Text = "", css: str = "") -> dict[str, object]:
    """A form field: label, help, control, error, in this order, tied together for screen readers."""
    return shelf.field(bound, label, hint, css)


@register.inclusion_tag("web/components/errors.html")
def errors(form: Any) -> dict[str, object]:
    """The errors of the whole form (a refused act), and a list of links to the fields that are wrong."""
    return {"form": form, "wrong": [form[name] for name in form.errors if name in form.fields]}


@register.inclusion_tag("web/components/radar.html")
def radar(aspects: Iterable[Any], title: Text = "") -> dict[str, object]:
    """Aspects of one assessment, each with name (or short), passed and total; at least three axes, else a table alone."""
    return charts.radar(aspects, title)


@register.inclusion_tag("web/components/gauge.html")
def gauge(n: int, d: int, target: int, unit: Text = "", label: Text = "", url: str = "") -> dict[str, object]:
    """A KPI: n of d against `target` per cent; url opens the list behind the figure."""
    return charts.gauge(n, d, target, unit, label, url)


@register.inclusion_tag("web/components/bars.html")
def bars(rows: Iterable[Any], fail: bool = False) -> dict[str, object]:
    """Bars of rows with label, count, total and perhaps url; red only where a bar counts failures."""
    return {"rows": charts.bars(rows), "fail": fail}


@register.inclusion_tag("web/components/columns.html")
def columns(rows: Iterable[tuple[Text, int, str]], title: Text) -> dict[str, object]:
    """Columns of (label, value, its words), month by month."""
    return charts.columns(rows, title)


@register.inclusion_tag("web/components/sort_header.html", takes_context=True)
def sort_header(context: Mapping[str, Any], key: str, label: Text, css: str = "", first: str = "") -> dict[str, object]:
    """A table head that sorts by ?sort=key or ?sort=-key; css="figure-col" for numbers, first="-" begins downwards."""
    request: HttpRequest = context["request"]
    return shelf.sort_header(request.GET, key, label, css, first, str(context.get("sort", "")))


@register.inclusion_tag("web/components/paginate.html", takes_context=True)
def paginate(context: Mapping[str, Any], page: Page[Any], unit: Text = "", param: str = "page") -> dict[str, object]:
    """What is shown of how many, and the pages before and after: {% paginate page "กลุ่ม" %}."""
    request: HttpRequest = context["request"]
    return {"page": page, "unit": unit, "pages": shelf.pages(request.GET, page, param)}


@register.simple_tag(takes_context=True)
def same_but(context: Mapping[str, Any], **changes: object) -> str:
    """The query string of this page with some parameters changed (None removes): href="{% same_but zone=11 %}"."""
    query: QueryDict = context["request"].GET.copy()
    return shelf.query_with(query, changes)


@register.simple_tag
def day(moment: date | datetime | None, form: str = "short") -> str:
    """A date in <time>, B.E. words and ISO attribute; form is short, long or weekday."""
    local = _local(moment)
    if local is None:
        return MISSING
    words = {"short": thai_date, "long": thai_date_long, "weekday": weekday_long}[form](local)
    return format_html('<time class="nb" datetime="{}">{}</time>', local.isoformat(), words)


@register.filter
def thai_date(moment: date | datetime | None) -> str:
    """10 มิ.ย. 2564; a missing date is –."""
    local = _local(moment)
    return thai_dates.short(local) if local else MISSING


@register.filter
def thai_date_long(moment: date | datetime | None) -> str:
    """10 มิถุนายน 2564."""
    local = _local(moment)
    return thai_dates.long(local) if local else MISSING


@register.filter
def weekday_long(moment: date | datetime | None) -> str:
    """วันพฤหัสบดีที่ 10 มิถุนายน 2564."""
    local = _local(moment)
    return thai_dates.weekday_long(local) if local else MISSING


@register.filter
def hhmm(moment: time | datetime | None) -> str:
    """09.00 น., in Bangkok."""
    if moment is None:
        return MISSING
    local = moment.astimezone(clock.BANGKOK).time() if isinstance(moment, datetime) else moment
    return thai_dates.hhmm(local)


@register.filter
def baht(satang: int | Literal[""] | None) -> str:
    """12,345.00 from satang; missing is –, nought is 0.00."""
    return MISSING if satang is None or satang == "" else money.baht(satang)


@register.filter
def baht_words(satang: int | None) -> str:
    """10100 → หนึ่งร้อยเอ็ดบาทถ้วน."""
    return "" if satang is None else money.words(satang)


@register.filter(name="percent")
def percent_of(n: int | None, d: int | None) -> str:
    """54.2%, truncated and never rounded: {{ n|percent:d }}; of nothing it is –."""
    return percent.text(n, d) if n is not None and d else MISSING


@register.filter
def days_to(due: date | None) -> int | None:
    """Days from the business day to `due`; negative when it has passed."""
    return (due - clock.today()).days if due else None


@register.filter
def get(mapping: Mapping[Any, Any] | Sequence[Any], key: Any) -> Any:
    """mapping[key], or None: {{ totals|get:province.code }}."""
    return mapping.get(key) if isinstance(mapping, Mapping) else mapping[key]


@register.filter
def whole(text: Text) -> SafeString:
    """Text with the programme's own terms kept from breaking across lines, as browsers' dictionaries do not know them."""
    return shelf.whole(str(text))


@register.filter
def number(value: int | Literal[""] | None) -> str:
    """12,345."""
    return MISSING if value is None or value == "" else f"{value:,}"


def _local(moment: date | datetime | None) -> date | None:
    if not moment:
        return None
    return moment.astimezone(clock.BANGKOK).date() if isinstance(moment, datetime) else moment
