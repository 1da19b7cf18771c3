"""Every check of a draft that opens an old group's book, and the lines it would post. Pure; satang.

The dry run and the act ask the same `check`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sajja.lib.money import baht
from sajja.lib.thai_dates import short
from sajja.treasury import chart, signing
from sajja.treasury.draft import (
    BY_ONE,
    DEPOSITS,
    INTEREST,
    KINDS,
    LOANS,
    MEMBERS,
    MONEY,
    MOST,
    MOST_INSTALMENTS,
    SUMMED,
    Checked,
    Draft,
    Ground,
    Line,
    LoanRow,
    MoneyRow,
    PersonRow,
)
from sajja.treasury.effective import LAWFUL_BP
from sajja.treasury.owing import Instalment, Owed, left, overdue
from sajja.treasury.schedule import Terms, due_days, schedule


def check(draft: Draft, ground: Ground) -> Checked:
    """Everything that the act would refuse, each named; and what it would post."""
    found = Checked()
    if ground.opened_on > ground.today:
        found.say("", 0, _("วันเริ่มบัญชี"), _("ต้องไม่หลังวันนี้ (%(day)s)") % {"day": short(ground.today)})
    _check_people(draft, ground, found)
    _check_loans(draft, ground, found)
    lines = [*_of_people(draft), *(Line(f"{chart.LOANS}:{loan.key}", loan.outstanding) for loan in draft.loans)]
    lines += _check_money(draft, ground, found, lines)
    found.lines = [line for line in lines if line.satang]
    if found.debit >= MOST or found.credit >= MOST:
        found.say("", 0, _("ยอดรวม"), _("มากเกินไป ตรวจจำนวนหลักอีกครั้ง"))
    if ground.mid_year:
        _look_at_the_year(draft, found)
    return found


def _of_people(draft: Draft) -> Iterator[Line]:
    for person in draft.people:
        for code, satang in zip(BY_ONE, person.owned, strict=True):
            if satang:
                yield Line(code, -satang, person.number)


def _check_people(draft: Draft, ground: Ground, found: Checked) -> None:
    numbers: dict[str, int] = {}
    ids = {one.found: number for number, one in ground.known.items() if one.found}
    typed_ids: dict[str, int] = {}
    for person in draft.people:
        say = _Sayer(found, MEMBERS, person.row)
        if not person.number:
            say(_("เลขที่สมาชิก"), _("ยังไม่ได้ใส่"))
        elif (first := numbers.setdefault(person.number, person.row)) != person.row:
            say(_("เลขที่สมาชิก"), _("ซ้ำกับแถว %s") % first)
        _check_person(person, ground, say)
        if hashed := person.national_id_found:
            if ids.get(hashed, person.number) != person.number:
                say(_("เลขประจำตัวประชาชน"), _("เลขนี้เป็นของสมาชิกเลขที่ %s ในทะเบียนแล้ว") % ids[hashed])
            if (first := typed_ids.setdefault(hashed, person.row)) != person.row:
                say(_("เลขประจำตัวประชาชน"), _("ซ้ำกับแถว %s") % first)
        _check_months(person, ground, found)


@dataclass(frozen=True)
class _Sayer:
    found: Checked
    sheet: str
    row: int

    def __call__(self, column: str, words: str) -> None:
        self.found.say(self.sheet, self.row, column, words)


def _check_person(person: PersonRow, ground: Ground, say: _Sayer) -> None:
    there = ground.known.get(person.number)
    has_money = any(person.owned)
    if there:
        if person.name and not signing.same_person(person.name, there.name):
            say(_("ชื่อและนามสกุล"), _("เลขที่นี้ในทะเบียนเป็นของ %s ตรวจเลขที่หรือชื่อ") % there.name)
        if not there.active and has_money:
            say(_("เลขที่สมาชิก"), _("พ้นสมาชิกภาพแล้ว ใส่เงินที่ยังไม่จ่ายคืนเป็นบัญชี 23300 ในแผ่น %s") % MONEY)
        return
    if not person.name:
        say(_("ชื่อและนามสกุล"), _("ยังไม่ได้ใส่ชื่อ"))
    if person.joined_on is None:
        say(_("วันที่เป็นสมาชิก"), _("ยังไม่ได้ใส่วันที่เป็นสมาชิก"))
    elif person.joined_on > ground.today:
        say(_("วันที่เป็นสมาชิก"), _("วันที่ต้องไม่หลัง %s") % short(ground.today))
    elif person.joined_on > ground.eve and has_money:
        say(_("วันที่เป็นสมาชิก"), _("มียอดยกมา ต้องเป็นสมาชิกก่อนวันเริ่มบัญชี"))
    if person.pledge and (refusal := ground.pledge_refusal(person.pledge)):
        say(_("สัจจะต่อเดือน"), refusal)


def _check_months(person: PersonRow, ground: Ground, found: Checked) -> None:
    if any(person.deposits):
        say = _Sayer(found, DEPOSITS, person.deposits_row or person.row)
        if late := [at for at, satang in enumerate(person.deposits) if satang and at >= ground.months_before]:
            month = ground.month_words()[late[0]]
            say(month, _("เดือนนี้อยู่หลังวันเริ่มบัญชี เว้นว่างไว้ ลงเป็นวันส่งเงินในระบบ"))
        elif sum(person.deposits) > person.pledged:
            words = _("ฝากปีนี้รวม %(sum)s บาท มากกว่าสัจจะสะสม %(pledged)s บาท ตรวจทั้งสองยอด")
            say(_("รวม"), words % {"sum": baht(sum(person.deposits)), "pledged": baht(person.pledged)})
    if person.interest_paid and not ground.mid_year:
        row = person.interest_row or person.row
        found.say(INTEREST, row, _("ดอกเบี้ยที่จ่ายแล้ว"), _("ใส่เฉพาะเมื่อเริ่มบัญชีกลางปี เว้นว่างไว้"))


def _check_loans(draft: Draft, ground: Ground, found: Checked) -> None:
    seen: dict[str, int] = {}
    people = {person.number: person.name for person in draft.people}
    people |= {number: one.name for number, one in ground.known.items()}
    for loan in draft.loans:
        say = _Sayer(found, LOANS, loan.row)
        if not loan.key:
            say(_("เลขที่สัญญา"), _("ยังไม่ได้ใส่"))
        elif (first := seen.setdefault(loan.key, loan.row)) != loan.row:
            say(_("เลขที่สัญญา"), _("ซ้ำกับแถว %s") % first)
        if loan.member not in people:
            say(_("ผู้กู้"), _("ไม่พบสมาชิกเลขที่ %s ในแผ่นสมาชิกหรือในทะเบียน") % (loan.member or "–"))
        _check_guarantors(loan, people, say)
        before = len(found.problems)
        _check_terms(loan, ground, say)
        if len(found.problems) == before:
            _check_schedule(loan, ground, found)


def _check_guarantors(loan: LoanRow, people: Mapping[str, str], say: _Sayer) -> None:
    named = [people.get(one, one) for one in loan.guarantors]
    if len({signing.bare(name) for name in named}) != len(named):
        say(_("ผู้ค้ำประกัน"), _("มีชื่อซ้ำกัน"))
    borrower = people.get(loan.member, "")
    if any(one == loan.member or (borrower and signing.same_person(people.get(one, one), borrower)) for one in loan.guarantors):
        say(_("ผู้ค้ำประกัน"), _("ผู้กู้ค้ำประกันตนเองไม่ได้"))


def _check_terms(loan: LoanRow, ground: Ground, say: _Sayer) -> None:
    if not loan.method:
        say(_("วิธีคิดดอกเบี้ย"), _("เลือก คงที่ หรือ ลดต้นลดดอก"))
    if loan.rate_bp > LAWFUL_BP:
        say(_("ดอกเบี้ยร้อยละต่อปี"), _("เกินร้อยละ 15 ต่อปีที่กฎหมายกำหนด ตรวจว่าเป็นอัตราต่อปี"))
    if loan.method == "flat" and loan.interest_by == "day":
        say(_("คิดดอกเบี้ย"), _("ดอกเบี้ยคงที่คิดเป็นรายเดือนเท่านั้น"))
    if loan.principal <= 0:
        say(_("เงินต้นตามสัญญา"), _("ใส่จำนวนที่มากกว่า 0"))
    elif not 0 < loan.outstanding <= loan.principal:
        words = _("ต้องมากกว่า 0 และไม่เกินเงินต้นตามสัญญา สัญญาที่ชำระหมดแล้วไม่ต้องใส่")
        say(_("เงินต้นคงเหลือ"), words)
    if not 1 <= loan.instalments <= MOST_INSTALMENTS:
        say(_("จำนวนงวด"), _("ใส่ 1 ถึง %s งวด") % MOST_INSTALMENTS)
    if loan.paid_out_on is None:
        say(_("วันที่จ่ายเงินกู้"), _("ยังไม่ได้ใส่"))
    elif loan.paid_out_on > ground.eve:
        say(_("วันที่จ่ายเงินกู้"), _("ต้องก่อนวันเริ่มบัญชี สัญญาใหม่ทำในระบบหลังเปิดบัญชี"))
    if loan.first_due is None:
        say(_("วันครบกำหนดงวดแรก"), _("ยังไม่ได้ใส่"))
    elif loan.paid_out_on and loan.first_due < loan.paid_out_on:
        say(_("วันครบกำหนดงวดแรก"), _("ต้องไม่ก่อนวันที่จ่ายเงินกู้"))


def _check_schedule(loan: LoanRow, ground: Ground, found: Checked) -> None:
    """What is left of its schedule, where there is one at all."""
    say = _Sayer(found, LOANS, loan.row)
    try:
        agreed = agreed_schedule(loan)
    except ValueError as wrong:
        say(_("จำนวนงวด"), str(wrong))
        return
    most = sum(one.interest for one in agreed)
    if (loan.interest_paid or 0) > most:
        say(_("ดอกเบี้ยที่จ่ายแล้ว"), _("มากกว่าดอกเบี้ยทั้งสัญญา (%s บาท)") % baht(most))
        return
    owed = found.schedules[loan.key] = rest_of(loan, agreed)
    late = sum(one.principal for one in overdue(owed, ground.opened_on))
    if loan.overdue is not None and loan.overdue != late:
        words = _("ใส่ไว้ %(typed)s บาท แต่ตามตารางงวด เงินต้นค้างชำระ %(late)s บาท ระบบใช้ตามตาราง")
        found.warn(LOANS, loan.row, _("เงินต้นค้างชำระ"), words % {"typed": baht(loan.overdue), "late": baht(late)})


def agreed_schedule(loan: LoanRow) -> list[Instalment]:
    """The whole schedule of the contract; ValueError where so many instalments are not possible."""
    assert loan.first_due is not None
    terms = Terms(
        principal=loan.principal, rate_bp=loan.rate_bp, instalments=loan.instalments, method=loan.method, multiple=loan.multiple
    )
    days = due_days(loan.first_due, loan.instalments)
    return [Instalment(row.no, day, row.principal, row.interest) for row, day in zip(schedule(terms), days, strict=True)]


def interest_before(loan: LoanRow, agreed: Sequence[Instalment]) -> int:
    """The interest paid so far: as typed, else that of every instalment whose principal was begun to be paid."""
    if loan.interest_paid is not None:
        return loan.interest_paid
    paid, before, interest = loan.principal - loan.outstanding, 0, 0
    for one in agreed:
        if before >= paid:
            break
        before, interest = before + one.principal, interest + one.interest
    return interest


def rest_of(loan: LoanRow, agreed: Sequence[Instalment]) -> list[Owed]:
    """What is left of the schedule, with the instalments' own numbers and days."""
    return left(agreed, loan.principal - loan.outstanding, interest_before(loan, agreed))


def _check_money(draft: Draft, ground: Ground, found: Checked, by_one: Sequence[Line]) -> list[Line]:
    """The lines of the headings, banks and keepers: one for each account."""
    names = {heading.code: heading for heading in chart.TEMPLATE}
    sums: dict[str, int] = {}
    rows: dict[str, MoneyRow] = {}
    places: list[Line] = []
    for at, money in enumerate(draft.money):
        _check_row(money, names, ground, _Sayer(found, money.sheet, money.row))
        if money.bank or money.keeper:
            places.append(Line(money.code, money.satang, place=at))
        else:
            sums[money.code] = sums.get(money.code, 0) + money.satang
            rows.setdefault(money.code, money)
    _check_places(draft, found)
    _check_sums(sums, rows, by_one, found)
    for code, satang in sums.items():
        heading = names.get(code)
        if heading and heading.floor and (satang if heading.kind in "AE" else -satang) < 0:
            found.say(rows[code].sheet, rows[code].row, code, _("%s ติดลบไม่ได้") % heading.name)
    return [Line(code, satang) for code, satang in sums.items() if code not in SUMMED] + places


def _check_row(money: MoneyRow, names: Mapping[str, chart.Heading], ground: Ground, say: _Sayer) -> None:
    code = money.code
    kind = names[code].kind if code in names else KINDS.get(code[:1], "")
    if code not in names and not (len(code) == 5 and code.isascii() and code.isdigit() and kind):
        say(_("รหัสบัญชี"), _("ไม่มีรหัสนี้ในผังบัญชี ใช้รหัสในแบบไฟล์ หรือรหัสใหม่ 5 หลักที่ขึ้นต้นด้วย 1 ถึง 5"))
    elif code not in names and not money.name:
        say(_("ชื่อบัญชี"), _("รหัสนี้เป็นของกลุ่มเอง ใส่ชื่อบัญชี"))
    elif code == chart.OPENING_DIFFERENCE:
        say(_("รหัสบัญชี"), _("ผลต่างคิดให้ในขั้นตรวจ ไม่ต้องใส่เอง"))
    elif kind in "IE" and money.satang and not ground.mid_year:
        say(_("รหัสบัญชี"), _("เริ่มบัญชีต้นปี ไม่มีรายได้หรือค่าใช้จ่ายยกมา ใส่กำไรของปีก่อนที่ 40000 หรือ 33000"))
    if (money.bank and code != chart.BANK) or (money.keeper and code != chart.CASH):
        say(_("รหัสบัญชี"), _("บัญชีธนาคารใช้รหัส 12100 ผู้เก็บรักษาเงินสดใช้รหัส 11000"))
    if (money.bank or money.keeper) and money.satang < 0:
        say(_("เดบิต"), _("เงินสดและเงินฝากธนาคารติดลบไม่ได้"))
    if bool(money.bank) != bool(money.account_no):
        say(_("เลขที่บัญชีธนาคาร"), _("ใส่ทั้งชื่อธนาคารและเลขที่บัญชี"))


def _check_places(draft: Draft, found: Checked) -> None:
    seen: dict[str, MoneyRow] = {}
    for money in draft.money:
        if not (money.bank or money.keeper):
            continue
        key = f"{money.bank} {money.account_no}" if money.bank else signing.bare(money.keeper)
        if (first := seen.setdefault(key, money)) is not money:
            column = _("เลขที่บัญชีธนาคาร") if money.bank else _("ผู้เก็บรักษาเงินสด")
            found.say(money.sheet, money.row, column, _("ซ้ำกับแถว %s") % first.row)


def _check_sums(sums: Mapping[str, int], rows: Mapping[str, MoneyRow], by_one: Sequence[Line], found: Checked) -> None:
    """An amount typed for a heading of people or contracts is only held against their sum."""
    for code in sorted(SUMMED & sums.keys()):
        together = sum(line.satang for line in by_one if line.code.split(":")[0] == code)
        if sums[code] != together:
            words = _("ใส่รวมไว้ %(typed)s บาท แต่รายคนรวมกันได้ %(sum)s บาท ตรวจรายคนจนเท่ากัน หรือเว้นว่างบรรทัดนี้")
            typed = {"typed": baht(abs(sums[code])), "sum": baht(abs(together))}
            found.say(rows[code].sheet, rows[code].row, code, words % typed)


def _look_at_the_year(draft: Draft, found: Checked) -> None:
    paid = sum(person.interest_paid for person in draft.people)
    income = -sum(line.satang for line in found.lines if line.code == chart.LOAN_INTEREST)
    words = {"paid": baht(paid), "income": baht(income)}
    if paid > income:
        found.say(
            INTEREST, 0, _("รวม"), _("รวมรายคน %(paid)s บาท มากกว่าดอกเบี้ยรับเงินกู้ (41000) %(income)s บาท ตรวจทั้งสองยอด") % words
        )
    elif paid != income:
        found.warn(
            INTEREST, 0, _("รวม"),
            _("รวมรายคน %(paid)s บาท น้อยกว่าดอกเบี้ยรับเงินกู้ (41000) %(income)s บาท เฉลี่ยคืนปลายปีจะคิดจากรายคน") % words,
        )  # fmt: skip
    if not any(any(person.deposits) for person in draft.people) and any(person.pledged for person in draft.people):
        found.warn(DEPOSITS, 0, "", _("ไม่ได้ใส่เงินฝากรายเดือน เมื่อคิดปันผล ระบบถือว่าเงินสัจจะยกมาทั้งหมดมีมาตั้งแต่ต้นปี"))
