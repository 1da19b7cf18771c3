"""A command of Django's that goes on where the database was away: `python -m sajja.config.patient db_worker …`.

The worker for jobs asks the database every second and would end, and `sajja serve` with it, when PostgreSQL is started again.
Beside it runs, in a thread of its own, what is done each minute (inbox.daily): a slow mail server keeps no job waiting.
"""

import sys
import threading
import time

import django

WAIT_SECONDS = 1
WORKER = "db_worker"
FIRST_SECONDS, EVERY_SECONDS = 30, 60


def main(words: list[str]) -> None:
    """Run the command; begin it again, after a moment, as long as the database does not answer."""
    django.setup()
    from django.core.management import call_command
    from django.db import InterfaceError, OperationalError, connections

    if words[0] == WORKER:
        threading.Thread(target=_each_minute, name="each minute", daemon=True).start()
    while True:
        try:
            call_command(*words)
        except (InterfaceError, OperationalError) as away:
            sys.stderr.write(f"sajja: {words[0]} waits for the database: {str(away).splitlines()[0] if str(away) else away!r}\n")
            connections.close_all()
            time.sleep(WAIT_SECONDS)
        else:
            return


def _each_minute() -> None:
    """As long as the process lives. `tick` says itself what went wrong; with the database away it is tried again."""
    from django.db import close_old_connections

    from sajja.inbox import daily

    time.sleep(FIRST_SECONDS)
    while True:
        close_old_connections()
        daily.tick()
        close_old_connections()
        time.sleep(EVERY_SECONDS)


if __name__ == "__main__":
    main(sys.argv[1:])
