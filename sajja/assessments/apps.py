"""The assessments room."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.assessments"
    verbose_name = "การประเมิน"
