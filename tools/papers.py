"""Every paper as pictures: build/gallery/<paper>-<how>-<page>.png and an index.html, from the demonstration's data.

Each is taken four times: as it is, with nothing in it, with the longest names, and with a title of three lines.
"""

import logging
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import django

from tools import needs

ROOT = Path(__file__).resolve().parent.parent
GALLERY = ROOT / "build" / "gallery"
LONG_NAME = "นางสาวพิมพ์ลภัสนันทน์ ณ อยุธยาเทพหัสดินสุวรรณภูมิ"
DPI = "50"


class Paper(NamedTuple):
    """What `papers.pdf` was asked for."""

    template: str
    data: Mapping[str, Any]
    at: datetime
    pictures: Mapping[str, Path]


def main() -> None:
    """Take the pictures; SAJJA_DATA names another folder than the demonstration made for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sajja.config.settings")
    data = Path(os.environ.setdefault("SAJJA_DATA", str(GALLERY / "data")))
    if not (data / "sajja.sqlite3").exists():
        subprocess.run([str(Path(sys.executable).parent / "sajja"), "demo"], check=True)
    django.setup()
    logging.disable()  # who may not open a page is asked all the same
    GALLERY.mkdir(parents=True, exist_ok=True)
    for old in [*GALLERY.glob("*.png"), *GALLERY.glob("*.pdf")]:
        old.unlink()
    taken = [picture for name, paper in asked() for how, change in HOW.items() for picture in take(name, how, paper, change)]
    (GALLERY / "index.html").write_text(index(taken), encoding="utf-8")
    print(f"{len(taken)} pictures in {GALLERY}")


def asked() -> Iterator[tuple[str, Paper]]:
    """Each paper with the data that its page gives it, from every route that ends in .pdf."""
    from django.test import Client

    from sajja.web import papers
    from tests import routes

    for route in routes.every():
        if not route.pattern.endswith(".pdf"):
            continue
        kept: list[Paper] = []
        made, papers.pdf = papers.pdf, recorder(kept)
        try:
            for person in one_of_each_role():
                client = Client()
                client.force_login(person)
                for parts in things(route.parts):
                    if not kept:
                        client.get(route.address(parts))
        finally:
            papers.pdf = made
        yield from ((route.name.replace(":", "-"), one) for one in kept[:1])
        if not kept:
            print("nobody can open", route.name)


def one_of_each_role() -> list[Any]:
    """People who together may open every paper."""
    from sajja.org.models import Post
    from sajja.treasury.models import CollectingDay

    posts = Post.objects.select_related("person", "unit").order_by("-pk")
    first = {post.role: post.person for post in posts}
    day = CollectingDay.objects.select_related("kept__group__unit").order_by("pk").first()
    first |= {post.role: post.person for post in posts if day and post.unit == day.kept.group.unit}
    return list(first.values())


def recorder(kept: list[Paper]) -> Callable[..., bytes]:
    """In the place of `papers.pdf`: remembers what it was asked for."""

    def remember(template: str, data: Mapping[str, Any], at: datetime, pictures: Mapping[str, Path] | None = None) -> bytes:
        kept.append(Paper(template, data, at, pictures or {}))
        return b""

    return remember


def things(parts: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """What may stand in an address: the newest of each kind of thing."""
    if parts == ("day", "receipt"):
        from sajja.treasury.models import SheetLine

        yield from (
            {"day": day, "receipt": receipt}
            for day, receipt in SheetLine.objects.order_by("pk").values_list("day", "receipt")[:6]
        )
        return
    found = [list(candidates(part)) for part in parts]
    for at in range(max([len(one) for one in found], default=0)):
        yield {part: one[min(at, len(one) - 1)] for part, one in zip(parts, found, strict=True) if one}


def candidates(part: str) -> Iterator[Any]:
    """Keys of the things that a part of an address names."""
    from django.apps import apps

    fixed: dict[str, list[Any]] = {"year": [2564], "month": [202105], "fiscal_year": [2020], "on": ["2021-05-31"]}
    if part in fixed:
        yield from fixed[part]
        return
    if part == "unit":
        units = apps.get_model("org", "Unit").objects
        yield from [units.get(path=path).pk for path in ("", "48", "4805")]
        return
    model = {
        "forum": "forums.Forum", "plan": "plans.Plan", "assessment": "assessments.Assessment", "book": "ledger.Book", "member": "groups.Member",
        "group": "groups.SavingsGroup", "loan": "treasury.Loan", "entry": "ledger.Entry", "version": "assessments.InstrumentVersion",
        "day": "treasury.CollectingDay", "confirmation": "treasury.BalanceConfirmation", "visit": "followup.Visit",
        "report": "reports.DistrictReport", "advance": "budget.Advance",
    }.get(part)  # fmt: skip
    if model:
        yield from apps.get_model(model).objects.order_by("pk").values_list("pk", flat=True)[:6]


def take(name: str, how: str, paper: Paper, change: Callable[[Any], Any]) -> Iterator[str]:
    """Its pages as pictures; says which it made."""
    from sajja.web import papers

    made = GALLERY / f"{name}-{how}.pdf"
    made.write_bytes(papers.pdf(paper.template, change(dict(paper.data)), paper.at, paper.pictures))
    subprocess.run([needs.pdftoppm(), "-r", DPI, "-png", str(made), str(made.with_suffix(""))], check=True)
    yield from sorted(file.name for file in GALLERY.glob(f"{name}-{how}-*.png"))


def emptied(data: dict[str, Any]) -> dict[str, Any]:
    """The same paper with no rows, no names and no facts."""

    def without(piece: dict[str, Any]) -> dict[str, Any]:
        nothing: dict[str, dict[str, Any]] = {
            "table": {"rows": []},
            "list": {"lines": []}, "facts": {"rows": [[row[0], "–"] for row in piece.get("rows", [])]}, "pictures": {"pictures": []},
            "signs": {"signs": [{**one, "name": ""} for one in piece.get("signs", [])]},
        }  # fmt: skip
        return piece | nothing.get(piece["kind"], {})

    return (
        data
        | {"pieces": [without(dict(piece)) for piece in data.get("pieces", [])]}
        | ({"signer": ""} if "signer" in data else {})
    )


def named_at_length(data: dict[str, Any]) -> dict[str, Any]:
    """The same paper with the longest names: where a name is signed, and in the second column of each table."""

    def with_names(piece: dict[str, Any]) -> dict[str, Any]:
        if piece["kind"] == "signs":
            return piece | {"signs": [{**one, "name": LONG_NAME} for one in piece["signs"]]}
        if piece["kind"] == "table" and len(piece["heads"]) > 2:
            return piece | {"rows": [[row[0], LONG_NAME if row[1] else "", *row[2:]] for row in piece["rows"]]}
        return piece

    longer = {"signer": LONG_NAME} if "signer" in data else {}
    return data | {"pieces": [with_names(dict(piece)) for piece in data.get("pieces", [])]} | longer


def titled_at_length(data: dict[str, Any]) -> dict[str, Any]:
    """The same paper with a title, subject and addressee of three lines."""
    return data | {key: " ".join([data[key]] * 4)[:260] for key in ("title", "subject", "to") if data.get(key)}


HOW: dict[str, Callable[[Any], Any]] = {"full": dict, "empty": emptied, "names": named_at_length, "title": titled_at_length}


def index(taken: list[str]) -> str:
    """A page with all of them."""
    shown = "".join(
        f'<figure><img src="{escape(name)}" loading="lazy"><figcaption>{escape(name)}</figcaption></figure>' for name in taken
    )
    return f'<!doctype html><meta charset="utf-8"><title>Papers</title><body style="display:flex;flex-wrap:wrap;gap:1rem">{shown}'


if __name__ == "__main__":
    main()
