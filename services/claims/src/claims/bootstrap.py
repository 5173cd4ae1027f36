"""The composition root of claims."""

from chassis.chassis import Chassis, Parts

from claims.settings import ClaimsSettings


def compose(chassis: Chassis, settings: ClaimsSettings) -> Parts:
    """Claims, wired."""
    del chassis, settings
    return Parts()
