"""Charts as SVG made on the server: attributes and classes only, no style, no script, the same on page and paper.

Each function returns what its template under web/components/ draws. Angles begin at the top and go round with the clock.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sajja.lib import percent

Text = str | Promise
CENTRE = (170, 150)
REACH = 92
LABEL_REACH = 108
COLUMNS_WIDE, COLUMNS_HIGH, COLUMNS_TOP = 480, 110, 24


@dataclass(frozen=True)
class Aspect:
    """An axis: a name of at most 10 letters, passed of total."""

    name: str
    passed: int
    total: int


@dataclass(frozen=True)
class Bar:
    """One bar: a label and count of total; url opens the list behind it."""

    label: Text
    count: int
    total: int
    url: str = ""

    @property
    def share(self) -> str:
        """54.2%, truncated; of nothing it is –."""
        return percent.text(self.count, self.total)


@dataclass(frozen=True)
class Tip:
    """Where an axis's label stands."""

    name: str
    passed: int
    total: int
    x: int
    y: int
    below: int
    anchor: str


@dataclass(frozen=True)
class Column:
    """A column: its label under the line, its words over it, where it stands and how high it is."""

    label: str
    words: str
    x: float
    width: float
    height: float
    anchor: str

    @property
    def middle(self) -> float:
        """Where its label stands."""
        return round(self.x + self.width / 2, 1)

    @property
    def top(self) -> float:
        """Where it begins, from above."""
        return round(COLUMNS_TOP + COLUMNS_HIGH - self.height, 1)

    @property
    def words_at(self) -> float:
        """Where its words stand, from the left."""
        return {"start": self.x, "end": round(self.x + self.width, 1)}.get(self.anchor, self.middle)

    @property
    def words_top(self) -> float:
        """Where its words stand, from above."""
        return round(self.top - 6, 1)


def radar(aspects: Iterable[Any], title: Text) -> dict[str, object]:
    """Rings at 25 %, the area, labels with passed/total at the tips; `drawn` is false under three axes."""
    axes = [_aspect(a) for a in aspects]
    count = len(axes)
    said = ", ".join(f"{a.name} {a.passed}/{a.total}" for a in axes)
    shares = [a.passed / a.total if a.total else 0.0 for a in axes]
    return {
        "title": title,
        "axes": axes,
        "passed": sum(a.passed for a in axes),
        "total": sum(a.total for a in axes),
        "said": _("คะแนน%(title)sรายด้าน: %(said)s") % {"title": title, "said": said},
        "drawn": count >= 3,
        "rings": [_polygon([ring] * count) for ring in (0.25, 0.5, 0.75)],
        "rim": _polygon([1.0] * count),
        "ends": [_point(i, count, 1.0) for i in range(count)],
        "area": _polygon(shares),
        "dots": [_point(i, count, share) for i, share in enumerate(shares)],
        "tips": [_tip(a, i, count) for i, a in enumerate(axes)],
    }


def gauge(n: int, d: int, target: int, unit: Text, label: Text, url: str) -> dict[str, object]:
    """n of d as a bar with the mark of the target in per cent; the number needed is rounded up."""
    share = percent.truncated(n, d) if d else None
    needed = -(-d * target // 100)
    spoken = {
        "label": label,
        "n": f"{n:,}",
        "d": f"{d:,}",
        "unit": unit,
        "share": share if share is not None else "–",
        "target": target,
    }
    return {
        "n": n,
        "d": d,
        "unit": unit,
        "label": label,
        "url": url,
        "share": share,
        "target": target,
        "needed": needed,
        "missing": max(0, needed - n),
        "said": _("%(label)s %(n)s จาก %(d)s %(unit)s ร้อยละ %(share)s เป้าหมายร้อยละ %(target)s") % spoken,
    }


def bars(rows: Iterable[Any]) -> list[Bar]:
    """Rows of any kind (objects or mappings with label, count, total and perhaps url) as bars, in their order."""
    return [r if isinstance(r, Bar) else Bar(_of(r, "label"), _of(r, "count"), _of(r, "total"), _of(r, "url", "")) for r in rows]


def columns(rows: Iterable[tuple[Text, int, str]], title: Text) -> dict[str, object]:
    """Columns side by side from a common line: rows of label, value (below nought: nothing) and the value in words.

    The words stand over the first column, the last one and the highest.
    """
    shown = list(rows)
    most = max([1, *(value for _label, value, _words in shown)])
    wide = COLUMNS_WIDE / max(len(shown), 1)
    highest = max(range(len(shown)), key=lambda at: shown[at][1], default=0)
    told = {at for at in (0, highest, len(shown) - 1) if at in (0, len(shown) - 1) or 2 < at < len(shown) - 3}
    return {
        "title": title,
        "said": _("%(title)s: %(said)s") % {"title": title, "said": ", ".join(f"{label} {words}" for label, _value, words in shown)},
        "columns": [
            Column(
                str(label), words if at in told else "", round(at * wide + wide * 0.15, 1), round(wide * 0.7, 1),
                round(max(value, 0) / most * COLUMNS_HIGH, 1), "start" if at == 0 else "end" if at == len(shown) - 1 else "middle",
            )
            for at, (label, value, words) in enumerate(shown)
        ],
    }  # fmt: skip


def _aspect(row: Any) -> Aspect:
    name = _of(row, "short", "") or _of(row, "name")
    return Aspect(str(name), _of(row, "passed"), _of(row, "total"))


def _of(row: Any, name: str, *default: Any) -> Any:
    if isinstance(row, dict):
        return row.get(name, *default) if default else row[name]
    return getattr(row, name, *default)


def _point(i: int, count: int, share: float, reach: int = REACH) -> tuple[str, str]:
    angle = 2 * pi * i / count - pi / 2
    return f"{CENTRE[0] + reach * share * cos(angle):.1f}", f"{CENTRE[1] + reach * share * sin(angle):.1f}"


def _polygon(shares: list[float]) -> str:
    return " ".join(",".join(_point(i, len(shares), share)) for i, share in enumerate(shares))


def _tip(aspect: Aspect, i: int, count: int) -> Tip:
    angle = 2 * pi * i / count - pi / 2
    across, down = cos(angle), sin(angle)
    anchor = "middle" if abs(across) < 0.2 else "start" if across > 0 else "end"
    x = round(CENTRE[0] + LABEL_REACH * across)
    y = round(CENTRE[1] + LABEL_REACH * down + 14 * down)
    return Tip(aspect.name, aspect.passed, aspect.total, x, y, 21, anchor)
