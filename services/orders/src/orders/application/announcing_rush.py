"""From a change of a shop's rush to the facts told of it."""

from contracts.crm import DutyRefusedV1
from contracts.fact import Fact
from contracts.rush import AttendanceV1, LaneV1, RushEndedV1, RushStartedV1
from kernel.refused_duty import DutyRefused

from orders.domain.rush import Rush, RushBook, Stand
from orders.domain.rush_changes import PlanChanged, RushChange, RushEnded, RushExtended, RushStarted
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
            return [_refused(change, book.shop_id)]
        case _:
            return []


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


def _refused(change: DutyRefused, shop_id: str) -> Fact:
    return DutyRefusedV1(
        thing="rush",
        thing_id=shop_id,
        action=change.action,
        rule=change.rule,
        actor_id=change.actor_id,
        actor_roles=change.actor_roles,
    )
