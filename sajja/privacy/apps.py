"""The privacy room."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.privacy"
    verbose_name = "ข้อมูลส่วนบุคคล"
