"""The web room: base templates, components, once(), the clock, pictures and sheets."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.web"
    verbose_name = "เว็บ"
