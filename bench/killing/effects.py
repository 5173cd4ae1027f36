"""Every effect once: what the services show of orders, supply, stock and customers, held against what they answered.
Pure.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.killing.answered import Answered, Taken

Shown = dict[str, Any]
HELD = frozenset({"held", "asked"})
SUPPLY_OF = {"allocated": "allocated", "short": "short", "asking": "sought"}
ENDED = frozenset({"allocated", "short", "released", "asking"})


@dataclass(frozen=True, slots=True)
class World:
    """All that the services show, once everything is quiet."""

    orders: Sequence[Shown]
    allocations: Sequence[Shown]
    offers: Sequence[Shown]
    customers: Sequence[Shown]
    imports: Sequence[Shown]


def wrong(answered: Answered, world: World, run: str) -> list[str]:
    """What is lost, doubled or contradicts itself; nothing, when all is well."""
    return [
        *answered.refused,
        *orders_wrong(answered.taken, world, run),
        *supply_wrong(answered.taken, world),
        *stock_wrong(answered.counted, world),
        *customers_wrong(answered.taken, world),
        *imports_wrong(answered.imports, world),
    ]


def orders_wrong(taken: Sequence[Taken], world: World, run: str) -> list[str]:
    """Every order that was answered is there, once, with all that was answered of it."""
    shown = {each["order_id"]: each for each in world.orders}
    marks = Counter(each["external_number"] for each in world.orders)
    answered = {each.mark for each in taken}
    ours = [mark for mark in marks if str(mark).startswith(f"{run}-")]
    found = [f"order {mark} exists {marks[mark]} times" for mark in ours if marks[mark] > 1]
    found += [f"order {mark} exists, but was never answered" for mark in ours if mark not in answered]
    for each in taken:
        if each.order_id not in shown:
            found.append(f"order {each.order_id} was answered and is lost")
        else:
            found += order_wrong(each, shown[each.order_id])
    return found


def order_wrong(each: Taken, order: Shown) -> list[str]:
    lines = {line["product_id"]: line["quantity"] for line in order["lines"]}
    told = {
        f"has {len(order['attempts'])} attempts of {each.attempts}": len(order["attempts"]) != each.attempts,
        f"is {order['stage']}, cancelled: {each.cancelled}": (order["stage"] == "cancelled")
        != each.cancelled,
        f"has the lines {lines}, not {each.wanted}": lines != each.wanted,
        "is open and has nobody or no deadline": not each.cancelled
        and not (order["responsible_id"] and order["next_deadline_at"]),
        "is open and has no customer": not each.cancelled and order["customer_id"] is None,
    }
    return [f"order {each.order_id} {what}" for what, is_so in told.items() if is_so]


def supply_wrong(taken: Sequence[Taken], world: World) -> list[str]:
    """One allocation for each order, at an end, that both services see alike."""
    orders = {each["order_id"]: each for each in world.orders}
    allocations = {each["order_id"]: each for each in world.allocations}
    found = [f"allocation for {key}, which is no order" for key in allocations if key not in orders]
    for each in taken:
        allocation, order = allocations.get(each.order_id), orders.get(each.order_id)
        if allocation is None:
            found.append(f"order {each.order_id} has no allocation")
        elif order is not None:
            found += allocation_wrong(each, allocation, order)
    return found


def allocation_wrong(each: Taken, allocation: Shown, order: Shown) -> list[str]:
    stage, held = allocation["stage"], held_by_line(allocation)
    wanted = {line["line_no"]: line["quantity"] for line in allocation["lines"]}
    ordered = {line["line_no"]: line["quantity"] for line in order["lines"]}
    told = {
        f"stopped halfway: {stage}": stage not in ENDED,
        f"is for {wanted}, ordered was {ordered}": wanted != ordered,
        f"holds {held} for {wanted}": stage in ("allocated", "asking") and held != wanted,
        f"is {stage} and holds {held}": stage in ("short", "released") and bool(held),
        f"is {stage}, the order says {order['supply']}": not each.cancelled
        and order["supply"] != SUPPLY_OF.get(stage),
        f"is {stage}, but the order was cancelled": each.cancelled and stage not in ("released", "short"),
    }
    return [f"allocation of {each.order_id} {what}" for what, is_so in told.items() if is_so]


def held_by_line(allocation: Shown) -> dict[int, int]:
    held: dict[int, int] = defaultdict(int)
    for part in allocation["parts"]:
        if part["grip"] in HELD:
            held[part["line_no"]] += part["quantity"]
    return dict(held)


def stock_wrong(counted: Mapping[str, int], world: World) -> list[str]:
    """What offers hold is what allocations hold at them; nothing is sold that was not counted."""
    held: dict[str, int] = defaultdict(int)
    for allocation in world.allocations:
        for part in allocation["parts"]:
            held[part["offer_id"]] += part["quantity"] if part["grip"] in HELD else 0
    offers = {each["offer_id"]: each for each in world.offers}
    found = [
        f"offer {key} holds {offer['held']}, allocations hold {held[key]}"
        for key, offer in offers.items()
        if offer["held"] != held[key]
    ]
    found += [f"offer {key} is oversold" for key, offer in offers.items() if offer["overdrawn"]]
    for product, quantity in counted.items():
        offer = offers.get(f"own:{product}", {})
        if offer.get("free", 0) + offer.get("held", 0) != quantity:
            found.append(f"own stock of {product} was answered as {quantity}, is {offer}")
    return found


def customers_wrong(taken: Iterable[Taken], world: World) -> list[str]:
    """One customer a phone, one phone a customer."""
    orders = {each["order_id"]: each["customer_id"] for each in world.orders}
    by_phone: dict[str, set[str]] = defaultdict(set)
    for each in taken:
        if customer := orders.get(each.order_id):
            by_phone[each.phone].add(customer)
    found = [f"phone {n} has the customers {ids}" for n, ids in enumerate(by_phone.values()) if len(ids) > 1]
    all_ids = Counter(customer for ids in by_phone.values() for customer in ids)
    found += [f"customer {each} has several phones" for each, times in all_ids.items() if times > 1]
    masked = Counter(phone for each in world.customers for phone in each["phones"])
    shown = {f"{phone[:5]}***{phone[-4:]}" for phone in by_phone}
    return found + [f"{masked[phone]} customers have {phone}" for phone in shown if masked[phone] > 1]


def imports_wrong(answered: Iterable[str], world: World) -> list[str]:
    """Every catalogue that was taken in came to its end; an older one may have been overtaken by a newer."""
    kept = {each["import_id"]: each for each in world.imports}
    newest: dict[str, str] = {}
    for each in world.imports:
        if each["stage"] == "done":
            newest[each["supplier_id"]] = max(newest.get(each["supplier_id"], ""), each["received_at"])
    found: list[str] = []
    for import_id in answered:
        one = kept.get(import_id, {})
        stage = one.get("stage")
        overtaken = stage == "discarded" and one["received_at"] < newest.get(one["supplier_id"], "")
        found += [] if stage == "done" or overtaken else [f"import {import_id} is {stage}"]
    return found
