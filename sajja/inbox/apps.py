"""The inbox room: messages to people, and the mails that carry them."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.inbox"
    verbose_name = "กล่องข้อความ"
