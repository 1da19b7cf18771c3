"""A command of Django's that goes on where the database was away: `python -m sajja.config.patient db_worker …`.

The worker for jobs asks the database every second and would end, and `sajja serve` with it, when PostgreSQL is started again.
"""

import sys
import time

import django

WAIT_SECONDS = 1


def main(words: list[str]) -> None:
    """Run the command; begin it again, after a moment, as long as the database does not answer."""
    django.setup()
    from django.core.management import call_command
    from django.db import InterfaceError, OperationalError, connections

    while True:
        try:
            call_command(*words)
        except (InterfaceError, OperationalError) as away:
            sys.stderr.write(f"sajja: {words[0]} waits for the database: {str(away).splitlines()[0] if str(away) else away!r}\n")
            connections.close_all()
            time.sleep(WAIT_SECONDS)
        else:
            return


if __name__ == "__main__":
    main(sys.argv[1:])
