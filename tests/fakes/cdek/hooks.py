"""Webhooks: unsigned, posted once and never again, lost, repeated, reversed and forged by anybody who knows the address."""

import random
from dataclasses import dataclass
from uuid import uuid4

import httpx

from tests.fakes.cdek.codes import old
from tests.fakes.cdek.envelopes import MOSCOW, Json, written
from tests.fakes.cdek.orders import CITIES, Order, Status

TYPES = frozenset(
    {"ORDER_STATUS", "PRINT_FORM", "DOWNLOAD_PHOTO", "PREALERT_CLOSED", "ACCOMPANYING_WAYBILL",
     "OFFICE_AVAILABILITY", "ORDER_MODIFIED", "DELIV_AGREEMENT", "DELIV_PROBLEM"}
)  # fmt: skip
WAITS = 15.0
"""Seconds until he gives up on an address; it is not tried again."""


@dataclass
class Subscription:
    uuid: str
    type: str
    url: str


@dataclass
class Event:
    """One event on its way."""

    url: str
    body: Json


@dataclass
class Post:
    """What happens on the way. `lose` and `repeat` are shares of 1."""

    lose: float = 0.0
    repeat: float = 0.0
    shuffle: bool = False
    reverse: bool = False
    seed: int = 7


def order_status(order: Order, status: Status) -> Json:
    """ORDER_STATUS as it stands on the wire."""
    return {
        "type": "ORDER_STATUS",
        "date_time": written(status.at, MOSCOW),
        "uuid": order.uuid,
        "attributes": {
            "is_return": order.is_return,
            "is_reverse": False,
            "is_client_return": False,
            "cdek_number": order.cdek_number,
            **({"number": order.number} if order.number else {}),
            "code": status.code,
            "status_code": old(status.code),
            **({"status_reason_code": status.reason} if status.reason else {}),
            "status_date_time": written(status.at, MOSCOW),
            "city_name": CITIES.get(status.city, "Москва"),
            "city_code": str(status.city),
            "related_entities": [each for each in order.related if each["type"] == "direct_order"],
            "deleted": status.deleted,
        },
    }


def forged(number: str, code: str = "DELIVERED") -> Json:
    """What somebody else could post: it looks the same."""
    at = written(0, MOSCOW)
    attributes: Json = {"is_return": False, "cdek_number": "1", "number": number, "code": code}
    return {
        "type": "ORDER_STATUS",
        "date_time": at,
        "uuid": str(uuid4()),
        "attributes": {**attributes, "status_code": old(code), "status_date_time": at},
    }


async def deliver(events: list[Event], client: httpx.AsyncClient, post: Post | None = None) -> int:
    """Post all that waits; answers how many were taken. Nothing is tried twice."""
    post = post or Post()
    chance = random.Random(post.seed)
    waiting = events[::-1] if post.reverse else list(events)
    events.clear()
    if post.shuffle:
        chance.shuffle(waiting)
    sent = [each for each in waiting if chance.random() >= post.lose]
    sent += [each for each in sent if chance.random() < post.repeat]
    return sum([await _posted(client, each) for each in sent])


async def _posted(client: httpx.AsyncClient, event: Event) -> bool:
    try:
        answer = await client.post(event.url, json=event.body, timeout=WAITS)
    except httpx.HTTPError:
        return False
    return answer.is_success
