"""Django's entry for the room."""

from django.apps import AppConfig


class ObservatoryConfig(AppConfig):
    """The observatory room."""

    name = "kecho.observatory"
    label = "observatory"

    def ready(self) -> None:
        """What waits for people appears among their tasks."""
        from kecho.observatory.tasks import of
        from kecho.pages import tasks

        tasks.register("observatory", of)
