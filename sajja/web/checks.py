"""What `sajja check` asks of the database: do the triggers stand?"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from sajja.web import frozen


def triggers_stand(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """One error for each trigger that is missing."""
    return [
        Error(f"the trigger {name} is missing", hint="`sajja migrate` puts it on again", id="web.E001")
        for alias in databases or []
        for name in frozen.missing(connections[alias])
    ]
