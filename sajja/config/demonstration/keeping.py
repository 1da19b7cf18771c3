"""One group's money life: each act through its action, by the treasurer or the chair, in the order in which it happened."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from random import Random
from typing import TypeVar

from sajja.config.demonstration import lending, rarer, sharing_out
from sajja.config.demonstration.course import moment, workday
from sajja.config.demonstration.habits import BANKS, ENTRY_FEE, FLOAT, LATE_FINE, SHOPS, SPENT, TREASURER, Habits
from sajja.config.demonstration.members import UNIT, Saver
from sajja.config.demonstration.stage import Stage
from sajja.groups import actions as groups
from sajja.groups.actions import NewResolution
from sajja.groups.models import (
    CommitteeMember,
    GroupBook,
    Meeting,
    MeetingKind,
    Member,
    MemberKind,
    Resolution,
    ResolutionAbout,
    SavingsGroup,
)
from sajja.ledger import periods
from sajja.ledger.models import Account, Entry
from sajja.ledger.queries import lines_of
from sajja.org.models import Person
from sajja.treasury import actions as treasury
from sajja.treasury import chart
from sajja.treasury.actions import OpeningLine, RuleSet, bank, cash, collecting, leaving, savings, seconds, vouchers, yearend
from sajja.treasury.actions.bank import StatementLine
from sajja.treasury.actions.collecting import Difference
from sajja.treasury.actions.vouchers import CodeArrow
from sajja.treasury.collecting import CASH, TRANSFER, Line
from sajja.treasury.counting import broken_up
from sajja.treasury.models import BankAccount, DifferenceHow, Second, Settlement, WelfareKind
from sajja.web import clock

Made = TypeVar("Made")
Happening = tuple[datetime, Callable[[], object]]


@dataclass
class Keeping:
    """A group's book while it is kept; `cash_in_hand` in satang."""

    stage: Stage
    group: SavingsGroup
    treasurer: Person
    chair: Person
    auditor: Person
    savers: list[Saver]
    dice: Random
    habits: Habits
    collecting_day: int
    cash_in_hand: int = FLOAT
    fund: int = 0
    members: dict[str, Member] = field(default_factory=dict)
    resolution: Resolution | None = None
    last_expense: tuple[Entry, int] | None = None
    unpaid: int = 0

    # --- before the first month --------------------------------------------------------------

    def enrol_first(self) -> None:
        """Whoever joined before the system came, in one act."""
        today = clock.today()
        self._enrol([saver for saver in self.savers if saver.new.joined_on < today])

    def _enrol(self, joining: Sequence[Saver]) -> None:
        made = self.stage.doer.do(
            groups.enrol_members, by=self.treasurer, group=self.group, members=[saver.new for saver in joining],
            resolution=self.resolution,
        )  # fmt: skip
        for saver, member in zip(joining, made, strict=True):
            saver.key = member.pk
            self.members[saver.new.number] = member

    def open_book(self) -> None:
        """The book, with what the group had on the eve."""
        self.fund = self.dice.randint(8, 30) * 1_000_00
        lines = [OpeningLine(chart.WELFARE, -self.fund), OpeningLine("34000", -(20 + self.dice.randint(10, 60)) * 1_000_00)]
        for saver in self.savers:
            lines += self._brought_in(saver)
        there = -sum(line.satang for line in lines)
        lines += [OpeningLine(chart.CASH, FLOAT), OpeningLine(chart.BANK, there - FLOAT)]
        rules = RuleSet(late_fine_satang=LATE_FINE, entry_fee_satang=ENTRY_FEE, cash_limit_satang=5_000_00)
        self.kept: GroupBook = self.stage.doer.do(
            treasury.open_savings_book,
            by=self.treasurer,
            group=self.group,
            opened_on=self.habits.opened,
            rules=rules,
            opening=lines,
        )
        self.stage.doer.counts["treasury.bring_in"] += 1
        self.in_bank = there - FLOAT

    def _brought_in(self, saver: Saver) -> list[OpeningLine]:
        """What a member had saved before, and special savings of some."""
        opened, joined = self.habits.opened, saver.new.joined_on
        months = (opened.year - joined.year) * 12 + opened.month - joined.month
        if joined >= opened or months <= 0:
            return []
        member = self.members[saver.new.number]
        lines = [OpeningLine(chart.PLEDGED, -months * saver.pledge, member)]
        if saver.new.kind != MemberKind.CHILD and self.dice.random() < 0.2:
            saver.special = self.dice.randint(2, 60) * 500_00
            lines.append(OpeningLine(chart.SPECIAL, -saver.special, member))
        return lines

    def open_bank(self) -> None:
        """The group's account at the bank; what was brought in on the heading lies on it."""
        number = f"0{self.dice.randint(10_000_000, 99_999_999)}{self.dice.randint(100, 999)}"
        self.bank_account: BankAccount = self.do(
            bank.open_bank_account, bank=self.dice.choice(BANKS), number=number, name=self.group.name,
            opened=self.habits.opened,
        )  # fmt: skip
        codes = {
            account.code: account for account in Account.objects.filter(book=self.kept.book, code__in=[chart.CASH, chart.BANK])
        }
        self.cash, self.bank = codes[chart.CASH], self.bank_account.account
        self.do(
            bank.between_banks, date=self.habits.opened, giver=codes[chart.BANK], taker=self.bank,
            amount=self.in_bank, memo="ยอดยกมาที่ธนาคาร",
        )  # fmt: skip

    # --- month after month -------------------------------------------------------------------

    def course(self, system_came: date, last: date) -> list[Happening]:
        """Everything that happens in the book, in its order."""
        found: list[Happening] = []
        for month in periods.months(periods.month_of(self.habits.opened), periods.month_of(last)):
            found += self._month(month)
            if self.habits.whole:
                found += self._more(month)
        for day in sorted({saver.new.joined_on for saver in self.savers if saver.new.joined_on >= system_came}):
            joining = [saver for saver in self.savers if saver.new.joined_on == day]
            found.append((moment(day, 8), partial(self._enrol, joining)))
        if self.habits.asks_to_reopen:
            found.append((moment(last - timedelta(days=1), 10), self._ask_to_reopen))
        if self.habits.whole:
            found.append((moment(date(2021, 5, 2), 8), partial(self.reconcile, date(2021, 4, 30))))
        return sorted(found, key=lambda happening: happening[0])

    def _month(self, month: int) -> list[Happening]:
        """The collecting day, the bank, an expense now and then, the closing."""
        dice, first = self.dice, periods.first_day(month)
        day = first.replace(day=self.collecting_day)
        found: list[Happening] = []
        if month not in self.habits.no_sheet:
            found.append((moment(day, 10), partial(self.collect, day)))
            to_bank = workday(day + timedelta(days=dice.randint(1, 3)))
            found.append((moment(to_bank, 11), partial(self.pay_in, to_bank)))
        if dice.random() < (0.9 if self.habits.whole else 0.3):
            spent = first.replace(day=dice.randint(2, 27))
            found.append((moment(spent, 13), partial(self.spend, spent)))
        if month % 100 in {6, 12}:
            found.append((moment(periods.last_day(month), 15), partial(self.credit_interest, periods.last_day(month))))
        if month <= self.habits.closed_through:
            closed = periods.last_day(month) + timedelta(days=dice.randint(2, 7))
            found.append((moment(closed, 9, dice.randrange(60)), partial(self.do, treasury.close_month, month=month)))
        if month % 100 == 1 and month // 100 > self.habits.opened.year:
            found.append((moment(first.replace(day=25), 16), partial(self.do, yearend.close_year, fiscal_year=month // 100 - 1)))
        return found

    def collect(self, day: date) -> None:
        """Everyone who comes, on one sheet; the cash counted to the note, short once in a while."""
        lines = [line for saver in self.savers if (line := self._line(saver, day))]
        self.dice.shuffle(lines)
        lines = lending.repaid(self, lines, day)
        total = sum(line.total for line in lines if line.method == CASH)
        difference, pieces = None, broken_up(total)
        if self.habits.whole and not self.unpaid and self.dice.random() < 0.04:
            charge = self.members[self.savers[TREASURER].new.number]
            self.unpaid = self.dice.choice([20_00, 50_00, 100_00])
            pieces = broken_up(total - self.unpaid)
            difference = Difference(how=DifferenceHow.CHARGED, charge=charge)
            total -= self.unpaid
        self.do(collecting.record_collecting_day, date=day, lines=lines, counted=pieces, difference=difference)
        self.cash_in_hand += total

    def _line(self, saver: Saver, day: date) -> Line | None:
        """What a member brings this month: nothing now and then, and then two months with the fine."""
        if saver.gone or not saver.key or saver.new.joined_on > day:
            return None
        dice = self.dice
        if saver.paid_ahead:
            saver.paid_ahead -= 1
            return None
        if saver.behind < 4 and dice.random() > saver.steady:
            saver.behind += 1
            return None
        months, fine = 1 + saver.behind, LATE_FINE if saver.behind else 0
        saver.behind = 0
        if self.habits.whole and dice.random() < 0.006:
            months, saver.paid_ahead = months + 6, 6
        special = dice.randint(1, 20) * 100_00 if dice.random() < (0.05 if saver.special else 0.01) else 0
        saver.special += special
        new = (saver.new.joined_on.year, saver.new.joined_on.month) == (day.year, day.month)
        return Line(
            member=saver.key, pledged=months * saver.pledge, special=special, fine=fine, fee=ENTRY_FEE if new else 0,
            method=TRANSFER if dice.random() < 0.06 else CASH,
        )  # fmt: skip

    def pay_in(self, day: date) -> None:
        """What is above the float goes to the bank, in whole hundreds."""
        amount = (self.cash_in_hand - FLOAT) // 100_00 * 100_00
        if amount > 0:
            self.do(bank.cash_to_bank, date=day, cash=self.cash, bank=self.bank, amount=amount)
            self.cash_in_hand -= amount

    def spend(self, day: date) -> None:
        """Something small for the group's work, from the float."""
        account, memo, (least, most) = self.dice.choice(SPENT)
        amount = self.dice.randrange(least, most, 10) * 100
        if amount > self.cash_in_hand:
            return
        entry = self.do(
            vouchers.record_expense, date=day, account=account, amount=amount, money=self.cash,
            payee=self.dice.choice(SHOPS), memo=memo,
        )  # fmt: skip
        self.last_expense = entry, amount
        self.cash_in_hand -= amount

    def credit_interest(self, day: date) -> None:
        """Half a year's interest on special savings."""
        self.do(savings.credit_interest, day=day)

    # --- what the groups of the training province do besides -----------------------------------

    def _more(self, month: int) -> list[Happening]:
        """Meetings, special savings, welfare, larger pledges, somebody leaves, something is taken back."""
        dice, first = self.dice, periods.first_day(month)
        found: list[Happening] = []

        def on(likely: float, act: Callable[[date], object], hour: int, day: int = 0) -> None:
            if dice.random() < likely:
                when = first.replace(day=day or dice.randint(2, 28))
                found.append((moment(when, hour), partial(act, when)))

        general = month % 100 == 1
        on(1.0 if month % 100 % 3 == 1 else 0, partial(self.meet, general), 9, 12)
        on(1.0 if general else 0, self.appropriate, 14, 20)
        on(0.45, self.special_out, 14)
        on(0.3, self.special_in, 14)
        on(0.22, self.pay_welfare, 15)
        on(0.05, self.leave, 16)
        on(0.04, self.take_back, 16, 28)
        on(0.5, self.make_good, 12)
        on(1.0 if general else 0, self.pledge_more, 10, 3)
        on(1.0 if month % 100 % 6 == 3 else 0, self.withdraw, 11, 17)
        return [*found, *rarer.of_month(self, month), *lending.of_month(self, month), *sharing_out.of_month(self, month)]

    def meet(self, general: bool, day: date) -> None:
        """A meeting and what it resolved; the newest resolution to spend is kept for later acts."""
        kind = MeetingKind.GENERAL if general else MeetingKind.COMMITTEE
        here = sum(saver.key > 0 and not saver.gone for saver in self.savers) if general else 10
        texts = [
            NewResolution("อนุมัติจ่ายสวัสดิการและค่าใช้จ่ายตามระเบียบ", ResolutionAbout.SPEND),
            NewResolution("รับสมาชิกใหม่ที่ยื่นใบสมัครครบถ้วน", ResolutionAbout.JOIN),
        ]
        if general:
            texts.append(NewResolution("จัดสรรทุนสำรองเข้าทุนสวัสดิการ 3,000 บาท", ResolutionAbout.APPROPRIATION))
        meeting: Meeting = self.stage.doer.do(
            groups.record_meeting, by=self.chair, group=self.group, day=day, kind=kind, present=round(here * 0.8), members=here,
            place="ที่ทำการกลุ่ม", resolutions=texts,
        )  # fmt: skip
        self.resolution = Resolution.objects.get(meeting=meeting, number=str(len(texts)) if general else "1")

    def appropriate(self, day: date) -> None:
        """From the reserve to the welfare fund, as the general meeting resolved."""
        self.do(
            vouchers.record_general, date=day, arrows=[CodeArrow("34000", chart.WELFARE, 3_000_00)],
            memo="จัดสรรเข้าทุนสวัสดิการ", why="ตามมติประชุมใหญ่สามัญประจำปี", resolution=self.resolution,
        )  # fmt: skip
        self.fund += 3_000_00

    def special_out(self, day: date) -> None:
        """A member takes out a part of the special savings, from the bank where the cash would not do."""
        saver = self._some([saver for saver in self.here(day) if saver.special >= 1_000_00])
        if saver:
            amount = self.dice.randint(1, saver.special // 500_00) * 500_00
            money = self.bank
            self.do(savings.special_out, member=self._member(saver), satang=amount, date=day, money=money)
            saver.special -= amount

    def special_in(self, day: date) -> None:
        """A member brings special savings between the collecting days."""
        saver = self._some(self.here(day))
        if saver:
            amount = self.dice.randint(2, 40) * 500_00
            self.do(savings.special_in, member=self._member(saver), satang=amount, date=day, money=self.bank)
            saver.special += amount

    def pay_welfare(self, day: date) -> None:
        """Welfare by the rules, while the fund lasts."""
        saver, amount = self._some(self.here(day)), self.dice.choice([500_00, 1_000_00])
        if saver and amount <= self.fund:
            self.do(
                vouchers.pay_welfare, date=day, member=self._member(saver), amount=amount, money=self.bank,
                welfare=self.dice.choice([WelfareKind.BIRTH, WelfareKind.SICKNESS, WelfareKind.SICKNESS, WelfareKind.DEATH]),
                resolution=self.resolution,
            )  # fmt: skip
            self.fund -= amount

    def leave(self, day: date) -> None:
        """A member leaves and is paid back from the bank."""
        guardians = {saver.new.guardian for saver in self.savers if not saver.gone}
        owing = lending.borrowers(self)
        able = [saver for saver in self.here(day)[10:] if saver.new.number not in guardians and saver.key not in owing]
        saver = self._some(able)
        if saver:
            self.do(
                leaving.settle, member=self._member(saver), why=Settlement.Why.LEFT, day=day,
                because="ย้ายไปทำงานต่างจังหวัด", money=self.bank, resolution=self.resolution,
            )  # fmt: skip
            self.stage.doer.counts["groups.end_member"] += 1
            saver.gone = True

    def take_back(self, day: date) -> None:
        """An expense of this month that was entered twice is taken back."""
        if self.last_expense is None:
            return
        wrong, amount = self.last_expense
        self.last_expense = None
        if (wrong.date.year, wrong.date.month) == (day.year, day.month):
            self.do(vouchers.reverse_voucher, entry=wrong, reason="ลงซ้ำกับใบเสร็จใบเดิม", date=day)
            self.cash_in_hand += amount

    def make_good(self, day: date) -> None:
        """The treasurer makes good what lacked."""
        if self.unpaid:
            member = self.members[self.savers[TREASURER].new.number]
            self.do(cash.make_good, date=day, member=member, amount=self.unpaid, money=self.cash)
            self.cash_in_hand += self.unpaid
            self.unpaid = 0

    def pledge_more(self, day: date) -> None:
        """At the new year some pledge more."""
        for saver in self.here(day):
            if saver.paid_ahead == saver.behind == 0 and saver.pledge < 20 * UNIT and self.dice.random() < 0.07:
                saver.pledge += 2 * UNIT if saver.pledge <= 18 * UNIT else UNIT
                self.stage.doer.do(
                    groups.set_pledge, by=self.treasurer, member=self._member(saver), amount_satang=saver.pledge,
                    effective_from=day,
                )  # fmt: skip

    def withdraw(self, day: date) -> None:
        """Cash from the bank with two signatures, confirmed when the slip is back; some are still awaited."""
        committee = list(CommitteeMember.objects.filter(group=self.group).order_by("pk")[:3])
        self.do(
            bank.bank_to_cash, date=day, bank=self.bank, cash=self.cash, amount=1_000_00,
            signers=[seconds.signer("ประธาน", committee[0]), seconds.signer("เลขานุการ", committee[2])],
        )  # fmt: skip
        self.cash_in_hand += 1_000_00
        newest = day >= date(2021, 3, 1)
        for second in Second.objects.filter(kept=self.kept, confirmed_at__isnull=True).order_by("pk"):
            if not (newest and self.habits.unconfirmed and second.slip_no and second.slip_no % 2 == 0):
                self.stage.doer.do(
                    seconds.confirm_second, by=self.treasurer, second=second, slip_no=second.slip_no, signed_on=day
                )

    def reconcile(self, last: date) -> None:
        """The bank's statement from the first day on, line for line as in the book, held against it."""
        first, do = self.habits.opened, self.stage.doer.do
        lines = [
            StatementLine(line.entry.date, line.entry.memo, line.amount)
            for line in lines_of(self.kept.book, [self.bank.pk], first, last)
        ]
        taken = do(
            bank.take_statement, by=self.treasurer, bank=self.bank_account, starts=first, ends=last, lines=lines,
            opening=0, closing=sum(line.amount for line in lines),
        )  # fmt: skip
        do(bank.finish_statement, by=self.treasurer, statement=taken)

    def _ask_to_reopen(self) -> None:
        reason = "ลงค่าพาหนะเดือนเมษายนขาดไปหนึ่งใบ ขอเปิดงวดเพื่อลงเพิ่ม"
        self.do(treasury.ask_to_reopen, month=self.habits.closed_through, reason=reason)

    # --- helps -------------------------------------------------------------------------------

    def do(self, action: Callable[..., Made], **given: object) -> Made:
        """An act of the treasurer in this book."""
        return self.stage.doer.do(action, by=self.treasurer, kept=self.kept, **given)

    def _member(self, saver: Saver) -> Member:
        return self.members[saver.new.number]

    def here(self, day: date) -> list[Saver]:
        """Who is in the register and may bring money on that day."""
        return [saver for saver in self.savers if saver.key and not saver.gone and saver.new.joined_on <= day]

    def _some(self, able: Sequence[Saver]) -> Saver | None:
        return self.dice.choice(able) if able else None
