"""The desk room."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.desk"
    verbose_name = "หน้าแรก"
