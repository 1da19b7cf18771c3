"""An act that is refused says so in one Thai sentence that tells the person what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class Refused(Exception):  # noqa: N818 - read as a sentence: the act is refused
    """The act was not done. `message` is for the person's eyes; `field` names the form field that it is about."""

    def __init__(self, message: StrOrPromise, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)
