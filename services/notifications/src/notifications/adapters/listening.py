"""Listening to all facts for webhooks: a group of its own, so that it never keeps messages waiting."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any, cast
from uuid import NAMESPACE_URL, uuid5

from chassis.chassis import Loop
from chassis.clock import Clock
from chassis.envelopes import Unreadable, envelope, text_of
from chassis.lanes import Lanes
from chassis.occasions import Occasion
from chassis.publishing import KafkaPublisher
from chassis.reactions import Reactions, Wired
from chassis.reading import Raw
from chassis.settings import KafkaSettings

from notifications.application.hooks import Told

ATTRIBUTES = ("correlationid", "causationid")


class AllFacts(Reactions):
    """Reacts to every published type with one function, by the bytes as they lie in Kafka."""

    def __init__(self, types: dict[str, str], hear: Callable[[Told], Awaitable[None]]) -> None:
        """`types`: CloudEvents type to topic."""
        super().__init__("notifications")
        self._types = types
        self._hear = hear

    @property
    def topics(self) -> tuple[str, ...]:
        return tuple(sorted(set(self._types.values())))

    def knows(self, type_: str) -> bool:
        """Whether it is a published fact."""
        return type_ in self._types

    async def react(self, record: Raw, occasion: Occasion, wired: Wired) -> None:
        """Owe it to whoever subscribed."""
        del occasion, wired
        await self._hear(told_of(list(record.headers), record.value or b""))


def told_of(headers: Sequence[tuple[str, bytes | None]], value: bytes) -> Told:
    """The record in CloudEvents' structured mode: the same attributes, and `data` is the body as it is."""
    of = envelope(headers)
    try:
        raw = value.decode()
        data = json.loads(raw, parse_constant=_no_number)
        time = text_of(headers, "ce_time") or ""
        at = datetime.fromisoformat(time)
    except ValueError:
        raise Unreadable(f"body or time of {of.type}") from None
    if not isinstance(data, dict) or at.tzinfo is None:
        raise Unreadable(f"body or time of {of.type}")
    attributes = {
        "specversion": "1.0",
        "id": of.id,
        "type": of.type,
        "source": of.source,
        "subject": of.subject,
        "time": time,
        "sequence": str(of.sequence),
        **{name: said for name in ATTRIBUTES if (said := text_of(headers, f"ce_{name}"))},
        "datacontenttype": "application/json",
    }
    return Told(of.id, of.type, at, shop_of(cast("dict[str, Any]", data)), structured(attributes, raw))


def _no_number(name: str) -> float:
    """NaN and the infinities are Python's own: no other reader of JSON takes them."""
    raise ValueError(name)


def structured(attributes: dict[str, str], data: str) -> str:
    """The event as one JSON object."""
    return f'{json.dumps(attributes, ensure_ascii=False)[:-1]}, "data": {data}}}'


def shop_of(data: dict[str, Any]) -> str | None:
    """The shop that a fact names: itself, or in the thing it tells of."""
    things = [data, *(cast("dict[str, Any]", each) for each in data.values() if isinstance(each, dict))]
    return next((str(each["shop_id"]) for each in things if each.get("shop_id")), None)


def listening(facts: AllFacts, kafka: KafkaSettings, clock: Clock, group: str) -> Loop:
    """Reads for ever; its dead letters are the service's."""

    async def listen() -> None:
        publisher = KafkaPublisher(kafka, client_id="opblok-notifications-webhooks")
        lanes = Lanes(facts, kafka, {}, publisher=publisher, clock=clock, group=group)
        publisher.start()
        lanes.start()
        try:
            await asyncio.Event().wait()
        finally:
            await lanes.stop()
            await publisher.stop()

    return listen


TEST = "webhook.test.v1"


def trial_event(endpoint_id: str, why: Occasion) -> Told:
    """An event to try an endpoint with; it is in no topic."""
    id_ = str(uuid5(NAMESPACE_URL, f"opblok:webhook-test:{endpoint_id}:{why.id}"))
    at = why.at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    attributes = {
        "specversion": "1.0",
        "id": id_,
        "type": TEST,
        "source": "notifications",
        "subject": endpoint_id,
        "time": at,
        "datacontenttype": "application/json",
    }
    body = structured(attributes, json.dumps({"endpoint_id": endpoint_id}))
    return Told(id_, TEST, why.at, None, body)
