"""The composition root of quality."""

from chassis.chassis import Chassis, Parts

from quality.settings import QualitySettings


def compose(chassis: Chassis, settings: QualitySettings) -> Parts:
    """Quality, wired."""
    del chassis, settings
    return Parts()
