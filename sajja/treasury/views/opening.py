"""Starting an old group step by step: the day, members, savings, contracts, money and funds, the check; and how a book is kept."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import BaseForm, Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from sajja.groups.models import GroupBook, SavingsGroup
from sajja.groups.queries import active, committee_on
from sajja.groups.views.register import sheet_response
from sajja.org.door import Request, find, guarded
from sajja.org.permissions import P
from sajja.treasury import actions
from sajja.treasury.actions import opening as acts
from sajja.treasury.draft import Draft, Ground, PersonRow
from sajja.treasury.exports import opening as exports
from sajja.treasury.forms import drafting as forms
from sajja.treasury.forms.opening import ChangeRulesForm, StartForm
from sajja.treasury.models import OpeningDraft
from sajja.treasury.opening import check
from sajja.treasury.owing import Owed, overdue
from sajja.treasury.queries import kept_of, rules_on
from sajja.treasury.queries import opening as queries
from sajja.treasury.views.steps import Step, links, put, steps_of
from sajja.web import clock
from sajja.web.once import submit

GROUPS = SavingsGroup.objects.select_related("unit__parent")
PER_PAGE = 100
SHOWN = 100


class Desk:
    """A group's draft as a page of the wizard sees it."""

    def __init__(self, request: Request, group: SavingsGroup, draft: OpeningDraft) -> None:
        self.request, self.group, self.row = request, group, draft
        self.draft, self.ground = Draft.of(draft.rows), queries.ground_of(draft)

    def address(self, step: str) -> str:
        """A step's page."""
        return reverse(f"treasury:{step}", args=[self.group.pk])

    def page(self, template: str, here: str, **more: Any) -> HttpResponse:
        """A step's page with the line of steps above it."""
        steps = steps_of(self.group, self.draft, self.ground, here)
        words = next((step.words for step in steps if step.now), "")
        context = {
            "group": self.group,
            "row": self.row,
            "draft": self.draft,
            "ground": self.ground,
            "steps": steps,
            "here": words,
        }
        context |= more
        return render(self.request, f"treasury/opening/{template}.html", context)

    def people(self) -> list[PersonRow]:
        """Everyone with savings to be typed: the draft's, then members of the register who are not in it yet."""
        there = {person.number for person in self.draft.people}
        others = [PersonRow(number=m.number, name=m.name) for m in active(self.group) if m.number not in there]
        names = {number: one.name for number, one in self.ground.known.items()}
        return [*(replace(p, name=p.name or names.get(p.number, "")) for p in self.draft.people), *others]

    def keep(self, form: BaseForm, edit: Callable[[Draft], Draft], to: str, said: str) -> HttpResponse | None:
        """Change the draft where the form is right."""

        def do() -> str:
            acts.keep_draft(by=self.request.user, draft=self.row, edit=edit)
            messages.success(self.request, said)
            return to

        return submit(self.request, form, do)

    def asked(self, rows: tuple[Any, ...]) -> Any:
        """The row that ?row= names; None where none is asked for."""
        typed = self.request.GET.get("row", "")
        if not typed:
            return None
        found = next((row for row in rows if str(row.row) == typed), None)
        if found is None:
            raise Http404
        return found


def _desk(request: Request, group: int) -> Desk | HttpResponse:
    """The draft of the group; elsewhere where the book is open already, or nothing is begun."""
    found = find(request, P.OPEN_BOOK, GROUPS, pk=group)
    if kept := kept_of(found):
        return redirect("treasury:book", book=kept.book_id)
    if draft := queries.draft_of(found):
        return Desk(request, found, draft)
    return redirect("treasury:open_book", group=group)


@guarded(P.OPEN_BOOK)
def open_book(request: Request, group: int) -> HttpResponse:
    """Where the opening stands and what comes next; before it is begun, its first day."""
    found = find(request, P.OPEN_BOOK, GROUPS, pk=group)
    if kept := kept_of(found):
        return redirect("treasury:book", book=kept.book_id)
    draft = queries.draft_of(found)
    if draft is None:
        return _start(request, found, None)
    desk = Desk(request, found, draft)
    checked = queries.dry_run(draft)
    return desk.page("overview", "", checked=checked, next=_next(steps_of(found, desk.draft, desk.ground, "")))


def _next(steps: list[Step]) -> Step:
    return next((step for step in steps if not step.done), steps[-1])


@guarded(P.OPEN_BOOK)
def opening_start(request: Request, group: int) -> HttpResponse:
    """Another first day, other rules."""
    desk = _desk(request, group)
    return desk if isinstance(desk, HttpResponse) else _start(request, desk.group, desk.row)


def _start(request: Request, group: SavingsGroup, draft: OpeningDraft | None) -> HttpResponse:
    form = StartForm.of(draft, request.POST or None)
    here = reverse("treasury:open_book", args=[group.pk])

    def do() -> str:
        acts.keep_start(by=request.user, group=group, opened_on=form.cleaned_data["opened_on"], rules=form.rules)
        return here

    context = {"group": group, "form": form, "begun": draft is not None, "back": here if draft else group.get_absolute_url()}
    return submit(request, form, do) or render(request, "treasury/opening/start.html", context)


@guarded(P.OPEN_BOOK)
@sensitive_post_parameters("national_id")
def opening_members(request: Request, group: int) -> HttpResponse:
    """Step 1: who is a member; one by one, or mend one of them."""
    desk = _desk(request, group)
    if isinstance(desk, HttpResponse):
        return desk
    before = desk.asked(desk.draft.people)
    here = desk.address("opening_members")
    if request.method == "POST" and "away" in request.POST:
        return _take_away(desk, "people", here)
    taken = {*desk.ground.known, *(person.number for person in desk.draft.people)} - {before.number if before else ""}
    form = forms.PersonForm(before, taken, request.POST or None)

    def edit(draft: Draft) -> Draft:
        return replace(draft, people=put(draft.people, form.person, before))

    if done := desk.keep(form, edit, here, _("บันทึกสมาชิกในร่างแล้ว")):
        return done
    page = Paginator(desk.draft.people, PER_PAGE).get_page(request.GET.get("page"))
    return desk.page("members", "opening_members", form=form, before=before, page=page, registered=active(desk.group).count())


@guarded(P.OPEN_BOOK)
def opening_savings(request: Request, group: int) -> HttpResponse:
    """Step 2: what each member has."""
    desk = _desk(request, group)
    if isinstance(desk, HttpResponse):
        return desk
    people = desk.people()
    unpaid = any(person.dividends or person.refunds for person in people) or "unpaid" in request.GET
    form = forms.SavingsForm(people, unpaid, request.POST or None)

    def edit(draft: Draft) -> Draft:
        there = {person.number for person in draft.people}
        amounts = form.amounts
        new = [PersonRow(number=p.number) for p in people if p.number not in there and any(amounts[p.number].values())]
        changed = tuple(replace(person, **amounts.get(person.number, {})) for person in draft.people)
        for person in new:
            changed = put(changed, replace(person, **amounts[person.number]))
        return replace(draft, people=changed)

    if done := desk.keep(form, edit, desk.address("opening_savings"), _("บันทึกเงินสัจจะในร่างแล้ว")):
        return done
    return desk.page("savings", "opening_savings", form=form, unpaid=unpaid)


@guarded(P.OPEN_BOOK)
def opening_year(request: Request, group: int) -> HttpResponse:
    """Step 2 of a start in mid-year: each member's deposits by month, and the interest he paid."""
    desk = _desk(request, group)
    if isinstance(desk, HttpResponse):
        return desk
    here = desk.address("opening_year")
    before = desk.asked(desk.draft.people)
    if before is None or not desk.ground.mid_year:
        return desk.page("year", "opening_savings", people=desk.people(), form=None)
    form = forms.YearForm(before, desk.ground, request.POST or None)

    def edit(draft: Draft) -> Draft:
        return replace(draft, people=put(draft.people, replace(before, **form.given), before))

    if done := desk.keep(form, edit, here, _("บันทึกในร่างแล้ว")):
        return done
    return desk.page("year", "opening_savings", form=form, before=before, people=[])


@guarded(P.OPEN_BOOK)
def opening_loans(request: Request, group: int) -> HttpResponse:
    """Step 3: the contracts that are still owed."""
    desk = _desk(request, group)
    if isinstance(desk, HttpResponse):
        return desk
    before = desk.asked(desk.draft.loans)
    here = desk.address("opening_loans")
    if request.method == "POST" and "away" in request.POST:
        return _take_away(desk, "loans", here)
    people = [(person.number, person.name) for person in desk.people()]
    form = forms.LoanForm(people, before, request.POST or None)

    def edit(draft: Draft) -> Draft:
        return replace(draft, loans=put(draft.loans, form.loan, before))

    if done := desk.keep(form, edit, here, _("บันทึกสัญญาในร่างแล้ว")):
        return done
    names = dict(people)
    rest = check(desk.draft, desk.ground).schedules
    rows = [(loan, names.get(loan.member, loan.member), *_left(rest.get(loan.key), desk.ground)) for loan in desk.draft.loans]
    total = sum(loan.outstanding for loan in desk.draft.loans)
    return desk.page("loans", "opening_loans", form=form, before=before, rows=rows, total=total)


def _left(owed: list[Owed] | None, ground: Ground) -> tuple[int | None, int | None]:
    """How many instalments are left, and the principal of those that are overdue; None where the contract must be mended."""
    if owed is None:
        return None, None
    return len(owed), sum(one.principal for one in overdue(owed, ground.opened_on))


@guarded(P.OPEN_BOOK)
def opening_money(request: Request, group: int) -> HttpResponse:
    """Step 4: cash and its keepers, bank accounts, funds, and what else the group has and owes."""
    desk = _desk(request, group)
    if isinstance(desk, HttpResponse):
        return desk
    form = forms.MoneyForm(desk.draft.money, desk.ground, request.POST or None)

    def edit(draft: Draft) -> Draft:
        return replace(draft, money=form.rows(draft.money))

    if done := desk.keep(form, edit, desk.address("opening_check"), _("บันทึกเงินและกองทุนในร่างแล้ว")):
        return done
    return desk.page("money", "opening_money", form=form)


@guarded(P.OPEN_BOOK)
@sensitive_post_parameters("pin_first", "pin_second")
def opening_check(request: Request, group: int) -> HttpResponse:
    """Step 5: the dry run, with every row to mend; and going live."""
    desk = _desk(request, group)
    if isinstance(desk, HttpResponse):
        return desk
    checked = queries.dry_run(desk.row)
    people = committee_on(desk.group)
    form = forms.LiveForm(desk.group.pk, bool(checked.difference), people, request.POST or None)

    def do() -> str:
        kept = acts.go_live(by=request.user, draft=desk.row, **form.given)
        messages.success(request, _("เปิดบัญชีแล้ว เริ่มลงรายการได้"))
        return reverse("treasury:book", args=[kept.book_id])

    if done := submit(request, form, do):
        return done
    return desk.page(
        "check", "opening_check", form=form, checked=checked, problems=links(desk.group, checked.problems[:SHOWN]),
        more=max(0, len(checked.problems) - SHOWN), warnings=links(desk.group, checked.warnings), committee=people,
    )  # fmt: skip


@guarded(P.OPEN_BOOK)
def opening_workbook(request: Request, group: int) -> HttpResponse:
    """The whole opening in one workbook; what was typed before is replaced by it."""
    desk = _desk(request, group)
    if isinstance(desk, HttpResponse):
        return desk
    form = forms.WorkbookForm(desk.ground, request.POST or None, request.FILES or None)

    def do() -> str:
        given = form.cleaned_data
        acts.keep_draft(
            by=request.user, draft=desk.row, edit=lambda _draft: given["reading"].draft, file_name=given["sheet"].name,
            sha256=given["sha256"],
        )  # fmt: skip
        messages.success(request, _("อ่านไฟล์แล้ว ตรวจรายการข้างล่างก่อนเปิดบัญชี"))
        return desk.address("opening_check")

    if done := submit(request, form, do):
        return done
    wrong = getattr(form, "wrong", [])
    return desk.page("workbook", "", form=form, wrong=wrong[:SHOWN], more=max(0, len(wrong) - SHOWN))


@guarded(P.OPEN_BOOK)
def opening_template(request: Request, group: int) -> HttpResponse:
    """The workbook to fill in."""
    found = find(request, P.OPEN_BOOK, GROUPS, pk=group)
    draft = queries.draft_of(found)
    ground = queries.ground_of(draft) if draft else Ground(opened_on=clock.today(), today=clock.today())
    return sheet_response(exports.template(ground, clock.now()), _("แบบยอดยกมา"))


@guarded(P.OPEN_BOOK)
def opening_drop(request: Request, group: int) -> HttpResponse:
    """Leave the draft."""
    desk = _desk(request, group)
    if isinstance(desk, HttpResponse):
        return desk
    form = Form(request.POST or None)

    def do() -> str:
        acts.drop_draft(by=request.user, draft=desk.row)
        return desk.group.get_absolute_url()

    context = {"group": desk.group, "form": form, "back": desk.address("open_book")}
    return submit(request, form, do) or render(request, "treasury/opening/drop.html", context)


def _take_away(desk: Desk, part: str, here: str) -> HttpResponse:
    """Take a row out of the draft."""
    away = desk.request.POST["away"]

    def edit(draft: Draft) -> Draft:
        return replace(draft, **{part: tuple(row for row in getattr(draft, part) if str(row.row) != away)})

    return desk.keep(Form(desk.request.POST), edit, here, _("เอาออกจากร่างแล้ว")) or redirect(here)


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
