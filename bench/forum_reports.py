"""The reports of all forums as the job makes them: `python -m bench.forum_reports [REPORTS]`.

One compiler for all, made anew every hundred, against a compiler with its fonts read anew for each, in the same process and
of the same data (one held forum with its pictures, another number in each). Processor seconds of one core; what the data
of a report cost in queries and Python; how much memory the second half added. One JSON object; the goal is 760 in 20 s.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.worlds import world

REPORTS, FEW, ALL, GOAL_S = 200, 10, 760, 20

Parts = tuple[dict[str, Any], datetime, dict[str, Path]]


def main() -> None:
    """Measure and print."""
    count = int(sys.argv[1]) if sys.argv[1:] else REPORTS
    with world():
        from sajja.forums.exports.papers import report_parts
        from sajja.web import papers
        from tests.factories import a_held_forum, a_selected_group

        forum = a_held_forum(a_selected_group())
        report_parts(forum)
        data_s = seconds(lambda: [report_parts(forum) for _ in range(FEW)]) / FEW
        data, at, pictures = report_parts(forum)
        every: list[Parts] = [({**data, "foot": f"{number}"}, at, pictures) for number in range(count)]
        fresh_s = seconds(lambda: [fresh(one) for one in every[:FEW]]) / FEW
        with papers.Press("forums/report") as press:
            first_s = seconds(lambda: [press.pdf(*one) for one in every[: count // 2]])
            before = memory_mb()
            second_s = seconds(lambda: [press.pdf(*one) for one in every[count // 2 :]])
            grown = memory_mb() - before
    one_s = (first_s + second_s) / count
    found = {
        "reports": count, "one_compiler_ms": round(one_s * 1000, 1), "fresh_compiler_ms": round(fresh_s * 1000, 1),
        "ratio": round(fresh_s / one_s, 1),
        "data_ms": round(data_s * 1000, 1), "all_760_s": round((one_s + data_s) * ALL, 1), "grown_mb": round(grown, 1),
    }  # fmt: skip
    print(json.dumps(found | {"within_goal": found["all_760_s"] <= GOAL_S}))


def fresh(one: Parts) -> bytes:
    """A report by a compiler of its own that reads the fonts itself."""
    from sajja.web import papers

    papers.fonts.cache_clear()
    return papers.pdf("forums/report", *one)


def seconds(do: Callable[[], object]) -> float:
    """Processor seconds."""
    before = time.process_time()
    do()
    return time.process_time() - before


def memory_mb() -> float:
    """The most memory so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
