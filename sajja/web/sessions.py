"""Sessions in the database, which say so where the database went away while one was written."""

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError


class SessionStore(db.SessionStore):
    """Django's own, but a database that does not answer is a 503 ("send again"), not a session that someone ended (400)."""

    def save(self, must_create: bool = False) -> Any:
        """Write the session.

        Raises:
            UpdateError: another request ended this session.
            OperationalError: the database did not answer; Django counts that as a session that was ended.
        """
        try:
            return super().save(must_create)
        except UpdateError as ended:
            if isinstance(ended.__context__, OperationalError):
                raise ended.__context__ from None
            raise
