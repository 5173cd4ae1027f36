"""From a change of a shop's rush to the facts told of it."""

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from contracts.rush import AttendanceV1, LaneV1, RushEndedV1, RushStartedV1
from kernel.refused_duty import DutyRefused

from orders.domain.rush import Rush, RushBook, Stand
from orders.domain.rush_catalogue import Catalogue, CatalogueChange
from orders.domain.rush_changes import PlanChanged, RushChange, RushEnded, RushExtended, RushStarted
from orders.domain.rush_errands import Errand, ErrandChange
from orders.domain.rush_freezing import frozen


def announce_rush(change: RushChange, book: RushBook) -> list[Fact]:
    """The start is told, and told again when the plan or its end is another one: the newest of one rush holds. The end
    is told with who stood in it. Shifts, policies and reminders are the shop's own affair.
    """
    match change:
        case RushStarted() | PlanChanged() | RushExtended() if book.rush:
            return [_started(book.shop_id, book.rush)]
        case RushEnded():
            return [_ended(change, book)]
        case DutyRefused():
            return [duty_refused(change, "rush", book.shop_id)]
        case _:
            return []


def announce_catalogue(change: CatalogueChange, catalogue: Catalogue) -> list[Fact]:
    """Ready answers are the shop's own affair; a refused attempt to write them is not."""
    shop_id = catalogue.shop_id
    return [duty_refused(change, "request_catalogue", shop_id)] if isinstance(change, DutyRefused) else []


def announce_errand(change: ErrandChange, errand: Errand) -> list[Fact]:
    """What is promised besides an order stays inside; a refused attempt to call it done is told."""
    if not isinstance(change, DutyRefused):
        return []
    return [duty_refused(change, "errand", errand.errand_id, errand.order_id)]


def _started(shop_id: str, rush: Rush) -> Fact:
    return RushStartedV1(
        shop_id=shop_id,
        rush_id=rush.rush_id,
        lanes=_lanes(rush.stands),
        policies=frozen(rush),
        started_at=rush.started_at,
        by=rush.started_by,
        ends_by=rush.ends_by,
    )


def _ended(change: RushEnded, book: RushBook) -> Fact:
    rush = book.past[-1].rush
    return RushEndedV1(
        shop_id=book.shop_id,
        rush_id=rush.rush_id,
        lanes=_lanes(rush.stands),
        policies=frozen(rush),
        started_at=rush.started_at,
        by=change.by,
        ended_at=change.at,
        attendance=tuple(
            AttendanceV1(staff_id=each.staff_id, hours=each.hours) for each in change.attendance
        ),
    )


def _lanes(stands: tuple[Stand, ...]) -> tuple[LaneV1, ...]:
    return tuple(LaneV1(staff_id=each.staff_id, lane=each.lane.value) for each in stands)
