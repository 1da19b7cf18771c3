"""Never lost: backups that are made while people write, and restored elsewhere, compared by what the databases themselves say."""

import shutil
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

import pytest

from sajja.config.safekeeping import Unsafe, envelope
from sajja.config.safekeeping.parcel import ABOUT, FORMAT, Packing, Unpacking, as_json, whole
from tests.faults.life import OFFICER, PASSWORD, SECRET_TEXT, WRITERS
from tests.faults.places import Place, a_place, a_ready_place, signs_in, until
from tests.sizes import size

SPOILT = "sajja: the backup is cut short or was changed: restore another one\n"
ROOM = 2**32
TRIAL_BALANCE = """SELECT b.code, a.code, coalesce(sum(CASE WHEN m.debit_id = a.id THEN m.amount ELSE -m.amount END), 0)
    FROM ledger_account a JOIN ledger_book b ON b.id = a.book_id
    LEFT JOIN ledger_movement m ON (m.debit_id = a.id OR m.credit_id = a.id) AND m.entry_id <= CASE b.code {ends} END
    GROUP BY b.code, a.code, a.id ORDER BY b.code, a.code"""


@dataclass(frozen=True)
class Kept:
    """A place, its backup of a quiet moment, and a text that its keys sealed."""

    place: Place
    file: Path
    key: Path
    sealed: str


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """The world that every test here begins with; nobody writes in it but the drill, which comes last."""
    folder = tmp_path_factory.mktemp("safe")
    place = a_ready_place(folder / "data")
    sealed = place.life("world")
    file = folder / "quiet.age"
    code, said, wrong = place.sajja("backup", "--out", file)
    assert (code, wrong, said.split()[0]) == (0, "", "Kept")
    return Kept(place, file, folder / "quiet.age.key", sealed)


def restored(kept: Kept, folder: Path, file: Path | None = None) -> Place:
    """The backup, restored into a new place."""
    place = a_place(folder)
    file = file or kept.file
    code, said, wrong = place.sajja("restore", file, "--key", f"{file}.key")
    assert (code, wrong, said.split()[0]) == (0, "", "Restored")
    return place


def left(place: Place) -> tuple[list[str], int]:
    """What a restore that was refused has left: names in the folder, tables in the database."""
    names = sorted(file.name for file in place.data.iterdir()) if place.data.exists() else []
    tables = place.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'") if place.url else []
    return names, len(tables)


def test_a_quiet_backup_comes_back_to_the_last_row_and_picture(kept: Kept, tmp_path: Path) -> None:
    place = restored(kept, tmp_path / "new")
    assert place.everything() == kept.place.everything()
    assert place.files() == kept.place.files()
    assert place.life("open", given=kept.sealed) == SECRET_TEXT
    assert place.rows("SELECT count(*) FROM django_session") == [(0,)]
    assert place.sajja("verify")[0] == 0


def test_the_file_and_its_key_are_for_their_owner_alone(kept: Kept) -> None:
    assert [stat.S_IMODE(file.stat().st_mode) for file in (kept.file, kept.key)] == [0o600, 0o600]
    assert sorted(file.name for file in kept.file.parent.iterdir()) == ["data", "quiet.age", "quiet.age.key"]
    assert not [line for line in kept.key.read_text().splitlines() if not line.startswith(("# ", "AGE-SECRET-KEY-1"))]


def test_every_cut_and_every_changed_byte_is_found(kept: Kept, tmp_path: Path) -> None:
    content, draw, file = kept.file.read_bytes(), Random(2564), tmp_path / "spoilt.age"
    spoilt = [content[: draw.randrange(len(content))] for _ in range(size(30, 600))] + [
        b"",
        content[:-1],
        content[:-17],
        content + b"\0",
    ]
    for _ in range(size(30, 600)):
        at = draw.randrange(len(content))
        spoilt.append(content[:at] + bytes([content[at] ^ (1 << draw.randrange(8))]) + content[at + 1 :])
    missed = []
    for number, other in enumerate(spoilt):
        file.write_bytes(other)
        try:
            whole(file, envelope.read_key(kept.key))
            missed.append(number)
        except Unsafe:
            pass
    assert missed == []


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_a_cut_backup_is_refused_and_leaves_nothing(kept: Kept, tmp_path: Path, share: float) -> None:
    place, file, content = a_place(tmp_path / "new"), tmp_path / "cut.age", kept.file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    assert place.sajja("restore", file, "--key", kept.key) == (1, "", SPOILT)
    assert left(place) == ([], 0)


def test_a_changed_backup_is_refused_and_leaves_nothing(kept: Kept, tmp_path: Path) -> None:
    place, file, content = a_place(tmp_path / "new"), tmp_path / "changed.age", bytearray(kept.file.read_bytes())
    content[-20] ^= 1
    file.write_bytes(content)
    assert place.sajja("restore", file, "--key", kept.key) == (1, "", SPOILT)
    assert left(place) == ([], 0)


def test_another_key_opens_nothing(kept: Kept, tmp_path: Path) -> None:
    place, other = a_place(tmp_path / "new"), tmp_path / "other.key"
    envelope.new_key(other)
    assert place.sajja("restore", kept.file, "--key", other) == (1, "", "sajja: this is not the key of this backup\n")
    assert place.sajja("restore", kept.file, "--key", kept.file)[0] == 1
    assert place.sajja("restore", kept.file, "--key", tmp_path / "none")[0] == 1
    assert left(place) == ([], 0)


def test_a_place_that_is_not_empty_is_left_as_it_is(kept: Kept) -> None:
    before = (kept.place.everything(), kept.place.files())
    code, _, wrong = kept.place.sajja("restore", kept.file, "--key", kept.key)
    assert (code, len(wrong.splitlines()), "empty" in wrong) == (1, 1, True)
    assert (kept.place.everything(), kept.place.files()) == before


def test_a_backup_never_overwrites(kept: Kept, tmp_path: Path) -> None:
    for there in ("taken.age", "free.age.key"):
        (tmp_path / there).write_text("mine")
    for name, taken in (("taken.age", "taken.age"), ("free.age", "free.age.key")):
        line = f"sajja: there is a file already: {tmp_path / taken}; a backup never overwrites\n"
        assert kept.place.sajja("backup", "--out", tmp_path / name) == (1, "", line)
    assert {file.name: file.read_text() for file in tmp_path.iterdir()} == {"taken.age": "mine", "free.age.key": "mine"}


def test_an_installation_without_people_makes_no_backup(tmp_path: Path) -> None:
    place, file = a_ready_place(tmp_path / "data"), tmp_path / "empty.age"
    code, _, wrong = place.sajja("backup", "--out", file)
    assert (code, wrong.startswith("sajja: the backup is empty: "), len(wrong.splitlines())) == (1, True, 1)
    assert [thing.name for thing in tmp_path.iterdir()] == ["data"]


def test_pictures_that_the_disk_has_lost_are_said_loudly_and_all_else_is_kept(kept: Kept, tmp_path: Path) -> None:
    name = min(name for (name,) in kept.place.rows("SELECT sha256 FROM forums_photo"))
    file = kept.place.data / "pictures" / name[:2] / f"{name[2:]}.jpg"
    shutil.move(file, tmp_path / "lost")
    code, said, wrong = kept.place.sajja("backup", "--out", tmp_path / "poor.age")
    shutil.move(tmp_path / "lost", file)
    line = f"sajja: all but this: 1 of the pictures that the database names are not in SAJJA_DATA, the first {name}\n"
    assert (code, said.split()[0], wrong) == (1, "Kept", line)
    assert (tmp_path / "poor.age").exists()


def test_a_folder_without_a_database_makes_no_backup(tmp_path: Path) -> None:
    place = a_place(tmp_path / "wrong")
    code, _, wrong = place.sajja("backup", "--out", tmp_path / "none.age")
    assert (code, len(wrong.splitlines()), list(tmp_path.glob("*age*"))) == (1, 1, [])


def rewritten(kept: Kept, file: Path, **changed: object) -> tuple[Path, Path]:
    """The backup with other words at its head, sealed anew: what another program, or nobody's installation, would have made."""
    key = file.with_name(f"{file.name}.key")
    envelope.new_key(key)
    with (
        envelope.opened(kept.file, envelope.read_key(kept.key)) as old,
        file.open("wb") as out,
        envelope.sealed(out, envelope.read_key(key)) as new,
    ):
        parts, packing = Unpacking(old), Packing(new)
        packing.text(ABOUT, as_json(parts.about | changed))
        for part in parts:
            packing.text(part.name, part.read(part.size), part.mode)
        packing.finish({name: value for name, value in (parts.manifest | changed).items() if name != "files"})
    return file, key


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"format": FORMAT + 1}, "the backup is of a newer form (2): restore it with the newer program"),
        (
            {"migrations": [["org", "0999_later"]]},
            "restore the backup with the newer program that made it: this one does not know",
        ),
        ({"rows": {"org_unit": 9000, "org_person": 0}}, "the backup is empty: "),
        ({"heads": {"b-1": [3, "0" * 64]}}, "what was restored differs from the backup: chain of the book b-1: "),
    ],
)
def test_a_backup_that_does_not_fit_is_refused_in_one_line(
    kept: Kept, tmp_path: Path, changed: dict[str, object], line: str
) -> None:
    place = a_place(tmp_path / "new")
    file, key = rewritten(kept, tmp_path / "other.age", **changed)
    code, _, wrong = place.sajja("restore", file, "--key", key)
    assert (code, wrong.startswith(f"sajja: {line}"), len(wrong.splitlines())) == (1, True, 1)
    assert left(place) == ([], 0)


def test_a_backup_of_the_other_engine_is_refused(kept: Kept, tmp_path: Path) -> None:
    place = a_place(tmp_path / "new")
    here, there = ("postgresql", "sqlite") if place.url else ("sqlite", "postgresql")
    file, key = rewritten(kept, tmp_path / "other.age", engine=there)
    line = f"sajja: the backup is of {there}, but this place is {here}: set DATABASE_URL to the same engine\n"
    assert place.sajja("restore", file, "--key", key) == (1, "", line)


def test_what_a_killed_restore_left_is_no_content(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "new" / ".restoring" / "pictures").mkdir(parents=True)
    (tmp_path / "new" / ".sajja.sqlite3.restoring").write_text("half")
    assert restored(kept, tmp_path / "new").files() == kept.place.files()


def test_a_backup_made_while_four_write_comes_back_whole_and_goes_on(kept: Kept, tmp_path: Path) -> None:
    """The drill, last in this file: here people write in the place that the tests above compared with."""
    for turn in range(size(1, 10)):
        folder = tmp_path / str(turn)
        folder.mkdir()
        before = _backup_while_they_write(kept.place, folder)
        place = restored(kept, folder / "new", folder / "live.age")
        there = {str(key) for (key,) in place.rows("SELECT id FROM ledger_entry")}
        pictures = {name for (name,) in place.rows("SELECT sha256 FROM forums_photo")}
        assert [line for line in before if line[0] not in there or line[1] not in pictures] == []
        assert [name for name in pictures if not _same(place, name)] == []
        _same_books(kept.place, place)
        assert place.sajja("verify")[0] == 0
        place.life("writer", "1", folder / "more", folder / "never", "1")
        assert len((folder / "more").read_text().splitlines()) == 1
        assert "นางสาววิไล (ตัวอย่าง)" in signs_in(place, OFFICER, PASSWORD)
        shutil.rmtree(folder / "new")


def _backup_while_they_write(place: Place, folder: Path) -> list[list[str]]:
    """What four writers had been told is kept before the backup began. They wrote before, during and after it."""
    stop, logs = folder / "stop", [folder / f"log-{number}" for number in range(1, WRITERS + 1)]
    writers = [place.started("writer", str(number), log, stop) for number, log in enumerate(logs, 1)]
    try:
        until(lambda: all(log.exists() and log.stat().st_size for log in logs))
        before = [log.read_text().splitlines() for log in logs]
        code, _, wrong = place.sajja("backup", "--out", folder / "live.age")
        assert (code, wrong) == (0, "")
        assert all(len(log.read_text().splitlines()) > len(told) for log, told in zip(logs, before, strict=True))
    finally:
        stop.touch()
        ended = [writer.wait(timeout=60) for writer in writers]
    assert ended == [0] * WRITERS
    return [line.split() for told in before for line in told if len(line.split()) == 2]


def _same(place: Place, name: str) -> bool:
    file = place.data / "pictures" / name[:2] / f"{name[2:]}.jpg"
    return file.exists() and sha256(file.read_bytes()).hexdigest() == name


def _same_books(source: Place, place: Place) -> None:
    """Chain heads and trial balances are those that the source had at the moment of the backup; it was only added to since."""
    heads = place.rows("SELECT b.id, b.code, h.entries, h.hash FROM ledger_bookhead h JOIN ledger_book b ON b.id = h.book_id")
    assert len(heads) == WRITERS
    for book, _, entries, head in heads:
        assert source.rows(f"SELECT hash FROM ledger_entry WHERE id = {book * ROOM + entries}") == [(head,)]
    ends = " ".join(f"WHEN '{code}' THEN {book * ROOM + entries}" for book, code, entries, _ in heads)
    balances = place.rows(TRIAL_BALANCE.format(ends=ends))
    assert balances == source.rows(TRIAL_BALANCE.format(ends=ends))
    assert place.rows("SELECT count(*) FROM ledger_entry") == [(sum(entries for _, _, entries, _ in heads),)]
    kept_beside = place.rows("SELECT b.code, a.code, a.balance FROM ledger_account a JOIN ledger_book b ON b.id = a.book_id")
    under = {code: amount for book, code, amount in kept_beside if book == "b-1"}
    assert under["31020"] == sum(amount for book, code, amount in balances if book == "b-1" and code.startswith("31020"))
