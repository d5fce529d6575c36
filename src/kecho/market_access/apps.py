"""Django's entry for the room."""

from django.apps import AppConfig


class MarketAccessConfig(AppConfig):
    """The market access room."""

    name = "kecho.market_access"
    label = "market_access"
