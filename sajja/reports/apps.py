"""The reports room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.reports"
    verbose_name = "รายงาน"
