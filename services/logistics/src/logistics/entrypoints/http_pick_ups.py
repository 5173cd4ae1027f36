"""Pick-ups over HTTP: what leaves when, who asked for it, and what was handed over (R61-R63)."""

from datetime import date
from typing import Annotated

from chassis.http.asking import Asking, Opening
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Path, Query
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from logistics.domain.moments import moment
from logistics.domain.pick_up import Interval, PickUpStage
from logistics.domain.pick_up_refusals import (
    CutOffPassed,
    NoPickUpThen,
    PickUpIsOver,
    PickUpOutOfHours,
    PickUpTooNarrow,
    UnknownPickUp,
)
from logistics.entrypoints.pick_up_models import (
    AgreedOut,
    CancellationIn,
    HandOverIn,
    HandOverOut,
    PickUpIdText,
    PickUpIn,
    PickUpOut,
    PickUpWholeOut,
    agreed_out,
    came_of,
    pick_up_out,
    whole_out,
)
from logistics.entrypoints.values import clock
from logistics.entrypoints.wired import CarrierName, PicksUp, PickUpsKept, Reader

router = APIRouter(prefix="/pick-ups", tags=["pick-ups"])

PickUpId = Annotated[PickUpIdText, Path()]


class WantedPickUps(BaseModel):
    """Which pick-ups are looked for."""

    stage: PickUpStage | None = None
    carrier_id: CarrierName | None = None
    responsible_id: Id | None = None
    day: date | None = Field(None, description="In the clocks of our warehouse.")


@router.post(
    "",
    responses=refusals(
        NoPickUpThen, CutOffPassed, PickUpIsOver, PickUpTooNarrow, PickUpOutOfHours, NotYourDuty
    ),
)
async def request(body: PickUpIn, asked: Opening, picking_up: PicksUp) -> PickUpOut:
    """Ask the carrier to come, before the cut-off. Asked again it is the same; other hours may be asked for until then."""
    agreed = await picking_up.placing.days.on(body.carrier_id, body.day, asked.at)
    interval = None
    if agreed is not None and (body.begins or body.ends):
        starts, ends = clock(body.begins), clock(body.ends)
        interval = Interval(
            moment(body.day, starts, agreed.time_zone) if starts else agreed.hours.starts_at,
            moment(body.day, ends, agreed.time_zone) if ends else agreed.hours.ends_at,
        )
    outcome = await picking_up.request(body.carrier_id, body.day, interval, asked.actor, asked.occasion(body))
    return pick_up_out(outcome.state or await picking_up.known(outcome.key))


@router.get("")
async def list_pick_ups(
    actor: Reader, kept: PickUpsKept, page: Paging, wanted: Annotated[WantedPickUps, Query()]
) -> PageOut[PickUpOut]:
    """Pick-ups, the one that ends first before the others."""
    del actor
    equal = wanted.model_dump(mode="json", exclude_none=True)
    found = await kept.page(Wanted(equal=equal, order="ends_at"), page.limit, page.cursor)
    return PageOut(items=[pick_up_out(each.state) for each in found.items if each.state], next=found.next)


@router.get(":next", responses=refusals(NoPickUpThen))
async def next_pick_up(
    carrier_id: Annotated[CarrierName, Query()], asked: Asking, actor: Reader, picking_up: PicksUp
) -> AgreedOut:
    """The next pick-up of this carrier that can still be asked for."""
    del actor
    agreed = await picking_up.placing.days.next(carrier_id, asked.at)
    if agreed is None:
        raise NoPickUpThen("There is no pick-up of this carrier in sight.")
    return agreed_out(agreed)


@router.get("/{pickup_id}", responses=refusals(UnknownPickUp))
async def read_pick_up(pickup_id: PickUpId, actor: Reader, picking_up: PicksUp) -> PickUpWholeOut:
    """One pick-up with what was handed over, and what is still here."""
    del actor
    pick_up = await picking_up.known(pickup_id)
    waiting = picking_up.placing.waiting(pick_up.agreed.carrier_id, pick_up.agreed.on)
    return whole_out(pick_up, [each async for each in waiting])


@router.get("/{pickup_id}/timeline", responses=refusals(UnknownPickUp))
async def read_timeline(
    pickup_id: PickUpId, actor: Reader, kept: PickUpsKept, picking_up: PicksUp
) -> TimelineOut:
    """What happened to it."""
    del actor
    await picking_up.known(pickup_id)
    return timeline(pickup_id, await kept.history(pickup_id))


@router.post("/{pickup_id}/hand-over", responses=refusals(UnknownPickUp, PickUpIsOver, NotYourDuty))
async def hand_over(pickup_id: PickUpId, body: HandOverIn, asked: Asking, picking_up: PicksUp) -> HandOverOut:
    """What was scanned is given to the carrier: it is dispatched, or stays and says why. One by one or all at once."""
    return came_of(
        *await picking_up.hand_over(pickup_id, list(body.codes), asked.actor, asked.occasion(body))
    )


@router.post("/{pickup_id}/cancellation", responses=refusals(UnknownPickUp, PickUpIsOver, NotYourDuty))
async def cancel(pickup_id: PickUpId, body: CancellationIn, asked: Asking, picking_up: PicksUp) -> ReceiptOut:
    """The carrier need not come: what was to leave by it is planned for the next one."""
    return receipt(await picking_up.cancel(pickup_id, body.reason, asked.actor, asked.occasion(body)))
