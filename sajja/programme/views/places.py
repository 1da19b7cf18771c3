"""The places of a frozen list: replacing a group, dropping it, filling an empty place."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sajja.groups.models import SavingsGroup
from sajja.org.door import Request, find, guarded, scoped
from sajja.org.permissions import P
from sajja.programme import actions, queries, rule
from sajja.programme.forms import ReasonForm, ReplaceForm
from sajja.programme.models import Place, SelectedGroup
from sajja.programme.terms import RuleTerm
from sajja.programme.views.selection import address
from sajja.web.once import submit


@guarded(P.REPLACE)
def replace(request: Request, selected: int) -> HttpResponse:
    """Another group takes the place; the old name stays readable and counts no more."""
    holders = SelectedGroup.objects.select_related(
        "year", "group__unit", "place__list__province", "place__list__revision", "place__district"
    )
    holder = find(request, P.REPLACE, holders, pk=selected)
    form = ReplaceForm(_choices(holder.place), request.POST or None)
    if done := submit(request, form, lambda: _replace(request, holder, form)):
        return done
    return render(
        request, "programme/replace.html", {"holder": holder, "place": holder.place, "form": form, "back": _list(holder.place)}
    )


def _replace(request: Request, holder: SelectedGroup, form: ReplaceForm) -> str:
    actions.replace_group(
        by=request.user, selected=holder, new_group=_group(request, form), reason=form.cleaned_data["reason"],
        override_reason=form.cleaned_data["override_reason"],
    )  # fmt: skip
    messages.success(request, _("เปลี่ยนกลุ่มแล้ว ที่ %(number)d ยังนับเป็น 1 แห่งเท่าเดิม") % {"number": holder.place.number})
    return _list(holder.place)


@guarded(P.REPLACE)
def drop(request: Request, selected: int) -> HttpResponse:
    """Take a group off its place and leave the place empty for now."""
    holders = SelectedGroup.objects.select_related("year", "group__unit", "place__list__province")
    holder = find(request, P.REPLACE, holders, pk=selected)
    form = ReasonForm(request.POST or None)
    if done := submit(request, form, lambda: _drop(request, holder, form.cleaned_data["reason"])):
        return done
    return render(
        request, "programme/drop.html", {"holder": holder, "place": holder.place, "form": form, "back": _list(holder.place)}
    )


def _drop(request: Request, holder: SelectedGroup, reason: str) -> str:
    actions.drop_group(by=request.user, selected=holder, reason=reason)
    messages.success(request, _("นำ%(name)sออกแล้ว ที่นี้ว่างและยังนับในเป้าหมาย") % {"name": holder.group.name})
    return _list(holder.place)


@guarded(P.REPLACE)
def fill(request: Request, place: int) -> HttpResponse:
    """A group takes an empty place of a frozen list."""
    empty = find(
        request, P.REPLACE, Place.objects.select_related("list__province", "list__revision", "list__year", "district"), pk=place
    )
    form = ReplaceForm(_choices(empty), request.POST or None)
    if done := submit(request, form, lambda: _fill(request, empty, form)):
        return done
    return render(request, "programme/replace.html", {"holder": None, "place": empty, "form": form, "back": _list(empty)})


def _fill(request: Request, place: Place, form: ReplaceForm) -> str:
    actions.fill_place(
        by=request.user, place=place, group=_group(request, form), reason=form.cleaned_data["reason"],
        override_reason=form.cleaned_data["override_reason"],
    )  # fmt: skip
    messages.success(request, _("บันทึกกลุ่มในที่ %(number)d แล้ว") % {"number": place.number})
    return _list(place)


def _group(request: Request, form: ReplaceForm) -> SavingsGroup:
    groups = scoped(request.user, P.REPLACE, SavingsGroup.objects.select_related("unit"))
    return groups.get(pk=form.cleaned_data["new_group"])


def _list(place: Place) -> str:
    return address(place.list.year, place.list.province)


def _choices(place: Place) -> list[tuple[int, str]]:
    """The groups that may take the place, those of rule 1 first, each with why."""
    asked = queries.terms_of(place.list.revision)
    scope = place.district.path if place.district else place.list.province.path
    standing = set(queries.standing(place.list.year).values_list("group_id", flat=True))
    free = [c for c in queries.candidates(place.list.year.year, scope) if c.group not in standing and not c.closed]
    return [(c.group, f"{c.name} · {_why(c, asked.rules)}") for c in rule.in_order(free, asked.rules)]


def _why(candidate: rule.Candidate, rules: tuple[RuleTerm, ...]) -> str:
    number = rule.admitting(candidate, rules)
    if number is None:
        return _("นอกหลักเกณฑ์: %s") % rule.why_not(candidate, rules)
    return _("ข้อ %(number)d %(why)s") % {"number": number, "why": rule.why_admitted(candidate, rules)}


@guarded(P.REPLACE)
def reinstate(request: Request, selected: int) -> HttpResponse:
    """Take back a replacement or a removal: the group has its place again."""
    holders = SelectedGroup.objects.select_related("year", "group__unit", "place__list__province", "place__list__year")
    holder = find(request, P.REPLACE, holders, pk=selected)
    form = ReasonForm(request.POST or None)
    if done := submit(request, form, lambda: _reinstate(request, holder, form.cleaned_data["reason"])):
        return done
    instead = holder.place.holders.filter(until__isnull=True).exclude(pk=holder.pk).select_related("group").first()
    context = {"holder": holder, "instead": instead, "place": holder.place, "form": form, "back": _list(holder.place)}
    return render(request, "programme/reinstate.html", context)


def _reinstate(request: Request, holder: SelectedGroup, reason: str) -> str:
    actions.reinstate_group(by=request.user, selected=holder, reason=reason)
    messages.success(request, _("คืนที่ให้%(name)sแล้ว สิ่งที่กลุ่มทำไว้กลับมานับ") % {"name": holder.group.name})
    return _list(holder.place)
