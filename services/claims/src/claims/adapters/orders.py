"""Orders, asked for money over HTTP (services/orders, goodwill: it becomes a refund there, R55, R80)."""

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
