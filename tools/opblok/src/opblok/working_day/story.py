"""The story of a day in the shop: who takes part, what came of it so far, and what each scene waits for."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from chassis.moving_clock import move_forward

from opblok.asking import address
from opblok.commands.clock import asked, wait_until_followed
from opblok.saying import say
from opblok.working_day.people import Person, moment, until

SUPPLIER = "slow-loom"
MACHINE = ("podolsk-142", "Швейная машина Подольск 142", 648_000)
OVERLOCK = ("chaika-7", "Оверлок Чайка 7", 1_299_000)
BOBBINS = ("igla-shpulki-10", "Шпульки латунные, 10 шт.", 12_000)
LOOM = ("neva-3", "Вязальный станок Нева 3", 2_150_000)
LOOM_5 = ("neva-5", "Вязальный станок Нева 5", 2_390_000)


@dataclass
class Story:
    """Who takes part, and what came of it so far: order ids by what is told of them."""

    owner: Person = field(default_factory=lambda: Person("owner"))
    sveta: Person = field(default_factory=lambda: Person("sveta"))
    vera: Person = field(default_factory=lambda: Person("vera"))
    lena: Person = field(default_factory=lambda: Person("lena"))
    raisa: Person = field(default_factory=lambda: Person("raisa"))
    site: Person = field(default_factory=lambda: Person("site", is_program=True))
    products: dict[str, str] = field(default_factory=dict[str, str])
    orders: dict[str, str] = field(default_factory=dict[str, str])

    def order(self, order_id: str) -> dict[str, Any]:
        """An order as the owner sees it."""
        return self.owner.get("orders", f"/orders/{order_id}")

    def place(
        self, told: str, goods: tuple[str, str, int], quantity: int, *, phone: str, preference: str = "any"
    ) -> str:
        """The site takes an order."""
        product_id, title, price = goods
        line = {
            "product_id": self.products.get(title, product_id),
            "title": title,
            "quantity": quantity,
            "unit_price": price,
        }
        recipient = {"name": "Пелагея Иглина", "phone": phone, "address": "Тверь, Прядильная улица, 5"}
        body = {"lines": [line], "recipient": recipient, "contact_preference": preference}
        placed = self.site.post("orders", "/orders", body)
        self.orders[told] = placed["order_id"]
        say(f"  the site takes order [bold]{placed['number']}[/]: {quantity} x {title} ({told})")
        return placed["order_id"]

    def supplied(self, order_id: str, supply: str) -> None:
        """Wait until the order knows how far its supply is."""
        until(f"order {order_id} to be {supply}", lambda: self.order(order_id)["supply"] == supply)


def ended(story: Story, import_id: str) -> dict[str, Any] | None:
    found = story.raisa.get("procurement", f"/imports/{import_id}")
    return found if found["stage"] in {"done", "held", "failed", "discarded"} else None


def supplier_says_yes(story: Story, order_id: str) -> None:
    """Nobody counted the goods: raisa asks and writes the yes down, unless they are found elsewhere."""
    found = until("raisa's question to the supplier", lambda: sought(story, order_id))
    asked_for = [part for part in found["parts"] if part["grip"] == "asked"]
    for part in asked_for:
        say(f"  nobody counted it: raisa rings {SUPPLIER}, hears yes, and writes it down")
        answer = {"offer_id": part["offer_id"], "quantity": part["quantity"]}
        story.raisa.post("procurement", f"/allocations/{order_id}/confirmations", answer)
    story.supplied(order_id, "allocated")


def sought(story: Story, order_id: str) -> dict[str, Any] | None:
    """The supply of the order, once it is found or asked for."""
    answer = story.raisa.ask("GET", "procurement", f"/allocations/{order_id}")
    found: dict[str, Any] | None = None if answer.is_error else answer.json()
    return found if found and found["stage"] in {"asking", "allocated"} else None


def stage(story: Story, order_id: str) -> str:
    return story.raisa.get("procurement", f"/allocations/{order_id}")["stage"]


def reach(story: Story, order_id: str, channel: str) -> None:
    body = {"channel": channel, "outcome": "reached", "note": "все понятно, ждет"}
    story.sveta.post("orders", f"/orders/{order_id}/attempts", body)
    say(f"  sveta reaches the customer by {channel}")


def come_to(story: Story, order_id: str, step: str) -> datetime:
    """Let time pass until this deadline of the order, and whatever falls due before it; the moment."""
    while True:
        name, due_at = until("a deadline", lambda: next_due(story, order_id))
        pass_time_until(due_at)
        if name == step:
            return due_at
        until(f"the deadline {name} to pass", lambda known=(name, due_at): next_due(story, order_id) != known)


def next_due(story: Story, order_id: str) -> tuple[str, datetime] | None:
    """What is due first, and when."""
    order = story.order(order_id)
    return (order["next_deadline"], moment(order["next_deadline_at"])) if order["next_deadline"] else None


def happened(story: Story, order_id: str, change: str) -> bool:
    entries = story.owner.get("orders", f"/orders/{order_id}/timeline")["entries"]
    return any(change in entry["what"] for entry in entries)


def now() -> datetime:
    """The services' time."""
    return moment(httpx.get(f"{address('orders')}/health/ready", timeout=5.0).json()["now"])


def pass_time_until(due: datetime) -> None:
    ahead = max(due - now(), timedelta()) + timedelta(seconds=1)
    moved = asked(lambda client: move_forward(client, ahead))
    wait_until_followed(datetime.now(UTC) + moved)
