"""By which pick-up a shipment leaves (R61, R63)."""

from datetime import date, datetime

from logistics.domain.cut_off import LOOK_FOR_A_PICK_UP, cut_off, first_pick_up, makes
from logistics.domain.moments import DAY, day_of, local
from logistics.domain.shipment import Promised
from logistics.domain.terms import Terms, frame_for


def pick_up_for(terms: Terms, promised: Promised, at: datetime) -> date | None:
    """The last pick-up that still keeps the promise: nothing comes before its window. When none does any more, the next one;
    None when there is none in sight.
    """
    first = first_pick_up(terms, at, None)
    if first is None:
        return None
    on, lead = day_of(promised.starts_at, promised.time_zone), lead_days(terms, promised)
    day = day_of(promised.starts_at, terms.agreement.time_zone)
    for _ in range(LOOK_FOR_A_PICK_UP):
        if day <= first:
            break
        ahead = terms.picks_up(day) and at < cut_off(terms, day)
        if ahead and makes(terms, promised.starts_at, on, lead, day):
            return day
        day -= DAY
    return first


def lead_days(terms: Terms, promised: Promised) -> int:
    """Working days of the carrier on the way; where the terms don't know the promise, one."""
    if promised.point_id is not None:
        point = terms.points.get(promised.point_id)
        return point.lead_days if point else 1
    begins = local(promised.starts_at, promised.time_zone).time()
    ends = local(promised.ends_at, promised.time_zone).time()
    frames = (frame_for(zone, begins, ends) for zone in terms.agreement.zones)
    return max((each.lead_days for each in frames if each is not None), default=1)
