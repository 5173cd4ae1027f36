"""A time zone by its IANA name."""

from zoneinfo import ZoneInfo


class UnknownZone(ValueError):
    """No such time zone; the text names it."""


def zone_named(name: str) -> ZoneInfo:
    """The zone of this name; raise `UnknownZone` for anything else, a folder of zones (`Europe`) included."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as wrong:
        raise UnknownZone(f"there is no time zone {name[:64]!r}") from wrong
