"""Asking procurement for the category of a product, over HTTP with our own token."""

from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from chassis.peers import Peer, PeerDown, PeerRefused


@dataclass(frozen=True, slots=True)
class ProcurementCategories:
    """`GET /products/{id}`; a product nobody supplies has no category."""

    procurement: Peer

    async def __call__(self, product_id: str) -> str | None:
        try:
            answer = await self.procurement.get(f"/products/{quote(product_id, safe='')}")
        except PeerRefused as no:
            if no.status == HTTPStatus.NOT_FOUND:
                return None
            raise PeerDown(f"procurement answered {no.status}") from no
        return answer.get("category")
