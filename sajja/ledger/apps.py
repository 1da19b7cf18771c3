"""The ledger room."""

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    """Registers the room with Django, and puts the triggers on after every migration of any room."""

    name = "sajja.ledger"
    verbose_name = "บัญชี"

    def ready(self) -> None:
        """Hook the triggers to migrations and to `sajja check`."""
        from sajja.ledger.actions import triggers
        from sajja.ledger.checks import triggers_stand

        post_migrate.connect(triggers.after_migrate, sender=self, dispatch_uid="ledger.triggers")
        register(triggers_stand, Tags.database)
