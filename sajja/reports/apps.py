"""The reports room."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Registers the room with Django, and its seal with the forums."""

    name = "sajja.reports"
    verbose_name = "รายงาน"

    def ready(self) -> None:
        """Hand the forums what seals a forum: its accepted report."""
        from sajja.forums import seals
        from sajja.reports.queries import seal_of

        seals.add(seal_of)
