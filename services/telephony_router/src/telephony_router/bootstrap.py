"""The composition root of telephony_router."""

from chassis.chassis import Chassis, Parts

from telephony_router.settings import TelephonyRouterSettings


def compose(chassis: Chassis, settings: TelephonyRouterSettings) -> Parts:
    """Telephony_router, wired."""
    del chassis, settings
    return Parts()
