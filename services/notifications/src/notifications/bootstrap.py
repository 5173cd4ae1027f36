"""The composition root of notifications."""

from chassis.chassis import Chassis, Parts

from notifications.settings import NotificationsSettings


def compose(chassis: Chassis, settings: NotificationsSettings) -> Parts:
    """Notifications, wired."""
    del chassis, settings
    return Parts()
