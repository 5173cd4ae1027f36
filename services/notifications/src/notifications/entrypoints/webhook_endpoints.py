"""Webhook endpoints: for those who hear facts without Kafka (docs/webhooks.md)."""

from http import HTTPStatus
from typing import Annotated

from chassis.handling import Outcome
from chassis.http.asking import Asking, Now, Opening, asked_by
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Path, Query, Request
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import DUTIES
from kernel.personal import Personal
from kernel.refused_duty import NotYourDuty

from notifications.application.endpoints import KeepingEndpoints, Which
from notifications.application.hooks import Endpoints
from notifications.domain import endpoint as e
from notifications.domain.keeping import own_shop
from notifications.domain.refusals import (
    EndpointNotEnabled,
    NotYourShop,
    TooManyEndpoints,
    TooManySecrets,
    UnknownEndpoint,
    WebhookAddressRefused,
    WebhookBacklogFull,
    WebhookTypesUnknown,
)
from notifications.entrypoints.webhook_models import (
    EndpointIn,
    EndpointOpenIn,
    EndpointOut,
    ReplayedOut,
    ReplayIn,
    RotateIn,
    SecretOut,
    endpoint_out,
)

router = APIRouter(prefix="/webhook-endpoints", tags=["outgoing webhooks"])

Keeper = Annotated[Actor, Depends(asked_by(*sorted(DUTIES[Action.KEEP_WEBHOOKS].roles)))]
EndpointId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,120}$")]
ASKED = refusals(UnknownEndpoint, NotYourDuty, NotYourShop, EndpointNotEnabled)
BAD = refusals(WebhookAddressRefused, WebhookTypesUnknown, NotYourDuty, NotYourShop)


async def keeping_of(request: Request) -> KeepingEndpoints:
    """The wired use cases."""
    return request.app.state.keeping_webhooks


async def endpoints_of(request: Request) -> Endpoints:
    """Where endpoints are kept."""
    return request.app.state.webhook_endpoints


Keeping = Annotated[KeepingEndpoints, Depends(keeping_of)]
Kept = Annotated[Endpoints, Depends(endpoints_of)]


@router.post("", status_code=HTTPStatus.CREATED, responses={**BAD, **refusals(TooManyEndpoints)})
async def open_endpoint(body: EndpointOpenIn, keeper: Keeper, asked: Opening, keeping: Keeping) -> SecretOut:
    """Subscribe; facts told from now on are sent. The secret is shown this once."""
    id_ = asked.derived_id("webhook-endpoint")
    return _secret(*await keeping.open(id_, body.shop_id, body.wanted(), keeper, asked.occasion(body)))


@router.get("")
async def list_endpoints(
    keeper: Keeper, page: Paging, kept: Kept, at: Now, shop_id: Annotated[str, Query(max_length=120)]
) -> PageOut[EndpointOut]:
    """A shop's endpoints, removed ones not among them."""
    own_shop(keeper, shop_id)
    equal = {"shop_id": shop_id, "state": [e.ENABLED, e.DISABLED]}
    found = await kept.page(Wanted(equal=equal, order="created_at"), page.limit, page.cursor)
    return PageOut(
        items=[endpoint_out(held.state, at) for held in found.items if held.state], next=found.next
    )


@router.get("/{endpoint_id}", responses=refusals(UnknownEndpoint, NotYourShop))
async def read_endpoint(endpoint_id: EndpointId, keeper: Keeper, keeping: Keeping, at: Now) -> EndpointOut:
    """One of them."""
    return endpoint_out(await keeping.of(endpoint_id, keeper), at)


@router.get("/{endpoint_id}/timeline", responses=refusals(UnknownEndpoint, NotYourShop))
async def read_endpoint_timeline(
    endpoint_id: EndpointId, keeper: Keeper, keeping: Keeping, kept: Kept
) -> TimelineOut:
    """Who changed what about it, and what its failures did."""
    await keeping.of(endpoint_id, keeper)
    return timeline(endpoint_id, await kept.history(endpoint_id))


@router.put("/{endpoint_id}", responses={**ASKED, **BAD})
async def change_endpoint(
    endpoint_id: EndpointId, body: EndpointIn, asked: Asking, keeping: Keeping
) -> ReceiptOut:
    """Another address, other types, another e-mail; what waits goes to the new address."""
    return receipt(await keeping.change(endpoint_id, body.wanted(), asked.actor, asked.occasion(body)))


@router.post("/{endpoint_id}:rotate", responses={**ASKED, **refusals(TooManySecrets)})
async def rotate_secret(
    endpoint_id: EndpointId, body: RotateIn, asked: Asking, keeping: Keeping
) -> SecretOut:
    """A new secret; those before sign beside it for a while."""
    return _secret(*await keeping.rotate(endpoint_id, body.keep_old, asked.actor, asked.occasion(body)))


@router.post("/{endpoint_id}:enable", responses=ASKED)
async def enable_endpoint(endpoint_id: EndpointId, asked: Asking, keeping: Keeping) -> ReceiptOut:
    """Facts are sent again; what was missed is replayed by hand."""
    return receipt(await keeping.switch(endpoint_id, e.ENABLED, asked.actor, asked.occasion()))


@router.post("/{endpoint_id}:disable", responses=ASKED)
async def disable_endpoint(endpoint_id: EndpointId, asked: Asking, keeping: Keeping) -> ReceiptOut:
    """Nothing is sent; what is told meanwhile is kept as failed, for a replay."""
    return receipt(await keeping.switch(endpoint_id, e.DISABLED, asked.actor, asked.occasion()))


@router.delete("/{endpoint_id}", responses=ASKED)
async def remove_endpoint(endpoint_id: EndpointId, asked: Asking, keeping: Keeping) -> ReceiptOut:
    """For good; its secrets are forgotten."""
    return receipt(await keeping.switch(endpoint_id, e.REMOVED, asked.actor, asked.occasion()))


@router.post("/{endpoint_id}:test", responses=ASKED)
async def send_test_event(
    endpoint_id: EndpointId, keeper: Keeper, asked: Asking, keeping: Keeping
) -> ReceiptOut:
    """Send `webhook.test.v1`, whatever it subscribes to; `id` is the delivery's."""
    return receipt(await keeping.test(endpoint_id, keeper, asked.occasion()))


@router.post("/{endpoint_id}:replay", responses={**ASKED, **refusals(WebhookBacklogFull)})
async def replay_endpoint(
    endpoint_id: EndpointId, body: ReplayIn, keeper: Keeper, asked: Opening, keeping: Keeping
) -> ReplayedOut:
    """Once more what ended and was owed since, by type, as far as a page; asked again with the same key nothing more is sent."""
    which = Which(body.since, body.types, body.cursor)
    done = await keeping.replay_all(endpoint_id, which, keeper, asked.occasion(body))
    return ReplayedOut(replayed=done.count, next=done.next)


def _secret(done: Outcome[e.Endpoint], secret: Personal | None) -> SecretOut:
    return SecretOut(endpoint_id=done.key, version=done.version, secret=secret.value if secret else None)
