"""Buying: what is held for orders goes to its supplier as one purchase, and comes in short."""

from typing import Any

from opblok.saying import say
from opblok.working_day.people import Person, until
from opblok.working_day.story import LOOM_5, SUPPLIER, Story, supplier_says_yes

STEPAN = Person("stepan")


def goods_come_short(story: Story) -> None:
    """A purchase gathers what waits for its supplier; a delivery is counted, and what is missing becomes a case (R42-R44)."""
    order_id = story.place("bought, and came short", LOOM_5, 2, phone="8 (916) 000-11-28")
    supplier_says_yes(story, order_id)
    purchase = until("the purchase to gather it", lambda: drafted(story, order_id))
    path = f"/purchases/{purchase['purchase_id']}"
    story.raisa.post("procurement", f"{path}/placing")
    if stage(story, path) == "awaiting":
        story.vera.post("procurement", f"{path}/approval", {"agrees": True})
        say("  raisa orders; the sum is above her limit, and vera agrees to it")
    until("the purchase to be fixed", lambda: stage(story, path) == "ready")
    story.raisa.post("procurement", f"{path}/sending", {"how": "email"})
    sent = story.raisa.get("procurement", path)
    pieces = {line["offer_id"]: line["quantity"] for line in sent["lines"]}
    say(
        f"  raisa sends {SUPPLIER} the purchase of the day: {sum(pieces.values())} pieces of {len(pieces)} offers"
    )
    short = next(line["offer_id"] for line in sent["lines"] if order_id in waiting_for(line))
    arrivals = [{"offer_id": each, "good": count - (each == short)} for each, count in pieces.items()]
    STEPAN.post("procurement", f"{path}/receipts", {"arrivals": arrivals, "final": True})
    case = until("a case with the supplier", lambda: opened(story, purchase["purchase_id"]))
    say(f"  stepan counts what came: one {LOOM_5[1]} is missing")
    say(
        f"  case of {case['trouble']} opened: {case['owner_id']} answers for it until {case['due_at'][:16]} UTC"
    )


def drafted(story: Story, order_id: str) -> dict[str, Any] | None:
    """The draft in which the order's piece waits."""
    query = {"supplier_id": SUPPLIER, "stage": "draft"}
    found: list[dict[str, Any]] = story.raisa.get("procurement", "/purchases", **query)["items"]
    return next(
        (each for each in found if any(order_id in waiting_for(line) for line in each["lines"])), None
    )


def waiting_for(line: dict[str, Any]) -> set[str]:
    """The orders that a line is bought for."""
    return {mark["order_id"] for mark in line["orders"]}


def stage(story: Story, path: str) -> str:
    return str(story.raisa.get("procurement", path)["stage"])


def opened(story: Story, purchase_id: str) -> dict[str, Any] | None:
    """The case that the short delivery opened."""
    cases: list[dict[str, Any]] = story.raisa.get("procurement", "/supplier-cases", linked=purchase_id)[
        "items"
    ]
    return next(iter(cases), None)
