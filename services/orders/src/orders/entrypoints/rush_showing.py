"""A shop's rush as shown: the plan to all (R18), what concerns one person to him and the owner (R117)."""

from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may

from orders.domain.rush import PastRush, Rush, RushBook, Stand, Unlock
from orders.domain.rush_attending import open_shift
from orders.domain.rush_freezing import frozen
from orders.domain.team import Team
from orders.entrypoints.rush_models import (
    AttendanceOut,
    BookOut,
    PastRushOut,
    PhoneHoursOut,
    RushOut,
    StandOut,
    UnlockOut,
)


def book_out(book: RushBook, actor: Actor, team: Team, at: datetime) -> BookOut:
    """The book as this actor sees it."""
    return BookOut(
        shop_id=book.shop_id,
        rush=_rush(book.rush, team, at) if book.rush else None,
        past=[_past(each, actor) for each in reversed(book.past)],
    )


def _rush(rush: Rush, team: Team, at: datetime) -> RushOut:
    hours = rush.phone_hours
    return RushOut(
        rush_id=rush.rush_id,
        parts=list(rush.parts),
        lanes=[_stand(each, rush, team, at) for each in rush.stands],
        phone_hours=PhoneHoursOut(opens=hours.opens, closes=hours.closes) if hours else None,
        frozen=list(frozen(rush)),
        unlocks=[_unlock(each) for each in rush.unlocks],
        started_at=rush.started_at,
        started_by=rush.started_by,
        ends_by=rush.ends_by,
        overdue=at >= rush.ends_by,
    )


def _stand(stand: Stand, rush: Rush, team: Team, at: datetime) -> StandOut:
    shift = open_shift(rush.shifts, stand.staff_id)
    return StandOut(
        staff_id=stand.staff_id,
        lane=stand.lane,
        there=team.is_there(stand.staff_id, at),
        since=shift.began_at if shift else None,
    )


def _past(past: PastRush, actor: Actor) -> PastRushOut:
    chosen = past.approval.staff_ids if past.approval else None
    whole = may(actor, Action.RUN_RUSH)
    return PastRushOut(
        rush_id=past.rush.rush_id,
        started_at=past.rush.started_at,
        ended_at=past.ended_at,
        ended_by=past.ended_by,
        unlocks=[_unlock(each) for each in past.rush.unlocks],
        attendance=[
            AttendanceOut(
                staff_id=each.staff_id,
                hours=each.hours,
                bonus=None if chosen is None else each.staff_id in chosen,
            )
            for each in past.attendance
            if whole or each.staff_id == actor.id
        ],
        waits_for_approval=past.waits_for_approval,
    )


def _unlock(unlock: Unlock) -> UnlockOut:
    return UnlockOut(
        policy=unlock.policy,
        reason=unlock.reason.value,
        by=unlock.by,
        at=unlock.at,
        used_at=unlock.used_at,
    )
