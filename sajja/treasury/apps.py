"""The treasury room."""

from django.apps import AppConfig


class TreasuryConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.treasury"
    verbose_name = "การเงินของกลุ่ม"
