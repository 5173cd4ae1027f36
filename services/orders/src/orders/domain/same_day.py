"""The same working day: by when a promise is owed (R31)."""

from datetime import datetime, time, timedelta

from kernel.calendar import NeverOpen
from kernel.zone import zone_named

from orders.domain.policies import Clocks


def same_working_day(clocks: Clocks, at: datetime) -> datetime:
    """The end of the shop's working day, UTC; of the next one when no more than `promise_least` of this is left (R31).

    A shop that never opens still owes an answer: then a day of real time counts, as for its other clocks (R20).
    """
    calendar = clocks.calendar
    try:
        begun = calendar.next_open(calendar.after(at, clocks.policy.promise_least))
    except NeverOpen:
        return at + timedelta(days=1)
    zone = zone_named(calendar.zone)
    day = begun.astimezone(zone).date()
    hours = calendar.hours_of(day)
    closes = hours.closes if hours else time(0)
    overnight = hours is None or hours.overnight
    ends = datetime.combine(day + overnight * timedelta(days=1), closes, zone)
    return ends.astimezone(begun.tzinfo)
