"""The web room: base templates, components, once(), the clock, pictures and sheets."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class WebConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.web"
    verbose_name = "เว็บ"

    def ready(self) -> None:
        """What `sajja check` asks of the database."""
        from sajja.web.checks import triggers_stand

        register(triggers_stand, Tags.database)
