"""Orders, asked over HTTP: for money (services/orders, goodwill: it becomes a refund there, R55, R80), and which orders are somebody's."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from chassis.peers import Peers
from kernel.money import Money


@dataclass(frozen=True, slots=True)
class HttpOrders:
    """Reached by our own token at the moment of asking, so that claims starts without orders."""

    peers: Peers

    async def let_off(self, order_id: str, amount: Money, key: str) -> None:
        body = {"amount": amount.minor, "currency": amount.currency}
        await self.peers.of("orders").post(f"/orders/{order_id}/goodwill", body, key=key)

    async def of_customer(self, customer_id: str) -> AsyncIterator[str]:
        params = {"customer_id": customer_id, "limit": "200"}
        while True:
            page = await self.peers.of("orders").get("/orders", params=params)
            for order in page["items"]:
                yield order["order_id"]
            if page["next"] is None:
                return
            params["cursor"] = page["next"]
