"""Spans of time as people type them: 90s, 30m, 4h, 2d, 1d12h."""

import re
from datetime import timedelta

UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
PIECE = re.compile(r"(\d+(?:\.\d+)?)([smhdw])")


def duration(typed: str) -> timedelta:
    """Raise ValueError with an example when it is none."""
    compact = typed.replace(" ", "").lower()
    pieces = PIECE.findall(compact)
    if not pieces or "".join(number + unit for number, unit in pieces) != compact:
        raise ValueError(f"{typed!r} is no span of time; write it like 30m, 4h or 1d12h.")
    return sum((timedelta(**{UNITS[unit]: float(number)}) for number, unit in pieces), timedelta())
