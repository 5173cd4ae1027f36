"""The lamp shop before New Year, running in memory: its people, its hours, and procurement to ask for categories."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import time, timedelta
from typing import Any

from chassis.clock import StoppedClock
from chassis.testing.memory import MemoryChassis, ScriptedPeer
from contracts.crm import DayHoursV1, ShopChangedV1, StaffChangedV1
from kernel.actor import Role

from orders.bootstrap import compose
from orders.settings import OrdersSettings
from orders.testing.asking import Running, names_everybody
from orders.testing.lamps import MONDAY
from orders.testing.rushes import ENDS_BY, PEOPLE, STANDS

CATEGORIES = {"brass-lamp": "Свет / Лампы", "green-shade": "Свет / Абажуры", "plug": "Мелочи"}
RUSH: dict[str, Any] = {
    "lanes": [{"staff_id": each.staff_id, "lane": each.lane.value} for each in STANDS],
    "phone_hours": {"opens": "13:00", "closes": "17:00"},
    "ends_by": ENDS_BY.isoformat(),
}


def knows_categories(path: str, _: Any) -> Any:
    """Procurement on a good day."""
    product_id = path.rsplit("/", 1)[-1]
    return {"product_id": product_id, "category": CATEGORIES.get(product_id)}


@asynccontextmanager
async def before_new_year() -> AsyncGenerator[Running]:
    """The shop opens on a Monday; crm has told of its hours and its people."""
    clock, crm = StoppedClock(MONDAY), ScriptedPeer(names_everybody)
    peers = {"crm": crm, "procurement": ScriptedPeer(knows_categories)}
    chassis = MemoryChassis("orders", clock=clock, peers=peers)
    async with chassis.running(compose, OrdersSettings()) as client:
        days = tuple(DayHoursV1(weekday=day, opens=time(10), closes=time(18)) for day in range(1, 6))
        shop = ShopChangedV1(shop_id="main", time_zone="Europe/Moscow", hours=days, owner_id="olga")
        await chassis.tell(shop, source="crm")
        for each in PEOPLE.members:
            await chassis.tell(_told(each.staff_id, each.roles, active=each.active), source="crm")
        await chassis.tell(_told("olga", (Role.OWNER.value,), active=True), source="crm")
        yield Running(chassis, clock, crm, client)


def _told(staff_id: str, roles: tuple[str, ...], *, active: bool) -> StaffChangedV1:
    return StaffChangedV1(staff_id=staff_id, shop_id="main", roles=roles, grade="regular", active=active)


def in_days(days: float) -> str:
    """So many days after the shop opened."""
    return (MONDAY + timedelta(days=days)).isoformat()
