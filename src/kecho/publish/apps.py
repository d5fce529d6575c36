"""Django's entry for the room."""

from django.apps import AppConfig


class PublishConfig(AppConfig):
    """The publish room."""

    name = "kecho.publish"
    label = "publish"
