"""The follow-up room: visits of the inspection zones, findings and answers."""

from django.apps import AppConfig


class FollowupConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.followup"
    verbose_name = "การติดตาม"
