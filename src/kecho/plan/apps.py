"""Django's entry for the room."""

from django.apps import AppConfig


class PlanConfig(AppConfig):
    """The plan room."""

    name = "kecho.plan"
    label = "plan"

    def ready(self) -> None:
        """What waits for people appears among their tasks."""
        from kecho.pages import tasks
        from kecho.plan.tasks import of

        tasks.register("plan", of)
