"""An answer keeps what the books told; the trigger that freezes a judged answer then watches this column too."""

from importlib import import_module
from typing import Any

from django.db import migrations, models

FROZEN = import_module("sajja.assessments.migrations.0002_frozen")
TABLE = "assessments_answer"


def freeze(apps: Any, schema_editor: Any) -> None:
    """The answer's trigger with its new column."""
    _, columns = FROZEN.CHANGES_NO_MORE[TABLE]
    _put(schema_editor, [*columns, "figure"])


def thaw(apps: Any, schema_editor: Any) -> None:
    """The answer's trigger as it was before."""
    _put(schema_editor, FROZEN.CHANGES_NO_MORE[TABLE][1])


def _put(schema_editor: Any, columns: list[str]) -> None:
    postgres = schema_editor.connection.vendor == "postgresql"
    on = f" ON {TABLE}" if postgres else ""
    differs = "IS DISTINCT FROM" if postgres else "IS NOT"
    text = "::text" if postgres else ""
    changed = [f"OLD.{c}{text if c == 'figure' else ''} {differs} NEW.{c}{text if c == 'figure' else ''}" for c in columns]
    for move in ["UPDATE", "DELETE"]:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {FROZEN._name(TABLE, move)}{on}")
    FROZEN._refuse(schema_editor, TABLE, "UPDATE", f"OLD.judged AND ({' OR '.join(changed)})")
    FROZEN._refuse(schema_editor, TABLE, "DELETE", "OLD.judged")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0002_frozen")]
    operations = [
        migrations.AddField("answer", "figure", models.JSONField(null=True)),
        migrations.RunPython(freeze, thaw),
    ]
