"""Settings of the quality service."""

from chassis.settings import ServiceSettings


class QualitySettings(ServiceSettings):
    """What quality is told besides what every service is."""
