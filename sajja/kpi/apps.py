"""The kpi room."""

from django.apps import AppConfig


class KpiConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.kpi"
    verbose_name = "ภาพรวม"
