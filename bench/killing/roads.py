"""An order's way: contacted, promised, sent, and what became of it at the door."""

import asyncio
import importlib.resources
import json
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from opblok.working_day.kept_word import as_wish

from bench.killing.answered import Life
from bench.killing.asking import Client
from bench.killing.people import People

CARRIER = "own-couriers"
COMES_WITHIN = 240.0
ENOUGH, STOPS = 5_000, 1_000


class NeverHappened(Exception):
    """What an order waited for did not come."""


@dataclass
class Road:
    """Who sells, packs and drives."""

    people: People
    chance: random.Random

    def __post_init__(self) -> None:
        self.seller, self.packer = self.people.client("sveta"), self.people.client("stepan")
        self.courier, self.owner = self.people.client("gleb"), self.people.client("owner")

    async def go(self, life: Life) -> None:
        """As far as it comes; what never came is told."""
        path = f"/orders/{life.order_id}"
        await self.seen(f"{path} allocated", lambda: self._supplied(path))
        reached = {"channel": "phone", "outcome": "reached"}
        await self.people.command(self.seller, "POST", "orders", f"{path}/attempts", json=reached)
        await self._agree(life, path)
        shipment_id = await self.seen(f"{path} to be sent", lambda: self._ready(life))
        for step in ("registration", "dispatch"):
            await self.people.command(self.packer, "POST", "logistics", f"/shipments/{shipment_id}/{step}")
        life.sent = True
        await self._at_the_door(life, f"/shipments/{shipment_id}/reports", path)

    async def _agree(self, life: Life, path: str) -> None:
        """What can be kept tomorrow; time passes meanwhile, so it is asked again."""
        for _ in range(8):
            now = await self.now()
            wish = {
                "zone": "moscow",
                "kind": "window",
                "date": f"{(now + timedelta(days=1)).date()}",
                "from": "09:00",
                "to": "21:00",
            }
            check = await self.people.command(
                self.seller, "POST", "orders", f"{path}/delivery:check", json=wish
            )
            offered = check and (check["promise"] or next(iter(check["options"]), None))
            if not offered:
                continue
            told = await self.people.command(
                self.seller,
                "POST",
                "orders",
                f"{path}/delivery",
                json=as_wish(offered),
                lawful=("promise-outside-terms",),
            )
            if told is not None:
                life.promised = True
                return
        raise NeverHappened(f"{path}: no promise could be agreed")

    async def _at_the_door(self, life: Life, reports: str, path: str) -> None:
        """Delivered, in part, after a vain attempt, or not at all."""
        due = (await self.owner.ask("GET", "orders", path)).json()["money"]["due"]
        fate = self.chance.random()
        if fate < 0.3:
            life.failures += await self._tell(reports, what="attempt_failed", reason="no_contact")
        if fate < 0.15:
            life.failures += await self._tell(reports, what="failed", reason="refusal")
            life.returned = bool(await self._tell(reports, what="returned"))
        elif fate > 0.85:
            life.kept = 1
            kept = [{"line_no": 1, "quantity": 1}]
            collected = {"minor": due // life.quantity, "currency": "RUB"}
            done = await self._tell(reports, what="delivered", kept=kept, collected=collected)
            life.delivered = bool(done)
            life.returned = bool(await self._tell(reports, what="returned"))
        else:
            life.kept = life.quantity
            collected = {"minor": due, "currency": "RUB"}
            life.delivered = bool(await self._tell(reports, what="delivered", collected=collected))

    async def _tell(self, reports: str, **seen: Any) -> int:
        done = await self.people.command(self.courier, "POST", "logistics", reports, json=seen)
        return int(done is not None)

    async def _supplied(self, path: str) -> bool:
        order = (await self.owner.ask("GET", "orders", path)).json()
        return order["supply"] == "allocated" and order["customer_id"] is not None

    async def _ready(self, life: Life) -> str | None:
        answer = await self.packer.ask("GET", "logistics", "/shipments", params={"order_id": life.order_id})
        waits = (each["shipment_id"] for each in answer.json()["items"] if each["waits_for"] is None)
        return next(waits, None)

    async def now(self) -> datetime:
        """The services' time."""
        answer = await self.owner.ask("GET", "orders", "/health/ready")
        return datetime.fromisoformat(answer.json()["now"])

    async def seen(self, what: str, look: Callable[[], Awaitable[Any]]) -> Any:
        """What is looked for, once it is there."""
        limit = time.monotonic() + COMES_WITHIN
        while not (found := await look()):
            if time.monotonic() > limit:
                raise NeverHappened(what)
            await asyncio.sleep(0.2)
        return found


async def agreed_terms(people: People) -> None:
    """Our couriers, with room for all; lena writes, vera approves."""
    text = importlib.resources.files("opblok.working_day").joinpath("terms.json").read_text()
    agreed: dict[str, Any] = json.loads(text)
    lena, vera = people.client("lena"), people.client("vera")
    path = f"/carriers/{CARRIER}"
    await people.command(lena, "PUT", "logistics", path, json=agreed["profile"])
    terms = roomy(agreed["terms"], await today(lena))
    draft = await people.command(lena, "PUT", "logistics", f"{path}/terms", json=terms)
    assert draft is not None, "the terms were refused"
    approval = f"{path}/terms/{draft['version']}/approval"
    await people.command(vera, "POST", "logistics", approval, json={"revision": draft["revision"]})


def roomy(terms: dict[str, Any], day: str) -> dict[str, Any]:
    """The same terms with limits that no run comes to."""
    zones = [
        zone
        | {"limit": {"usually": ENOUGH}}
        | {
            "windows": [
                {key: value for key, value in each.items() if key != "most"} for each in zone["windows"]
            ]
        }
        for zone in terms["zones"]
        if zone["code"] == "moscow"
    ]
    couriers = [{"courier_id": "gleb", "zones": ["moscow"], "stops": STOPS, "minutes_per_stop": 1}]
    return terms | {"effective_from": day, "zones": zones, "couriers": couriers}


async def today(client: Client) -> str:
    answer = await client.ask("GET", "orders", "/health/ready")
    return str(datetime.fromisoformat(answer.json()["now"]).date())
