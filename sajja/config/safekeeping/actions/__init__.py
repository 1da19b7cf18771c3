"""Making a backup and restoring it."""

from sajja.config.safekeeping.actions.backup import backup
from sajja.config.safekeeping.actions.restore import restore

__all__ = ["backup", "restore"]
