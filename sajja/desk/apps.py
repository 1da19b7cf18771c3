"""The desk room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room with Django, and its due days with the inbox."""

    name = "sajja.desk"
    verbose_name = "หน้าแรก"

    def ready(self) -> None:
        """Hand the inbox the due days that the rooms below the desk know."""
        from sajja.desk.reminding import dues
        from sajja.inbox import sources

        sources.add(dues)
