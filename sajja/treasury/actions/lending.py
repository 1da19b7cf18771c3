"""Lending: what the group offers, an application, the committee's decision, the contract. Paying out is in paying_out.py."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.models import GroupBook, Member, Resolution, ResolutionAbout, percent_of_bp
from sajja.groups.queries import committee_on
from sajja.groups.queries.members import regulation_in_force
from sajja.ledger import actions as ledger
from sajja.ledger.actions import NewAccount
from sajja.ledger.actions.posting import lock
from sajja.ledger.models import Account, Floor
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.treasury import chart, signing
from sajja.treasury.actions.paying_out import pay_out, take_back_payout
from sajja.treasury.actions.vouchers import check_resolution
from sajja.treasury.effective import LAWFUL_BP
from sajja.treasury.lives import LOAN
from sajja.treasury.models import Guarantor, InterestBy, Loan, LoanMove, LoanProduct, LoanStateNow, ProductKind
from sajja.treasury.models.loans import Method, Order, Rounding
from sajja.treasury.queries import lending as queries
from sajja.web import clock

__all__ = [
    "Decision", "NewGuarantor", "NewProduct", "add_product", "apply_for_loan", "decide_loan", "decide_loans", "end_product",
    "make_contract", "pay_out", "start_products", "take_back_payout", "withdraw_application",
]  # fmt: skip
TERMS = (
    "method", "rate_bp", "yearly_fee_bp", "interest_by", "grace", "multiple_satang", "rounding", "order", "forgives_later_interest",
    "fee_satang", "fine_satang",
)  # fmt: skip
"""What a contract keeps of its product."""
USUAL_RATE_BP = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProduct:
    """A kind of loan as it is to be offered. Satang and basis points; see LoanProduct."""

    name: str
    rate_bp: int
    kind: str = ProductKind.ORDINARY
    method: str = Method.EQUAL_INSTALMENT
    yearly_fee_bp: int = 0
    interest_by: str = InterestBy.MONTH
    grace: int = 0
    multiple_satang: int = 1
    rounding: str = Rounding.HALF_UP
    order: str = Order.BY_INSTALMENT
    forgives_later_interest: bool = True
    fee_satang: int = 0
    fine_satang: int = 0
    most_instalments: int = 12
    most_satang: int | None = None
    savings_times: int | None = None
    guarantors_wanted: int = 2


class NewGuarantor(NamedTuple):
    """Who is to answer: a member, or somebody else by name."""

    member: Member | None = None
    name: str = ""
    address: str = ""


class Decision(NamedTuple):
    """What was resolved of one application; no amount, no instalments: as asked; no `number`: the next contract's."""

    loan: Loan
    approve: bool
    amount: int | None = None
    instalments: int | None = None
    why: str = ""
    stepped_out: str = ""
    number: str = ""


def refuse_product(kept: GroupBook, product: NewProduct) -> None:
    """What the law or arithmetic does not allow."""
    whole = product.rate_bp + product.yearly_fee_bp
    if whole > LAWFUL_BP:
        words = _(
            "ดอกเบี้ยรวมค่าธรรมเนียมรายปีเป็นร้อยละ %(rate)s ต่อปี เกินที่กฎหมายให้ไว้ร้อยละ 15 ต่อปี "
            "(ประมวลกฎหมายแพ่งและพาณิชย์ มาตรา 654 และพระราชบัญญัติห้ามเรียกดอกเบี้ยเกินอัตรา พ.ศ. 2560 มีโทษทางอาญา) ลดอัตราลงก่อน"
        )
        raise Refused(words % {"rate": percent_of_bp(whole)}, "rate_bp")
    if product.method == Method.FLAT and product.interest_by == InterestBy.DAY:
        raise Refused(_("ดอกเบี้ยรายวันคิดจากเงินต้นคงเหลือ เลือกแบบลดต้นลดดอก หรือคิดรายเดือน"), "interest_by")
    if product.grace >= product.most_instalments:
        raise Refused(_("งวดที่จ่ายแต่ดอกเบี้ยต้องน้อยกว่าจำนวนงวดทั้งหมด"), "grace")
    if LoanProduct.objects.filter(kept=kept, name=product.name, active=True).exists():
        raise Refused(_("มีประเภทเงินกู้ชื่อนี้แล้ว ตั้งชื่ออื่น หรือเลิกใช้ประเภทเดิมก่อน"), "name")


@act
def add_product(*, by: Doer, kept: GroupBook, product: NewProduct, at: datetime | None = None) -> LoanProduct:
    """A kind of loan that the group offers from now on; refused above 15 % a year."""
    lock(kept.book)
    refuse_product(kept, product)
    made = LoanProduct.objects.create(kept=kept, **asdict(product))
    record(by, "treasury.add_product", made, kept.group.unit.path, at=at, product=asdict(product))
    return made


@act
def start_products(*, by: Doer, kept: GroupBook, at: datetime | None = None) -> list[LoanProduct]:
    """The usual two, ordinary and emergency, at the regulation's rate, for a group that has none yet."""
    lock(kept.book)
    if LoanProduct.objects.filter(kept=kept, active=True).exists():
        raise Refused(_("กลุ่มนี้มีประเภทเงินกู้แล้ว"))
    regulation = regulation_in_force(kept.group)
    rate = (regulation.loan_interest_bp if regulation else 0) or USUAL_RATE_BP
    new = [
        NewProduct(name=_("เงินกู้สามัญ"), rate_bp=rate, savings_times=3),
        NewProduct(
            name=_("เงินกู้ฉุกเฉิน"), kind=ProductKind.EMERGENCY, rate_bp=rate, most_instalments=6, most_satang=1_000_000,
            guarantors_wanted=1,
        ),
    ]  # fmt: skip
    made = LoanProduct.objects.bulk_create([LoanProduct(kept=kept, **asdict(one)) for one in new])
    record(by, "treasury.start_products", kept.book, kept.group.unit.path, at=at, products=[one.name for one in new])
    return made


@act
def end_product(*, by: Doer, product: LoanProduct, at: datetime | None = None) -> LoanProduct:
    """Not offered any more; contracts made by it go on as they were agreed."""
    product.refresh_from_db(fields=["active"])
    if not product.active:
        raise Refused(_("ประเภทเงินกู้นี้เลิกใช้ไปแล้ว"))
    product.active = False
    product.save(update_fields=["active"])
    record(by, "treasury.end_product", product, product.kept.group.unit.path, at=at, name=product.name)
    return product


@act
def apply_for_loan(
    *, by: Doer, kept: GroupBook, member: Member, product: LoanProduct, amount: int, instalments: int, purpose: str,
    applied_on: date, guarantors: Sequence[NewGuarantor] = (), purpose_words: str = "", spouse: str = "",
    at: datetime | None = None,
) -> Loan:  # fmt: skip
    """What a member asks for; refused above the ceiling, not for loans in arrears (the committee is told of those)."""
    if member.group_id != kept.group_id or product.kept_id != kept.pk:
        raise Refused(_("ไม่พบสมาชิกหรือประเภทเงินกู้นี้ในกลุ่ม"), "member")
    if not product.active:
        raise Refused(_("ประเภทเงินกู้นี้เลิกใช้แล้ว เลือกประเภทอื่น"), "product")
    if amount <= 0 or instalments < 1:
        raise Refused(_("จำนวนเงินและจำนวนงวดต้องมากกว่า 0"), "amount")
    if applied_on > clock.today():
        raise Refused(_("วันที่ยื่นคำขอยังมาไม่ถึง"), "applied_on")
    _refuse_guarantors(kept, member, product, guarantors)
    answering = [one.member for one in guarantors if one.member]
    said = queries.judge(kept, member, product, amount, instalments, answering, applied_on)
    if said.refusals:
        field, sentence = said.refusals[0]
        raise Refused(sentence, field)
    at = at or clock.now()
    loan = Loan.objects.create(
        kept=kept, member=member, product=product, applied_on=applied_on, asked_satang=amount, asked_instalments=instalments,
        purpose=purpose, purpose_words=purpose_words, spouse=spouse, by=by.key, by_name=str(by.full_name), at=at,
        **{name: getattr(product, name) for name in TERMS},
    )  # fmt: skip
    Guarantor.objects.bulk_create(
        [
            Guarantor(
                loan=loan, position=position, member=one.member, name=one.member.name if one.member else one.name,
                address=one.address or (one.member.address[:200] if one.member else ""),
            )
            for position, one in enumerate(guarantors, 1)
        ]
    )  # fmt: skip
    moved(by, loan, "apply", applied_on, at=at)
    record(by, "treasury.apply_for_loan", loan, kept.group.unit.path, at=at, member=member.number, satang=amount)
    return loan


def refuse_people(kept: GroupBook, member: Member, guarantors: Sequence[NewGuarantor]) -> None:
    """Refuse the borrower himself, one named twice or without a name, and members who are none of this group's any more."""
    names = [one.member.name if one.member else one.name for one in guarantors]
    if any(one.member and one.member.pk == member.pk for one in guarantors):
        raise Refused(_("ผู้กู้ค้ำประกันตัวเองไม่ได้ เลือกคนอื่น"), "guarantors")
    if any(signing.same_person(member.name, one.name) for one in guarantors if not one.member):
        raise Refused(_("ผู้กู้ค้ำประกันตัวเองไม่ได้ เลือกคนอื่น"), "guarantors")
    keys = [f"m{one.member.pk}" if one.member else signing.bare(one.name) for one in guarantors]
    if len(set(keys)) < len(keys) or not all(names):
        raise Refused(_("ผู้ค้ำประกันต้องเป็นคนละคนกัน และมีชื่อทุกคน"), "guarantors")
    if any(one.member and (one.member.group_id != kept.group_id or not one.member.is_active) for one in guarantors):
        raise Refused(_("ผู้ค้ำที่เป็นสมาชิกต้องยังเป็นสมาชิกของกลุ่มนี้ ถ้าเป็นคนนอกให้พิมพ์ชื่อ"), "guarantors")


def _refuse_guarantors(kept: GroupBook, member: Member, product: LoanProduct, guarantors: Sequence[NewGuarantor]) -> None:
    refuse_people(kept, member, guarantors)
    if len(guarantors) < product.guarantors_wanted:
        words = {"product": product, "count": product.guarantors_wanted}
        raise Refused(_("%(product)s ต้องมีผู้ค้ำประกัน %(count)s คน") % words, "guarantors")


def moved(
    by: Doer, loan: Loan, move: str, on: date, *, why: str = "", resolution: Resolution | None = None, at: datetime | None = None,
    **more: Any,
) -> LoanMove:  # fmt: skip
    """A step of its life; inside an act, after the loan has its new state."""
    return LoanMove.objects.create(
        loan=loan, move=move, state=loan.state, on=on, why=why[:300], resolution=resolution, by=by.key, by_name=str(by.full_name),
        at=at or clock.now(), **more,
    )  # fmt: skip


@act
def decide_loan(
    *, by: Doer, loan: Loan, approve: bool, resolution: Resolution, amount: int | None = None, instalments: int | None = None,
    why: str = "", stepped_out: str = "", number: str = "", at: datetime | None = None,
) -> Loan:  # fmt: skip
    """What the committee resolved of one application; see decide_loans."""
    decision = Decision(loan, approve, amount, instalments, why, stepped_out, number)
    return _decide(by, loan.kept, resolution, [decision], at)[0]


@act
def decide_loans(
    *, by: Doer, kept: GroupBook, resolution: Resolution, decisions: Sequence[Decision], at: datetime | None = None
) -> list[Loan]:
    """What one meeting resolved of several applications, all or none.

    Approved ones get their contract's number and account. Nobody records what was resolved of his own loan, or of one that
    he guarantees; who sits on the committee and is concerned stepped out, and it is written who.
    """
    if not decisions:
        raise Refused(_("ยังไม่ได้เลือกคำขอที่ลงมติ"))
    return _decide(by, kept, resolution, decisions, at, named=True)


def _decide(
    by: Doer, kept: GroupBook, resolution: Resolution, decisions: Sequence[Decision], at: datetime | None, *, named: bool = False
) -> list[Loan]:
    lock(kept.book)
    check_resolution(kept, resolution)
    if resolution.about not in {ResolutionAbout.LOAN, ResolutionAbout.FREE}:
        raise Refused(_("มตินี้ไม่ใช่เรื่องเงินกู้ เลือกมติเรื่องเงินกู้ หรือบันทึกมติใหม่"), "resolution")
    wanted = [one.loan.pk for one in decisions]
    rows = Loan.objects.filter(kept=kept, pk__in=wanted).select_related("member", "product").prefetch_related("guarantors")
    loans = {loan.pk: loan for loan in rows}
    at, taken = at or clock.now(), queries.next_contract(kept)
    committee = committee_on(kept.group, resolution.meeting.day)
    given: set[str] = set()
    for one in decisions:
        loan = loans[one.loan.pk]
        loan.kept = kept
        try:
            _refuse_decision(by, loan, resolution, one, queries.concerned(committee, queries.people_of(loan)))
            loan.state = LOAN.after(loan.state, "approve" if one.approve else "refuse")
            taken = _agree(loan, one, taken, given) if one.approve else taken
        except Refused as refusal:
            raise (_of(loan, refusal) if named else refusal) from None
        loan.resolution, loan.stepped_out = resolution, one.stepped_out
    _open_accounts(kept, [loans[one.loan.pk] for one in decisions if one.approve])
    Loan.objects.bulk_update(
        loans.values(), ["state", "resolution", "stepped_out", "principal_satang", "instalments", "number", "account"]
    )
    day = resolution.meeting.day
    for one in decisions:
        loan = loans[one.loan.pk]
        moved(by, loan, "approve" if one.approve else "refuse", day, why=one.why, resolution=resolution, at=at)
        record(
            by, "treasury.decide_loan", loan, kept.group.unit.path, at=at, approved=one.approve, number=loan.number,
            satang=loan.principal_satang, resolution=resolution.pk,
        )  # fmt: skip
    return [loans[key] for key in wanted]


def _of(loan: Loan, refusal: Refused) -> Refused:
    """The same refusal, told of which application it is; its field is that application's."""
    field = refusal.field if refusal.field in {None, "resolution"} else f"{refusal.field}_{loan.pk}"
    return Refused(f"{loan.member.name}: {refusal.message}", field)


def refuse_own(by: Doer, loan: Loan) -> None:
    """Nobody decides on his own loan, nor on one that he answers for."""
    for name in queries.people_of(loan):
        if signing.same_person(str(by.full_name), name):
            raise Refused(_("%(name)s เป็นผู้กู้หรือผู้ค้ำเอง บันทึกมติเรื่องนี้ไม่ได้ ให้กรรมการคนอื่นบันทึก") % {"name": name})


def _refuse_decision(by: Doer, loan: Loan, resolution: Resolution, one: Decision, concerned: Collection[str]) -> None:
    refuse_own(by, loan)
    if resolution.meeting.day < loan.applied_on:
        raise Refused(_("การประชุมนี้มีก่อนวันที่ยื่นคำขอ เลือกมติของการประชุมหลังจากนั้น"), "resolution")
    if not one.approve and not one.why.strip():
        raise Refused(_("บอกเหตุผลที่ไม่อนุมัติ เพื่อแจ้งผู้ขอกู้"), "why")
    lacking = [name for name in concerned if not one.stepped_out.strip()]
    if lacking:
        words = {"names": ", ".join(lacking)}
        raise Refused(_("%(names)s เป็นกรรมการและเกี่ยวข้องกับเงินกู้นี้ ใส่ชื่อผู้ที่ออกจากที่ประชุมตอนลงมติ") % words, "stepped_out")


def _agree(loan: Loan, one: Decision, next_free: str, given: set[str]) -> str:
    """Amount, instalments and number of an approved loan; returns the next free number."""
    amount, instalments = one.amount or loan.asked_satang, one.instalments or loan.asked_instalments
    if amount > loan.asked_satang:
        raise Refused(_("อนุมัติได้ไม่เกินที่ขอ %(asked)s บาท") % {"asked": baht(loan.asked_satang)}, "amount")
    if instalments > loan.product.most_instalments:
        words = {"most": loan.product.most_instalments}
        raise Refused(_("ประเภทเงินกู้นี้ผ่อนได้ไม่เกิน %(most)s งวด") % words, "instalments")
    try:
        queries.instalments_of(loan, amount, instalments)
    except ValueError as why:
        raise Refused(str(why), "instalments") from None
    number = "".join(one.number.split()) or next_free
    if number in given or Loan.objects.filter(kept=loan.kept, number=number).exists():
        raise Refused(_("มีสัญญาเลขที่ %(number)s แล้ว ใช้เลขอื่น") % {"number": number}, "number")
    given.add(number)
    loan.principal_satang, loan.instalments, loan.number = amount, instalments, number
    return queries.number_after(number) if number == next_free else next_free


def _open_accounts(kept: GroupBook, loans: Sequence[Loan]) -> None:
    """An account under 13000 for each contract; what stands there is what is owed."""
    if not loans:
        return
    codes = {loan.pk: chart.under(chart.LOANS, loan.number) for loan in loans}
    if Account.objects.filter(book=kept.book, code__in=codes.values()).exists():
        raise Refused(_("เลขที่สัญญานี้มีบัญชีแล้ว ใช้เลขอื่น"), "number")
    made = ledger.open_accounts(
        book=kept.book,
        accounts=[
            NewAccount(codes[loan.pk], f"{loan.number} {loan.member.name}"[:150], "", chart.LOANS, Floor.ALWAYS) for loan in loans
        ],
    )
    for loan in loans:
        loan.account = made[codes[loan.pk]]


@act
def withdraw_application(*, by: Doer, loan: Loan, why: str, at: datetime | None = None) -> Loan:
    """The member does not want it any more, or it was typed wrong; nothing was paid out yet."""
    lock(loan.kept.book)
    loan.refresh_from_db()
    if not why.strip():
        raise Refused(_("บอกเหตุผลที่ยกเลิก"), "reason")
    loan.state = LOAN.after(loan.state, "withdraw")
    loan.save(update_fields=["state"])
    moved(by, loan, "withdraw", clock.today(), why=why, at=at)
    record(by, "treasury.withdraw_application", loan, loan.kept.group.unit.path, at=at, why=why)
    return loan


@act
def make_contract(
    *, by: Doer, loan: Loan, contract_on: date, signed: Collection[int] | None = None, first_due: date | None = None,
    spouse_agreed_on: date | None = None, at: datetime | None = None,
) -> Loan:  # fmt: skip
    """The printed contract was signed on that day; `signed` are the guarantors' keys who signed theirs (None: all)."""
    lock(loan.kept.book)
    loan.refresh_from_db()
    if loan.state != LoanStateNow.APPROVED or loan.resolution is None:
        raise Refused(_("ทำสัญญาได้เมื่อคณะกรรมการอนุมัติแล้วและยังไม่ได้จ่ายเงิน"))
    if contract_on < loan.resolution.meeting.day:
        raise Refused(_("วันที่ทำสัญญาต้องไม่ก่อนวันประชุมที่อนุมัติ"), "contract_on")
    if contract_on > clock.today():
        raise Refused(_("วันที่ทำสัญญายังมาไม่ถึง"), "contract_on")
    first_due = first_due or queries.first_due_after(loan.kept, contract_on)
    if first_due <= contract_on:
        raise Refused(_("งวดแรกต้องหลังวันที่ทำสัญญา"), "first_due")
    loan.contract_on, loan.first_due, loan.spouse_agreed_on = contract_on, first_due, spouse_agreed_on
    loan.save(update_fields=["contract_on", "first_due", "spouse_agreed_on"])
    own = loan.guarantors.filter(freed_on__isnull=True)
    own.update(signed_on=None)
    (own if signed is None else own.filter(pk__in=signed)).update(signed_on=contract_on)
    moved(by, loan, "contract", contract_on, at=at)
    record(by, "treasury.make_contract", loan, loan.kept.group.unit.path, at=at, on=contract_on.isoformat())
    return loan
