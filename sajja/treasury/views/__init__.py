"""The pages of the treasury."""

from uuid import UUID

from django.http import HttpRequest


def once_uuid(request: HttpRequest) -> UUID | None:
    """The form's own UUID, which the entry keeps too; None where the form carries none (web.once has refused it)."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return None
