"""Building a promise from terms: the one way a promise comes to be, and so the one way to see that it is within them."""

from datetime import date, time

from logistics.domain.agreement import Frame, Point, Zone
from logistics.domain.moments import DAY, local, moment
from logistics.domain.promise import Kind, NamedPromise, Promise
from logistics.domain.terms import Terms, frame_for


def at_the_door(
    terms: Terms, zone: Zone, frame: Frame, day: date, hours: tuple[time, time]
) -> Promise | None:
    """A window of this day, in clocks of the delivery city; None when those clocks skip its hours that night."""
    starts_at, ends_at = (moment(day, clock, zone.time_zone) for clock in hours)
    if (local(starts_at, zone.time_zone).time(), local(ends_at, zone.time_zone).time()) != hours:
        return None
    return Promise(
        Kind.WINDOW,
        terms.carrier_id,
        terms.version,
        zone.code,
        starts_at,
        ends_at,
        zone.time_zone,
        frame.price,
    )


def at_the_point(terms: Terms, point: Point, day: date) -> Promise | None:
    """The parcel lies at the point while it is open on this day (R68); None when it is closed."""
    hours = point.hours_on(day)
    if hours is None:
        return None
    opens_at = moment(day, hours.opens, point.time_zone)
    closes_at = moment(day + hours.overnight * DAY, hours.closes, point.time_zone)
    if opens_at >= closes_at:
        return None  # the night on which clocks skip these very hours
    return Promise(
        Kind.POINT,
        terms.carrier_id,
        terms.version,
        point.zone,
        opens_at,
        closes_at,
        point.time_zone,
        point.price,
        point.point_id,
    )


def promise_of(terms: Terms, named: NamedPromise) -> Promise | None:
    """The promise that is named so, if the terms know it; None when it is outside of them (R65)."""
    built = _of_point(terms, named) if named.kind is Kind.POINT else _of_window(terms, named)
    if built is None or built.named != named:
        return None
    return built


def _of_point(terms: Terms, named: NamedPromise) -> Promise | None:
    point = terms.points.get(named.point_id or "")
    if point is None:
        return None
    return at_the_point(terms, point, local(named.starts_at, point.time_zone).date())


def _of_window(terms: Terms, named: NamedPromise) -> Promise | None:
    zone = terms.zones.get(named.zone)
    if zone is None:
        return None
    begins, ends = local(named.starts_at, zone.time_zone), local(named.ends_at, zone.time_zone)
    frame = frame_for(zone, begins.time(), ends.time())
    if frame is None or not terms.calendar.working_day(begins.date()):
        return None
    return at_the_door(terms, zone, frame, begins.date(), (begins.time(), ends.time()))


def lead_days_of(terms: Terms, promise: Promise) -> int:
    """Working days of the carrier from the pick-up to this promise, which the terms know."""
    if promise.kind is Kind.POINT:
        return terms.points[promise.point_id or ""].lead_days
    zone = terms.zones[promise.zone]
    begins, ends = local(promise.starts_at, zone.time_zone), local(promise.ends_at, zone.time_zone)
    frame = frame_for(zone, begins.time(), ends.time())
    assert frame is not None
    return frame.lead_days
