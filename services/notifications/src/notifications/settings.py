"""Settings of the notifications service."""

from chassis.settings import ServiceSettings


class NotificationsSettings(ServiceSettings):
    """What notifications is told besides what every service is."""
