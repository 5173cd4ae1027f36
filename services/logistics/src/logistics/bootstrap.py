"""The composition root of logistics."""

from chassis.chassis import Chassis, Parts

from logistics.settings import LogisticsSettings


def compose(chassis: Chassis, settings: LogisticsSettings) -> Parts:
    """Logistics, wired."""
    del chassis, settings
    return Parts()
