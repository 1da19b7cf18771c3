"""The budget room."""

from django.apps import AppConfig


class BudgetConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.budget"
    verbose_name = "งบประมาณ"
