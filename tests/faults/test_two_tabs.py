"""Two tabs, or the treasurer and a helper, send the sheet of one collecting day at the same moment: it is posted once."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from uuid import uuid4

from tests.faults.places import a_ready_place, serving
from tests.faults.test_kill import Phone

TABS, MONTHS = 4, range(1, 6)


def test_a_sheet_sent_from_many_tabs_at_once_is_posted_once(tmp_path: Path) -> None:
    place = a_ready_place(tmp_path / "data")
    place.data.joinpath("day").write_text(f"2021-06-10 {time.strftime('%Y-%m-%dT%H:%M:%S+00:00', time.gmtime())}\n")
    username, _cash, *members = place.life("treasury").split()
    [(book,)] = place.rows("SELECT id FROM ledger_book")
    together = Barrier(TABS)

    def sends(tab: int) -> list[str]:
        phone, answers = Phone(address, username), []
        for month in MONTHS:
            line = {f"came-{members[tab]}": "1", f"pledged-{members[tab]}": "200"}
            said = {"once": str(uuid4()), "sheet": "0", "step": "post", **line}
            together.wait(60)
            answers.append(phone.until_answered(f"/treasury/books/{book}/collect/?day=2021-{month:02}-05", said))
        return answers

    with serving(place) as (address, _process), ThreadPoolExecutor(TABS) as tabs:
        sent = list(tabs.map(sends, range(TABS)))
    for month in range(len(MONTHS)):
        answers = sorted(answer[month].startswith("/treasury/days/") for answer in sent)
        assert answers == [False] * (TABS - 1) + [True]
        assert sum("ใบนี้มีคนลงบัญชีแล้ว" in answer[month] for answer in sent) == TABS - 1
    assert place.rows("SELECT COUNT(*) FROM treasury_collectingday") == [(len(MONTHS),)]
    assert place.rows("SELECT balance FROM ledger_account WHERE code = '11000'") == [(20_000 * len(MONTHS),)]
    assert place.sajja("verify")[0] == 0
