"""The audit room: who, what, when, about what."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.audit"
    verbose_name = "บันทึกการกระทำ"

    def ready(self) -> None:
        """Hook the triggers to migrations."""
        from sajja.web.frozen import Frozen, register

        rows = Frozen("audit", "what was done stays as it was told", ["audit_auditrow", "audit_auditseal"])
        post_migrate.connect(register(rows).after_migrate, sender=self, weak=False, dispatch_uid="audit.triggers")
