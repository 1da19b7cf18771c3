"""The audit room: who, what, when, about what."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.audit"
    verbose_name = "บันทึกการกระทำ"
