"""The money of the stories: allocated to นครพนม and on to ธาตุพนม, lent to its officer, spent for its groups."""

from datetime import date

from sajja.budget import actions
from sajja.budget.actions import NewVoucher
from sajja.budget.models import Advance, Allocation, Voucher
from sajja.programme.models import ProgrammeYear, SelectedGroup
from tests.cast import Cast, unit
from tests.factories import a_picture, a_year

PAID_ON = date(2021, 5, 20)
PROVINCE_SATANG, DISTRICT_SATANG = 3_000_000, 900_000


def allocated(cast: Cast | None = None, *, province: int = PROVINCE_SATANG, district: int = DISTRICT_SATANG) -> ProgrammeYear:
    """30,000 baht to the province, 9,000 of them to the district."""
    cast = cast or Cast()
    year = a_year(cast)
    below = {unit(cast.province).pk: province}
    actions.allocate(by=cast.department, year=year, giver=unit(""), wanted=below, reference="พช 0407/1 (ตัวอย่าง)")
    actions.allocate(
        by=cast.province_officer,
        year=year,
        giver=unit(cast.province),
        wanted={unit(cast.district).pk: district},
        reference="นพ 1",
    )
    return year


def an_advance(year: ProgrammeYear, cast: Cast | None = None, *, satang: int = 300_000, number: str = "1/2564") -> Advance:
    """3,000 baht to the district's officer, paid on 20 May 2564."""
    cast = cast or Cast()
    officer = cast.district_officer
    return actions.lend(
        by=officer, year=year, unit=unit(cast.district), number=number, borrower=officer, satang=satang,
        purpose="จัดเวทีพัฒนากลุ่ม", paid_on=PAID_ON,
    )  # fmt: skip


def a_voucher(
    advance: Advance, selected: SelectedGroup, cast: Cast | None = None, *, kind: str = "materials", satang: int = 100_000,
    number: str = "7", picture: bool = True,
) -> Voucher:  # fmt: skip
    """A receipt of a shop, with its picture."""
    given = NewVoucher(
        kind, "กระดาษและปากกา" if kind != "snack" else "อาหารว่าง", "ร้านตัวอย่างการค้า", "receipt", PAID_ON, satang, number,
        kept=a_picture(advance.pk * 7 + len(number)) if picture else None,
    )  # fmt: skip
    return actions.add_voucher(by=(cast or Cast()).district_officer, advance=advance, selected=selected, given=given)


def cleared(advance: Advance, selected: SelectedGroup, cast: Cast | None = None) -> Advance:
    """Spent in part, the rest returned, submitted by the officer."""
    officer = (cast or Cast()).district_officer
    a_voucher(advance, selected, cast)
    advance.refresh_from_db()
    actions.give_back(by=officer, advance=advance, satang=advance.left_satang, receipt="บค 12/34", on=date(2021, 6, 9))
    return actions.submit_clearing(by=officer, advance=advance)


def budget_things(selected: SelectedGroup, cast: Cast, marker: str) -> dict[str, int]:
    """An advance of the group's district with a voucher and a return, still open: keys by the parts of addresses."""
    year, district, province = selected.year, unit(cast.district), unit(cast.province)
    officer = cast.district_officer
    if not Allocation.objects.filter(year=year, unit=province).exists():
        below = {province.pk: PROVINCE_SATANG}
        actions.allocate(by=cast.department, year=year, giver=unit(""), wanted=below, reference=f"พช {cast.province}")
    below = {district.pk: DISTRICT_SATANG}
    actions.allocate(by=cast.province_officer, year=year, giver=province, wanted=below, reference=f"จัดสรร {cast.district}")
    advance = an_advance(year, cast, number=f"บย {marker}")
    voucher = a_voucher(advance, selected, cast, number=f"เล่ม {marker}")
    returned = actions.give_back(by=officer, advance=advance, satang=50_000, receipt=f"บค {marker}", on=date(2021, 6, 9))
    return {"advance": advance.pk, "voucher": voucher.pk, "returned": returned.pk}
