"""The history of a record, on the record's own page: who did what, when, with what words."""

from typing import Any

from django import template
from django.db.models import Model

from sajja.audit.facts import facts
from sajja.audit.queries import history_of
from sajja.audit.words import doer, said

register = template.Library()
NEWEST = 30


@register.inclusion_tag("audit/history.html")
def history(*things: Model) -> dict[str, Any]:
    """The newest acts about a thing, and about what belongs to it; the reader of the page has passed its door."""
    acts = list(history_of(*things)[: NEWEST + 1])
    lines = [(row, said(row.act), doer(row), facts(row.detail)) for row in acts[:NEWEST]]
    return {"lines": lines, "more": len(acts) > NEWEST}
