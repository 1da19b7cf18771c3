"""Months as numbers (202106) and fiscal years, by the month in which they begin. Pure."""

from calendar import monthrange
from datetime import date, timedelta


def month_of(day: date) -> int:
    """10 June 2021 → 202106."""
    return day.year * 100 + day.month


def first_day(month: int) -> date:
    """202106 → 1 June 2021."""
    return date(month // 100, month % 100, 1)


def last_day(month: int) -> date:
    """202102 → 28 February 2021."""
    year, of_year = divmod(month, 100)
    return date(year, of_year, monthrange(year, of_year)[1])


def after(month: int) -> int:
    """202112 → 202201."""
    return month + 1 if month % 100 < 12 else month + 89


def before(month: int) -> int:
    """202101 → 202012."""
    return month - 1 if month % 100 > 1 else month - 89


def months(first: int, last: int) -> list[int]:
    """Every month from the first to the last, both counted."""
    found = []
    while first <= last:
        found.append(first)
        first = after(first)
    return found


def fiscal_year(day: date, starts: int) -> int:
    """The C.E. year in which the fiscal year of that day ends; `starts` is the month (1–12) in which it begins."""
    return day.year + (starts > 1 and day.month >= starts)


def year_first(year: int, starts: int) -> date:
    """The first day of the fiscal year that ends in `year`."""
    return date(year - (starts > 1), starts, 1)


def year_last(year: int, starts: int) -> date:
    """The last day of the fiscal year that ends in `year`."""
    return year_first(year + 1, starts) - timedelta(days=1)
