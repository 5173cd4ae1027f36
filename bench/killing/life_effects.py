"""Every effect of a whole life once: what logistics, quality, claims and orders show of it, held against what was answered. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.killing.answered import Life

Shown = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What the services show of the lives, by order."""

    orders: dict[str, Shown]
    shipments: dict[str, list[Shown]]
    incidents: dict[str, list[Shown]]
    calls: dict[str, list[Shown]]
    claims: dict[str, list[Shown]]


def lives_wrong(lives: Iterable[Life], after: Afterwards) -> list[str]:
    """What is lost, doubled or contradicts itself; nothing, when all is well."""
    return [
        f"life of {life.order_id}: {what}"
        for life in lives
        for told in (order_wrong, shipments_wrong, incidents_wrong, calls_wrong, claims_wrong)
        for what in told(life, after)
    ]


def order_wrong(life: Life, after: Afterwards) -> list[str]:
    """Completed by what was kept, and by nothing else."""
    order = after.orders.get(life.order_id)
    if order is None:
        return ["its order is lost"]
    kept = sum(each["quantity"] for each in order["shipping"]["kept"])
    completed = order["stage"] == "completed"
    told = {
        f"is {order['stage']}, delivered: {life.delivered}": completed != life.delivered,
        f"kept {kept} of {life.kept}": life.delivered and kept != life.kept,
        f"its supply is {order['supply']}": order["supply"] != "allocated",
        "was promised, and has no promise": life.promised and order["promise"] is None,
        "is open and has nobody or no deadline": not completed
        and not (order["responsible_id"] and order["next_deadline_at"]),
    }
    return said(told)


def shipments_wrong(life: Life, after: Afterwards) -> list[str]:
    """A promise has one shipment, which stands where it was last reported."""
    shipments = after.shipments[life.order_id]
    told = {f"has {len(shipments)} shipments": life.promised and len(shipments) != 1}
    for each in shipments:
        stage = each["stage"]
        told[f"was sent, and its shipment is {stage}"] = life.sent and stage in ("planned", "scheduled")
        told[f"came back, and its shipment is {stage}"] = life.returned and stage != "returned"
    return said(told)


def incidents_wrong(life: Life, after: Afterwards) -> list[str]:
    """Each failure is one incident, a missed window one more, and nothing else is any."""
    incidents = after.incidents[life.order_id]
    same = Counter((each["shipment_id"], each["kind"], each["attempt"]) for each in incidents)
    missed = sum(each["missed_at"] is not None for each in after.shipments[life.order_id])
    told = {f"{times} incidents of {key}": times > 1 for key, times in same.items()}
    told[f"{len(incidents)} incidents of {life.failures} failures and {missed} missed windows"] = (
        len(incidents) != life.failures + missed
    )
    told["an incident has nobody or no deadline"] = any(
        each["stage"] != "closed" and not (each["owner_id"] and each["due_at"]) for each in incidents
    )
    return said(told)


def calls_wrong(life: Life, after: Afterwards) -> list[str]:
    """Who got something is asked once; nobody else is."""
    calls = after.calls[life.order_id]
    told = {f"{len(calls)} calls, delivered: {life.delivered}": len(calls) != int(life.delivered)}
    answered = any(each["state"] == "answered" for each in calls)
    told[f"answered {life.content}, its call is answered: {answered}"] = answered != (
        life.content is not None
    )
    return said(told)


def claims_wrong(life: Life, after: Afterwards) -> list[str]:
    """A bad answer is one claim; a decision stands, and its money is let off at orders once: by now, or it is asked for again
    by a deadline, or a person has to act since orders said no.
    """
    claims = [each for each in after.claims[life.order_id] if each["origin"] == "quality"]
    ruled = [each["ruling"] for each in claims if each["ruling"]]
    taken = sum(each["amount"] for each in ruled if each["money"] == "taken")
    most, off = sum(each["amount"] for each in ruled), let_off(after.orders.get(life.order_id))
    told = {
        f"{len(claims)} claims, content: {life.content}": len(claims) != int(life.content is False),
        f"{len(ruled)} claims are decided of {life.decided}": len(ruled) != life.decided,
        f"{off} let off, claims know of {taken} of {most}": not taken <= off <= most,
        "a claim waits for its money and for nobody": any(
            each["ruling"] and each["ruling"]["money"] != "taken" and each["next_due"] is None
            for each in claims
        ),
    }
    return said(told)


def let_off(order: Shown | None) -> int:
    """What a completed order costs less than what was kept of it and its delivery, minor units."""
    if order is None or order["stage"] != "completed" or order["promise"] is None:
        return 0
    prices = {line["line_no"]: line["unit_price"] for line in order["lines"]}
    kept = sum(prices[each["line_no"]] * each["quantity"] for each in order["shipping"]["kept"])
    return int(kept + order["promise"]["price"] - order["money"]["total"])


def shelf_wrong(
    product: str, counted: int, offers: Iterable[Shown], allocations: Iterable[Shown]
) -> list[str]:
    """What lives took from our own shelf is gone from it once, and what came back is on it again once."""
    offer = next((each for each in offers if each["offer_id"] == f"own:{product}"), None)
    if offer is None:
        return [f"own stock of {product} is lost"]
    sent = [
        piece
        for each in allocations
        if any(line["product_id"] == product for line in each["lines"])
        for piece in each["sent"]
    ]
    gone = sum(piece["gone"] - piece["put_back"] for piece in sent)
    there = (offer["free"] or 0) + offer["held"] + gone
    return [] if there == counted else [f"own stock of {product} is {there} of {counted}, {gone} gone"]


def said(told: Mapping[str, bool]) -> list[str]:
    return [what for what, is_so in told.items() if is_so]


def how_far(lives: Sequence[Life]) -> dict[str, int]:
    """How many came how far, for people."""
    return {
        "begun": len(lives),
        "sent": sum(each.sent for each in lives),
        "delivered": sum(each.delivered for each in lives),
        "failed": sum(bool(each.failures) for each in lives),
        "asked": sum(each.content is not None for each in lives),
        "settled": sum(each.decided for each in lives),
    }
