"""Whole lives of orders while the services are killed: from the site to the door, the question the day after, and the claim.

Time passes meanwhile: a day of the shop in some seconds, so promises are kept, missed and asked about.
"""

import asyncio
import random
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from chassis.moving_clock import move_forward
from pymongo import AsyncMongoClient
from pymongo.errors import PyMongoError

from bench.killing.answered import Answered, Life
from bench.killing.asking import Client, until
from bench.killing.people import People
from bench.killing.roads import NeverHappened, Road, agreed_terms

NAME, ADDRESS = "Анна Каренина", "Тверь, Пречистенка 20"
PRICE, SHELF = 15_000, 100_000
CUT = 1_000
STEP = timedelta(hours=3)


@dataclass
class Lives:
    """`day_lasts`: seconds of ours in a day of the shop. `at_once`: so many orders are on their way at a time."""

    people: People
    answered: Answered
    mongo: str
    run: str
    phones: list[str]
    chance: random.Random = field(default_factory=random.Random)
    at_once: int = 3
    day_lasts: float = 60.0

    def __post_init__(self) -> None:
        self.product = f"life-{self.run}"
        self.buyer, self.site = self.people.client("raisa"), self.people.client("site")
        self.controller, self.settler = self.people.client("kira"), self.people.client("kostya")
        self.road = Road(self.people, self.chance)

    async def prepare(self) -> None:
        """Goods on our own shelf, and couriers with terms that somebody else approved."""
        said = {"quantity": SHELF, "title": self.product, "price": {"minor": PRICE}}
        await self.people.command(self.buyer, "PUT", "procurement", f"/own-stock/{self.product}", json=said)
        await agreed_terms(self.people)

    def works(self, told: asyncio.Event) -> list[Coroutine[Any, Any, None]]:
        """All that goes on, each until told to stop."""
        kinds: list[tuple[Callable[[], Coroutine[Any, Any, None]], float]] = [
            *[(self.live, 0.3)] * self.at_once,
            (self.ask, 0.5),
            (self.settle, 0.5),
            (self.pass_time, self.day_lasts * STEP / timedelta(days=1)),
        ]
        return [until(told, does, pause) for does, pause in kinds]

    async def live(self) -> None:
        """One order, as far as it comes."""
        quantity = self.chance.randint(2, 3)
        goods = {"product_id": self.product, "title": self.product}
        line = {**goods, "quantity": quantity, "unit_price": PRICE}
        recipient = {"name": NAME, "phone": self.chance.choice(self.phones), "address": ADDRESS}
        order = {"lines": [line], "recipient": recipient}
        placed = await self.people.command(self.site, "POST", "orders", "/orders", json=order)
        if placed is not None:
            life = Life(placed["order_id"], quantity)
            self.answered.lives.append(life)
            with suppress(NeverHappened):  # whatever it waited for must be there once all is quiet
                await self.road.go(life)

    async def ask(self) -> None:
        """Kira rings who is due; one in three is not content."""
        for call in await self.controller.pages("quality", "/calls", state="open"):
            path = f"/calls/{call['call_id']}"
            life = next((each for each in self.answered.lives if each.order_id == call["order_id"]), None)
            if life is None:
                continue
            await self.people.command(self.controller, "POST", "quality", f"{path}/opening", lawful=NOT_NOW)
            good = self.chance.random() > 0.34
            said = {"in_order": good, "content": good}
            done = await self.people.command(
                self.controller, "POST", "quality", f"{path}/answers", json=said, lawful=NOT_NOW
            )
            if done is not None:
                life.content = good

    async def may_call(self) -> bool:
        """Whether the call that is due first may be made now."""
        calls = await items(self.controller, "quality", "/calls", state="open", limit=1)
        now = await self.road.now()
        return not calls or datetime.fromisoformat(calls[0]["next_at"] or calls[0]["due_at"]) <= now

    async def calls_left(self) -> list[str]:
        """The first that are open, as a report says."""
        calls = await items(self.controller, "quality", "/calls", state="open", limit=5)
        return [f"{each['call_id']} of {each['assignee']}, next at {each['next_at']}" for each in calls]

    async def settle(self) -> None:
        """Kostya settles what quality was alarmed by: a price cut, paid back through orders."""
        for claim in await self.settler.pages("claims", "/claims", view="open"):
            life = next((each for each in self.answered.lives if each.order_id == claim["order_id"]), None)
            if life is None or life.decided or claim["ruling"]:
                continue
            path = f"/claims/{claim['claim_id']}"
            steps: list[tuple[str, dict[str, Any]]] = [
                ("taking", {"mentor_id": "owner"}),
                ("instruction", {"helped": False}),
                ("demand", self._demand(life)),
                ("decision", {"verdict": "satisfied", "amount": CUT, "reason": "Гнётся"}),
            ]
            done = None
            for step, body in steps:
                done = await self.people.command(self.settler, "POST", "claims", f"{path}/{step}", json=body)
            life.decided += done is not None

    async def pass_time(self) -> None:
        """Some hours of the shop."""
        try:
            async with AsyncMongoClient[dict[str, Any]](self.mongo, serverSelectionTimeoutMS=3000) as client:
                await move_forward(client, STEP)
        except PyMongoError:
            return  # it is being killed; time stands still for a moment

    def _demand(self, life: Life) -> dict[str, Any]:
        sums = {"price": PRICE * life.quantity, "paid": PRICE * life.quantity, "currency": "RUB"}
        return {"demand": "price_cut", "channel": "phone", "proof": f"call-{life.order_id[:8]}", **sums}


NOT_NOW = ("not-calling-time", "contact-shown-already", "call-not-opened", "call-closed")
"""A call is not opened at night, nor twice, and answers are not taken before it."""


async def items(client: Client, service: str, path: str, **query: Any) -> list[dict[str, Any]]:
    """The first page of a list."""
    answer = await client.ask("GET", service, path, params=query)
    found: list[dict[str, Any]] = answer.json()["items"]
    return found
