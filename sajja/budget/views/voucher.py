"""A voucher: entered by phone with its picture, shown, printed as ใบสำคัญรับเงิน, reversed."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sajja.budget import actions
from sajja.budget.actions import NewVoucher
from sajja.budget.forms import PictureForm, ReasonForm, VoucherForm
from sajja.budget.lives import OPEN
from sajja.budget.models import Voucher
from sajja.budget.queries import all_vouchers
from sajja.budget.views.found import act_page, of_advance, the_advance
from sajja.forums.queries import forum_of, participants
from sajja.lib.refusals import Refused
from sajja.org.door import Request, find, guarded, holds
from sajja.org.models import Unit
from sajja.org.permissions import P
from sajja.plans.queries import lines_of, plan_of
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import terms_of
from sajja.web import clock, pictures
from sajja.web.fields import SajjaForm
from sajja.web.pictures import Kept

A_YEAR = 31_536_000


@guarded(P.BORROW)
def new(request: Request, advance: int, selected: int) -> HttpResponse:
    """A paper for a group."""
    one = the_advance(request, P.BORROW, advance)
    groups = SelectedGroup.objects.select_related("group__unit", "place", "year")
    group = find(request, P.BORROW, groups, pk=selected, year=one.year_id)
    plan, forum = plan_of(group), forum_of(group)
    lines = {line.pk: line for line in (lines_of(plan) if plan else [])}
    initial = {"on": clock.today(), "kind": "snack" if forum else "materials"}
    form = VoucherForm(lines.values(), request.POST or None, request.FILES or None, initial=initial)
    kept = kept_of(form) if request.method == "POST" else None

    def act() -> Voucher:
        given = {name: value for name, value in form.cleaned_data.items() if name not in {"picture", "line"}}
        line = lines.get(int(form.cleaned_data["line"] or 0))
        return actions.add_voucher(by=request.user, advance=one, selected=group, given=NewVoucher(**given, line=line, kept=kept))

    heads = participants(forum) if forum else 0
    return act_page(
        request,
        "budget/voucher_new.html",
        form,
        act,
        _("ลงใบสำคัญแล้ว"),
        of_advance(one),
        unit=group.group.unit,
        one=one,
        group=group,
        forum=forum,
        heads=heads,
        rate=terms_of(forum.revision).snack_satang if forum else 0,
    )


def kept_of(form: SajjaForm) -> Kept | None:
    """The picture of a good form as a file, before anything is committed; one that cannot be used is said at its box."""
    if not form.is_valid() or not form.cleaned_data.get("picture"):
        return None
    try:
        return pictures.keep(form.cleaned_data["picture"])
    except Refused as refusal:
        form.add_error("picture", str(refusal))
        return None


@guarded(P.SEE_BUDGET)
def voucher(request: Request, voucher: int) -> HttpResponse:
    """The paper: what it says, what of it counts, its picture."""
    row = find(request, P.SEE_BUDGET, all_vouchers(), pk=voucher)
    may = row.advance.state in OPEN and not row.reverses_id and not hasattr(row, "reversal")
    context = {
        "row": row,
        "unit": row.advance.unit,
        "back": of_advance(row.advance),
        "may": may and holds(request.user, P.BORROW, row.advance.unit),
        "reversal": getattr(row, "reversal", None),
    }
    return render(request, "budget/voucher.html", context)


@guarded(P.SEE_BUDGET)
def picture(request: Request, voucher: int) -> FileResponse:
    """The picture itself; its name is its content, so the browser of whoever may see it keeps it."""
    row = find(request, P.SEE_BUDGET, all_vouchers(), pk=voucher)
    if not row.sha256:
        raise Http404
    try:
        answer = FileResponse(pictures.path_of(row.sha256).open("rb"), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
    answer["Cache-Control"] = f"private, max-age={A_YEAR}, immutable"
    answer["ETag"] = f'"{row.sha256}"'
    return answer


@guarded(P.BORROW)
def attach(request: Request, voucher: int) -> HttpResponse:
    """The picture of a paper that was entered without one."""
    row = find(request, P.BORROW, all_vouchers(), pk=voucher)
    form = PictureForm(request.POST or None, request.FILES or None)
    kept = kept_of(form) if request.method == "POST" else None

    def act() -> Voucher:
        if kept is None:
            raise Refused(_("ยังไม่ได้แนบรูป"), field="picture")
        return actions.attach_picture(by=request.user, voucher=row, kept=kept)

    back = of_advance(row.advance)
    return act_page(request, "budget/attach.html", form, act, _("เพิ่มรูปแล้ว"), back, unit=row.advance.unit, row=row)


@guarded(P.BORROW)
def reverse(request: Request, voucher: int) -> HttpResponse:
    """The voucher was wrong."""
    row = find(request, P.BORROW, all_vouchers(), pk=voucher)
    form = ReasonForm(request.POST or None)
    return act_page(
        request,
        "budget/confirm.html",
        form,
        lambda: actions.reverse_voucher(by=request.user, voucher=row, reason=form.cleaned_data["reason"]),
        _("กลับรายการใบสำคัญแล้ว"),
        of_advance(row.advance),
        unit=row.advance.unit,
        one=row.advance,
        what="reverse_voucher",
        row=row,
    )


@guarded(P.SEE_BUDGET)
def paper(request: Request, voucher: int) -> HttpResponse:
    """ใบสำคัญรับเงิน on A4, for a seller who has no receipts: signed, photographed, and no copy of an ID card is kept."""
    row = find(request, P.SEE_BUDGET, all_vouchers(), pk=voucher)
    province = Unit.objects.get(path=row.advance.unit.path[:2])
    return render(
        request,
        "budget/certificate.html",
        {"row": row, "unit": row.advance.unit, "province": province, "back": of_advance(row.advance)},
    )
