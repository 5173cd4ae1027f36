"""The log of webhook deliveries, and sending one once more."""

from enum import StrEnum
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Path, Query, Request

from notifications.application.hooks import Deliveries
from notifications.domain.delivery import Delivery
from notifications.domain.keeping import own_shop
from notifications.domain.refusals import (
    DeliveryOnItsWay,
    EndpointNotEnabled,
    NotYourShop,
    UnknownDelivery,
    UnknownEndpoint,
    WebhookBacklogFull,
)
from notifications.entrypoints.webhook_endpoints import Keeper, Keeping
from notifications.entrypoints.webhook_models import DeliveryOut, delivery_out

router = APIRouter(prefix="/webhook-deliveries", tags=["outgoing webhooks"])

DeliveryId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,120}$")]


async def deliveries_of(request: Request) -> Deliveries:
    """Where deliveries are kept."""
    return request.app.state.webhook_deliveries


Kept = Annotated[Deliveries, Depends(deliveries_of)]


class State(StrEnum):
    """How far a delivery is."""

    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    FAILED = "failed"


@router.get("", responses=refusals(UnknownEndpoint, NotYourShop))
async def list_deliveries(  # noqa: PLR0917 - the parts of a list
    keeper: Keeper,
    page: Paging,
    keeping: Keeping,
    kept: Kept,
    endpoint_id: Annotated[str, Query(pattern=r"^[A-Za-z0-9_-]{1,120}$")],
    state: State | None = None,
) -> PageOut[DeliveryOut]:
    """An endpoint's deliveries, the newest first."""
    await keeping.of(endpoint_id, keeper)
    equal = {"endpoint_id": endpoint_id} | ({"state": state.value} if state else {})
    asked = Wanted(equal=equal, order="created_at", descending=True)
    found = await kept.page(asked, page.limit, page.cursor)
    return PageOut(items=[delivery_out(held.state) for held in found.items if held.state], next=found.next)


@router.get("/{delivery_id}", responses=refusals(UnknownDelivery, NotYourShop))
async def read_delivery(delivery_id: DeliveryId, keeper: Keeper, kept: Kept) -> DeliveryOut:
    """One of them: its tries, and when the next is."""
    delivery = await _found(kept, delivery_id)
    own_shop(keeper, delivery.owed.shop_id)
    return delivery_out(delivery)


@router.get("/{delivery_id}/timeline", responses=refusals(UnknownDelivery, NotYourShop))
async def read_delivery_timeline(delivery_id: DeliveryId, keeper: Keeper, kept: Kept) -> TimelineOut:
    """What happened to it, and who asked for a replay."""
    own_shop(keeper, (await _found(kept, delivery_id)).owed.shop_id)
    return timeline(delivery_id, await kept.history(delivery_id))


@router.post(
    "/{delivery_id}:replay",
    responses=refusals(
        UnknownDelivery,
        DeliveryOnItsWay,
        UnknownEndpoint,
        EndpointNotEnabled,
        WebhookBacklogFull,
        NotYourShop,
    ),
)
async def replay_delivery(
    delivery_id: DeliveryId, keeper: Keeper, asked: Asking, keeping: Keeping
) -> ReceiptOut:
    """Once more, with the same `webhook-id`."""
    return receipt(await keeping.replay(delivery_id, keeper, asked.occasion()))


async def _found(kept: Deliveries, delivery_id: str) -> Delivery:
    delivery = (await kept.load(delivery_id)).state
    if delivery is None:
        raise UnknownDelivery("There is no such delivery.")
    return delivery
