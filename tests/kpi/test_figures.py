"""`sajja kpi` = dashboard = length of the list behind it; parts add up; a place counts once; what the tables say themselves."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.db.models import Q
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from sajja.assessments.models import Verdict
from sajja.forums.models import Forum
from sajja.kpi.board import KPI, PLACES, REPORT_STATES, board
from sajja.kpi.lists import listed as rows_listed
from sajja.kpi.parts import LEVELS, parts
from sajja.kpi.queries import summary
from sajja.kpi.views import STEPS
from sajja.lib.figures import Row
from sajja.org.models import Kind, Person
from sajja.plans.models import LineDone, Plan
from sajja.programme.models import ProgrammeYear, SelectedGroup
from sajja.reports.models import DistrictReport
from tests.cast import Cast, unit
from tests.kpi.story import UNITS, told

pytestmark = pytest.mark.django_db
ROLES: dict[str, Callable[[Cast], Person]] = {
    "the department's administrator": lambda cast: cast.admin,
    "the department's officer": lambda cast: cast.department,
    "the follow-up officer": lambda cast: cast.followup,
    "the province's head": lambda cast: cast.province_head,
    "the province's officer": lambda cast: cast.province_officer,
    "the district's head": lambda cast: cast.district_head,
    "the district's officer": lambda cast: cast.district_officer,
}
SEEN = {
    "the department's administrator": UNITS,
    "the department's officer": UNITS,
    "the follow-up officer": UNITS[1:],
    "the province's head": ("48", "4805", "480501"),
    "the province's officer": ("48", "4805", "480501"),
    "the district's head": ("4805", "480501"),
    "the district's officer": ("4805", "480501"),
}


@pytest.fixture
def year() -> ProgrammeYear:
    return told()


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def shown(page: Any) -> dict[str, tuple[int, str]]:
    """Every figure of a dashboard: key → number and the address of the list behind it."""
    found = {figure.key: (figure.n, url) for _name, figure, url in page.context["steps"]}
    found |= {figure.key: (figure.n, url) for _name, figure, url in page.context["failures"]}
    for level, states in page.context["reports"]:
        found |= {f"{level}_{state}": (n, url) for state, n, url in states}
    return found


@pytest.mark.parametrize("role", ROLES)
def test_every_number_is_as_long_as_its_list_for_each_role_and_unit(role: str, year: ProgrammeYear) -> None:
    client, sajja_kpi = browser(ROLES[role](Cast())), summary(2564)
    for path in UNITS:
        page = client.get(reverse("kpi:unit", args=[unit(path).pk]))
        if path not in SEEN[role]:
            assert (path, page.status_code) == (path, 404)
            continue
        figures = shown(page)
        at = board(year, unit(path))
        counted = {key: listed(client, url) if n else len(rows_listed(at, at.behind(key))) for key, (n, url) in figures.items()}
        assert {key: n for key, (n, _url) in figures.items()} == counted
        if not path:
            assert told_by_command(sajja_kpi) == {key: figures[key][0] for key in told_by_command(sajja_kpi)}
            assert sajja_kpi["kpi"] == {"numerator": counted[KPI], "denominator": page.context["kpi"].d, "target_percent": 60}


def told_by_command(sajja_kpi: dict[str, Any]) -> dict[str, int]:
    """The figures of `sajja kpi` by their keys."""
    told = {KPI: sajja_kpi["kpi"]["numerator"], "forums_held": sajja_kpi["forums_held"]}
    return told | {
        f"{level}_{state}": sajja_kpi[f"{level}_reports"][state] for level in ("district", "province") for state in REPORT_STATES
    }


def listed(client: Client, url: str) -> int:
    """How many rows the list at an address shows."""
    page = client.get(url)
    rows = page.content.decode().count('scope="row"')
    assert rows == page.context["page"].paginator.count
    return rows


def test_a_list_and_a_dashboard_are_the_same_in_excel(year: ProgrammeYear) -> None:
    client, province = browser(Cast().province_head), unit("48").pk
    signed = workbook(client, f"{reverse('kpi:behind_sheet', args=[province, KPI])}?year=2564")
    assert [row[0] for row in signed[0]][-1:] == ["กลุ่มบ้านหนึ่ง"]
    figures, districts, failures = workbook(client, reverse("kpi:table", args=[province]))
    assert [row[:3] for row in figures if row[0] == "ลงนามแผนครบสองฝ่าย"] == [["ลงนามแผนครบสองฝ่าย", 1.0, 10.0]]
    assert [row[:2] for row in districts if str(row[0]).startswith("อำเภอ")] == [["อำเภอธาตุพนม", 4.0], ["อำเภอศรีสงคราม", 1.0]]
    assert [row[1:3] for row in failures if str(row[0]).startswith("SSG 2.3")] == [[2.0, 2.0]]


def workbook(client: Client, url: str) -> list[list[list[Any]]]:
    """The sheets of a workbook, each as rows."""
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(url).content))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def test_the_figures_of_the_story(year: ProgrammeYear) -> None:
    nation = board(year, unit(""))
    assert {key: nation.figure(key).n for key in PLACES} == {
        "selected": 7, "forums_held": 3, "governance_done": 3, "ssg_done": 3, "plans_drafted": 3, "plans_signed": 2,
        "carrying_out": 2, "developed": 3,
    }  # fmt: skip
    assert summary(2564) == {
        "year": 2564, "provinces": 76, "zones": 18, "groups": 760, "budget_satang": 228_000_000,
        "kpi": {"numerator": 2, "denominator": 760, "target_percent": 60}, "forums_held": 3,
        "district_reports": {"due": 3, "on_time": 1, "late": 1, "missing": 1},
        "province_reports": {"due": 1, "on_time": 1, "late": 0, "missing": 0},
    }  # fmt: skip


@pytest.mark.parametrize("path", UNITS)
def test_the_tables_say_the_same_when_counted_by_themselves(path: str, year: ProgrammeYear) -> None:
    at = board(year, unit(path))
    here = {"": "", "z11": ""}.get(path, path)  # both provinces of the story lie in zone 11
    places = SelectedGroup.objects.filter(year=year, until__isnull=True, group__unit__path__startswith=here)
    assert {key: at.figure(key).n for key in ("selected", *COUNTED)} == {
        "selected": places.count(),
        "forums_held": Forum.objects.filter(state="held", selected__in=places).count(),
        "plans_signed": Plan.objects.filter(signed_at__isnull=False, selected__in=places).count(),
        "carrying_out": len(set(LineDone.objects.filter(line__plan__selected__in=places).values_list("line__plan", flat=True))),
        "district_late": sum(late(report) for report in DistrictReport.objects.filter(forum__selected__in=places)),
    }
    failed = Verdict.objects.filter(assessment__selected__in=places, verdict="fail", indicator__code="2.2")
    governance = failed.filter(Q(indicator__aspect__version__instrument__slot="governance"))
    assert at.figure("selected").d == at.target
    assert sum(f.n for f in at.failures() if f.key == "governance:2.2") == governance.count()


COUNTED = ("forums_held", "plans_signed", "carrying_out", "district_late")


def late(report: DistrictReport) -> bool:
    """Whether the first submission came after its day; the story sends everything on 10 June."""
    return bool(report.first_submitted_at) and report.due.isoformat() < "2021-06-10"


@pytest.mark.parametrize("path", ["", "z11", "48", "4805"])
def test_the_parts_add_up_to_the_whole_and_no_rate_passes_100(path: str, year: ProgrammeYear) -> None:
    at = board(year, unit(path))
    for by in LEVELS[at.unit.kind]:
        made = parts(at, by, "name")
        for key in (*STEPS_OF_PARTS, "district_due", "district_on_time", "district_late", "district_missing"):
            assert (by, key, sum(part.figures[key] for part in made)) == (by, key, at.figure(key).n)
        assert all(part.figures[key] <= part.target for part in made for key in STEPS_OF_PARTS)
        if by in {Kind.ZONE, Kind.PROVINCE}:
            assert sum(part.target for part in made) == at.target
    assert [f for f in [*map(at.figure, STEPS), *at.failures()] if f.n > f.d] == []


STEPS_OF_PARTS = ("selected", "forums_held", "plans_signed", "carrying_out", "developed")


def test_a_replaced_group_gives_its_place_on_and_counts_no_more(year: ProgrammeYear) -> None:
    left = SelectedGroup.objects.get(until__isnull=False)
    at = board(year, unit("4805"))
    assert Plan.objects.get(selected=left).signed_at
    assert left.pk not in {row.thing for key in (*PLACES, "district_due") for row in at.behind(key)}
    assert (at.figure("selected").n, at.figure(KPI).n, at.target) == (4, 1, 4)


def test_who_is_still_without_completes_the_list(year: ProgrammeYear) -> None:
    client = browser(Cast().province_head)
    address = reverse("kpi:behind", args=[unit("48").pk, "plans_signed"])
    assert [listed(client, f"{address}?year=2564"), listed(client, f"{address}?without=1")] == [1, 4]
    page = client.get(f"{address}?without=1").content.decode()
    assert "อีก 5 ที่ของเป้าหมายยังไม่มีกลุ่ม" in page


def test_a_report_for_each_district_is_listed_by_district(year: ProgrammeYear) -> None:
    district = unit("4805")
    found = rows_listed(board(year, unit("48")), [Row("4805", "due", district.pk, 1, 1)])
    assert [(one.name, one.province, one.url) for one in found] == [
        ("อำเภอธาตุพนม", "จ.นครพนม", reverse("kpi:unit", args=[district.pk]))
    ]
