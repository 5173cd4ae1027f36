"""Asking procurement what might do instead of a product, over HTTP with our own token."""

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from chassis.peers import Peer, PeerDown, PeerRefused
from kernel.money import Money

from orders.application.substituting import Alternatives
from orders.domain.ranking import Availability, Candidate

MOST = "30"


@dataclass(frozen=True, slots=True)
class ProcurementAlternatives:
    """`GET /products/{id}/alternatives`. Any no but "unknown" is a grant or an address to be put right: it is down for us."""

    procurement: Peer

    async def __call__(self, product_id: str) -> Alternatives:
        path = f"/products/{quote(product_id, safe='')}/alternatives"
        try:
            answer = await self.procurement.get(path, params={"limit": MOST})
        except PeerRefused as no:
            if no.status == HTTPStatus.NOT_FOUND:
                return Alternatives(None, ())
            raise PeerDown(f"procurement answered {no.status}") from no
        items = (_candidate(each) for each in answer["items"])
        return Alternatives(_candidate(answer["of"]), tuple(each for each in items if each))


def _candidate(told: Mapping[str, Any]) -> Candidate | None:
    """A product without a price can't be offered."""
    if told.get("price") is None:
        return None
    return Candidate(
        product_id=told["product_id"],
        title=told["title"],
        price=_money(told["price"]),
        availability=Availability(told["availability"]),
        category=told.get("category"),
        attributes=told.get("attributes") or {},
        cost=_money(told["cost"]) if told.get("cost") else None,
        quantity=told.get("quantity"),
        lead_days=told.get("lead_days") or 0,
        sale_closed=bool(told.get("sale_closed")),
    )


def _money(told: Mapping[str, Any]) -> Money:
    return Money(told["minor"], told["currency"])
