"""The proof is ICU itself: Node's Intl.Collator("th"), on every official place name and on names made of syllables."""

import json
import random
import re
import subprocess
from itertools import pairwise

import geothai
import pytest
from geothai.abolished import abolished_areas
from geothai.types import Abolished, District, Province, Subdistrict

from sajja.lib.thai_sort import LONGEST, sort_key
from tools import needs

SORT = """
const order = new Intl.Collator("th").compare;
const names = JSON.parse(require("fs").readFileSync(0)).sort(order);
console.log(JSON.stringify(names.map((name, i) => [name, i ? order(names[i - 1], name) : 0])));
"""


def icu(names: set[str]) -> list[tuple[str, int]]:
    """`names` in ICU's order, each with -1, or 0 where it is equal to the one before."""
    sent = json.dumps(sorted(names))
    answer = subprocess.run([needs.node(), "-e", SORT], input=sent, capture_output=True, text=True, check=True).stdout
    return [(name, step) for name, step in json.loads(answer)]


def ours(names: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The same names in the same order, with how our keys step from each to the next: -1, 0, or 1 where they disagree."""
    keys = [sort_key(name) for name, _step in names]
    steps = [0] + [(after < before) - (before < after) for before, after in pairwise(keys)]
    return [(name, step) for (name, _), step in zip(names, steps, strict=True)]


def place_names() -> set[str]:
    provinces = geothai.provinces()
    districts = [district for province in provinces for district in geothai.districts(province.code)]
    subdistricts = [sub for district in districts for sub in geothai.subdistricts(district.code)]
    assert (len(provinces), len(districts), len(subdistricts)) == (77, 928, 7436)
    areas: list[Province | District | Subdistrict | Abolished] = [*provinces, *districts, *subdistricts, *abolished_areas()]
    return {name for area in areas for name in (area.name_th, area.name_en) if name}


def test_all_place_names_sort_as_icu_sorts_them() -> None:
    names = icu(place_names())

    assert len(names) > 12_000
    assert ours(names) == names


def test_villages_with_numbers_and_mixed_names_sort_as_icu_sorts_them() -> None:
    numbered = {f"บ้านนาดี หมู่ {number}" for number in range(1, 31)} | {"หมู่ 2", "หมู่ ๒", "หมู่ 10", "หมู่ที่ 2"}
    mixed = {"OTOP นาดี", "otop นาดี", "บ้าน A", "บ้าน a", "บ้านนาดี", "บ้านนาดีฯ", "บ้าน-นาดี", "กลุ่ม 1+1", "ฤๅษี", "ฤาษี"}
    names = icu(numbered | mixed)

    assert ours(names) == names


def test_names_made_of_syllables_sort_as_icu_sorts_them() -> None:
    dice = random.Random(2564)
    before, after = ["", "", "", *"เแโใไ"], ["", "", *"ะัาำิีึืุู็"]
    consonants, signs, between = "กขคงจชซดตถทนบปผพฟมยรลวสหอฮฤ", ["", "", "", *"่้๊๋์"], ["", "", "", " ", "-", "ฯ ", "ๆ ", " 2 "]

    def syllable() -> str:
        return (
            "".join(map(dice.choice, (before, consonants, after)))
            if dice.random() < 0.5
            else "".join(
                (dice.choice(before), dice.choice(consonants), dice.choice(["", *"ิีึืุู"]), dice.choice(signs), dice.choice(between))
            )
        )

    names = icu({"".join(syllable() for _ in range(dice.randint(1, 5))).strip() for _ in range(8_000)})

    assert len(names) > 7_000
    assert ours(names) == names


@pytest.mark.parametrize("name", ["", "นครพนม", "ก" * 60, "ก่" * 30, "A" * 60, "น้ำ" * 20, "ก" * 500])
def test_a_key_is_short_and_any_collation_reads_it_alike(name: str) -> None:
    assert re.fullmatch(f"[0-9a-f]{{0,{LONGEST}}}", sort_key(name))


def test_sixty_letters_are_sorted_to_the_last() -> None:
    for letters in ("ก" * 60, "ก่" * 30, "A" * 60, "น้ำ" * 20):
        assert len(sort_key(letters)) < LONGEST


def test_am_typed_as_two_signs_sorts_as_the_letter() -> None:
    assert sort_key("น้ํา") == sort_key("น้ำ")
