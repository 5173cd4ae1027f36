"""The morning, scene by scene: each does something over HTTP and waits for what must come of it."""

import importlib.resources
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from chassis.moving_clock import move_forward

from opblok.asking import address
from opblok.commands.clock import asked, wait_until_followed
from opblok.morning.people import Person, moment, until
from opblok.saying import say

SUPPLIER = "slow-loom"
MACHINE = ("podolsk-142", "Швейная машина Подольск 142", 648_000)
OVERLOCK = ("chaika-7", "Оверлок Чайка 7", 1_299_000)
BOBBINS = ("igla-shpulki-10", "Шпульки латунные, 10 шт.", 12_000)
LOOM = ("neva-3", "Вязальный станок Нева 3", 2_150_000)


@dataclass
class Morning:
    """Who takes part, and what came of it so far: order ids by what is told of them."""

    owner: Person = field(default_factory=lambda: Person("owner"))
    sveta: Person = field(default_factory=lambda: Person("sveta"))
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


def goods_come_in(morning: Morning) -> None:
    """A supplier is entered, his feed read, and our own shelf counted."""
    conditions = {
        "title": "Медленный ткач",
        "owner_id": "raisa",
        "lead_days": 3,
        "stale_after_hours": 24 * 365 * 3,
    }
    morning.raisa.post("procurement", f"/suppliers/{SUPPLIER}", conditions, method="PUT")
    feed = importlib.resources.files("opblok.morning").joinpath("feed.yml.xml").read_text()
    today = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    file = {"file": ("feed.yml.xml", feed.replace("2026-11-24 09:00", today).encode(), "application/xml")}
    received = morning.raisa.post("procurement", f"/suppliers/{SUPPLIER}/feeds", files=file)
    found = until("the feed to be read", lambda: _ended(morning, received["import_id"]))
    good, bad = found["good"], found["bad"]
    say(f"  raisa hands in the feed of {SUPPLIER}: {good} good rows, {bad} bad")
    for row in found["bad_rows"]:
        say(f"    bad row: {row}")
    offers = morning.raisa.get("procurement", "/offers", supplier_id=SUPPLIER, limit="200")["items"]
    morning.products |= {offer["title"]: offer["product_id"] for offer in offers}
    shelf = morning.products[BOBBINS[1]]
    counted = {"quantity": 12, "title": BOBBINS[1], "price": {"minor": BOBBINS[2]}}
    morning.raisa.post("procurement", f"/own-stock/{shelf}", counted, method="PUT")
    say(f"  raisa counts our own shelf: 12 x {BOBBINS[1]}")


def good_orders(morning: Morning) -> None:
    """Two orders that all goes well with: from our shelf, and from the supplier after his yes."""
    shelf = morning.place("from our own shelf", BOBBINS, 2, phone="8 (916) 000-11-22")
    morning.supplied(shelf, "allocated")
    _reach(morning, shelf, "phone")
    asked_for = morning.place("the supplier is asked", OVERLOCK, 1, phone="8 (916) 000-11-23")
    part = until("raisa's question to the supplier", lambda: _question(morning, asked_for))
    say(f"  nobody counted it: raisa rings {SUPPLIER}, hears yes, and writes it down")
    answer = {"offer_id": part["offer_id"], "quantity": part["quantity"]}
    morning.raisa.post("procurement", f"/allocations/{asked_for}/confirmations", answer)
    morning.supplied(asked_for, "allocated")
    _reach(morning, asked_for, "phone")


def a_shortage(morning: Morning) -> None:
    """More is ordered than there is: the customer has an apology and an offer before he asks (R24, R25)."""
    order_id = morning.place(
        "more than there is", LOOM, 500, phone="8 (916) 000-11-24", preference="no_calls"
    )
    morning.supplied(order_id, "short")
    due = moment(morning.order(order_id)["apology_due_at"])
    say(f"  supply is short; an apology is due by {due:%d.%m %H:%M} UTC")
    no = morning.sveta.refused(
        "orders", f"/orders/{order_id}/attempts", {"channel": "phone", "outcome": "reached"}
    )
    say(f"  sveta wants to ring, and is refused: {no}")
    morning.sveta.post("orders", f"/orders/{order_id}/apology", {"channel": "email"})
    offer = {"product_ids": [morning.products[MACHINE[1]]]}
    morning.sveta.post("orders", f"/orders/{order_id}/offer", offer)
    _reach(morning, order_id, "email")


def nobody_calls(morning: Morning) -> None:
    """Nobody contacts the customer: reminder, another person, the owner's alarm, as the clock moves (R20)."""
    order_id = morning.place("nobody calls", MACHINE, 1, phone="8 (916) 000-11-25")
    morning.supplied(order_id, "allocated")
    for step, fact in (
        ("remind", "ContactReminded"),
        ("reassign", "OrderReassigned"),
        ("alarm", "ContactOverdue"),
    ):
        due = until(f"the deadline {step}", lambda step=step: _due(morning, order_id, step))
        _pass_time_until(due)
        until(fact, lambda fact=fact: _happened(morning, order_id, fact))
        say(
            f"  time passes to {due:%d.%m %H:%M} UTC: {fact}, responsible is {morning.order(order_id)['responsible_id']}"
        )


def one_is_cancelled(morning: Morning) -> None:
    """A buyer may not cancel an order; who sells may, with a reason, and the goods are free again (R27)."""
    order_id = morning.place("cancelled", MACHINE, 1, phone="8 (916) 000-11-26")
    morning.supplied(order_id, "allocated")
    body = {"reason": "changed_mind", "offer_made": True}
    no = morning.raisa.refused("orders", f"/orders/{order_id}/cancellation", body)
    say(f"  raisa, a buyer, tries to cancel it, and is refused: {no}")
    morning.sveta.post("orders", f"/orders/{order_id}/cancellation", body)
    until("the goods to be free", lambda: _stage(morning, order_id) == "released")
    say("  sveta cancels it with a reason; what was held for it is free again")


def _ended(morning: Morning, import_id: str) -> dict[str, Any] | None:
    found = morning.raisa.get("procurement", f"/imports/{import_id}")
    return found if found["stage"] in {"done", "held", "failed", "discarded"} else None


def _question(morning: Morning, order_id: str) -> dict[str, Any] | None:
    answer = morning.raisa.ask("GET", "procurement", f"/allocations/{order_id}")
    if answer.is_error:
        return None
    return next((part for part in answer.json()["parts"] if part["grip"] == "asked"), None)


def _stage(morning: Morning, order_id: str) -> str:
    return morning.raisa.get("procurement", f"/allocations/{order_id}")["stage"]


def _reach(morning: Morning, order_id: str, channel: str) -> None:
    body = {"channel": channel, "outcome": "reached", "note": "все понятно, ждет"}
    morning.sveta.post("orders", f"/orders/{order_id}/attempts", body)
    say(f"  sveta reaches the customer by {channel}")


def _due(morning: Morning, order_id: str, step: str) -> datetime | None:
    order = morning.order(order_id)
    return moment(order["next_deadline_at"]) if order["next_deadline"] == step else None


def _happened(morning: Morning, order_id: str, change: str) -> bool:
    entries = morning.owner.get("orders", f"/orders/{order_id}/timeline")["entries"]
    return any(change in entry["what"] for entry in entries)


def _pass_time_until(due: datetime) -> None:
    now = moment(httpx.get(f"{address('orders')}/health/ready", timeout=5.0).json()["now"])
    ahead = max(due - now, timedelta()) + timedelta(seconds=1)
    moved = asked(lambda client: move_forward(client, ahead))
    wait_until_followed(datetime.now(UTC) + moved)
