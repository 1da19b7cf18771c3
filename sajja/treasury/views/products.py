"""What the group lends, and on which terms."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sajja.groups.models import GroupBook, percent_of_bp
from sajja.org.door import Request, find, guarded, holds
from sajja.org.permissions import P
from sajja.treasury.actions import lending as acts
from sajja.treasury.effective import LAWFUL_BP
from sajja.treasury.forms import lending as forms
from sajja.treasury.models import LoanProduct
from sajja.treasury.queries import lending as queries
from sajja.web import clock
from sajja.web.fields import SajjaForm
from sajja.web.once import submit

KEPT = GroupBook.objects.select_related("group__unit__parent", "book")


@guarded(P.SEE_ACCOUNTS)
def products(request: Request, book: int) -> HttpResponse:
    """What is offered, with what 10,000 baht over a year cost."""
    kept = find(request, P.SEE_ACCOUNTS, KEPT, book=book)
    rows = [(one, _example(one)) for one in queries.products(kept)]
    context = {
        "kept": kept, "here": "treasury:loans", "rows": rows, "offered": any(one.active for one, _price in rows),
        "may_lend": holds(request.user, P.KEEP_LOANS, kept.group.unit),
    }  # fmt: skip
    return render(request, "treasury/lending/products.html", context)


def _example(terms: LoanProduct) -> queries.Priced:
    return queries.priced(terms, queries.EXAMPLE_SATANG, min(terms.most_instalments, 12))


@guarded(P.KEEP_LOANS)
def new_product(request: Request, book: int) -> HttpResponse:
    """Another kind of loan."""
    kept = find(request, P.KEEP_LOANS, KEPT, book=book)
    form = forms.ProductForm(request.POST or None)
    back = reverse("treasury:products", args=[kept.book_id])

    def do() -> str:
        made = acts.add_product(by=request.user, kept=kept, product=form.product)
        messages.success(request, _("เพิ่มประเภทเงินกู้แล้ว"))
        if above := queries.above_regulation(kept, made.rate_bp, clock.today()):
            messages.warning(request, _("ดอกเบี้ยสูงกว่าระเบียบของกลุ่ม (ร้อยละ %s) ให้ที่ประชุมแก้ระเบียบให้ตรงกัน") % percent_of_bp(above))
        return back

    if answer := submit(request, form, do):
        return answer
    context = {"kept": kept, "here": "treasury:loans", "form": form, "back": back} | _costs(kept, form if form.is_bound else None)
    return render(request, "treasury/lending/new_product.html", context)


def _costs(kept: GroupBook, form: forms.ProductForm | None) -> dict[str, object]:
    """What the typed terms cost on 10,000 baht; nothing until they can be reckoned."""
    terms = form.terms if form else None
    if terms is None:
        return {"price": None}
    whole = terms.rate_bp + terms.yearly_fee_bp
    above = queries.above_regulation(kept, terms.rate_bp, clock.today())
    return {
        "price": _example(terms), "count": min(terms.most_instalments, 12), "example": queries.EXAMPLE_SATANG,
        "unlawful": percent_of_bp(whole) if whole > LAWFUL_BP else "", "above": percent_of_bp(above) if above else "",
    }  # fmt: skip


@guarded(P.KEEP_LOANS)
def product_example(request: Request, book: int) -> HttpResponse:
    """The same while it is typed."""
    kept = find(request, P.KEEP_LOANS, KEPT, book=book)
    return render(request, "treasury/lending/_example.html", _costs(kept, forms.ProductForm(request.GET)))


@guarded(P.KEEP_LOANS)
def start_products(request: Request, book: int) -> HttpResponse:
    """The usual two, by one press."""
    kept = find(request, P.KEEP_LOANS, KEPT, book=book)
    form = SajjaForm(request.POST)
    back = reverse("treasury:products", args=[kept.book_id])

    def do() -> str:
        acts.start_products(by=request.user, kept=kept)
        messages.success(request, _("ตั้งประเภทเงินกู้เริ่มต้นแล้ว ตรวจเงื่อนไขให้ตรงกับระเบียบของกลุ่ม"))
        return back

    if answer := submit(request, form, do):
        return answer
    if request.method == "POST":
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect(back)


@guarded(P.KEEP_LOANS)
def end_product(request: Request, product: int) -> HttpResponse:
    """Not offered any more."""
    found = find(request, P.KEEP_LOANS, LoanProduct.objects.select_related("kept__group__unit__parent", "kept__book"), pk=product)
    form = SajjaForm(request.POST or None)
    back = reverse("treasury:products", args=[found.kept.book_id])

    def do() -> str:
        acts.end_product(by=request.user, product=found)
        messages.success(request, _("เลิกใช้ประเภทเงินกู้แล้ว สัญญาเดิมยังใช้เงื่อนไขเดิม"))
        return back

    context = {"kept": found.kept, "product": found, "form": form, "back": back}
    return submit(request, form, do) or render(request, "treasury/lending/end_product.html", context)
