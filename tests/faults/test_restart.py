"""PostgreSQL stopped at once under load, again and again: people send until they are answered, and nothing acknowledged is lost."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

from tests import pg
from tests.faults.places import Place, serving, until
from tests.faults.test_full_disk import answer
from tests.faults.test_kill import Phone
from tests.sizes import size

ROUNDS, PHONES = size(2, 20), 4
RIGHT_AGAIN_SECONDS = 10
SAFE = ["-c", "synchronous_commit=on", "-c", "fsync=on", "-c", "full_page_writes=on"]


def test_an_acknowledged_write_survives_a_database_that_is_stopped_at_once(tmp_path: Path) -> None:
    acknowledged: list[str] = []
    over = Event()
    with pg.cluster(SAFE) as cluster:
        place = Place(tmp_path / "data", cluster.url)
        assert place.sajja("migrate")[0] == 0
        place.data.joinpath("day").write_text(f"2021-06-10 {time.strftime('%Y-%m-%dT%H:%M:%S+00:00', time.gmtime())}\n")
        username, money, *members = place.life("treasury").split()
        with serving(place) as (address, process), ThreadPoolExecutor(PHONES) as hands:
            *phones, watcher = [Phone(address, username) for _phone in range(PHONES + 1)]

            def sends(which: int) -> None:
                while not over.is_set():
                    acknowledged.append(phones[which].deposit(members[which], money))

            sending = [hands.submit(sends, which) for which in range(PHONES)]
            try:
                for _round in range(ROUNDS):
                    seen = len(acknowledged)
                    until(lambda: len(acknowledged) > seen + PHONES or any(one.done() for one in sending))  # noqa: B023 # within the round
                    cluster.stop_at_once()
                    status, page = answer(watcher, "/")
                    assert (status, "ฐานข้อมูลยังไม่ตอบ" in page) == (503, True)
                    seen = len(acknowledged)
                    cluster.start()
                    up = time.monotonic()
                    until(lambda: len(acknowledged) > seen + PHONES or any(one.done() for one in sending))  # noqa: B023 # within the round
                    assert time.monotonic() - up <= RIGHT_AGAIN_SECONDS
            finally:
                over.set()
            for one in sending:
                one.result()
            assert process.poll() is None
        posted = [str(uuid) for (uuid,) in place.rows("SELECT uuid FROM ledger_entry")]
        assert sorted(posted) == sorted(acknowledged)
        assert place.rows("SELECT balance FROM ledger_account WHERE code = '11000'") == [(100 * len(acknowledged),)]
        assert place.sajja("verify")[0] == 0
