"""Starting an old group: a draft kept between visits, and the one act that makes it a book, all or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.utils.translation import gettext as _

from sajja.audit.actions import Doer, record
from sajja.audit.acts import act
from sajja.groups.actions import NewMember, enrol_members
from sajja.groups.models import GroupBook, Member, SavingsGroup
from sajja.groups.queries import has_book
from sajja.ledger.models import Entry
from sajja.lib.money import baht
from sajja.lib.refusals import Refused
from sajja.treasury import chart
from sajja.treasury.actions.bank import open_bank_account
from sajja.treasury.actions.books import OpeningLine, RuleSet, bring_in, open_savings_book
from sajja.treasury.actions.brought_loans import bring_in_loans, open_contracts
from sajja.treasury.actions.cash import open_keeper
from sajja.treasury.actions.seconds import Signer, sign
from sajja.treasury.draft import KINDS, Checked, Draft, Ground, Line, MoneyRow
from sajja.treasury.models import BroughtIn, DraftState, OpeningDraft
from sajja.treasury.opening import check
from sajja.treasury.queries.opening import draft_of, ground_of
from sajja.web import clock

MOST_ROWS = 5_000
SIGNATURES = 2
BATCH = 500


@act
def keep_start(
    *, by: Doer, group: SavingsGroup, opened_on: date, rules: RuleSet | None = None, at: datetime | None = None
) -> OpeningDraft:
    """From which day the book is kept here, and how; begins the draft, or changes the one under way."""
    SavingsGroup.objects.select_for_update().only("pk").get(pk=group.pk)
    if has_book(group):
        raise Refused(_("กลุ่มนี้มีชุดบัญชีเงินออมแล้ว โปรดใช้ชุดเดิม"))
    if group.closed_on:
        raise Refused(_("กลุ่มนี้เลิกแล้ว เปิดชุดบัญชีไม่ได้"))
    if opened_on > clock.today():
        raise Refused(_("วันเริ่มบัญชีต้องไม่หลังวันนี้"), "opened_on")
    at = at or clock.now()
    draft = draft_of(group) or OpeningDraft(group=group, by_name=str(by.full_name), at=at)
    draft.opened_on, draft.rules = opened_on, asdict(rules or RuleSet())
    _touch(draft, by, at)
    draft.save()
    record(by, "treasury.keep_start", draft, group.unit.path, at=at, opened_on=opened_on.isoformat())
    return draft


@act
def keep_draft(
    *, by: Doer, draft: OpeningDraft, edit: Callable[[Draft], Draft], file_name: str = "", sha256: str = "",
    at: datetime | None = None,
) -> OpeningDraft:  # fmt: skip
    """Change what was typed: `edit` is given the draft as it stands now, so that two who type at once keep each other's rows."""
    at = at or clock.now()
    held = _held(draft)
    changed = edit(Draft.of(held.rows))
    if len(changed.people) > MOST_ROWS or len(changed.loans) > MOST_ROWS or len(changed.money) > MOST_ROWS:
        raise Refused(_("ร่างหนึ่งมีได้ไม่เกิน %s แถวต่อแผ่น") % f"{MOST_ROWS:,}")
    held.rows = changed.kept()
    if file_name:
        held.file_name, held.sha256 = file_name[-150:], sha256
    _touch(held, by, at)
    held.save()
    record(
        by, "treasury.keep_draft", held, held.group.unit.path, at=at, members=len(changed.people), loans=len(changed.loans),
        amounts=len(changed.money), sha256=sha256,
    )  # fmt: skip
    return held


@act
def drop_draft(*, by: Doer, draft: OpeningDraft, at: datetime | None = None) -> OpeningDraft:
    """Leave the draft; what was typed goes."""
    held = _held(draft)
    held.state, held.rows, held.rules = DraftState.DROPPED, {}, {}
    _touch(held, by, at or clock.now())
    held.save()
    record(by, "treasury.drop_draft", held, held.group.unit.path, at=at)
    return held


@act
def go_live(
    *, by: Doer, draft: OpeningDraft, why: str = "", signers: Sequence[Signer] = (), at: datetime | None = None
) -> GroupBook:
    """The draft becomes the group's book: members, accounts, contracts, the opening entry; all or nothing.

    Where the sides differ, `why` names it and two of the committee sign: the difference stands in 33900 until a voucher
    clears it. A draft that is live already answers its book.
    """
    held = OpeningDraft.objects.select_for_update().select_related("group__unit").get(pk=draft.pk)
    if held.state == DraftState.LIVE and held.kept:
        return held.kept
    _refuse_ended(held)
    typed, ground = Draft.of(held.rows), ground_of(held)
    found = check(typed, ground)
    _refuse(found, why, signers)
    at = at or clock.now()
    _enrol(by, held, typed, ground, at)
    members = {member.number: member for member in Member.objects.filter(group=held.group_id)}
    kept = open_savings_book(
        by=by, group=held.group, opened_on=held.opened_on, rules=RuleSet(**held.rules), headings=_own_headings(typed), at=at
    )
    places = _open_places(by, kept, typed, at)
    contracts = open_contracts(kept, typed, members)
    entry = _post(by, kept, found, members, places, why, at)
    bring_in_loans(by, kept, typed, found, members, contracts, entry, at)
    if ground.mid_year:
        _remember_the_year(kept, typed, ground, members)
    if found.difference and entry:
        sign(by, kept, entry, signers, at)
    held.state, held.kept, held.rows, held.rules = DraftState.LIVE, kept, {}, {}
    _touch(held, by, at)
    held.save()
    record(
        by, "treasury.go_live", held, held.group.unit.path, at=at, members=len(typed.people), loans=len(typed.loans),
        debit=found.debit, credit=found.credit, difference=found.difference, why=why,
    )  # fmt: skip
    return kept


def _held(draft: OpeningDraft) -> OpeningDraft:
    held = OpeningDraft.objects.select_for_update().select_related("group__unit").get(pk=draft.pk)
    _refuse_ended(held)
    return held


def _refuse_ended(draft: OpeningDraft) -> None:
    if draft.state != DraftState.UNDER_WAY:
        raise Refused(_("ร่างนี้%sไปแล้ว โปรดเปิดหน้าใหม่") % draft.get_state_display())


def _touch(draft: OpeningDraft, by: Doer, at: datetime) -> None:
    draft.changed_by_name, draft.changed_at = str(by.full_name), at


def _refuse(found: Checked, why: str, signers: Sequence[Signer]) -> None:
    if found.problems:
        first = found.problems[0]
        where = _("แผ่น %(sheet)s แถว %(row)s") % {"sheet": first.sheet, "row": first.row} if first.sheet else ""
        words = _("ยังมี %(count)s จุดที่ต้องแก้ก่อนเปิดบัญชี เช่น %(where)s %(column)s: %(words)s")
        raise Refused(
            words % {"count": len(found.problems), "where": where, "column": first.column, "words": first.words}
        )  # fmt: skip
    if not found.difference:
        return
    if not why.strip():
        words = _("ยอดสองข้างต่างกัน %(baht)s บาท ตรวจจนเท่ากัน หรือบอกเหตุผลของผลต่าง")
        raise Refused(words % {"baht": baht(abs(found.difference))}, "why")
    if len(signers) < SIGNATURES:
        raise Refused(_("ผลต่างยอดยกมาต้องมีกรรมการลงชื่อรับรอง %s คน") % SIGNATURES)


def _enrol(by: Doer, draft: OpeningDraft, typed: Draft, ground: Ground, at: datetime) -> None:
    """Those who do not stand in the register yet."""
    new = [
        NewMember(
            name=person.name, joined_on=person.joined_on or ground.eve, number=person.number, pledge_satang=person.pledge,
            national_id_sealed=person.national_id_sealed, national_id_found=person.national_id_found,
            national_id_end=person.national_id_end,
        )
        for person in typed.people
        if person.number not in ground.known
    ]  # fmt: skip
    if new:
        enrol_members(by=by, group=draft.group, members=new, at=at)


def _own_headings(typed: Draft) -> list[chart.Heading]:
    known = {heading.code for heading in chart.TEMPLATE}
    own = {row.code: row for row in typed.money if row.code not in known}
    return [chart.Heading(code, KINDS[code[0]], row.name) for code, row in own.items()]


def _open_places(by: Doer, kept: GroupBook, typed: Draft, at: datetime) -> dict[int, str]:
    """The bank accounts and keepers of cash; place in the draft's money → account code. A group has a handful."""
    codes = {}
    for place, row in enumerate(typed.money):
        if account := _opened(by, kept, row, at):
            codes[place] = account
    return codes


def _opened(by: Doer, kept: GroupBook, row: MoneyRow, at: datetime) -> str:
    day = kept.book.opened_on
    if row.bank:
        name = kept.group.name
        bank = open_bank_account(
            by=by, kept=kept, bank=row.bank, number=row.account_no, name=name, opened=day, branch=row.branch, at=at
        )
        return bank.account.code
    if row.keeper:
        return open_keeper(by=by, kept=kept, name=row.keeper, starts=day, at=at).account.code
    return ""


def _post(
    by: Doer, kept: GroupBook, found: Checked, members: Mapping[str, Member], places: Mapping[int, str], why: str, at: datetime
) -> Entry | None:
    """The opening entry; None where nothing is brought in."""
    lines = [_opening_line(line, members, places) for line in found.lines]
    if found.difference:
        lines.append(OpeningLine(chart.OPENING_DIFFERENCE, -found.difference))
    if not lines:
        return None
    memo = _("ยอดยกมา ผลต่างรอตรวจสอบ: %(why)s") % {"why": why.strip()[:200]} if found.difference else _("ยอดยกมา")
    return bring_in(by, kept, lines, memo, at).entry


def _opening_line(line: Line, members: Mapping[str, Member], places: Mapping[int, str]) -> OpeningLine:
    if line.place is not None:
        return OpeningLine(places[line.place], line.satang)
    return OpeningLine(line.code, line.satang, members[line.number] if line.number else None)


def _remember_the_year(kept: GroupBook, typed: Draft, ground: Ground, members: Mapping[str, Member]) -> None:
    BroughtIn.objects.bulk_create(
        [
            BroughtIn(
                kept=kept, member=members[person.number], fiscal_year=ground.year,
                opening_satang=person.pledged - sum(person.deposits), deposits=list(person.deposits or (0,) * 12),
                interest_paid_satang=person.interest_paid,
            )
            for person in typed.people
        ],
        batch_size=BATCH,
    )  # fmt: skip
