"""The story, scene by scene: each does something over HTTP and waits for what must come of it."""

import importlib.resources
from datetime import UTC, datetime

from opblok.saying import say
from opblok.working_day.people import until
from opblok.working_day.story import (
    BOBBINS,
    MACHINE,
    OVERLOCK,
    SUPPLIER,
    Story,
    come_to,
    ended,
    happened,
    reach,
    stage,
    supplier_says_yes,
)


def goods_come_in(story: Story) -> None:
    """A supplier is entered, his feed read, and our own shelf counted."""
    conditions = {
        "title": "Медленный ткач",
        "owner_id": "raisa",
        "lead_days": 3,
        "stale_after_hours": 24 * 365 * 3,
    }
    story.raisa.post("procurement", f"/suppliers/{SUPPLIER}", conditions, method="PUT")
    feed = importlib.resources.files("opblok.working_day").joinpath("feed.yml.xml").read_text()
    today = datetime.now(UTC).strftime("%Y-%m-%d %H:%M")
    file = {"file": ("feed.yml.xml", feed.replace("2026-11-24 09:00", today).encode(), "application/xml")}
    received = story.raisa.post("procurement", f"/suppliers/{SUPPLIER}/feeds", files=file)
    found = until("the feed to be read", lambda: ended(story, received["import_id"]))
    good, bad = found["good"], found["bad"]
    say(f"  raisa hands in the feed of {SUPPLIER}: {good} good rows, {bad} bad")
    for row in found["bad_rows"]:
        say(f"    bad row: {row}")
    offers = story.raisa.get("procurement", "/offers", supplier_id=SUPPLIER, limit="200")["items"]
    story.products |= {offer["title"]: offer["product_id"] for offer in offers}
    shelf = story.products[BOBBINS[1]]
    counted = {"quantity": 120, "title": BOBBINS[1], "price": {"minor": BOBBINS[2]}}
    story.raisa.post("procurement", f"/own-stock/{shelf}", counted, method="PUT")
    say(f"  raisa counts our own shelf: 120 x {BOBBINS[1]}")


def good_orders(story: Story) -> None:
    """Two orders that all goes well with: from our shelf, and from the supplier after his yes."""
    shelf = story.place("from our own shelf", BOBBINS, 2, phone="8 (916) 000-11-22")
    story.supplied(shelf, "allocated")
    reach(story, shelf, "phone")
    asked_for = story.place("the supplier is asked", OVERLOCK, 1, phone="8 (916) 000-11-23")
    supplier_says_yes(story, asked_for)
    reach(story, asked_for, "phone")


def nobody_calls(story: Story) -> None:
    """Nobody contacts the customer: reminder, another person, the owner's alarm, as the clock moves (R20)."""
    order_id = story.place("nobody calls", MACHINE, 1, phone="8 (916) 000-11-25")
    story.supplied(order_id, "allocated")
    for step, fact in (
        ("remind", "ContactReminded"),
        ("reassign", "OrderReassigned"),
        ("alarm", "ContactOverdue"),
    ):
        due_at = come_to(story, order_id, step)
        until(fact, lambda fact=fact: happened(story, order_id, fact))
        say(
            f"  time passes to {due_at:%d.%m %H:%M} UTC: {fact}, responsible is {story.order(order_id)['responsible_id']}"
        )


def one_is_cancelled(story: Story) -> None:
    """A buyer may not cancel an order; who sells may, with a reason, and the goods are free again (R27)."""
    order_id = story.place("cancelled", MACHINE, 1, phone="8 (916) 000-11-26")
    story.supplied(order_id, "allocated")
    body = {"reason": "changed_mind", "offer_made": True}
    no = story.raisa.refused("orders", f"/orders/{order_id}/cancellation", body)
    say(f"  raisa, a buyer, tries to cancel it, and is refused: {no}")
    story.sveta.post("orders", f"/orders/{order_id}/cancellation", body)
    until("the goods to be free", lambda: stage(story, order_id) == "released")
    say("  sveta cancels it with a reason; what was held for it is free again")
