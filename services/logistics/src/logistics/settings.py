"""Settings of the logistics service."""

from chassis.settings import ServiceSettings


class LogisticsSettings(ServiceSettings):
    """What logistics is told besides what every service is."""
