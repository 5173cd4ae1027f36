"""What is known here of an order that customers are written to about: opened by whichever fact comes first."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from notifications.domain.message import Promise


@dataclass(frozen=True, slots=True)
class Order:
    """An order as its newest fact told it; no name, phone or address is in it."""

    order_id: str
    number: str
    shop_id: str
    customer_id: str | None
    placed_at: datetime
    is_test: bool
    cancelled: bool
    promise: Promise | None


@dataclass(frozen=True, slots=True)
class Correspondence:
    """`sequence` is that of the newest fact; `offer` that of the newest offer; `refunded` are refunds that went back."""

    order: Order
    sequence: int
    offer: int = 0
    refunded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HearOrder:
    """A fact told how the order was after it; an offer or a finished refund, if that is what it told."""

    order: Order
    sequence: int
    offered: bool = False
    refunded: str | None = None


@dataclass(frozen=True, slots=True)
class OrderHeard:
    """It is known so now."""

    known: Correspondence


def hear(command: HearOrder, known: Correspondence | None) -> Sequence[OrderHeard]:
    """An older fact never undoes a newer one, and still adds the offer or refund that it alone tells of (wire.md 2)."""
    start = known or Correspondence(command.order, command.sequence)
    newer = command.sequence > start.sequence
    after = replace(
        start,
        order=command.order if newer else start.order,
        sequence=max(start.sequence, command.sequence),
        offer=max(start.offer, command.sequence) if command.offered else start.offer,
        refunded=start.refunded if command.refunded in (None, *start.refunded) else _also(start, command),
    )
    return [] if after == known else [OrderHeard(after)]


def _also(start: Correspondence, command: HearOrder) -> tuple[str, ...]:
    assert command.refunded is not None
    return (*start.refunded, command.refunded)


def evolve(known: Correspondence | None, change: OrderHeard) -> Correspondence:
    """It is as was heard."""
    del known
    return change.known
