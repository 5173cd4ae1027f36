"""What is wired of customers besides routes and deadlines."""

import asyncio
from datetime import timedelta

from chassis.chassis import Loop
from chassis.clock import Clock

from crm.application.forgetting import Forgetting
from crm.settings import CrmSettings

LOOK_EVERY = 60.0


def retirement(clock: Clock, forgetting: Forgetting, settings: CrmSettings) -> tuple[Loop, ...]:
    """Looks for who was silent for too long, where the shop says how long that is; an index answers, so often is cheap."""
    kept_for = timedelta(days=settings.customer_kept_days)
    if not kept_for:
        return ()

    async def retire_now_and_then() -> None:
        while True:
            await forgetting.retire(clock.now(), kept_for)
            await asyncio.sleep(LOOK_EVERY)

    return (retire_now_and_then,)
