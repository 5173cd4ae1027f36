"""The morning, scene by scene: each does something over HTTP and waits for what must come of it."""

import importlib.resources
from datetime import UTC, datetime

from opblok.morning.people import until
from opblok.morning.story import (
    BOBBINS,
    MACHINE,
    OVERLOCK,
    SUPPLIER,
    Morning,
    come_to,
    ended,
    happened,
    reach,
    stage,
    supplier_says_yes,
)
from opblok.saying import say


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
    found = until("the feed to be read", lambda: ended(morning, received["import_id"]))
    good, bad = found["good"], found["bad"]
    say(f"  raisa hands in the feed of {SUPPLIER}: {good} good rows, {bad} bad")
    for row in found["bad_rows"]:
        say(f"    bad row: {row}")
    offers = morning.raisa.get("procurement", "/offers", supplier_id=SUPPLIER, limit="200")["items"]
    morning.products |= {offer["title"]: offer["product_id"] for offer in offers}
    shelf = morning.products[BOBBINS[1]]
    counted = {"quantity": 120, "title": BOBBINS[1], "price": {"minor": BOBBINS[2]}}
    morning.raisa.post("procurement", f"/own-stock/{shelf}", counted, method="PUT")
    say(f"  raisa counts our own shelf: 120 x {BOBBINS[1]}")


def good_orders(morning: Morning) -> None:
    """Two orders that all goes well with: from our shelf, and from the supplier after his yes."""
    shelf = morning.place("from our own shelf", BOBBINS, 2, phone="8 (916) 000-11-22")
    morning.supplied(shelf, "allocated")
    reach(morning, shelf, "phone")
    asked_for = morning.place("the supplier is asked", OVERLOCK, 1, phone="8 (916) 000-11-23")
    supplier_says_yes(morning, asked_for)
    reach(morning, asked_for, "phone")


def nobody_calls(morning: Morning) -> None:
    """Nobody contacts the customer: reminder, another person, the owner's alarm, as the clock moves (R20)."""
    order_id = morning.place("nobody calls", MACHINE, 1, phone="8 (916) 000-11-25")
    morning.supplied(order_id, "allocated")
    for step, fact in (
        ("remind", "ContactReminded"),
        ("reassign", "OrderReassigned"),
        ("alarm", "ContactOverdue"),
    ):
        due_at = come_to(morning, order_id, step)
        until(fact, lambda fact=fact: happened(morning, order_id, fact))
        say(
            f"  time passes to {due_at:%d.%m %H:%M} UTC: {fact}, responsible is {morning.order(order_id)['responsible_id']}"
        )


def one_is_cancelled(morning: Morning) -> None:
    """A buyer may not cancel an order; who sells may, with a reason, and the goods are free again (R27)."""
    order_id = morning.place("cancelled", MACHINE, 1, phone="8 (916) 000-11-26")
    morning.supplied(order_id, "allocated")
    body = {"reason": "changed_mind", "offer_made": True}
    no = morning.raisa.refused("orders", f"/orders/{order_id}/cancellation", body)
    say(f"  raisa, a buyer, tries to cancel it, and is refused: {no}")
    morning.sveta.post("orders", f"/orders/{order_id}/cancellation", body)
    until("the goods to be free", lambda: stage(morning, order_id) == "released")
    say("  sveta cancels it with a reason; what was held for it is free again")
