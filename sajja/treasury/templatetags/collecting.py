"""The lines of a collecting day's sheet: one rendered template, filled for each member."""

import re
from typing import Any, Final

from django import template
from django.template.loader import render_to_string
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sajja.treasury.forms.collecting import DayForm
from sajja.treasury.forms.sheet_lines import Shown
from sajja.web.templatetags.sajja import chip, icon

register = template.Library()
SLOT: Final = re.compile(r'data-slot="(\w+)"')


@register.simple_tag
def sheet_rows(form: DayForm) -> SafeString:
    """Every line of the sheet, escaped; the template is translated and rendered once, not once a member."""
    columns = [(column.key, _whole(column.name)) for column in form.asked.columns]
    places = [(str(place.account.pk), _whole(str(place.name))) for place in form.banks]
    row = SLOT.sub(
        r"{\1}",
        render_to_string("treasury/collecting/row.html", {"columns": columns, "banks": places, "lends": form.asked.lends}),
    )
    banks = [key for key, _name in places]
    words = _Words(str(_("สัจจะเดือนละ %s")), str(_("ยังไม่มีข้อตกลงสัจจะ")), str(_("เดือนนี้ส่งแล้ว")), str(_("ส่งล่วงหน้าแล้ว %s")))
    text = _Escaped()
    lines = (
        row.format_map({name: text.of(said) for name, said in _slots(shown, words, banks).items()}) for shown in form.shown()
    )
    return SafeString("".join(lines))  # nosec B703 B308 # each value was escaped by _Escaped


def _whole(name: str) -> str:
    """A name with its braces kept: in the template's text they would be slots."""
    return name.replace("{", "{{").replace("}", "}}")


class _Escaped(dict[str, str]):
    """A text escaped, once however many lines say it; what is markup already stays as it is."""

    def of(self, said: object) -> str:
        return said if isinstance(said, SafeString) else self[str(said)]

    def __missing__(self, text: str) -> str:
        self[text] = made = escape(text)
        return made


class _Words:
    """What a line says below the name, translated once."""

    def __init__(self, monthly: str, none: str, paid: str, ahead: str) -> None:
        self.monthly, self.none, self.paid, self.ahead = monthly, none, paid, ahead
        self.states: dict[tuple[str, int, bool, str, str, str], str] = {}


def _slots(shown: Shown, words: _Words, banks: list[str]) -> dict[str, Any]:
    """The parts of a line by the names of row.html."""
    chosen = {f"b{key}": _said(key == shown.bank, "selected") for key in banks}
    return {
        **shown._asdict(), **{f"c{cell.key}": cell.value for cell in shown.cells}, **chosen,
        "pledge": words.monthly % shown.pledge if shown.pledge else words.none, "state": _state_once(shown, words),
        "errors": _errors(shown), "bad": format_html('class="{}"', "bad") if shown.errors else "",
        "came": _said(shown.came, "checked"),
        "settled": _said(shown.settled, "data-settled"), "transfer": _said(shown.transfer, "selected"), "open": _said(shown.open, "open"),
        "total": shown.total or "–", "loan": _loan(shown),
    }  # fmt: skip


def _loan(shown: Shown) -> str:
    """The box of what is paid on loans; no box for who has none."""
    if not shown.has_loan:
        return ""
    return format_html(
        '<input class="money" inputmode="decimal" name="owe-{}" value="{}" placeholder="–" aria-labelledby="h-owe n{}">',
        shown.pk, shown.owe, shown.pk,
    )  # fmt: skip


def _said(true: bool, attribute: str) -> str:
    return attribute if true else ""


def _state_once(shown: Shown, words: _Words) -> str:
    """Made once for all who stand the same."""
    key = (shown.arrears, shown.months, shown.paid, shown.ahead, shown.owes, shown.overdue)
    if key not in words.states:
        words.states[key] = format_html("{}{}", _state(shown, words), _debt(shown))
    return words.states[key]


def _state(shown: Shown, words: _Words) -> str:
    if shown.arrears:
        said = _("ขาดส่ง %(baht)s (%(months)s เดือน)") % {"baht": shown.arrears, "months": shown.months}
        return format_html(" {}", chip("late", said))
    if shown.paid or shown.ahead:
        return format_html(' <span class="small soft">{}</span>', words.ahead % shown.ahead if shown.ahead else words.paid)
    return ""


def _debt(shown: Shown) -> str:
    if shown.overdue:
        return format_html(" {}", chip("late", _("หนี้เงินกู้เลยกำหนด %(baht)s") % {"baht": shown.overdue}))
    if shown.owes:
        return format_html(' <span class="small soft nb">{}</span>', _("ครบกำหนดชำระ %(baht)s") % {"baht": shown.owes})
    return ""


def _errors(shown: Shown) -> str:
    return (
        ""
        if not shown.errors
        else format_html_join("", '<span class="error">{}{}</span>', ((icon("late"), words) for words in shown.errors))
    )
