"""Opening a group's book, and changing how it is kept."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook, SavingsGroup
from sajja.groups.queries import active_on
from sajja.org.door import Request, find, guarded
from sajja.org.permissions import P
from sajja.treasury import actions
from sajja.treasury.forms.opening import ChangeRulesForm, OpenForm
from sajja.treasury.queries import kept_of, rules_on
from sajja.web import clock
from sajja.web.once import submit


@guarded(P.OPEN_BOOK)
def open_book(request: Request, group: int) -> HttpResponse:
    """The day, the rules, what is brought in; all on one sheet."""
    found = find(request, P.OPEN_BOOK, SavingsGroup.objects.select_related("unit__parent"), pk=group)
    if kept := kept_of(found):
        return redirect("treasury:book", book=kept.book_id)
    form = OpenForm(list(active_on(found, clock.today())), request.POST or None)

    def do() -> str:
        kept = actions.open_savings_book(
            by=request.user, group=found, opened_on=form.cleaned_data["opened_on"], rules=form.rules, opening=form.lines(),
            memo=form.memo,
        )  # fmt: skip
        messages.success(request, _("เปิดบัญชีแล้ว เริ่มลงรายการได้"))
        return reverse("treasury:book", args=[kept.book_id])

    context = {"group": found, "form": form, "back": found.get_absolute_url()}
    return submit(request, form, do) or render(request, "treasury/opening/open.html", context)


@guarded(P.OPEN_BOOK)
def rules(request: Request, book: int) -> HttpResponse:
    """Other rules from a day on; the older ones stay for the days before."""
    queryset = GroupBook.objects.select_related("group__unit__parent", "book")
    kept = find(request, P.OPEN_BOOK, queryset, book=book)
    form = ChangeRulesForm.of(rules_on(kept, clock.today()), request.POST or None)
    back = reverse("treasury:book", args=[book])

    def do() -> str:
        actions.set_rules(by=request.user, kept=kept, in_force_from=form.cleaned_data["in_force_from"], rules=form.rules)
        messages.success(request, _("บันทึกวิธีทำบัญชีแล้ว"))
        return back

    return submit(request, form, do) or render(request, "treasury/opening/rules.html", {"kept": kept, "form": form, "back": back})
