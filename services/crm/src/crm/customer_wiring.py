"""What is wired of customers besides routes and deadlines."""

import asyncio
from datetime import timedelta

from chassis.chassis import Loop
from chassis.clock import Clock
from chassis.deadlines import OnDeadline
from chassis.handling import Occasion, Outcome
from kernel.deadline import Deadline

from crm.application.coming_back import ComingBack
from crm.application.forgetting import Forgetting
from crm.application.handing_over import HandingOver
from crm.application.merging import Merging
from crm.bitrix_wiring import Bridge
from crm.domain.customer import Customer
from crm.domain.handing_over import ACCEPT
from crm.entrypoints.subscribers import Follower
from crm.settings import CrmSettings

LOOK_EVERY = 60.0


def due(forgetting: Forgetting, handing: HandingOver) -> OnDeadline:
    """What of a customer is due: a hand-over nobody accepted, a merge or an erasure that is half done."""

    async def pass_deadline(customer_id: str, deadline: Deadline, why: Occasion) -> Outcome[Customer]:
        if deadline.name == ACCEPT:
            return await handing.pass_deadline(customer_id, deadline, why)
        return await forgetting.due(customer_id, deadline, why)

    return pass_deadline


def followers(merging: Merging, leads: Follower, portal: Bridge | None) -> tuple[Follower, ...]:
    """What goes where customers go: themselves, when they are parted again; their leads; a portal's cards."""
    return (ComingBack(merging), leads, *((portal.joining.following,) if portal else ()))


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
