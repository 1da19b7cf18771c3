"""The figures of a year for the command line."""

from typing import Any

from sajja.kpi.board import KPI, REPORT_STATES, Board, board
from sajja.org import queries as org
from sajja.programme.queries import year_of


def summary(year: int) -> dict[str, Any]:
    """What `sajja kpi YEAR --json` prints; money in satang. Raises ProgrammeYear.DoesNotExist for a year that is not open."""
    nation = board(year_of(year), org.department())
    terms, kpi = nation.terms, nation.figure(KPI)
    return {
        "year": terms.year,
        "provinces": terms.provinces,
        "zones": len({zone.pk for zone in nation.zone_by_province.values()}),
        "groups": terms.groups,
        "budget_satang": terms.budget_satang,
        "kpi": {"numerator": kpi.n, "denominator": kpi.d, "target_percent": terms.kpi_percent},
        "forums_held": nation.figure("forums_held").n,
        "district_reports": reports(nation, "district"),
        "province_reports": reports(nation, "province"),
    }


def reports(at: Board, level: str) -> dict[str, int]:
    """How many reports of a level (district or province) are due, on time, late and missing."""
    return {state: at.figure(f"{level}_{state}").n for state in REPORT_STATES}
