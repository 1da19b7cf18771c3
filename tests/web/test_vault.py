"""The vault: sealed texts open again with their own key alone, and every other way fails loudly."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from sajja.web import vault
from sajja.web.vault import VaultError


@pytest.fixture
def keys(settings: Settings, tmp_path: Path) -> Path:
    """An empty data folder of the test's own, and where its keys will lie."""
    settings.SAJJA_DATA = tmp_path
    return tmp_path / "keys"


@given(text=st.text())
def test_what_was_sealed_opens_again(text: str) -> None:
    assert vault.open_(vault.seal(text)) == text


def test_the_same_text_is_sealed_differently_each_time_and_found_the_same(keys: Path) -> None:
    assert len({vault.seal("3 4805") for _n in range(50)}) == 50
    assert vault.found("3 4805") == vault.found("3 4805") != vault.found("3 4806")
    assert len(vault.found("")) == 64


def test_the_first_key_is_made_on_first_use_for_its_owner_alone(keys: Path) -> None:
    assert not keys.exists()
    assert vault.seal("ความลับ").startswith("v1:")
    assert [(file.name, oct(file.stat().st_mode & 0o777)) for file in keys.iterdir()] == [("vault-1.key", "0o600")]


def test_twenty_who_ask_first_at_the_same_moment_get_one_key(keys: Path) -> None:
    with ThreadPoolExecutor(20) as pool:
        sealed = list(pool.map(vault.seal, [f"คนที่ {n}" for n in range(20)]))
    assert [vault.open_(one) for one in sealed] == [f"คนที่ {n}" for n in range(20)]
    assert [file.name for file in keys.iterdir()] == ["vault-1.key"]


def test_the_newest_key_seals_and_every_older_one_still_opens(keys: Path) -> None:
    old, found = vault.seal("เก่า"), vault.found("เก่า")
    assert vault.new_key() == 2
    new = vault.seal("ใหม่")
    assert (old[:3], new[:3], vault.versions()) == ("v1:", "v2:", [1, 2])
    assert (vault.open_(old), vault.open_(new), vault.found("เก่า")) == ("เก่า", "ใหม่", found)


@pytest.mark.parametrize("at", [5, 20, 40, -3])
def test_a_text_with_one_letter_changed_does_not_open(keys: Path, at: int) -> None:
    sealed = vault.seal("ความลับของสมาชิก")
    other = "A" if sealed[at] != "A" else "B"
    letters = list(sealed)
    letters[at] = other
    with pytest.raises(VaultError, match="wrong key, or the text was changed"):
        vault.open_("".join(letters))


def test_a_text_does_not_open_under_another_version(keys: Path) -> None:
    sealed = vault.seal("ความลับ")
    vault.new_key()
    with pytest.raises(VaultError, match="wrong key"):
        vault.open_("v2:" + sealed.removeprefix("v1:"))


def test_a_wrong_key_does_not_open(keys: Path, settings: Settings, tmp_path: Path) -> None:
    sealed = vault.seal("ความลับ")
    settings.SAJJA_DATA = tmp_path / "elsewhere"
    vault.seal("อื่น")
    with pytest.raises(VaultError, match="wrong key"):
        vault.open_(sealed)


def test_a_missing_key_is_said_by_name_and_none_is_made_in_its_place(keys: Path) -> None:
    sealed = vault.seal("ความลับ")
    (keys / "vault-1.key").unlink()
    with pytest.raises(VaultError, match=r"vault-1\.key is missing"):
        vault.open_(sealed)
    assert list(keys.iterdir()) == []


def test_a_key_cut_short_is_refused_and_its_content_never_said(keys: Path) -> None:
    keys.mkdir(parents=True)
    (keys / "vault-1.key").write_text("abcd\nabcd\n")
    with pytest.raises(VaultError) as refusal:
        vault.seal("ความลับ")
    assert str(refusal.value) == "the key vault-1.key is cut short"


def test_what_is_no_sealed_text_is_refused(keys: Path) -> None:
    with pytest.raises(VaultError, match="no sealed text"):
        vault.open_("1234")
