"""The plans room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.plans"
    verbose_name = "แผนการพัฒนา"
