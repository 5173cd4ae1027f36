"""Inner deadlines count in the shop's working time; the law's never do (`reckoning`)."""

from datetime import datetime, timedelta

from kernel.calendar import NeverOpen, WorkingCalendar

USUAL = WorkingCalendar.usual()


def within(calendar: WorkingCalendar, at: datetime, working: timedelta) -> datetime:
    """When so much of the shop's working time has passed; of a shop that never opens, so much time."""
    try:
        return calendar.after(at, working)
    except NeverOpen:
        return at + working
