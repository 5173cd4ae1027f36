"""What in an agreement can't be meant: found when it is written, so that no promise is built on it."""

from collections import Counter
from collections.abc import Iterable, Iterator

from logistics.domain.agreement import Agreement, Courier, Frame, PickUp, Point, Zone
from logistics.domain.moments import minutes_between


def faults(agreement: Agreement) -> list[str]:
    """Each fault by a word and its place; none when the agreement holds together (R60)."""
    return [
        *_doubled("zone", (zone.code for zone in agreement.zones)),
        *_doubled("point", (point.point_id for point in agreement.points)),
        *_doubled("courier", (courier.courier_id for courier in agreement.couriers)),
        *_doubled("penalty", (penalty.kind for penalty in agreement.penalties)),
        *([] if agreement.zones or agreement.points else ["delivers_nowhere"]),
        *_of_pick_up(agreement.pick_up, agreement),
        *(fault for zone in agreement.zones for fault in _of_zone(zone)),
        *(fault for point in agreement.points for fault in _of_point(point)),
        *(fault for courier in agreement.couriers for fault in _of_courier(courier, agreement)),
    ]


def _doubled(what: str, names: Iterable[str]) -> list[str]:
    return [f"{what}_twice: {name}" for name, many in Counter(names).items() if many > 1]


def _of_pick_up(pick_up: PickUp, agreement: Agreement) -> Iterator[str]:
    """A pick-up has a width, and not less than the carrier wants (R62)."""
    width = minutes_between(pick_up.begins, pick_up.ends)
    if width <= 0:
        yield "pick_up_ends_before_it_begins"
    elif width < pick_up.least_minutes:
        yield "pick_up_too_narrow"
    if not set(pick_up.weekdays) & set(agreement.weekdays):
        yield "pick_up_on_days_off"


def _of_zone(zone: Zone) -> Iterator[str]:
    if not zone.frames:
        yield f"zone_without_windows: {zone.code}"
    yield from _doubled(f"window_of_{zone.code}", (_name(frame) for frame in zone.frames))
    for frame in zone.frames:
        width = minutes_between(frame.begins, frame.ends)
        if width <= 0:
            yield f"window_ends_before_it_begins: {zone.code} {_name(frame)}"
        elif frame.narrowest is not None and frame.narrowest > width:
            yield f"narrowest_is_wider: {zone.code} {_name(frame)}"


def _name(frame: Frame) -> str:
    return f"{frame.begins:%H:%M}-{frame.ends:%H:%M}"


def _of_point(point: Point) -> Iterator[str]:
    if not point.week and not any(point.days.values()):
        yield f"point_never_open: {point.point_id}"


def _of_courier(courier: Courier, agreement: Agreement) -> Iterator[str]:
    unknown = sorted(set(courier.zones) - {zone.code for zone in agreement.zones})
    yield from (f"courier_in_unknown_zone: {courier.courier_id} {code}" for code in unknown)
