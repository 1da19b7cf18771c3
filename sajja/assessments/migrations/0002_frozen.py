"""The database keeps the promise too: what was judged stays as it was judged.

Triggers look at their own table alone: on SQLite a trigger that names another table stops every later change of that one.
SQLite drops the triggers of a table that a later migration remakes: that migration puts them on again by `freeze`.
"""

from typing import Any

from django.db import migrations

NEVER_CHANGES = ["assessments_verdict", "assessments_aspectscore", "assessments_indicator", "assessments_aspect"]
CHANGES_NO_MORE = {
    "assessments_assessment": (
        "OLD.confirmed_at IS NOT NULL",
        ["selected_id", "version_id", "revision_id", "corrects_id", "day", "confirmed_by_id", "confirmed_at", "passed", "judged", "score",
         "band"],
    ),
    "assessments_answer": (
        "OLD.judged",
        ["assessment_id", "indicator_id", "self_value", "self_by_id", "self_at", "value", "by_id", "at", "reason", "evidence", "picture",
         "judged"],
    ),
    "assessments_instrumentversion": (
        "OLD.status <> 'draft'",
        ["instrument_id", "number", "fiscal_year", "official", "title", "source", "published_by_id", "published_at"],
    ),
}
WORDS = "what was judged stays as it was judged"


def freeze(apps: Any, schema_editor: Any) -> None:
    """Refuse UPDATE and DELETE of what is final."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION assessments_frozen() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        )
    for table in NEVER_CHANGES:
        _refuse(schema_editor, table, "UPDATE", "")
        _refuse(schema_editor, table, "DELETE", "")
    for table, (final, columns) in CHANGES_NO_MORE.items():
        differs = "IS DISTINCT FROM" if vendor == "postgresql" else "IS NOT"
        changed = " OR ".join(f"OLD.{column} {differs} NEW.{column}" for column in columns)
        _refuse(schema_editor, table, "UPDATE", f"{final} AND ({changed})")
        _refuse(schema_editor, table, "DELETE", final)


def thaw(apps: Any, schema_editor: Any) -> None:
    """Take the triggers off."""
    on = schema_editor.connection.vendor == "postgresql"
    for table in [*NEVER_CHANGES, *CHANGES_NO_MORE]:
        for move in ["UPDATE", "DELETE"]:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {_name(table, move)}" + (f" ON {table}" if on else ""))
    if on:
        schema_editor.execute("DROP FUNCTION IF EXISTS assessments_frozen()")


def _refuse(schema_editor: Any, table: str, move: str, when: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        condition = f"WHEN ({when}) " if when else ""
        schema_editor.execute(
            f"CREATE TRIGGER {_name(table, move)} BEFORE {move} ON {table} FOR EACH ROW {condition}EXECUTE FUNCTION assessments_frozen()"
        )
        return
    condition = f"WHEN {when} " if when else ""
    schema_editor.execute(
        f"CREATE TRIGGER {_name(table, move)} BEFORE {move} ON {table} {condition}BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
    )


def _name(table: str, move: str) -> str:
    return f"{table}_no_{move.lower()}"


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]
    operations = [migrations.RunPython(freeze, thaw)]
