"""Settings of the claims service."""

from chassis.settings import ServiceSettings


class ClaimsSettings(ServiceSettings):
    """What claims is told besides what every service is."""
