"""Who was silent for longer than the shop keeps anybody is forgotten by itself (152-FZ art. 21); where nothing is set, nobody is."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import Any

from chassis.testing.waiting import eventually
from crm.customer_wiring import retirement
from kernel.actor import Actor, Role

ORDERS = Actor("service:orders", frozenset({Role.SERVICE}))


async def test_the_watch_forgets_who_was_silent_and_keeps_who_was_not(crm: Any) -> None:
    silent, lively = [
        await crm.ask("POST", "/customers:resolve", {"phone": phone}, by=ORDERS)
        for phone in ("+79161234567", "+79161234568")
    ]
    crm.clock.forward(timedelta(days=60))
    await crm.ask("POST", "/customers:resolve", {"phone": "+79161234568"}, by=ORDERS)
    crm.clock.forward(timedelta(days=45))
    settings = crm.settings.model_copy(update={"customer_kept_days": 100})
    (watch,) = retirement(crm.clock, crm.parts.wired["forgetting"], settings)

    watching = asyncio.ensure_future(watch())

    async def is_gone() -> bool:
        return (await crm.ask("GET", f"/customers/{silent['customer_id']}"))["erased"]

    try:
        await eventually(is_gone, within=10.0)
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
    assert (await crm.ask("GET", f"/customers/{lively['customer_id']}"))["erased"] is False


async def test_without_a_term_nobody_watches(crm: Any) -> None:
    assert retirement(crm.clock, crm.parts.wired["forgetting"], crm.settings) == ()
