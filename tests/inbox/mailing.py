"""A real mail server on loopback, as the tests want it: kind, refusing, cutting the line, slow."""

import email
import email.policy
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from socket import socket
from time import sleep
from typing import Any

from aiosmtpd.controller import Controller
from pytest_django import Settings


class Box:
    """Takes what comes, or answers otherwise: `answers` is used up first, one for each letter; "cut" ends the line unanswered."""

    def __init__(self, answers: list[str] | None = None, seconds: float = 0) -> None:
        self.letters: list[EmailMessage] = []
        self.recipients: list[str] = []
        self.answers, self.seconds = answers or [], seconds

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 -- its name in aiosmtpd
        """Keep the letter, after its answer says so."""
        sleep(self.seconds)
        answer = self.answers.pop(0) if self.answers else "250 kept"
        if answer.startswith("250") or answer == "cut":
            letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
            self.recipients += envelope.rcpt_tos
        if answer == "cut":
            server.transport.abort()
        return answer


@contextmanager
def mail_server(settings: Settings, box: Box) -> Iterator[Box]:
    """The server runs on a free port, and the settings name it."""
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
        settings.SAJJA_SMTP_URL = "smtp://127.0.0.1"
        yield box
    finally:
        controller.stop()


def free_port() -> int:
    """A port of loopback where nobody listens."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def plain(letter: EmailMessage) -> str:
    """Its plain text."""
    part = letter.get_body(("plain",))
    assert part is not None
    return str(part.get_content())
