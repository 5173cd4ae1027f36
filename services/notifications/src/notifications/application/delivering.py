"""Delivering: a delivery's moment has come. That it is about to be sent is saved before it is sent, as with messages."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from chassis.handling import Occasion
from kernel.deadline import Deadline

from notifications.application.hooks import (
    Answered,
    Ceilings,
    Deliveries,
    Endpoints,
    HandleDelivery,
    HandleEndpoint,
    Post,
)
from notifications.domain import delivery as d
from notifications.domain.delivering import GONE, arrived
from notifications.domain.endpoint import ENABLED, Endpoint, HearOfTry
from notifications.domain.trying import Persistence

WARN_AFTER_SHARE = 5
"""Its keeper is warned after a fifth of the time after which it is disabled."""
SLOW = 2_000
"""Who took longer for his last answer is slow; milliseconds."""
SHARE_OF_THE_SLOW = 8
STATUSES = frozenset({2, 3, 4, 5})


@dataclass(frozen=True, slots=True)
class Delivering:
    """What a delivery's deadlines do."""

    handle: HandleDelivery
    deliveries: Deliveries
    hear: HandleEndpoint
    endpoints: Endpoints
    post: Post
    persistence: Persistence
    disable_after: timedelta
    ceilings: Ceilings
    measure: Callable[[str], None]
    _running: Counter[str] = field(default_factory=Counter[str], init=False)
    _slow: set[str] = field(default_factory=set[str], init=False)

    async def on_deadline(self, delivery_id: str, deadline: Deadline, why: Occasion) -> None:
        """It is to be sent, or sent again because whoever sent it never told what came of it."""
        delivery = (await self.deliveries.load(delivery_id)).state
        if delivery is None:
            return
        endpoint = (await self.endpoints.load(delivery.owed.endpoint_id)).state
        if endpoint is None or endpoint.state != ENABLED:
            told = d.Abandon(delivery_id, "endpoint_disabled", why.at)
            if (await self.handle.fire(deadline, told, why)).changes:
                self.measure("abandoned")
        elif self._has_room(endpoint):  # else its turn comes: the worker tries again
            self._running[endpoint.endpoint_id] += 1
            try:
                await self._send(delivery, endpoint, deadline, why)
            finally:
                self._running[endpoint.endpoint_id] -= 1

    def _has_room(self, endpoint: Endpoint) -> bool:
        """Who fails or is slow holds but a few of the calls that all share: the others don't wait for him."""
        slow = endpoint.failing_since is not None or endpoint.endpoint_id in self._slow
        most = max(self.ceilings.at_once // SHARE_OF_THE_SLOW, 1) if slow else self.ceilings.at_once
        return self._running[endpoint.endpoint_id] < most

    async def _send(
        self, delivery: d.Delivery, endpoint: Endpoint, deadline: Deadline, why: Occasion
    ) -> None:
        id_ = delivery.owed.delivery_id
        begun = await self.handle.fire(deadline, d.Begin(id_, why.at, self.persistence), why)
        now = begun.state
        if not begun.changes or now is None or now.state != d.SENDING:
            return  # somebody else is sending it, or it was given up
        answer = await self.post(endpoint.wanted.url.value, id_, delivery.owed.body, endpoint.secrets(why.at))
        (self._slow.add if answer.milliseconds > SLOW else self._slow.discard)(endpoint.endpoint_id)
        tried = d.Try(why.at, answer.status, answer.milliseconds, answer.fault)
        said = d.Record(id_, now.round, now.tries, tried, self.persistence, answer.retry_after)
        await self.handle(said, replace(why, id=f"{why.id}/answer"))
        await self._judge(endpoint, tried, why)
        self.measure(outcome_of(answer))

    async def _judge(self, endpoint: Endpoint, tried: d.Try, why: Occasion) -> None:
        await self.hear(
            heard(endpoint, tried, why.at, self.disable_after), replace(why, id=f"{why.id}/heard")
        )


def heard(endpoint: Endpoint, tried: d.Try, at: datetime, disable_after: timedelta) -> HearOfTry:
    """What a try tells of its endpoint."""
    gone, warn_after = tried.status == GONE, disable_after / WARN_AFTER_SHARE
    url = endpoint.wanted.url
    return HearOfTry(endpoint.endpoint_id, url, arrived(tried), gone, at, warn_after, disable_after)


def outcome_of(answer: Answered) -> str:
    """The word it is counted by: a class of status, or the fault. Receivers make up statuses; those have one word together."""
    of = (answer.status or 0) // 100
    return answer.fault or (f"{of}xx" if of in STATUSES else "other")
