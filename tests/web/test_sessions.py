"""A session that could not be written says why: the database was away, or another request ended it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError, connection

from sajja.web.sessions import SessionStore


def _away(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if sql.startswith("UPDATE"):
        raise OperationalError("the database system is shutting down")
    return execute(sql, params, many, context)


@pytest.mark.django_db
def test_a_database_that_went_away_is_not_taken_for_a_session_that_was_ended() -> None:
    session = SessionStore()
    session.create()
    session["post"] = 1
    with connection.execute_wrapper(_away), pytest.raises(OperationalError):
        session.save()
    session.save()
    assert SessionStore(session.session_key)["post"] == 1


@pytest.mark.django_db
def test_a_session_that_another_request_ended_is_not_written_again() -> None:
    session = SessionStore()
    session.create()
    SessionStore(session.session_key).delete()
    session["post"] = 1
    with pytest.raises(UpdateError):
        session.save()
