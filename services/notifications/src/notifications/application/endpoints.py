"""Endpoints: opened, changed and switched by whoever keeps webhooks; secrets are made here and shown once."""

import base64
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from chassis.handling import Occasion, Outcome
from chassis.listing import Query
from kernel.actor import Actor
from kernel.personal import Personal

from notifications.application.hooks import (
    Ceilings,
    Deliveries,
    Endpoints,
    HandleDelivery,
    HandleEndpoint,
    Told,
)
from notifications.application.owing import owed_of, room
from notifications.domain import delivery as d
from notifications.domain import endpoint as e
from notifications.domain.keeping import own_shop
from notifications.domain.reachable import Reach, place_of
from notifications.domain.refusals import (
    EndpointNotEnabled,
    TooManyEndpoints,
    UnknownDelivery,
    UnknownEndpoint,
    WebhookBacklogFull,
    WebhookTypesUnknown,
)
from notifications.domain.trying import means, unknown

AT_A_TIME = 200


def new_secret() -> Personal:
    """24 random bytes, as Standard Webhooks writes them."""
    return Personal("whsec_" + base64.b64encode(secrets.token_bytes(24)).decode())


@dataclass(frozen=True, slots=True)
class Which:
    """What is replayed: owed since, of these types; `after` is where the page before ended."""

    since: datetime
    types: Collection[str]
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Replayed:
    """`next`: where to go on, when there is more."""

    count: int
    next: str | None


@dataclass(frozen=True, slots=True)
class KeepingEndpoints:
    """The use cases of an endpoint's keeper."""

    handle: HandleEndpoint
    endpoints: Endpoints
    owe: HandleDelivery
    deliveries: Deliveries
    reach: Reach
    ceilings: Ceilings
    types: Collection[str]
    test_event: Callable[[str, Occasion], Told]

    async def open(
        self, id_: str, shop_id: str, wanted: e.Wanted, actor: Actor, why: Occasion
    ) -> tuple[Outcome[e.Endpoint], Personal | None]:
        """The secret is given when it was opened now; who asks again has it already, or rotates."""
        own_shop(actor, shop_id)
        self._check(wanted)
        if (await self.endpoints.load(id_)).state is None:
            theirs = Query(equal={"shop_id": shop_id, "state": [e.ENABLED, e.DISABLED]})
            if await self.endpoints.count(theirs, most=self.ceilings.endpoints) >= self.ceilings.endpoints:
                raise TooManyEndpoints(
                    "This shop has as many endpoints as it may have.", most=self.ceilings.endpoints
                )
        secret = new_secret()
        done = await self.handle(e.Open(id_, shop_id, wanted, secret, actor, why.at), why)
        return done, (secret if done.changes and not done.repeated else None)

    async def change(self, id_: str, wanted: e.Wanted, actor: Actor, why: Occasion) -> Outcome[e.Endpoint]:
        """Another address, other types, another e-mail."""
        self._check(wanted)
        return await self.handle(e.Change(id_, wanted, actor), why)

    async def rotate(
        self, id_: str, keep_old: timedelta, actor: Actor, why: Occasion
    ) -> tuple[Outcome[e.Endpoint], Personal | None]:
        """A new secret; the one before goes on signing beside it for a while."""
        secret = new_secret()
        done = await self.handle(e.Rotate(id_, secret, why.at, why.at + keep_old, actor), why)
        return done, (secret if done.changes and not done.repeated else None)

    async def switch(self, id_: str, to: str, actor: Actor, why: Occasion) -> Outcome[e.Endpoint]:
        """Enable, disable, remove."""
        return await self.handle(e.Switch(id_, to, actor), why)

    async def test(self, id_: str, actor: Actor, why: Occasion) -> Outcome[d.Delivery]:
        """Send `webhook.test.v1` there, whatever it subscribes to."""
        endpoint = await self.of(id_, actor)
        if endpoint.state != e.ENABLED:
            raise EndpointNotEnabled("Nothing is sent to it now.")
        told = self.test_event(id_, why)
        return await self.owe(d.Owe(owed_of(told, endpoint), why.at), why)

    async def replay(self, delivery_id: str, actor: Actor, why: Occasion) -> Outcome[d.Delivery]:
        """One delivery once more."""
        delivery = (await self.deliveries.load(delivery_id)).state
        if delivery is None:
            raise UnknownDelivery("There is no such delivery.")
        await self._may_replay(delivery.owed.endpoint_id, 1, actor)
        return await self.owe(d.Replay(delivery_id, why.at), why)

    async def replay_all(self, id_: str, which: Which, actor: Actor, why: Occasion) -> Replayed:
        """Those of a page that have ended and fit; what is on its way goes anyway."""
        many = min(AT_A_TIME, self.ceilings.backlog)
        await self._may_replay(id_, many, actor)
        since = Query(equal={"endpoint_id": id_}, at_least={"created_at": which.since}, order="created_at")
        page = await self.deliveries.page(since, many, which.after)
        count = 0
        for held in page.items:
            if held.state and any(means(each, held.state.owed.type) for each in which.types):
                done = await self.owe(d.Replay(held.key, why.at, bulk=True), why)
                count += bool(done.changes)
        return Replayed(count, page.next)

    async def of(self, id_: str, actor: Actor) -> e.Endpoint:
        """The endpoint, if it is of the actor's shop."""
        endpoint = (await self.endpoints.load(id_)).state
        if endpoint is None:
            raise UnknownEndpoint("There is no such webhook endpoint.")
        own_shop(actor, endpoint.shop_id)
        return endpoint

    async def _may_replay(self, id_: str, many: int, actor: Actor) -> None:
        """What is told meanwhile needs room, too: a replay never fills the backlog beyond its ceiling."""
        if (await self.of(id_, actor)).state != e.ENABLED:
            raise EndpointNotEnabled("Nothing is sent to it now.")
        if await room(self.deliveries, id_, self.ceilings) < many:
            raise WebhookBacklogFull(
                "So many deliveries wait that a replay has no room; go on when fewer do.",
                most=self.ceilings.backlog,
            )

    def _check(self, wanted: e.Wanted) -> None:
        place_of(wanted.url.value, self.reach)
        if nothing := unknown(wanted.types, self.types):
            raise WebhookTypesUnknown("No published fact fits this.", types=", ".join(nothing)[:200])
