"""The year's money, through its actions: allocated everywhere; in the training province an advance at every step."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sajja.budget import actions as budget
from sajja.budget.actions import NewVoucher
from sajja.budget.models import Advance
from sajja.config.demonstration import drawings
from sajja.config.demonstration.course import moment
from sajja.config.demonstration.doer import Telling
from sajja.config.demonstration.province import ProvinceStory, dice_for
from sajja.config.demonstration.stage import Stage
from sajja.config.demonstration.training import DISTRICT, PROVINCE, SIBLING
from sajja.lib.money import baht
from sajja.org.models import Unit
from sajja.org.queries import department as the_department
from sajja.programme.models import SelectedGroup
from sajja.programme.queries import current_revision, standing, terms_of
from sajja.web.pictures import keep_bytes

ALLOCATED: Final = moment(date(2021, 4, 29), 10)
ON: Final = date(2021, 4, 30)
EACH: Final = 300_000  # satang of one group
SNACK, MATERIALS, OTHER = "snack", "materials", "other"
BOUGHT: Final = {
    SNACK: ("อาหารว่างและเครื่องดื่ม 15 ชุด", "ร้านป้าสาย (ตัวอย่าง)"),
    MATERIALS: ("กระดาษพลิป ปากกา และแฟ้ม", "ร้านเครื่องเขียนกลางเมือง (ตัวอย่าง)"),
    OTHER: ("ค่าจ้างทำป้ายเวที", "นายช่างป้าย (ตัวอย่าง)"),
}
STEPS: Final = ("lent", "spent", "submitted", "checked", "approved")


@dataclass(frozen=True)
class Contract:
    """An advance of the story: its number, when it is paid, for the groups of which subdistricts, how far it comes."""

    number: str
    paid_on: date
    groups: tuple[str, ...]
    step: str
    goes_on: date
    returned: str = ""


CONTRACTS: Final = {
    DISTRICT: (
        Contract("บย 1/2564", date(2021, 5, 4), ("480507",), "approved", date(2021, 5, 14)),
        Contract("บย 2/2564", date(2021, 5, 18), ("480505",), "submitted", date(2021, 5, 24), "รูปใบเสร็จค่าวัสดุไม่ชัด ถ่ายใหม่ให้เห็นเลขที่"),
        Contract("บย 3/2564", date(2021, 5, 21), ("480504",), "checked", date(2021, 6, 1)),
        Contract("บย 4/2564", date(2021, 5, 26), ("480503",), "submitted", date(2021, 6, 4)),
        Contract("บย 5/2564", date(2021, 6, 7), ("480501", "480508"), "spent", date(2021, 6, 9)),
    ),
    SIBLING: (
        Contract("นก 1/2564", date(2021, 5, 6), ("480701",), "spent", date(2021, 5, 17)),
        Contract("นก 2/2564", date(2021, 5, 12), ("480702",), "approved", date(2021, 5, 24)),
    ),
}  # fmt: skip
"""นก 1/2564 stays with its borrower beyond its day; บย 2/2564 was sent back and waits to be mended."""


def department(stage: Stage, stories: Sequence[ProvinceStory]) -> Telling:
    """Every province gets the money of its places."""
    yield ALLOCATED
    terms = terms_of(current_revision(stage.year))
    provinces = Unit.objects.in_bulk([story.path for story in stories], field_name="path")
    wanted = {unit.pk: terms.places_in(path, 0) * terms.per_group_satang for path, unit in provinces.items()}
    stage.doer.do(
        budget.allocate, by=stage.who("department_officer"), year=stage.year, giver=the_department(), wanted=wanted,
        reference="พช ๐๔๐๗.๕/จัดสรร (ตัวอย่าง)",
    )  # fmt: skip


def province(stage: Stage, unit: Unit, story: ProvinceStory) -> Telling:
    """The province's districts get the money of the groups on its list; then the officers borrow."""
    dice = dice_for(story.path, "budget")
    yield moment(ON, dice.randint(9, 15), dice.randrange(60))
    groups = list(standing(stage.year).filter(group__unit__path__startswith=story.path).select_related("group__unit"))
    count = Counter(one.group.unit.path[:4] for one in groups)
    districts = Unit.objects.in_bulk(list(count), field_name="path")
    wanted = {district.pk: count[path] * EACH for path, district in districts.items()}
    stage.doer.do(
        budget.allocate, by=stage.who("province_officer", story.path), year=stage.year, giver=unit, wanted=wanted,
        reference=f"ที่ {story.path}/จัดสรร (ตัวอย่าง)",
    )  # fmt: skip
    for path in sorted(districts):
        for contract in CONTRACTS.get(path, ()):
            stage.doer.begin(advance(stage, districts[path], contract))
    if story.path != PROVINCE and districts:
        first = min(districts)
        step = dice.choice(("approved", "approved", "checked", "lent"))
        whose = tuple(one.group.unit.path[:6] for one in groups if one.group.unit.path.startswith(first))[:1]
        told = Contract("1/2564", date(2021, 5, dice.randint(3, 20)), whose, step, date(2021, 5, dice.randint(24, 28)))
        stage.doer.begin(advance(stage, districts[first], told))


def advance(stage: Stage, district: Unit, told: Contract) -> Telling:
    """One contract, as far as its story goes."""
    doer, officer = stage.doer, stage.who("district_officer", district.path)
    yield moment(told.paid_on, 11)
    groups = _groups(stage, district, told)
    made = doer.do(
        budget.lend, by=officer, year=stage.year, unit=district, number=told.number, borrower=officer,
        satang=EACH * len(groups), purpose="จัดเวทีและดำเนินการตามแผนของกลุ่ม", paid_on=told.paid_on,
    )  # fmt: skip
    if told.step == "lent":
        return
    yield moment(told.goes_on, 10)
    for number, selected in enumerate(groups[:1] if told.step == "spent" else groups, 1):
        _spend(stage, made, selected, told, number)
    if told.step == "spent":
        return
    yield moment(told.goes_on, 14)
    made.refresh_from_db()
    doer.do(budget.give_back, by=officer, advance=made, satang=made.left_satang, receipt=f"บค {made.pk}/64", on=told.goes_on)
    doer.do(budget.submit_clearing, by=officer, advance=made)
    yield moment(told.goes_on, 16)
    head = stage.who("district_head", district.path)
    if told.returned:
        doer.do(budget.ask_changes, by=head, advance=made, step="check", reason=told.returned)
    elif told.step != "submitted":
        doer.do(budget.check_clearing, by=head, advance=made)
        if told.step == "approved":
            judge = stage.who("province_officer", district.path[:2])
            doer.do(budget.approve_clearing, by=judge, advance=made)


def _groups(stage: Stage, district: Unit, told: Contract) -> list[SelectedGroup]:
    rows = standing(stage.year).filter(group__unit__path__startswith=district.path).select_related("group__unit")
    there = {one.group.unit.path[:6]: one for one in rows.order_by("-group__unit__path")}
    return [there[path] for path in told.groups if path in there]


def _spend(stage: Stage, made: Advance, selected: SelectedGroup, told: Contract, number: int) -> None:
    """A snack where the forum's list is there, and materials; in a contract still open the last paper waits for its picture."""
    officer = stage.who("district_officer", made.unit.path)
    came = (
        selected.forums.exclude(state="cancelled").filter(attendees__struck_at__isnull=True, attendees__observer=False).exists()
    )
    bought = [(SNACK, 60_000)] if came else []
    for kind, satang in [*bought, (MATERIALS, 145_000), (OTHER, 60_000)]:
        what, seller = BOUGHT[kind]
        waits = told.step == "spent" and kind == OTHER
        kept = None if waits else keep_bytes(drawings.bill(seller, what, f"{baht(satang)} บาท"), 600, 800)
        paper = "certificate" if kind == OTHER else "receipt"
        on = f"{number}{kind[0].upper()}{made.pk}" if paper == "receipt" else ""
        given = NewVoucher(kind, what, seller, paper, told.goes_on, satang, on, kept=kept)
        stage.doer.do(budget.add_voucher, by=officer, advance=made, selected=selected, given=given)
