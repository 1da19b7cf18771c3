"""The ledger room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LedgerConfig(AppConfig):
    """Registers the room with Django, and puts the triggers on after every migration of any room."""

    name = "sajja.ledger"
    verbose_name = "บัญชี"

    def ready(self) -> None:
        """Hook the triggers to migrations."""
        from sajja.ledger.actions.triggers import BOOKS
        from sajja.web import frozen

        post_migrate.connect(frozen.register(BOOKS).after_migrate, sender=self, weak=False, dispatch_uid="ledger.triggers")
