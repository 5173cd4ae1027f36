"""Where an allocation stands, as its purchases and moves ask."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from procurement.domain.allocation import Allocation, Grip, Part, Stage
from procurement.domain.offer import OWN
from procurement.domain.purchase import holder

EARLY = "shipment heard first"
GIVEN_UP = frozenset({Stage.SHORT, Stage.RELEASED})
PATIENCE = timedelta(seconds=10)
"""How long one step may take before somebody else takes it up."""


def is_given_up(now: Allocation) -> bool:
    """Whether the order gets nothing any more; its bought parts only wait to come in."""
    return now.stage in GIVEN_UP or now.ending in GIVEN_UP


def is_early(now: Allocation) -> bool:
    """Only its shipments are known, not its order."""
    return now.stage is Stage.SHORT and now.reason == EARLY


def trying_again(now: Allocation) -> Allocation:
    """What has left, and is not held for the order any more, is looked for once more in our own free stock."""
    return replace(now, sent={each: replace(sent, tries=True) for each, sent in now.sent.items()})


def is_free(part: Part) -> bool:
    """Whether it is held, and no purchase has it."""
    return part.grip is Grip.HELD and part.purchase_id is None


def to_buy(now: Allocation) -> list[Part]:
    """The parts that wait to be bought from their suppliers (R42)."""
    if now.stage is not Stage.ALLOCATED:
        return []
    return [part for part in now.parts if is_free(part) and part.supplier_id != OWN]


def brought_by(now: Allocation, offer_id: str) -> tuple[str, ...]:
    """The names of the purchases that brought what is to be held at an offer of our own stock."""
    came = (p.purchase_id for p in now.parts if p.offer_id == offer_id and p.grip is Grip.PLANNED)
    return tuple(sorted({holder(purchase_id) for purchase_id in came if purchase_id}))


def next_round(now: Allocation, at: datetime, parts: Iterable[Part]) -> Allocation:
    """With these parts, and those who were slow in the round before fenced off."""
    return replace(now, parts=tuple(parts), round=now.round + 1, sending=False, due_at=at + PATIENCE)
