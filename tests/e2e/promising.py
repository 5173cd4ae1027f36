"""Agreeing on a delivery: what must be there before, and how a wish is put."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tests.e2e.shop import PHONE, Shop

CARRIERS = Path(__file__).parents[2] / "services" / "logistics" / "examples" / "carriers.json"
MOSCOW = ZoneInfo("Europe/Moscow")
SPINDLE, LATHE = "turned-spindle", "bench-lathe"


async def agree(shop: Shop) -> None:
    """It is day, so that customers may be written to; the couriers' terms are approved; goods are on the shelf."""
    now = (await shop.now("orders")).astimezone(MOSCOW)
    if not 10 <= now.hour < 19:
        await shop.pass_time_until((now + timedelta(days=now.hour >= 19)).replace(hour=10, minute=0))
    await approve_terms(shop)
    for product, title, count in ((SPINDLE, "Веретено точёное", 3), (LATHE, "Станок настольный", 900)):
        counted = {"quantity": count, "title": title, "price": {"minor": 700_000}}
        await shop.post("raisa", "procurement", f"/own-stock/{product}", counted, method="PUT")


async def approve_terms(shop: Shop) -> None:
    """What the couriers agreed to, by two persons; once is enough for all stories."""
    today = f"{(await shop.now('logistics')).date()}"
    in_force = "/carriers/own-couriers/terms:in-force"
    if (await shop.who("owner").ask("GET", "logistics", in_force, params={"on": today})).is_success:
        return
    own = next(
        each for each in json.loads(CARRIERS.read_text())["carriers"] if each["carrier_id"] == "own-couriers"
    )
    await shop.post("lena", "logistics", "/carriers/own-couriers", own["profile"], method="PUT")
    terms = own["terms"] | {"effective_from": today}
    draft = await shop.post("lena", "logistics", "/carriers/own-couriers/terms", terms, method="PUT")
    approval = f"/carriers/own-couriers/terms/{draft['version']}/approval"
    assert (await shop.ask("lena", "logistics", approval, {"revision": draft["revision"]})).status_code == 403
    await shop.post("vera", "logistics", approval, {"revision": draft["revision"]})


async def contacted(shop: Shop, product: str, quantity: int) -> str:
    """An order whose goods are there and whose customer was reached."""
    order_id = await shop.order(product, quantity, phone=PHONE)
    await shop.until(order_id, supply="allocated")
    reached = {"channel": "messenger", "outcome": "reached"}
    await shop.post("sveta", "orders", f"/orders/{order_id}/attempts", reached)
    return order_id


async def a_day(shop: Shop) -> str:
    """A day in a week: whatever the calendar says of today, the couriers work then."""
    return f"{((await shop.now('orders')) + timedelta(days=7)).date()}"


def wish(day: str) -> dict[str, Any]:
    return {"zone": "moscow", "kind": "window", "date": day, "from": "09:00", "to": "15:00"}


def can_be_kept(checked: dict[str, Any]) -> dict[str, Any]:
    """What was wished, or the nearest to it."""
    return checked["promise"] or checked["options"][0]


def as_wish(option: dict[str, Any]) -> dict[str, Any]:
    """What logistics named, as a wish."""
    zone = ZoneInfo(option["time_zone"])
    starts, ends = (
        datetime.fromisoformat(option[each]).astimezone(zone) for each in ("starts_at", "ends_at")
    )
    return wish(f"{starts.date()}") | {"from": f"{starts:%H:%M}", "to": f"{ends:%H:%M}"}
