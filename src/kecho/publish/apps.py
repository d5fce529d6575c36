"""Django's entry for the room."""

from django.apps import AppConfig


class PublishConfig(AppConfig):
    """The publish room."""

    name = "kecho.publish"
    label = "publish"

    def ready(self) -> None:
        """Drafts appear among people's tasks."""
        from kecho.pages import tasks
        from kecho.publish.tasks import of

        tasks.register("publish", of)
