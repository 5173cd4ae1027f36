"""Looking at the lives of orders once everything is quiet, as their people would."""

import asyncio
from collections.abc import Iterable

from bench.killing.answered import Life
from bench.killing.asking import Client
from bench.killing.life_effects import Afterwards

AT_ONCE = 8


async def looked_after(owner: Client, lives: Iterable[Life]) -> Afterwards:
    """All that the services show of them."""
    gate, after = asyncio.Semaphore(AT_ONCE), Afterwards({}, {}, {}, {}, {})

    async def look(order_id: str) -> None:
        async with gate:
            shown = await owner.ask("GET", "orders", f"/orders/{order_id}")
            if shown.is_success:
                after.orders[order_id] = shown.json()
            after.shipments[order_id] = await owner.pages("logistics", "/shipments", order_id=order_id)
            after.incidents[order_id] = await owner.pages("logistics", "/incidents", linked=order_id)
            after.calls[order_id] = await owner.pages("quality", "/calls", order_id=order_id)
            after.claims[order_id] = await owner.pages("claims", "/claims", view="all", order_id=order_id)

    await asyncio.gather(*(look(each.order_id) for each in lives))
    return after
