"""The stable name of a thing in the audit."""

from django.db.models import Model


def label(thing: Model) -> str:
    """`forums.Forum:7`."""
    return f"{thing._meta.app_label}.{type(thing).__name__}:{thing.pk}"
