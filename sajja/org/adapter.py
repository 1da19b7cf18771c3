"""allauth's own questions, answered our way."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """People are invited by their office; nobody opens an account alone."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: an office invites its people."""
        return False
