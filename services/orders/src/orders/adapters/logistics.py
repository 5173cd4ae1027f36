"""Asking logistics over HTTP with our own token: what can be promised, and holding a place for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from chassis.peers import Peer, PeerDown, PeerRefused
from kernel.money import Money

from orders.application.capacity import (
    Answer,
    CapacityGone,
    Caution,
    NotUnderstood,
    Option,
    Question,
    Reserved,
)
from orders.domain.delivery import Handing, Offered, Words

UNREADABLE = (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
MANY = 20
"""More options than that help nobody."""


@dataclass(frozen=True, slots=True)
class LogisticsCapacity:
    """Tried again a few times when it does not answer; a check changes nothing, a reservation carries its key."""

    logistics: Peer

    async def check(self, question: Question) -> Answer:
        try:
            told = await self.logistics.post("/promises:check", _asked(question), repeatable=True)
        except PeerRefused as no:
            if no.status in UNREADABLE:
                raise NotUnderstood from no
            raise _mistaken(no) from no
        found = told.get("promise") if told["possible"] else None
        offered = _offered(found) if found else None
        return Answer(offered, told.get("reason"), _words(told), _options(told), _cautions(told))

    async def reserve(self, order_id: str, offered: Offered, question: Question, key: str) -> Reserved:
        body = {
            "order_id": order_id,
            "kind": offered.kind,
            "carrier_id": offered.carrier_id,
            "terms_version": offered.terms_version,
            "zone": offered.zone,
            "starts_at": offered.starts_at.isoformat(),
            "ends_at": offered.ends_at.isoformat(),
            "point_id": offered.point_id,
            "ready_on": question.ready_on and question.ready_on.isoformat(),
            "payment": _payment(question),
            "pieces": question.pieces,
        }
        try:
            told = await self.logistics.post("/reservations", body, key=key)
        except PeerRefused as no:
            if no.status != HTTPStatus.CONFLICT:
                raise _mistaken(no) from no
            raise CapacityGone(no.problem.get("reason"), _options(no.problem)) from no
        return Reserved(told["reservation_id"], datetime.fromisoformat(told["expires_at"]))


def _mistaken(no: PeerRefused) -> PeerDown:
    """A grant or an address to be put right: not what anybody asked is wrong, so for them logistics is down."""
    return PeerDown(f"logistics answered {no.status}")


def _asked(question: Question) -> dict[str, Any]:
    return {
        "shop_id": question.shop_id,
        "zone": question.zone,
        "kind": question.kind,
        "date": question.day and question.day.isoformat(),
        "from": question.begins and f"{question.begins:%H:%M}",
        "to": question.ends and f"{question.ends:%H:%M}",
        "point_id": question.point_id,
        "ready_on": question.ready_on and question.ready_on.isoformat(),
        "payment": _payment(question),
        "pieces": question.pieces,
        "customer_id": question.customer_id,
        "order_id": question.order_id,
    }


def _payment(question: Question) -> str:
    return "on_delivery" if question.on_delivery else "prepaid"


def _options(told: Mapping[str, Any]) -> tuple[Option, ...]:
    return tuple(Option(_offered(each), each.get("reason")) for each in told.get("options", ())[:MANY])


def _cautions(told: Mapping[str, Any]) -> tuple[Caution, ...]:
    """A logistics of an older version knows of none."""
    return tuple(
        Caution(each["party"], each["party_id"], each["reason"], datetime.fromisoformat(each["until"]))
        for each in told.get("warnings", ())[:MANY]
    )


def _offered(told: Mapping[str, Any]) -> Offered:
    return Offered(
        kind=Handing(told["kind"]),
        carrier_id=told["carrier_id"],
        terms_version=told["terms_version"],
        zone=told["zone"],
        starts_at=datetime.fromisoformat(told["starts_at"]),
        ends_at=datetime.fromisoformat(told["ends_at"]),
        time_zone=told["time_zone"],
        price=Money(told["price"]["minor"], told["price"]["currency"]),
        words=_words(told),
        point_id=told.get("point_id"),
    )


def _words(told: Mapping[str, Any]) -> Words:
    return Words(told["words"]["ru"], told["words"]["en"])
