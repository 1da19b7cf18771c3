"""Three worlds: a group at home, one in the sibling district, one in another province; each with a thing for every address.

A thing knows its path in the tree (None: national, for whoever holds the permission). The names of each world carry its
marker, so that a page that shows another world's name is found out.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sajja.assessments import actions as assessments
from sajja.assessments.models import Answer, InstrumentVersion
from sajja.forums.models import Photo
from sajja.groups import actions as groups
from sajja.groups.member_sheet import MemberReading
from sajja.groups.models import SavingsGroup
from sajja.groups.sheet import Reading, Wanted
from sajja.inbox.actions import NewMessage, deliver
from sajja.inbox.models import Message
from sajja.org import papers
from sajja.org.actions import inviting
from sajja.org.models import Person, Unit
from sajja.org.roles import ROLES
from sajja.plans import actions as plans
from sajja.plans.models import LineDone
from sajja.privacy import actions as privacy
from sajja.programme import actions as programme
from sajja.programme.models import SelectedGroup
from sajja.reports import actions as reports
from sajja.reports.models import DistrictReport, Extension, ProvinceReport
from sajja.treasury import actions as treasury
from sajja.treasury.actions import RuleSet, confirming, leaving, savings, slips
from sajja.treasury.models import (
    Appropriation,
    BalanceConfirmation,
    LegacyImport,
    Settlement,
    Share,
    YearAdjustment,
    YearEnd,
)
from sajja.treasury.queries import slips as slip_queries
from sajja.web import clock
from tests.budget.money import budget_things
from tests.cast import Cast, someone, unit
from tests.factories import (
    FORUM_DAY,
    a_forum,
    a_group,
    a_held_forum,
    a_picture,
    a_report,
    a_village,
    assessed,
    selected,
    the_instruments,
)
from tests.followup.visits import followed_up
from tests.routes import Route
from tests.treasury.books import Kept, a_book
from tests.treasury.loans import lending_things
from tests.treasury.money import Things
from tests.treasury.people import a_resolution
from tests.treasury.sheets import sheet_things

RULES = groups.NewRegulation(
    in_force_from=date(2020, 1, 1), pledge_unit_satang=5000, pledge_units_least=1, pledge_units_most=20, collecting_day=5,
    loan_interest_bp=1200, special_interest_bp=200, heads=[("ทุนสำรอง", 10000)],
)  # fmt: skip
HOME, SIBLING, ABROAD = "480501", "480801", "500101"
MARKERS = {HOME: "บ้านเกิดหมายหนึ่ง", SIBLING: "ข้างเคียงหมายสอง", ABROAD: "แดนไกลหมายสาม"}


@dataclass(frozen=True)
class Thing:
    """What stands in an address, and under which unit it lies."""

    key: int | str
    path: str | None


@dataclass
class World:
    """A subdistrict with one group at every step, and the words that nobody outside may read."""

    subdistrict: str
    group: SavingsGroup
    things: dict[str, Thing] = field(default_factory=dict)
    by_route: dict[str, dict[str, Thing]] = field(default_factory=dict)

    @property
    def marker(self) -> str:
        """The words of its names."""
        return MARKERS[self.subdistrict]

    @property
    def district(self) -> str:
        """The name of its district, which people of other districts have no reason to read."""
        return Unit.objects.get(path=self.subdistrict[:4]).name

    def thing(self, route: Route, part: str) -> Thing:
        """The thing for a part of a route's address; some routes want their own kind of unit."""
        return self.by_route.get(route.name, {}).get(part) or self.things[part]


def worlds() -> list[World]:
    """The three worlds; นครพนม's two districts stand on one list."""
    registered = {path: [_registered(path, name) for name in ("", " สอง", " สาม", " สี่")] for path in MARKERS}
    chosen = {path: groups[:3] for path, groups in registered.items()}  # the fourth could replace one of them
    home = selected(*chosen[HOME], *chosen[SIBLING])
    abroad = selected(*chosen[ABROAD], cast=Cast("50", "5001"))
    places = {HOME: home[:3], SIBLING: home[3:], ABROAD: abroad}
    for path, (_first, second, _third) in places.items():
        cast = Cast(path[:2], path[:4])
        a_forum(second, cast=cast, day=FORUM_DAY + timedelta(days=30))
        assessed(second, failing=("ssg:2.3",), cast=cast)
    return [_world(path, place) for path, (place, *_others) in places.items()]


def _registered(subdistrict: str, which: str) -> SavingsGroup:
    marker = MARKERS[subdistrict]
    return a_group(f"กลุ่ม{marker}{which}", village=a_village(subdistrict=subdistrict, name=f"บ้าน{marker}"), founder=not which)


def _world(subdistrict: str, place: SelectedGroup) -> World:
    cast, group = Cast(subdistrict[:2], subdistrict[:4]), place.group
    forum = a_held_forum(place, cast=cast)
    line = place.plan.lines.order_by("position").first()
    assert line is not None
    kept = a_picture(place.pk + 99).sha256
    plans.mark_done(by=cast.district_officer, line=line, day=FORUM_DAY, note="ทำแล้ว", picture=kept)
    report = a_report(forum, cast=cast, accepted=True)
    province = reports.ready_province_report(
        by=cast.province_officer, year=place.year, province=unit(subdistrict[:2]), summary="ครบ"
    )
    given = [_more_time(place, of, cast) for of in (group.unit, unit(subdistrict[:2]))]
    names = [(f"นาง{MARKERS[subdistrict]}", "chair"), (f"นาง{MARKERS[subdistrict]} เก็บเงิน", "treasurer")]
    members = [groups.NewCommitteeMember(name, "female", "directing", office) for name, office in names]
    committee = groups.elect_committee(by=cast.district_officer, group=group, members=members, starts=FORUM_DAY)
    made = World(subdistrict, group, _things(place, forum.pk, report, province), {})
    made.things |= {"elected": Thing(committee[0].pk, group.unit.path), "sheet": _sheet(cast, subdistrict)}
    ours, in_book = _book(group, cast)
    money = Things(ours, committee)
    circular = programme.issue_circular(
        by=cast.department, year=place.year, number=f"ว {subdistrict}", dated=FORUM_DAY, subject="ซักซ้อม", words="ทราบ",
        needs_by=FORUM_DAY + timedelta(days=30),
    )  # fmt: skip
    breach = privacy.record_breach(
        by=cast.department, known_at=clock.now(), what="กระดาษหาย", whose="ยอดออม", people=2, risk="some", measures="หา"
    )
    made.things["breach"] = Thing(breach.pk, None)
    made.things["circular"] = Thing(circular.pk, None)
    made.things["extension"] = Thing(given[0].pk, group.unit.path)
    made.things |= {"month": Thing(202105, None), "fiscal_year": Thing(2021, None)} | _lying(_year(ours, money), group)
    made.things |= in_book | _lying(money.parts, group) | _lying(_register(group, cast), group)
    made.things |= {part: Thing(key, subdistrict[:4]) for part, key in budget_things(place, cast, made.marker).items()}
    visited = followed_up(place, cast)
    made.things |= {part: Thing(*lies) for part, lies in visited.parts.items()}
    deliver([NewMessage(cast.district_officer.pk, made.marker, "news", f"ข้อความของ{made.marker}")], clock.now())
    asked = inviting.invite(
        by=cast.district_head,
        full_name=f"นาย{made.marker}",
        role="district_officer",
        unit=unit(subdistrict[:4]),
        starts=clock.today(),
    )
    made.things["invitation"] = Thing(asked.pk, subdistrict[:4])
    made.things["message"] = Thing(Message.objects.values_list("pk", flat=True).get(key=made.marker), None)
    made.by_route = (
        _special(made, cast, place)
        | {route: {part: Thing(*lies)} for route, part, lies in visited.by_route}
        | {name: _lying(parts, group) for name, parts in money.by_route.items()}
        | {"reports:end_province_extension": {"extension": Thing(given[1].pk, subdistrict[:2])}}
    )
    return made


def _more_time(place: SelectedGroup, of: Unit, cast: Cast) -> Extension:
    """An extension that counts; two worlds share a province."""
    words = {"reason": "น้ำท่วม", "authority": "จังหวัด", "by": cast.province_officer, "at": clock.now()}
    days = {"before": FORUM_DAY, "until": FORUM_DAY + timedelta(days=9)}
    return Extension.objects.get_or_create(year=place.year, unit=of, defaults=words | days)[0]


def _register(group: SavingsGroup, cast: Cast) -> dict[str, int]:
    """A meeting with a resolution, and a sheet of members."""
    by, marker = cast.secretary(group), group.name
    meeting = groups.record_meeting(by=by, group=group, day=FORUM_DAY, kind="committee", present=5, resolutions=[f"ของ{marker}"])
    reading = MemberReading([], [])
    intake = groups.receive_members(by=by, group=group, file_name=f"{marker}.xlsx", sha256="0" * 64, reading=reading)
    return {"meeting": meeting.pk, "resolution": meeting.resolutions.get().pk, "intake": intake.pk}


def _lying(keys: dict[str, int], group: SavingsGroup) -> dict[str, Thing]:
    """These keys as things of the group."""
    return {part: Thing(key, group.unit.path) for part, key in keys.items()}


def _book(group: SavingsGroup, cast: Cast) -> tuple[Kept, dict[str, Thing]]:
    """Its savings book with all that stands in it, and a closed month that someone asks to open again."""
    groups.add_regulation(by=cast.district_officer, group=group, regulation=RULES)
    made = a_book(group, cast=cast, pledged=10000, rules=RuleSet(special_interest_days="05-31", cash_limit_satang=100))
    by, kept, ended = made.treasurer, made.kept, date(2021, 5, 31)
    run = savings.credit_interest(by=by, kept=kept, day=ended)
    for month in range(202101, 202106):
        treasury.close_month(by=by, kept=kept, month=month)
    treasury.ask_to_reopen(by=by, kept=kept, month=202105, reason="ลงวันที่ผิด")
    confirming.ask_confirmations(by=by, kept=kept, on=ended)
    collected = sheet_things(made) | lending_things(made)
    settled = leaving.settle(
        by=by, kept=kept, member=made.members[2], why=Settlement.Why.LEFT, day=FORUM_DAY, because="ย้าย", money=None
    )
    shown = slips.make_slip(by=by, kept=kept, member=made.members[0])
    slip = BalanceConfirmation.objects.filter(kept=kept).order_by("pk")[0]
    keys = {
        "book": kept.book_id, "legacy": _legacy(made), "run": run.pk, "confirmation": slip.pk, "settlement": settled.pk, "member": made.members[0].pk,
        "slip": shown.pk,
    } | collected  # fmt: skip
    free = {"on": Thing(ended.isoformat(), None), "slip_code": Thing(slip_queries.code_of(shown), None)}
    return made, _lying(keys, group) | free


def _year(book: Kept, money: Things) -> dict[str, int]:
    """An adjustment of the year's end; the year closed, its surplus shared out and nothing fetched."""
    adjustment = YearAdjustment.objects.create(
        kept=book.kept, year=2021, kind="audit", entry=money.entry, satang=2_500, by_name=book.treasurer.full_name,
        at=money.entry.at,
    )  # fmt: skip
    doer = {"by": book.treasurer.key, "by_name": book.treasurer.full_name, "at": money.entry.at}
    ended = YearEnd.objects.create(
        kept=book.kept, year=2021, first=date(2021, 1, 1), last=date(2021, 12, 31), surplus_satang=5_000, head="", **doer
    )
    made = Appropriation.objects.create(
        year_end=ended, resolution=a_resolution(book, day=FORUM_DAY), on=FORUM_DAY, satang=5_000, base="month-weighted",
        whole_baht="none", rest_to="34000", entry=money.entry, **doer,
    )  # fmt: skip
    share = Share.objects.create(appropriation=made, member=book.members[0], weight=100, dividend_satang=5_000)
    return {"adjustment": adjustment.pk, "share": share.pk}


def _legacy(book: Kept) -> int:
    """A file of older movements that was read."""
    return LegacyImport.objects.create(
        kept=book.kept, by=book.treasurer.key, by_name=book.treasurer.full_name, at=clock.now(), sha256="0" * 64,
        file_name=f"{book.group.name}.xlsx", rows={"2021-06-05": [[book.members[0].pk, "pledged", 100, ""]]}, row_count=1,
    ).pk  # fmt: skip


def _sheet(cast: Cast, subdistrict: str) -> Thing:
    row = Wanted(2, f"{subdistrict}09", f"บ้าน{MARKERS[subdistrict]}", f"กลุ่มใหม่{MARKERS[subdistrict]}")
    sheet = groups.receive_sheet(
        by=cast.district_officer,
        unit=unit(subdistrict[:4]),
        file_name=f"{MARKERS[subdistrict]}.xlsx",
        sha256="0" * 64,
        reading=Reading([row], []),
    )
    return Thing(sheet.pk, subdistrict[:4])


def _things(place: SelectedGroup, forum: int, report: DistrictReport, province: ProvinceReport) -> dict[str, Thing]:
    path = place.group.unit.path
    confirmed = place.assessments.order_by("pk").first()
    line, photo = place.plan.lines.order_by("position").first(), Photo.objects.filter(forum=forum).first()
    assert confirmed
    assert line
    assert photo
    sitting = place.forums.get().sittings.get()
    attendee = place.forums.get().attendees.first()
    assert attendee is not None
    here = {
        "unit": place.group.unit_id, "group": place.group_id, "selected": place.pk, "forum": forum, "photo": photo.pk,
        "assessment": confirmed.pk, "plan": place.plan.pk, "line": line.pk, "report": report.pk, "sitting": sitting.pk, "attendee": attendee.pk,
    }  # fmt: skip
    return {name: Thing(key, path) for name, key in here.items()} | {
        "year": Thing(2564, None),
        "version": Thing(the_instruments()[0].pk, None),
        "instrument": Thing(the_instruments()[0].instrument_id, None),
        "level": Thing(place.group.levels.values_list("pk", flat=True)[0], path),
        "place": Thing(place.place_id, path[:2]),
        "province_report": Thing(province.pk, path[:2]),
        "person": Thing(Person.objects.order_by("pk").values_list("pk", flat=True)[0], None),
        "key": Thing("plans_signed", None),
        "figure": Thing("savings_on_time", None),
        "step": Thing("4.1", None),
        "paper": Thing(papers.code(papers.Stamp("circular", "", FORUM_DAY, "ABCDEFGHJKMN")), None),
    }


def _special(world: World, cast: Cast, place: SelectedGroup) -> dict[str, dict[str, Thing]]:
    """Routes whose thing is of a kind or in a state of its own."""
    path = place.group.unit.path
    district, province, subdistrict = (_unit(path[:end]) for end in (4, 2, 6))
    answer = Answer.objects.filter(assessment__selected=place).first()
    mark = LineDone.objects.filter(line__plan=place.plan).first()
    assert answer
    assert mark
    assessments_route = _open_assessment(cast, place, answer)
    of_district = ["org:villages", "groups:new_in", "programme:propose", "programme:outside", "reports:unit"]
    of_district += [f"budget:{name}" for name in ("unit", "rows", "advances", "sheet", "lend")]
    of_province = [
        *(
            f"programme:{name}"
            for name in ("province", "confirm", "extend", "minutes", "minutes_pdf", "circular_pdf", "list_sheet")
        ),
        *(f"kpi:{name}" for name in ("unit", "table", "behind", "behind_sheet")),
        *("forums:all_reports", "forums:reports_zip"),
        *(
            "org:people",
            "reports:province",
            "reports:ready",
            "reports:extend_province",
            "programme:acknowledge",
            "reports:accept_many",
            "reports:province_paper",
            "reports:cover",
            "reports:bundle",
            "reports:bundle_zip",
            "budget:allocate_down",
        ),
    ]
    return (
        {name: {"unit": district} for name in of_district}
        | {name: {"unit": province} for name in of_province}
        | {
            "org:village_new": {"unit": subdistrict},
            "budget:allocate": {"unit": _unit("")},
            "plans:picture": {"photo": Thing(mark.pk, path)},
        }
        | assessments_route
    )


def _open_assessment(cast: Cast, place: SelectedGroup, answer: Answer) -> dict[str, dict[str, Thing]]:
    """An assessment that still takes answers, and an answer with a picture."""
    path = place.group.unit.path
    [version] = InstrumentVersion.objects.filter(instrument__slot="governance", status="published")
    opened = assessments.start_assessment(by=cast.district_officer, selected=place, version=version, day=clock.today())
    indicator = answer.indicator
    assessments.keep_evidence(
        by=cast.district_officer, assessment=opened, indicator=indicator, evidence="สมุด", picture=a_picture(place.pk + 77).sha256
    )
    pictured = Answer.objects.get(assessment=opened, indicator=indicator)
    names = ["answer", "save_one", "evidence", "overview", "confirm", "drop", "aloud", "paper"]
    return {f"assessments:{name}": {"assessment": Thing(opened.pk, path)} for name in names[:6]} | {
        "assessments:picture": {"photo": Thing(pictured.pk, path)}
    }


def _unit(path: str) -> Thing:
    return Thing(Unit.objects.get(path=path).pk, path)


def people(home: World) -> dict[str, Person]:
    """One person of each role, at home."""
    path = home.group.unit.path
    at = {"group": path, "district": path[:4], "province": path[:2], "zone": "z11", "department": ""}
    return {key: someone(key, unit(at[role.kind])) for key, role in ROLES.items()}


def homes(home: World) -> dict[str, str]:
    """The path of each role's unit."""
    path = home.group.unit.path
    at = {"group": path, "district": path[:4], "province": path[:2], "zone": "z11", "department": ""}
    return {key: at[role.kind] for key, role in ROLES.items()}
