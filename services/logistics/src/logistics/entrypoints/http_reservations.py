"""Reservations over HTTP: places in carriers' days, kept for orders (R65)."""

from datetime import datetime
from http import HTTPStatus
from typing import Annotated, Any

from chassis.faults import Fault
from chassis.http.asking import Opening
from chassis.http.fields import Id
from chassis.http.paging import PageOut
from chassis.http.problems import problem, refusals
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Path, Query, Request
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from logistics.domain.moments import local
from logistics.domain.promise import Reason, Wish
from logistics.domain.refusals import CapacityGone, OrderIsCancelled, PromiseOutsideTerms, UnknownReservation
from logistics.domain.reservation import Reservation, Reserved, Stage
from logistics.domain.rooming import day_promised
from logistics.domain.wording import reason_in_words
from logistics.entrypoints.promise_models import PromiseOut, ReservationIn, options_of, shown
from logistics.entrypoints.wired import Promises, Reader, ReservationsKept, Reserves

router = APIRouter(prefix="/reservations", tags=["reservations"])

ReservationId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


class StillSeeking(Fault):
    """Another process is at the same reservation; the same key again will tell."""


class ReservedOut(BaseModel):
    reservation_id: str
    expires_at: datetime = Field(description="Unless the order is confirmed by then, it frees itself.")


class ReservationOut(ReservedOut):
    order_id: str
    stage: Stage
    made_at: datetime
    promise: PromiseOut
    courier_id: str | None
    refused: str | None = Field(description="Which limit was reached.")
    late: bool = Field(description="Confirmed after it had been given up.")
    over: bool = Field(description="Beyond what the terms allow.")


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    response_model=ReservedOut,
    responses=refusals(CapacityGone, PromiseOutsideTerms, OrderIsCancelled, NotYourDuty),
)
async def reserve(
    body: ReservationIn, request: Request, asked: Opening, reserving: Reserves, promising: Promises
) -> Any:
    """Keep the place of a promise for an order, for a quarter of an hour. The same key again: the same reservation."""
    reservation_id = asked.derived_id(f"reservation:{body.order_id}")
    occasion = asked.occasion(body, story=body.order_id)
    found = await reserving.reserve(body.order_id, reservation_id, body.named(), occasion)
    if found is None:
        raise StillSeeking(reservation_id)
    if found.stage is not Stage.GONE:
        return ReservedOut(reservation_id=reservation_id, expires_at=found.expires_at)
    answer = await promising.check(_wish(body, found), asked.at, not_before=day_promised(found.promise))
    reason = Reason(found.refused or Reason.FULL_DAY)
    options = [each.model_dump(mode="json") for each in options_of(answer)]
    more = {"rule": CapacityGone.rule, "reason": reason.value, "options": options}
    return problem(request, HTTPStatus.CONFLICT, "capacity-gone", reason_in_words(reason).en, more=more)


@router.get("")
async def list_reservations(
    order_id: Annotated[Id, Query()], actor: Reader, reservations: ReservationsKept
) -> PageOut[ReservationOut]:
    """All that was reserved for an order, the oldest first."""
    del actor
    reserved = (await reservations.load(order_id)).state
    found = reserved.reservations.values() if reserved else ()
    return PageOut(items=[_out(order_id, each) for each in found])


@router.get("/{reservation_id}", responses=refusals(UnknownReservation))
async def read_reservation(
    reservation_id: ReservationId, actor: Reader, reservations: ReservationsKept
) -> ReservationOut:
    """One reservation."""
    del actor
    reserved = await _holding(reservations, reservation_id)
    return _out(reserved.order_id, reserved.reservations[reservation_id])


@router.get("/{reservation_id}/timeline", responses=refusals(UnknownReservation))
async def read_timeline(
    reservation_id: ReservationId, actor: Reader, reservations: ReservationsKept
) -> TimelineOut:
    """What happened to the reservations of its order: they are kept together."""
    del actor
    reserved = await _holding(reservations, reservation_id)
    return timeline(reserved.order_id, await reservations.history(reserved.order_id))


async def _holding(reservations: ReservationsKept, reservation_id: str) -> Reserved:
    page = await reservations.page(Wanted(equal={"reservation_ids": reservation_id}), 1)
    state = page.items[0].state if page.items else None
    if state is None:
        raise UnknownReservation("There is no such reservation.")
    return state


def _wish(body: ReservationIn, found: Reservation) -> Wish:
    """What the customer had wanted, by what he was promised."""
    promise = found.promise
    begins, ends = local(promise.starts_at, promise.time_zone), local(promise.ends_at, promise.time_zone)
    return Wish(
        promise.zone,
        promise.kind,
        begins.date(),
        begins.time(),
        ends.time() if ends.date() == begins.date() else None,
        promise.point_id,
        body.ready_on,
        body.payment == "on_delivery",
        body.pieces,
        body.order_id,
    )


def _out(order_id: str, each: Reservation) -> ReservationOut:
    return ReservationOut.model_construct(
        reservation_id=each.reservation_id,
        expires_at=each.expires_at,
        order_id=order_id,
        stage=each.stage,
        made_at=each.made_at,
        promise=shown(each.promise, each.promise.point_id or ""),
        courier_id=each.courier_id,
        refused=each.refused,
        late=each.late,
        over=each.over,
    )
