"""Fill an empty data folder with a group whose members have saved: `python -m tests.browser.borrowers`, SAJJA_DATA names it.

Its book was opened on 1 January 2564; no loan was ever made. It is the morning of 5 February.
"""

from datetime import date

from tests.browser.staff import appoint, begin

OPENED, DAY = date(2021, 1, 1), date(2021, 2, 5)
GROUP = "กลุ่มออมทรัพย์บ้านตัวอย่าง"
MEMBERS = ("นายบุญมี ดีพร้อม", "นางคำปุ่น ใจซื่อ", "นายสมาน ขยันยิ่ง")
SAVED = 1_000_000


def main() -> None:
    """Three members with 10,000 baht each, the cash in the box, a chair and a treasurer."""
    begin(DAY)
    from sajja.groups import actions as groups
    from sajja.treasury import actions, chart
    from sajja.treasury.actions import OpeningLine
    from sajja.web import clock
    from tests.cast import SINCE
    from tests.factories import a_group

    group = a_group(GROUP)
    rules = groups.NewRegulation(
        in_force_from=date(2020, 1, 1), pledge_unit_satang=5000, pledge_units_least=1, pledge_units_most=20, collecting_day=5,
        loan_interest_bp=1200, special_interest_bp=200, heads=[("เงินปันผล", 6000), ("เงินเฉลี่ยคืน", 1000), ("ทุนสำรอง", 3000)],
    )  # fmt: skip
    groups.add_regulation(by="system", group=group, regulation=rules)
    elected = [
        groups.NewCommitteeMember(appoint(f"group_{office}", group.unit.path), "female", "directing", office)
        for office in ("chair", "treasurer")
    ]
    groups.elect_committee(by="system", group=group, members=elected, starts=SINCE)
    from sajja.org.models import Person

    treasurer = Person.objects.get(username="demo-group-treasurer")
    with clock.fixed(OPENED):
        new = [
            groups.NewMember(number=f"M{at:02}", name=name, joined_on=date(2020, 1, 5), pledge_satang=20_000)
            for at, name in enumerate(MEMBERS, 1)
        ]
        members = groups.enrol_members(by=treasurer, group=group, members=new)
        lines = [OpeningLine(chart.PLEDGED, -SAVED, member) for member in members]
        lines.append(OpeningLine(chart.CASH, SAVED * len(members)))
        actions.open_savings_book(by=treasurer, group=group, opened_on=OPENED, opening=lines)


if __name__ == "__main__":
    main()
