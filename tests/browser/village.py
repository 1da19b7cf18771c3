"""Fill an empty data folder with one group and its committee: `python -m tests.browser.village`, SAJJA_DATA names the folder.

No member and no book: the treasurer makes them in the browser. It is the morning of the collecting day of May 2564.
"""

from datetime import date

from tests.browser.staff import appoint, begin

DAY = date(2021, 5, 5)
GROUP = "กลุ่มออมทรัพย์บ้านตัวอย่าง"


def main() -> None:
    """A group of ธาตุพนม with rules, a chair, a treasurer and a member of the audit section."""
    begin(DAY)
    from sajja.groups import actions as groups
    from tests.cast import SINCE
    from tests.factories import a_group

    group = a_group(GROUP)
    rules = groups.NewRegulation(
        in_force_from=date(2020, 1, 1), pledge_unit_satang=5000, pledge_units_least=1, pledge_units_most=20, collecting_day=5,
        loan_interest_bp=1200, special_interest_bp=200, heads=[("ทุนสำรอง", 10000)],
    )  # fmt: skip
    groups.add_regulation(by="system", group=group, regulation=rules)
    elected = []
    for role, office, section in [
        ("chair", "chair", "directing"),
        ("treasurer", "treasurer", "directing"),
        ("auditor", "member", "audit"),
    ]:
        name = appoint(f"group_{role}", group.unit.path)
        elected.append(groups.NewCommitteeMember(name, "female", section, office))
    groups.elect_committee(by="system", group=group, members=elected, starts=SINCE)


if __name__ == "__main__":
    main()
