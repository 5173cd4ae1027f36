"""An order that is ready to be promised, and what its customer may wish."""

from datetime import date
from typing import Any

from contracts.procurement import SupplyAllocatedV1, SupplyLineV1

from orders.testing.asking import Running

MORNING: dict[str, Any] = {
    "zone": "moscow",
    "kind": "window",
    "date": "2026-03-04",
    "from": "09:00",
    "to": "15:00",
}
EVENING: dict[str, Any] = {**MORNING, "from": "18:00", "to": "22:00"}
NOON: dict[str, Any] = {**MORNING, "from": "12:00", "to": None}


async def ready(shop: Running, key: str = "k-1", **more: Any) -> str:
    """An order whose customer was reached and whose goods are held, to be here on Tuesday."""
    order_id = await shop.place(key, **more)
    await shop.do(order_id, "attempts", channel="phone", outcome="reached")
    await allocated(shop, order_id)
    return order_id


async def allocated(shop: Running, order_id: str) -> None:
    line = SupplyLineV1(line_no=1, product_id="brass-lamp", wanted=2)
    fact = SupplyAllocatedV1(order_id=order_id, lines=(line,), expected_on=date(2026, 3, 3))
    await shop.chassis.tell(fact, source="procurement")
