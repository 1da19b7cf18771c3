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
from typing import Any, Final

import segno
import typst
from django.conf import settings
from django.http import HttpResponse

BASE: Final = Path(__file__).with_name("base.typ")
ROOMS: Final = Path(__file__).resolve().parents[2]
WEIGHTS: Final = ("400Regular", "400Regular_Italic", "700Bold")


def pdf(template: str, data: Mapping[str, Any], at: datetime, pictures: Mapping[str, Path] | None = None) -> bytes:
    """The paper `template` ("reports/cover") of `data` (what JSON holds), stamped with `at`.

    `pictures` are files by the name that the template gives to `picture(…)`. The compiler sees a folder with these
    alone. FileNotFoundError: no such template or picture.
    """
    room, _slash, name = template.partition("/")
    with TemporaryDirectory(prefix="sajja-paper-") as folder:
        root = Path(folder)
        shutil.copyfile(BASE, root / BASE.name)
        shutil.copyfile(ROOMS / room / "papers" / f"{name}.typ", root / "paper.typ")
        (root / "data.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        for called, picture in (pictures or {}).items():
            shutil.copyfile(picture, root / f"picture-{called}")
        made: bytes = typst.compile(
            str(root / "paper.typ"), root=str(root), font_paths=_fonts(), ignore_system_fonts=True, timestamp=int(at.timestamp())
        )
    return made


def response(made: bytes, name: str) -> HttpResponse:
    """A paper to look at, saved under `name` (latin letters)."""
    return HttpResponse(made, "application/pdf", headers={"Content-Disposition": f'inline; filename="sajja-{name}.pdf"'})


def qr(words: str) -> str:
    """A QR code of an address or a code as SVG, for `svg(…)` in a template."""
    return str(segno.make(words, error="m", micro=False).svg_inline(border=0, omitsize=True))


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Sarabun alone, read once in a process: the machine's own fonts would make other papers on other machines."""
    folder = settings.NODE_MODULES / "@expo-google-fonts" / "sarabun"
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder / weight) for weight in WEIGHTS]
    )
