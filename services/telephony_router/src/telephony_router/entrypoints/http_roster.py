"""Shifts by the telephone, and breaks, over HTTP (R105, R106)."""

from datetime import datetime, timedelta
from typing import Annotated

from chassis.http.asking import Asking, Opening
from chassis.http.fields import Id
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from fastapi import APIRouter, Query
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from telephony_router.domain import roster_commands as r
from telephony_router.domain.refusals import LastOnDuty, ShiftMakesNoSense, UnknownPerson, UnknownShift
from telephony_router.domain.roster import Roster
from telephony_router.entrypoints.wired import In, Instant, Reader, Rosters, ShopAsked, TheShop

router = APIRouter(tags=["roster"])


class ShiftIn(In):
    staff_id: Id
    begins: Instant
    ends: Instant


class BreakIn(In):
    """Nothing needs to be said: an hour, of him who asks."""

    minutes: int = Field(60, ge=1, le=180, description="When he means to be back.")
    staff_id: Id | None = Field(None, description="Somebody else, by who keeps the roster.")


class ReturnIn(In):
    staff_id: Id | None = None


class ShiftOut(BaseModel):
    shift_id: str
    staff_id: str
    begins: datetime
    ends: datetime


class PauseOut(BaseModel):
    staff_id: str
    since: datetime
    until: datetime


class RosterOut(BaseModel):
    """`covering`: who stays by the telephone now. `waiting`: who was refused a break, the first first; `promised`: whose the next is."""

    shop_id: str
    shifts: list[ShiftOut]
    on_break: list[PauseOut]
    covering: list[str]
    waiting: list[str]
    promised: list[str]


class GapOut(BaseModel):
    begins: datetime
    ends: datetime


@router.post("/shifts", status_code=201, responses=refusals(NotYourDuty, ShiftMakesNoSense, UnknownPerson))
async def plan_shift(body: ShiftIn, asked: Opening, rosters: Rosters) -> ReceiptOut:
    """Somebody's turn by the telephone."""
    shift = rosters.new_shift(asked.derived_id("shift"), body.staff_id, body.begins, body.ends)
    shop_id = rosters.shop_of(body.staff_id)
    command = r.PlanShift(shop_id=shop_id, actor=asked.actor, at=asked.at, shift=shift)
    return receipt(await rosters.ask(command, asked.occasion(body)))


@router.post("/shifts/{shift_id}/cancellation", responses=refusals(NotYourDuty, UnknownShift))
async def cancel_shift(
    shift_id: Id, asked: Asking, rosters: Rosters, shop: TheShop, shop_id: ShopAsked = None
) -> ReceiptOut:
    """It is not his turn after all."""
    command = r.CancelShift(shop_id=shop_id or shop, actor=asked.actor, at=asked.at, shift_id=shift_id)
    return receipt(await rosters.ask(command, asked.occasion()))


@router.post("/breaks", responses=refusals(NotYourDuty, LastOnDuty, UnknownPerson))
async def take_break(asked: Asking, rosters: Rosters, body: BreakIn | None = None) -> ReceiptOut:
    """One call, and he is on a break: nobody rings him. The last by the telephone is refused, and is the next to go (R105)."""
    wanted = body or BreakIn.model_validate({})
    staff_id = wanted.staff_id or asked.actor.id
    return receipt(await rosters.take_break(staff_id, wanted.minutes, asked.actor, asked.occasion(wanted)))


@router.post("/breaks/end", responses=refusals(NotYourDuty, UnknownPerson))
async def come_back(asked: Asking, rosters: Rosters, body: ReturnIn | None = None) -> ReceiptOut:
    """Back: who waited for it may go now (R105)."""
    staff_id = (body.staff_id if body else None) or asked.actor.id
    return receipt(await rosters.come_back(staff_id, asked.actor, asked.occasion(body)))


@router.get("/roster")
async def read_roster(
    reader: Reader, asked: Asking, rosters: Rosters, shop: TheShop, shop_id: ShopAsked = None
) -> RosterOut:
    """Whose turn it is, who is away, who waits."""
    del reader
    name = shop_id or shop
    kept = rosters.memory.rosters.get(name) or Roster(name, asked.at)
    return _shown(kept, rosters.situating.by_the_telephone(name, asked.at), asked.at)


@router.get("/roster/gaps")
async def read_gaps(  # noqa: PLR0917 - the filters of a list
    reader: Reader,
    asked: Asking,
    rosters: Rosters,
    shop: TheShop,
    days: Annotated[int, Query(ge=1, le=14)] = 7,
    shop_id: ShopAsked = None,
) -> list[GapOut]:
    """When nobody has a shift though the shop is open or at lunch: to be seen in advance (R105)."""
    del reader
    found = rosters.gaps(shop_id or shop, asked.at, asked.at + timedelta(days=days))
    return [GapOut(begins=each.begins, ends=each.ends) for each in found]


@router.get("/roster/timeline")
async def read_timeline(
    reader: Reader, rosters: Rosters, shop: TheShop, shop_id: ShopAsked = None
) -> TimelineOut:
    """What happened to it: who went, who was refused."""
    del reader
    name = shop_id or shop
    return timeline(name, await rosters.handle.store.history(name))


def _shown(roster: Roster, there: frozenset[str], at: datetime) -> RosterOut:
    away = roster.on_break(at)
    return RosterOut(
        shop_id=roster.shop_id,
        shifts=[
            ShiftOut(shift_id=each.shift_id, staff_id=each.staff_id, begins=each.begins, ends=each.ends)
            for each in sorted(roster.shifts, key=lambda shift: shift.begins)
            if each.ends > at
        ],
        on_break=[
            PauseOut(staff_id=each.staff_id, since=each.since, until=each.until)
            for each in roster.pauses
            if each.staff_id in away
        ],
        covering=sorted(roster.covering(there, at)),
        waiting=list(roster.waiting),
        promised=sorted(roster.promised(at)),
    )
