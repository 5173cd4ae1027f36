"""Owing: a fact was told; whoever subscribed to it is owed a delivery, kept before the fact counts as heard."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from chassis.clock import Clock
from chassis.handling import Occasion
from chassis.listing import Query
from kernel.actor import service

from notifications.application.hooks import Ceilings, Deliveries, Endpoints, HandleDelivery, Told
from notifications.domain import delivery as d
from notifications.domain.endpoint import DISABLED, ENABLED, Endpoint
from notifications.domain.trying import means

FRESH = timedelta(minutes=1)
"""Clocks of services differ by less."""
KNOWN_FOR = timedelta(seconds=5)


@dataclass(slots=True)
class Owing:
    """The endpoints are remembered while old facts are read, so that a long log is read fast: an endpoint opened after they
    were looked up is owed no fact that old. `keep`: so long it is known what was sent.
    """

    endpoints: Endpoints
    deliveries: Deliveries
    handle: HandleDelivery
    clock: Clock
    ceilings: Ceilings
    keep: timedelta
    _known: tuple[datetime, list[Endpoint]] | None = field(default=None, init=False)

    async def __call__(self, told: Told) -> None:
        """One delivery an endpoint and fact, however often the fact is heard and by however many."""
        for endpoint in await self._open_before(told.at):
            if self._wants(endpoint, told):
                owed = owed_of(told, endpoint)
                await self._owe(owed, endpoint, self.clock.now())

    async def _owe(self, owed: d.Owed, endpoint: Endpoint, at: datetime) -> None:
        why = Occasion(f"{owed.fact_id}/{endpoint.endpoint_id}", at, service("notifications"))
        await self.handle(
            d.Owe(owed, at, await self._refused(endpoint, at - owed.told_at)), why, opening=True
        )

    def _wants(self, endpoint: Endpoint, told: Told) -> bool:
        """A fact that names no shop is the affair of all of them; none is owed from before the endpoint was opened."""
        theirs = told.shop_id in (None, endpoint.shop_id) and told.at >= endpoint.created_at
        return theirs and any(means(each, told.type) for each in endpoint.wanted.types)

    async def _refused(self, endpoint: Endpoint, age: timedelta) -> str | None:
        """A fact that is older than what is known of deliveries may have been sent: a group whose place in Kafka was lost
        hears all of them again.
        """
        if endpoint.state != ENABLED:
            return "endpoint_disabled"
        if age > self.keep:
            return "too_old"
        return None if await room(self.deliveries, endpoint.endpoint_id, self.ceilings) else "backlog_full"

    async def _open_before(self, at: datetime) -> list[Endpoint]:
        now = self.clock.now()
        if self._known is None or at > self._known[0] - FRESH or now - self._known[0] > KNOWN_FOR:
            self._known = (now, await self._all())
        return self._known[1]

    async def _all(self) -> list[Endpoint]:
        found: list[Endpoint] = []
        after: str | None = None
        while True:
            page = await self.endpoints.page(Query(equal={"state": [ENABLED, DISABLED]}), 200, after)
            found += [held.state for held in page.items if held.state]
            after = page.next
            if after is None:
                return found


async def room(deliveries: Deliveries, endpoint_id: str, ceilings: Ceilings) -> int:
    """How many more deliveries may wait for an endpoint."""
    waiting = Query(equal={"endpoint_id": endpoint_id, "state": d.WAITING})
    return ceilings.backlog - await deliveries.count(waiting, most=ceilings.backlog)


def owed_of(told: Told, endpoint: Endpoint) -> d.Owed:
    """The delivery's id, which is the `webhook-id`, is derived from the endpoint and the fact."""
    id_ = uuid5(NAMESPACE_URL, f"opblok:webhook:{endpoint.endpoint_id}:{told.id}").hex
    return d.Owed(id_, endpoint.endpoint_id, endpoint.shop_id, told.type, told.id, told.at, told.body)
