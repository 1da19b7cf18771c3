"""The programme room."""

from django.apps import AppConfig


class ProgrammeConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.programme"
    verbose_name = "กิจกรรมประจำปี"
