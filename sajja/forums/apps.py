"""The forums room."""

from django.apps import AppConfig


class ForumsConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.forums"
    verbose_name = "เวที"
