"""The plans room."""

from django.apps import AppConfig


class PlansConfig(AppConfig):
    """Registers the room with Django, and its lines with the groups' annual report."""

    name = "sajja.plans"
    verbose_name = "แผนการพัฒนา"

    def ready(self) -> None:
        """Hand the treasury what a group plans to do."""
        from sajja.plans.queries import planned_by
        from sajja.treasury import planned

        planned.add(planned_by)
