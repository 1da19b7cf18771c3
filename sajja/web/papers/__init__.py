"""Papers as PDF: a room's typst template and its data in, the bytes out; the same data give the same bytes.

A template is `<room>/papers/<name>.typ`, begins with `#import "base.typ": *`, and reads `data`. What people typed is data:
it is set as it stands and never read as typst, so that no text opens a file or an address.
"""

import json
import shutil
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, Self, cast

import segno
import typst
from django.conf import settings
from django.http import HttpResponse

BASE: Final = Path(__file__).with_name("base.typ")
ROOMS: Final = Path(__file__).resolve().parents[2]
MASK: Final = 2
"""Any mask can be read; trying all eight for the best costs more than the rest of a paper's data."""
WEIGHTS: Final = ("400Regular", "400Regular_Italic", "700Bold")


def pdf(template: str, data: Mapping[str, Any], at: datetime, pictures: Mapping[str, Path] | None = None) -> bytes:
    """The paper `template` ("reports/cover") of `data` (what JSON holds), stamped with `at`.

    `pictures` are files by the name that the template gives to `picture(…)`. The compiler sees a folder with these
    alone. FileNotFoundError: no such template or picture.
    """
    with Press(template) as press:
        return press.pdf(data, at, pictures)


class Press:
    """One compiler for many papers of one template, in a folder that holds nothing but the paper in hand.

    It keeps what it read of typst's own files and fonts, and is made anew every so many papers, so that it does not grow.
    """

    def __init__(self, template: str, *, renew: int = 100) -> None:
        self._template, self._renew, self._made = template, renew, 0

    def __enter__(self) -> Self:
        room, _slash, name = self._template.partition("/")
        self._folder = TemporaryDirectory(prefix="sajja-paper-")
        self._root = Path(self._folder.name)
        try:
            shutil.copyfile(BASE, self._root / BASE.name)
            shutil.copyfile(ROOMS / room / "papers" / f"{name}.typ", self._root / "paper.typ")
        except FileNotFoundError:
            self._folder.cleanup()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.cleanup()

    def pdf(self, data: Mapping[str, Any], at: datetime, pictures: Mapping[str, Path] | None = None) -> bytes:
        """The next paper, as `pdf` of the module makes it."""
        (self._root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        names = {f"picture-{called}": picture for called, picture in (pictures or {}).items()}
        for name, picture in names.items():
            shutil.copyfile(picture, self._root / name)
        if self._made % self._renew == 0:
            self._compiler = typst.Compiler(root=str(self._root), font_paths=fonts(), ignore_system_fonts=True)
        self._made += 1
        made = cast(bytes, self._compiler.compile(str(self._root / "paper.typ"), timestamp=int(at.timestamp())))
        for name in names:
            (self._root / name).unlink()
        return made


def response(made: bytes, name: str) -> HttpResponse:
    """A paper to look at, saved under `name` (latin letters)."""
    return HttpResponse(made, "application/pdf", headers={"Content-Disposition": f'inline; filename="sajja-{name}.pdf"'})


def qr(words: str) -> str:
    """A QR code of an address or a code as SVG, for `svg(…)` in a template."""
    return str(segno.make(words, error="m", micro=False, mask=MASK).svg_inline(border=0, omitsize=True))


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Sarabun alone, read once in a process: the machine's own fonts would make other papers on other machines."""
    folder = settings.NODE_MODULES / "@expo-google-fonts" / "sarabun"
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder / weight) for weight in WEIGHTS]
    )
