"""Settings of telephony_router."""

from chassis.settings import ServiceSettings


class TelephonyRouterSettings(ServiceSettings):
    """What telephony_router is told besides what every service is."""
