"""What papers are put together from, as base.typ sets it: each piece is a mapping that JSON keeps. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Piece = Mapping[str, Any]


def said(text: str) -> Piece:
    """A paragraph, its first line set in on letters."""
    return {"kind": "p", "text": text}


def plain(text: str) -> Piece:
    """A line that begins at the margin."""
    return {"kind": "plain", "text": text}


def head(text: str) -> Piece:
    """A heading, kept with what follows."""
    return {"kind": "head", "text": text}


def numbered(lines: Iterable[str]) -> Piece:
    """Lines with 1., 2., …."""
    return {"kind": "list", "lines": list(lines)}


def facts(*rows: tuple[str, str]) -> Piece:
    """Names with what is said of each."""
    return {"kind": "facts", "rows": [list(row) for row in rows]}


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], widths: Sequence[float], **how: Any) -> Piece:
    """A table; widths are shares of the line, 0 as wide as its words. `how`: money (columns set right), sum (the last row is
    one), fine (small type), tall (rows to write in), ruled (lines all around)."""
    cells = [[str(cell) for cell in row] for row in rows]
    return {"kind": "table", "heads": list(heads), "rows": cells, "widths": list(widths), **how}


def signs(*seats: tuple[str, str]) -> Piece:
    """Places to sign: (name or nothing, office)."""
    return {"kind": "signs", "signs": [{"name": name, "office": office} for name, office in seats]}


def pictures(named: Iterable[tuple[str, str]]) -> Piece:
    """Pictures (name given to `pdf`, caption), two abreast."""
    return {"kind": "pictures", "pictures": [{"name": name, "caption": caption} for name, caption in named]}


def large(name: str) -> Piece:
    """One picture (name given to `pdf`) that fills what is left of a page under a heading and a few lines."""
    return {"kind": "large", "name": name}


def radar(axes: Iterable[tuple[str, int, int]]) -> Piece:
    """A figure of (axis, passed, of)."""
    return {"kind": "radar", "axes": [{"name": name, "passed": passed, "of": of} for name, passed, of in axes]}


def code(svg: str, text: str) -> Piece:
    """A QR code with words beside it."""
    return {"kind": "qr", "svg": svg, "text": text}


def gap(cm: float) -> Piece:
    """Room."""
    return {"kind": "gap", "cm": cm}


PAGE: Piece = {"kind": "page"}
