"""The org room."""

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """Registers the room with Django."""

    name = "sajja.org"
    verbose_name = "หน่วยงานและบุคคล"

    def ready(self) -> None:
        """Listen to who comes and goes."""
        import sajja.org.signing_in  # noqa: F401
