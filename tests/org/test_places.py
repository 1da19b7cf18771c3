"""The facts of the country, pinned: a new release of the data that changes them is read before it is taken."""

import csv
from collections import Counter
from importlib.resources import files

import pytest

from sajja.org.places.divisions import Division, divisions, provinces, zone_of


@pytest.fixture(scope="module")
def country() -> list[Division]:
    return divisions()


def in_use(country: list[Division]) -> list[Division]:
    return [division for division in country if not division.abolished]


def by_code(country: list[Division]) -> dict[str, Division]:
    return {division.code: division for division in country}


def test_77_provinces_928_districts_and_7436_subdistricts_are_in_use(country: list[Division]) -> None:
    assert Counter(division.kind for division in in_use(country)) == {
        "province": 77,
        "district": 878 + 50,
        "subdistrict": 7436,
    }
    assert sum(d.kind == "district" and d.code.startswith("10") for d in in_use(country)) == 50


def test_every_code_is_once_and_begins_with_its_parents(country: list[Division]) -> None:
    known = by_code(country)

    assert len(known) == len(country)
    for division in country:
        if division.parent_code is not None:
            assert division.code[:-2] == division.parent_code
            assert known[division.parent_code].kind == {"district": "province", "subdistrict": "district"}[division.kind]
    assert [d.code for d in country if d.parent_code is None] == [province.code for province in provinces()]


def test_what_is_in_use_lies_in_what_is_in_use(country: list[Division]) -> None:
    current = by_code(in_use(country))

    assert {d.parent_code for d in current.values() if d.parent_code} <= set(current)


def test_a_successor_is_in_use_and_of_the_same_kind(country: list[Division]) -> None:
    known = by_code(country)
    gone = [division for division in country if division.abolished]

    assert Counter((division.kind, len(division.successors)) for division in gone) == {
        ("district", 0): 72,
        ("district", 1): 8,
        ("subdistrict", 0): 329,
        ("subdistrict", 1): 1172,
        ("subdistrict", 2): 1,
        ("subdistrict", 4): 1,
    }
    for division in gone:
        for code in division.successors:
            assert (known[code].abolished, known[code].kind) == (False, division.kind)


def test_bueng_kan_took_over_its_districts_and_a_split_names_no_single_successor(country: list[Division]) -> None:
    known = by_code(country)

    assert known["4311"].successor_code == "3806"
    assert (known["3806"].name_th, known["3806"].parent_code) == ("บึงโขงหลง", "38")
    assert known["104701"].successors == ("104702", "104703")
    assert known["104701"].successor_code is None


def test_names_carry_no_prefix_and_pages_write_the_right_one(country: list[Division]) -> None:
    known = by_code(country)
    names = [(known[code].prefix, known[code].name_th) for code in ("48", "4806", "480601", "10", "1002", "100203")]

    assert names == [
        ("จังหวัด", "นครพนม"),
        ("อำเภอ", "เรณูนคร"),
        ("ตำบล", known["480601"].name_th),
        ("", "กรุงเทพมหานคร"),
        ("เขต", "ดุสิต"),
        ("แขวง", "สวนจิตรลดา"),
    ]
    prefixes = ("จังหวัด", "อำเภอ", "ตำบล", "เขต", "แขวง", "อ.", "ต.")
    assert [d.name_th for d in in_use(country) if d.name_th.startswith(prefixes)] == []


def test_what_is_in_use_has_both_names_and_subdistricts_a_postcode(country: list[Division]) -> None:
    for division in in_use(country):
        assert division.name_th == " ".join(division.name_th.split()) != ""
        assert division.name_en != ""
        postcode = division.postcode or ""
        assert (len(postcode) == 5 and postcode.isdigit()) == (division.kind == "subdistrict")


def test_each_of_the_76_provinces_is_in_one_of_the_18_zones_and_bangkok_in_none() -> None:
    zones = {province.code: zone_of(province.code) for province in provinces()}

    assert zones.pop("10") is None
    assert len(zones) == 76
    assert Counter(zones.values()).keys() == set(range(1, 19))
    assert [code for code, zone in zones.items() if zone == 11] == ["47", "48", "49"]


def test_the_zone_scheme_and_the_divisions_name_the_provinces_alike() -> None:
    with files("sajja.org.places").joinpath("provinces.csv").open(encoding="utf-8") as lines:
        named = [(row["code"], row["name_th"], row["name_en"]) for row in csv.DictReader(lines)]

    assert named == [(province.code, province.name_th, province.name_en) for province in provinces()]
