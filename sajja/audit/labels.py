"""The stable name of a thing in the audit."""

from django.db.models import Model


def label(thing: Model) -> str:
    """`forums.Forum:7`."""
    return f"{thing._meta.app_label}.{thing._meta.object_name}:{thing.pk}"
