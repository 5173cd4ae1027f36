"""What a version of terms has for a wish on one day: promises, as wished or not, and reasons where there is none."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time

from logistics.domain.agreement import Frame, Point, Zone
from logistics.domain.building import at_the_door, at_the_point
from logistics.domain.moments import local
from logistics.domain.promise import Kind, Promise, Reason, Wish
from logistics.domain.reaching import Reach
from logistics.domain.terms import frame_for

MIDNIGHT, LAST_MINUTE = time(0), time(23, 59)


@dataclass(frozen=True, slots=True)
class Seen:
    """A promise that could be kept if there is room, and in what it misses the wish (None: in nothing); or the reason
    why there is none.
    """

    promise: Promise | None
    miss: Reason | None


def survey(reach: Reach, wish: Wish, day: date) -> list[Seen]:
    """All that these terms have for the wish on this day, room aside."""
    seen = _points(reach, wish, day) if wish.kind is Kind.POINT else _windows(reach, wish, day)
    return list(seen)


def _windows(reach: Reach, wish: Wish, day: date) -> Iterator[Seen]:
    zone = reach.terms.zones.get(wish.zone)
    bar = _bar_of_zone(reach, zone, day)
    if zone is None or bar is not None:
        yield Seen(None, bar)
        return
    hours = dict.fromkeys(each for frame in zone.frames for each in _hours(frame, wish))
    for begins, ends in hours:
        frame = frame_for(zone, begins, ends)
        assert frame is not None
        yield _within(reach, wish, at_the_door(reach.terms, zone, frame, day, (begins, ends)), frame)


def _within(reach: Reach, wish: Wish, promise: Promise | None, frame: Frame) -> Seen:
    if promise is None:
        return Seen(None, Reason.NO_SUCH_WINDOW)
    starts, ends = local(promise.starts_at, promise.time_zone), local(promise.ends_at, promise.time_zone)
    miss = _miss(wish, starts.time(), ends.time())
    held_up = reach.held_up_by(promise.starts_at, starts.date(), frame.lead_days)
    if held_up is not None:
        return Seen(None, miss if miss is Reason.NO_SUCH_WINDOW else held_up)
    return Seen(promise, miss)


def _bar_of_zone(reach: Reach, zone: Zone | None, day: date) -> Reason | None:
    if zone is None:
        return Reason.NO_SUCH_ZONE
    bar = reach.barred(day, zone.time_zone, takes_payment=zone.takes_payment, most_pieces=zone.most_pieces)
    return bar or (None if reach.terms.calendar.working_day(day) else Reason.DAY_OFF)


def _hours(frame: Frame, wish: Wish) -> list[tuple[time, time]]:
    """The hours in a frame that come near the wish: the whole of it, and what may be promised around the asked hour."""
    whole = (frame.begins, frame.ends)
    asked = asked_hours(wish)
    if frame.narrowest is None or asked is None or not (asked[0] < frame.ends and frame.begins < asked[1]):
        return [whole]
    opens, closes = _minute(frame.begins), _minute(frame.ends)
    begins, ends = max(_minute(asked[0]), opens), min(_minute(asked[1]), closes)
    if ends - begins < frame.narrowest:
        begins = max(opens, min(begins, closes - frame.narrowest))
        ends = max(ends, begins + frame.narrowest)
    return [(_clock(begins), _clock(ends)), whole]


def asked_hours(wish: Wish) -> tuple[time, time] | None:
    """From when to when; an exact hour is its own end (R67). None when any hour will do."""
    if wish.begins is None and wish.ends is None:
        return None
    if wish.begins is None:
        return MIDNIGHT, wish.ends or LAST_MINUTE
    return wish.begins, wish.ends or wish.begins


def _miss(wish: Wish, begins: time, ends: time) -> Reason | None:
    """An interval that lies within what was asked keeps the wish; an exact hour is never promised (R67)."""
    asked = asked_hours(wish)
    if asked is None:
        return None
    holds = begins <= asked[0] and asked[1] <= ends
    if wish.is_exact:
        return Reason.EXACT_HOUR if holds else Reason.NO_SUCH_WINDOW
    if asked[0] <= begins and ends <= asked[1]:
        return None
    return Reason.NARROWER_THAN_AGREED if holds else Reason.NO_SUCH_WINDOW


def _points(reach: Reach, wish: Wish, day: date) -> Iterator[Seen]:
    points = reach.terms.points_offered.get(wish.zone, ())
    if wish.point_id is not None:
        named = reach.terms.points.get(wish.point_id)
        points = (named,) if named and named.zone == wish.zone else ()
    if not points:
        yield Seen(None, Reason.NO_SUCH_POINT if wish.point_id else Reason.NO_SUCH_ZONE)
    for point in points:
        yield _at(reach, wish, point, day)


def _at(reach: Reach, wish: Wish, point: Point, day: date) -> Seen:
    bar = reach.barred(day, point.time_zone, takes_payment=point.takes_payment, most_pieces=point.most_pieces)
    promise = at_the_point(reach.terms, point, day)
    if bar is not None or promise is None:
        return Seen(None, bar or Reason.POINT_CLOSED)
    held_up = reach.held_up_by(promise.starts_at, day, point.lead_days)
    if held_up is not None:
        return Seen(None, held_up)
    return Seen(promise, None if _is_open(promise, wish) else Reason.POINT_OUT_OF_HOURS)


def _is_open(promise: Promise, wish: Wish) -> bool:
    """Whether the point is open at any time of what was asked, or will be when any hour will do."""
    asked = asked_hours(wish)
    if asked is None:
        return True
    opens, closes = local(promise.starts_at, promise.time_zone), local(promise.ends_at, promise.time_zone)
    begins, ends = (opens.replace(hour=each.hour, minute=each.minute) for each in asked)
    return begins < closes and opens <= ends


def _minute(clock: time) -> int:
    return clock.hour * 60 + clock.minute


def _clock(minute: int) -> time:
    return time(minute // 60, minute % 60)
