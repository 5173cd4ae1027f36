"""Carriers over HTTP: who delivers, how, and who answers for him (R73)."""

from chassis.http.asking import Asking
from chassis.http.fields import Id, Line
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from logistics.domain.carrier import Carrier, DescribeCarrier, Mode, Profile, in_force_at
from logistics.domain.refusals import UnknownCarrier
from logistics.entrypoints.wired import Agrees, CarrierId, CarriersKept, Reader

router = APIRouter(prefix="/carriers", tags=["carriers"])


class CarrierIn(BaseModel):
    title: Line
    mode: Mode
    owner_id: Id = Field(description="Staff id of who answers for this carrier.")
    active: bool = Field(True, description="One who is not takes no new promises and keeps the old ones.")


class CarrierOut(CarrierIn):
    carrier_id: str
    in_force: int | None = Field(description="The version of his terms that holds today.")
    draft: int | None = Field(description="The version that is being written or waits for a decision.")


@router.put("/{carrier_id}", responses=refusals(NotYourDuty))
async def describe_carrier(
    carrier_id: CarrierId, body: CarrierIn, asked: Asking, agreeing: Agrees
) -> ReceiptOut:
    """Say who a carrier is; a new one is opened."""
    profile = Profile(body.title, body.mode, body.owner_id, body.active)
    command = DescribeCarrier(carrier_id, profile, asked.actor, asked.at)
    return receipt(await agreeing.describe(command, asked.occasion(body)))


@router.get("")
async def list_carriers(
    actor: Reader, asked: Asking, page: Paging, carriers: CarriersKept
) -> PageOut[CarrierOut]:
    """Carriers, by id."""
    del actor
    found = await carriers.page(Query(), page.limit, page.cursor)
    return PageOut(items=[_out(each.state, asked) for each in found.items if each.state], next=found.next)


@router.get("/{carrier_id}", responses=refusals(UnknownCarrier))
async def read_carrier(
    carrier_id: CarrierId, actor: Reader, asked: Asking, carriers: CarriersKept
) -> CarrierOut:
    """One carrier."""
    del actor
    carrier = (await carriers.load(carrier_id)).state
    if carrier is None:
        raise UnknownCarrier("There is no such carrier.")
    return _out(carrier, asked)


@router.get("/{carrier_id}/timeline", responses=refusals(UnknownCarrier))
async def read_timeline(carrier_id: CarrierId, actor: Reader, carriers: CarriersKept) -> TimelineOut:
    """What happened to the carrier and his terms, by whom, and the facts told of it."""
    del actor
    entries = await carriers.history(carrier_id)
    if not entries:
        raise UnknownCarrier("There is no such carrier.")
    return timeline(carrier_id, entries)


def _out(carrier: Carrier, asked: Asking) -> CarrierOut:
    profile, holding = carrier.profile, in_force_at(carrier, asked.at)
    return CarrierOut(
        carrier_id=carrier.carrier_id,
        title=profile.title,
        mode=profile.mode,
        owner_id=profile.owner_id,
        active=profile.active,
        in_force=holding.number if holding else None,
        draft=carrier.draft.number if carrier.draft else None,
    )
