"""The inbox room."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.inbox"
    verbose_name = "กล่องข้อความ"
