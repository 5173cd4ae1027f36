"""The rush of a shop over HTTP: started, changed and ended by the owner, seen by all (R18, R112, R116, R117)."""

from http import HTTPStatus
from typing import Annotated, Any

from chassis.http.asking import Asked, Asking, Now, Opening, asked_by
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from fastapi import APIRouter, Depends, Path, Request
from kernel.actor import Actor, Role
from kernel.personal import Personal
from kernel.refusal import Refusal
from kernel.refused_duty import NotYourDuty

from orders.application.rushing import Rushing
from orders.domain import rush_commands as c
from orders.domain import rush_refusals as no
from orders.domain.rush_commands import RushCommand
from orders.entrypoints.rush_models import (
    BonusesIn,
    BookOut,
    ExtensionIn,
    PlanIn,
    RushIn,
    ShiftIn,
    StartedOut,
    UnlockIn,
)
from orders.entrypoints.rush_showing import book_out

router = APIRouter(prefix="/rushes", tags=["rush"])

STAFF = tuple(sorted(set(Role) - {Role.SITE, Role.PARTNER, Role.LAWYER}))
"""The plan is shown to all who stand in it (R18), an outside agent on the phone included (R115)."""
Reader = Annotated[Actor, Depends(asked_by(*STAFF))]
ShopId = Annotated[str, Path(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,119}$")]
PLAN = (no.NotOnTheStaff, no.TwoLanes, no.NotForThisLane, no.PhoneLaneNotOneOrTwo)


async def rushing(request: Request) -> Rushing:
    """The wired use case."""
    return request.app.state.rushing


Rushes = Annotated[Rushing, Depends(rushing)]


async def _done(rushes: Rushing, command: RushCommand, asked: Asked, body: Any = None) -> ReceiptOut:
    return receipt(await rushes.handle(command, asked.occasion(body, story=command.shop_id)))


def _may(*kinds: type[Refusal]) -> dict[int | str, dict[str, Any]]:
    return refusals(NotYourDuty, no.NoRush, *kinds)


@router.post(
    "", status_code=HTTPStatus.CREATED, responses=_may(no.RushRunsAlready, no.RushEndsOutOfSight, *PLAN)
)
async def start_rush(body: RushIn, asked: Opening, rushes: Rushes) -> StartedOut:
    """Start the rush of a shop, with a person-to-lane plan; the owner's alone, one at a time (R18, R112, R116)."""
    rush_id, team = asked.derived_id("rush"), (await rushes.situation(body.shop_id)).team
    parts, frozen = tuple(dict.fromkeys(body.parts)), tuple(dict.fromkeys(body.frozen))
    command = c.StartRush(
        body.shop_id, rush_id, parts, body.plan(), frozen, body.ends_by, asked.actor, asked.at, team
    )
    done = await rushes.handle(command, asked.occasion(body, story=body.shop_id))
    return StartedOut(rush_id=rush_id, shop_id=body.shop_id, version=done.version)


@router.get("/{shop_id}")
async def read_rush(shop_id: ShopId, actor: Reader, at: Now, rushes: Rushes) -> BookOut:
    """The rush that is on, with the plan, and those that were (R18)."""
    team = (await rushes.situation(shop_id)).team
    return book_out(await rushes.book(shop_id), actor, team, at)


@router.get("/{shop_id}/timeline", responses=refusals(no.NoRush))
async def read_timeline(shop_id: ShopId, actor: Reader, rushes: Rushes) -> TimelineOut:
    """What happened to the shop's rushes and policies, by whom, and the facts told of it."""
    del actor
    entries = await rushes.books.history(shop_id)
    if not entries:
        raise no.NoRush("Nothing happened here yet.")
    return timeline(shop_id, entries)


@router.put("/{shop_id}/plan", responses=_may(*PLAN))
async def change_plan(shop_id: ShopId, body: PlanIn, asked: Asking, rushes: Rushes) -> ReceiptOut:
    """Redraw the borders while the rush lasts; told as `rush.started` of the same rush again (R18)."""
    team = (await rushes.situation(shop_id)).team
    command = c.ChangePlan(shop_id, body.plan(), asked.actor, asked.at, team)
    return await _done(rushes, command, asked, body)


@router.post("/{shop_id}/extension", responses=_may(no.RushEndsOutOfSight))
async def extend_rush(shop_id: ShopId, body: ExtensionIn, asked: Asking, rushes: Rushes) -> ReceiptOut:
    """Move the planned end, at which the owner is reminded."""
    return await _done(rushes, c.ExtendRush(shop_id, body.ends_by, asked.actor, asked.at), asked, body)


@router.post("/{shop_id}/end", responses=_may())
async def end_rush(shop_id: ShopId, asked: Asking, rushes: Rushes) -> ReceiptOut:
    """End the rush, by hand only; who stood in it is proposed for a bonus (R117)."""
    clocks = (await rushes.situation(shop_id)).clocks
    return await _done(rushes, c.EndRush(shop_id, asked.actor, asked.at, clocks), asked)


@router.post("/{shop_id}/shifts", responses=_may(no.NotInThePlan, no.StandsAlready))
async def begin_shift(shop_id: ShopId, body: ShiftIn, asked: Asking, rushes: Rushes) -> ReceiptOut:
    """Take your place in your lane; the owner says it for others (R117)."""
    staff_id = body.staff_id or asked.actor.id
    return await _done(rushes, c.BeginShift(shop_id, staff_id, asked.actor, asked.at), asked, body)


@router.post("/{shop_id}/shifts/{staff_id}/end", responses=_may())
async def end_shift(shop_id: ShopId, staff_id: ShopId, asked: Asking, rushes: Rushes) -> ReceiptOut:
    """Leave it; who forgets is counted for sixteen hours at most (R117)."""
    return await _done(rushes, c.EndShift(shop_id, staff_id, asked.actor, asked.at), asked)


@router.post("/{shop_id}/unlocks", responses=_may(no.NotFrozen, no.KeptElsewhere))
async def unlock_policy(shop_id: ShopId, body: UnlockIn, asked: Asking, rushes: Rushes) -> ReceiptOut:
    """Open one locked policy for one change, with a reason that is listed (R116)."""
    reason = Personal(body.reason)
    return await _done(
        rushes, c.UnlockPolicy(shop_id, body.policy, reason, asked.actor, asked.at), asked, body
    )


@router.post("/{shop_id}/bonuses/{rush_id}", responses=_may(no.NotOnTheBonusList))
async def approve_bonuses(
    shop_id: ShopId, rush_id: ShopId, body: BonusesIn, asked: Asking, rushes: Rushes
) -> ReceiptOut:
    """Approve who gets a bonus for a rush that is over: all on the list, or fewer. No money is computed (R117)."""
    command = c.ApproveBonuses(shop_id, rush_id, tuple(body.without), asked.actor, asked.at)
    return await _done(rushes, command, asked, body)
