"""The cut-off of orders, and the first day on which a carrier can be at the customer's door (R61, R63)."""

from datetime import date, datetime, timedelta

from kernel.calendar import NeverOpen

from logistics.domain.moments import DAY, day_of, moment
from logistics.domain.terms import Terms

LOOK_FOR_A_PICK_UP = 60
"""Days. A carrier who takes nothing for two months takes nothing."""


def pick_up_begins(terms: Terms, day: date) -> datetime:
    """When the carrier may come for parcels on this day; UTC."""
    return moment(day, terms.agreement.pick_up.begins, terms.agreement.time_zone)


def cut_off(terms: Terms, day: date) -> datetime:
    """Until then an order goes with the pick-up of this day: its beginning less the time of packing (R63); UTC."""
    return pick_up_begins(terms, day) - timedelta(minutes=terms.agreement.pick_up.packing)


def first_pick_up(terms: Terms, at: datetime, ready_on: date | None) -> date | None:
    """The first pick-up that an order of this moment makes; None when there is none in sight.

    `ready_on` is the day on which the goods are at our warehouse; None: they are there.
    """
    today = day_of(at, terms.agreement.time_zone)
    day = today
    if ready_on is not None and ready_on > today:
        day = ready_on if terms.agreement.pick_up.takes_arrivals else ready_on + DAY
    for _ in range(LOOK_FOR_A_PICK_UP):
        if terms.picks_up(day) and at < cut_off(terms, day):
            return day
        day += DAY
    return None


def arrival(terms: Terms, picked_up: date, lead_days: int) -> date | None:
    """The day on which what was picked up can be delivered, so many working days of the carrier later; None when he has
    not so many in sight.
    """
    try:
        return terms.calendar.nth_working_day(picked_up, lead_days)
    except NeverOpen:
        return None


def makes(terms: Terms, starts_at: datetime, day: date, lead_days: int, picked_up: date | None) -> bool:
    """Whether a parcel taken by this pick-up is in time for a promise that starts then on this day."""
    there = arrival(terms, picked_up, lead_days) if picked_up else None
    if picked_up is None or there is None or day < there:
        return False
    return starts_at >= pick_up_begins(terms, picked_up)
