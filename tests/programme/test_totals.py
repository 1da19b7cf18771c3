"""Places, groups and money add up the same at every level."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sajja.programme import files, terms, totals
from sajja.programme.totals import Area

LETTER = terms.read(files.mapping_of(2564))
PROVINCES = [Area(f"{n}", f"จังหวัด {n}", f"{n}") for n in (47, 48, 49)]
DISTRICTS = [Area(f"{p.path}0{n}", f"อำเภอ {n}", f"{n}") for p in PROVINCES for n in (1, 2)]
ZONES = {"47": Area("z11", "เขต 11", "11"), "48": Area("z11", "เขต 11", "11"), "49": Area("z10", "เขต 10", "10")}


def test_two_groups_of_one_district_hold_two_of_the_provinces_ten_places() -> None:
    [line, *_rest] = totals.by_province(LETTER, PROVINCES[1:], [d.path for d in DISTRICTS], ["480101010001", "480101010002"])
    assert (line.places, line.held, line.empty, line.satang) == (10, 2, 8, 3_000_000)


def test_a_province_outside_the_programme_has_no_line() -> None:
    bangkok = Area("10", "กรุงเทพมหานคร", "")
    assert totals.by_province(LETTER, [bangkok], [], []) == []


@given(
    st.lists(st.sampled_from([d.path for d in DISTRICTS]), max_size=6),
    st.sampled_from(["province", "district"]),
    st.integers(0, 10**9),
)
def test_every_level_adds_up_to_the_same(held: list[str], per: terms.QuotaPer, each: int) -> None:
    asked = replace(LETTER, quota_per=per, per_group_satang=each)
    provinces = totals.by_province(asked, PROVINCES, [d.path for d in DISTRICTS], held)
    districts = totals.by_district(asked, DISTRICTS, held)
    rest = totals.not_in_a_district(asked, provinces, districts, "ว่าง")
    whole = [
        totals.added(Area("", "", ""), lines)
        for lines in (provinces, totals.by_zone(provinces, ZONES), [*districts, *([rest] if rest else [])])
    ]
    assert whole[0] == whole[1] == whole[2]
    assert whole[0].satang == whole[0].places * each
