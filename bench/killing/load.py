"""Steady work for the services while they are killed: orders, attempts, cancellations, counts, catalogues, answers."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx

from bench.killing.answered import Answered, Taken
from bench.killing.asking import Client, until
from bench.killing.people import People
from bench.own_stack import OwnStack

ROW = '<offer id="{code}" available="true"><name>{code}</name><price>150</price><currencyId>RUB</currencyId>{count}</offer>'
FEED = '<?xml version="1.0" encoding="UTF-8"?><yml_catalog><shop><offers>{rows}</offers></shop></yml_catalog>'
NAME, ADDRESS = "Анна Каренина", "Тверь, Пречистенка 20"
SCARCE, PLENTY = 60, 100_000


@dataclass
class Load:
    """`run` marks what belongs to this load, so that a stack may be used for more than one."""

    stack: OwnStack
    http: httpx.AsyncClient
    run: str = field(default_factory=lambda: uuid4().hex[:6])
    shops: int = 5
    pause: float = 0.2
    answered: Answered = field(default_factory=Answered)
    chance: random.Random = field(default_factory=random.Random)

    def __post_init__(self) -> None:
        self.own = [f"own-{self.run}-{n}" for n in range(4)]
        self.codes = [f"sup-{n}" for n in range(4)]
        self.supplier = f"sup-{self.run}"
        self.phones = [f"+7916{self.chance.randrange(10**7):07d}" for _ in range(12)]
        self.people = People(self.stack, self.http, self.answered)
        self.buyer, self.seller = self.people.client("raisa"), self.people.client("sveta")

    @property
    def products(self) -> list[str]:
        return [*self.own, *(f"{self.supplier}:{code}" for code in self.codes)]

    async def prepare(self) -> None:
        """Goods to order: our own, half of them scarce; a supplier's, half of them counted."""
        for n, product in enumerate(self.own):
            await self.count(product, SCARCE if n % 2 else PLENTY)
        agreed = {"supplier_id": self.supplier, "title": self.supplier, "lead_days": 2}
        await self.people.command(self.buyer, "POST", "procurement", "/suppliers", json=agreed)
        await self.upload()

    def works(self, told: asyncio.Event) -> list[Coroutine[Any, Any, None]]:
        """The clients, each working until told to stop."""
        kinds: list[tuple[Callable[[], Coroutine[Any, Any, object]], float]] = [
            (self.sell, self.pause),
            (self.buy, self.pause * 3),
            (self.upload, self.pause * 20),
        ]
        for _ in range(self.shops):
            site = self.people.client("site")
            kinds.append((lambda site=site: self.place(site), self.pause))
        return [until(told, does, pause) for does, pause in kinds]

    async def place(self, site: Client) -> Taken | None:
        """An order of the site; None when it was refused."""
        mark, phone = f"{self.run}-{uuid4().hex[:8]}", self.chance.choice(self.phones)
        wanted = {product: self.chance.randint(1, 3) for product in self.chance.sample(self.products, 2)}
        lines = [
            {"product_id": product, "title": product, "quantity": quantity, "unit_price": 15_000}
            for product, quantity in wanted.items()
        ]
        recipient = {"name": NAME, "phone": phone, "address": ADDRESS}
        order = {"lines": lines, "recipient": recipient, "external_number": mark}
        placed = await self.people.command(site, "POST", "orders", "/orders", json=order)
        if placed is None:
            return None
        taken = Taken(placed["order_id"], mark, phone, wanted)
        self.answered.taken.append(taken)
        return taken

    async def sell(self) -> None:
        """Somebody tries to reach a customer, or cancels."""
        open_orders = [each for each in self.answered.taken[-60:] if not each.cancelled]
        if not open_orders:
            return
        order = self.chance.choice(open_orders)
        path = f"/orders/{order.order_id}"
        if self.chance.random() < 0.3:
            cancel = {"reason": "changed_mind", "offer_made": True}
            done = await self.people.command(
                self.seller, "POST", "orders", f"{path}/cancellation", json=cancel
            )
            order.cancelled = order.cancelled or done is not None
            return
        outcome = self.chance.choice(("reached", "no_answer"))
        attempt = {"channel": "phone", "outcome": outcome}
        done = await self.people.command(self.seller, "POST", "orders", f"{path}/attempts", json=attempt)
        order.attempts += done is not None and "AttemptRecorded" in done["changes"]  # the same again is none

    async def buy(self) -> None:
        """A supplier says yes or no; or our own stock is counted, never down."""
        if self.chance.random() < 0.3:
            product = self.chance.choice(self.own)
            await self.count(product, self.answered.counted[product] + self.chance.randint(0, 20))
            return
        page = await self.buyer.ask("GET", "procurement", "/allocations", params={"stage": "asking"})
        asked = [each for each in page.json()["items"] if any(p["grip"] == "asked" for p in each["parts"])]
        if not asked:
            return
        allocation = self.chance.choice(asked)
        part = next(each for each in allocation["parts"] if each["grip"] == "asked")
        told = {"offer_id": part["offer_id"], "quantity": self.chance.choice((0, part["quantity"]))}
        path = f"/allocations/{allocation['order_id']}/confirmations"
        await self.people.command(
            self.buyer,
            "POST",
            "procurement",
            path,
            json=told,
            lawful=("no-answer-awaited", "NoAnswerAwaited"),
        )

    async def count(self, product: str, quantity: int) -> None:
        said = {"quantity": quantity, "title": product, "price": {"minor": 15_000}}
        if await self.people.command(self.buyer, "PUT", "procurement", f"/own-stock/{product}", json=said):
            self.answered.counted[product] = quantity

    async def upload(self) -> None:
        counts = [f"<count>{PLENTY}</count>" if n % 2 else "" for n in range(len(self.codes))]
        rows = "".join(
            ROW.format(code=code, count=count) for code, count in zip(self.codes, counts, strict=True)
        )
        files = {"file": ("feed.xml", FEED.format(rows=rows).encode(), "application/xml")}
        path = f"/suppliers/{self.supplier}/feeds"
        if found := await self.people.command(
            self.buyer, "POST", "procurement", path, files=files, data={"accept_stale": "true"}
        ):
            self.answered.imports.append(found["import_id"])
