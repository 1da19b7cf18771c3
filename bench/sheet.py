"""The page of a collecting day for 300 members, as the server makes it: `python -m bench.sheet [MEMBERS] [ROUNDS]`.

One warm process, asked by the test client through every door and middleware, in turn: the page of 300 members, the same page
where a third of them owe on a loan, the page of 3 members, and a Django formset of the same fields for 300, rendered by itself
without reading anything. Medians, the page's own size, the number of queries. One JSON object; the goal is 60 ms.
"""

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from bench.worlds import Took, figures, took, world

if TYPE_CHECKING:
    from django.test import Client

    from tests.treasury.books import Kept

MEMBERS, FEW, ROUNDS = 300, 3, 31
EARLIER = date(2021, 5, 5)
GOAL_MS = 60
FIELDS = ("pledged", "special", "fine", "fee", "welfare", "came", "how", "time", "digits", "paper", "by")
ROWS = (
    "{{ formset.management_form }}{% for form in formset %}<tr><th>{{ form.initial.name }}</th>"
    "{% for field in form %}<td>{{ field }}{{ field.errors }}</td>{% endfor %}</tr>{% endfor %}"
)


def main() -> None:
    """Measure and print."""
    given = [int(word) for word in sys.argv[1:]]
    count, rounds = given[0] if given else MEMBERS, given[1] if len(given) > 1 else ROUNDS
    with world():
        many, few = a_group_of(count, "กลุ่มใหญ่ (ตัวอย่าง)"), a_group_of(FEW, "กลุ่มเล็ก (ตัวอย่าง)")
        owing = with_loans(a_group_of(count, "กลุ่มให้กู้ (ตัวอย่าง)"))
        ways: dict[str, Callable[[], object]] = {
            "page": asking(many), "page_with_loans": asking(owing), "page_of_3": asking(few), "formset": formset(count),
        }  # fmt: skip
        for way in ways.values():
            way()
        times: dict[str, list[Took]] = {name: [] for name in ways}
        for _ in range(rounds):
            for name, way in ways.items():
                times[name].append(took(way))
        found: dict[str, float | bool] = {"members": count}
        for name, its in times.items():
            found |= figures(name, its)
        found |= {"page_kb": len(asking(many)()) // 1000, "queries": queries(many), "queries_of_3": queries(few)}
        found |= {"queries_with_loans": queries(owing), "loans": -(-count // 3)}
    found["formset_over_page"] = round(found["formset_ms"] / found["page_ms"], 2)
    found["within_goal"] = max(found["page_ms"], found["page_with_loans_ms"]) <= GOAL_MS
    print(json.dumps(found))


def a_group_of(count: int, name: str) -> "Kept":
    """A group of so many with a column for welfare; all but every tenth brought their savings last month."""
    from sajja.treasury.collecting import Line
    from tests.factories import a_group
    from tests.treasury.books import a_book
    from tests.treasury.sheets import a_column, a_sheet

    book = a_book(a_group(name), members=count, pledged=10_000)
    a_column(book)
    came = [member for at, member in enumerate(book.members) if at % 10]
    a_sheet(book, [Line(member=member.pk, pledged=20_000) for member in came], EARLIER)
    return book


def with_loans(book: "Kept") -> "Kept":
    """Every third member owes twelve instalments on a loan of last month."""
    from tests.treasury.loans import a_loan

    for member in book.members[::3]:
        a_loan(book, member, 10_000, 12, EARLIER)
    return book


def browser(book: "Kept") -> "Client":
    """The treasurer's."""
    from django.test import Client

    client = Client()
    client.force_login(book.treasurer)
    return client


def asking(book: "Kept") -> Callable[[], bytes]:
    """Ask for the sheet of today; it must come."""
    from django.urls import reverse

    client, address = browser(book), reverse("treasury:collect", args=[book.kept.book_id])

    def ask() -> bytes:
        page = client.get(address)
        assert page.status_code == 200
        content: bytes = page.content
        assert content.count(b'name="pledged-') == len(book.members)
        return content

    return ask


def queries(book: "Kept") -> int:
    """How many statements one page asks of the database."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    ask = asking(book)
    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)


def formset(count: int) -> Callable[[], object]:
    """Make and render a formset of the same fields, with values."""
    from django import forms
    from django.template import Context, Template

    fields: dict[str, forms.Field] = {
        name: forms.DecimalField(max_digits=12, decimal_places=2, required=False) for name in FIELDS[:5]
    }
    fields |= {"came": forms.BooleanField(required=False)}
    fields |= {"how": forms.ChoiceField(choices=[("cash", "เงินสด"), ("transfer", "เงินโอน")])}
    fields |= {name: forms.CharField(required=False, max_length=20) for name in FIELDS[7:]}
    line = type("LineForm", (forms.Form,), fields)
    made: type[Any] = forms.formset_factory(line, extra=0)
    template = Template(ROWS)
    initial = [{"name": f"สมาชิก {at} (ตัวอย่าง)", "pledged": "200.00", "welfare": "20.00", "how": "cash"} for at in range(count)]
    return lambda: template.render(Context({"formset": made(initial=initial)}))


if __name__ == "__main__":
    main()
