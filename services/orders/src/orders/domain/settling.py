"""Settling: whatever changed, the shop knows what it owes the customer. Run after every command, so no rule can forget it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kernel.money import Money

from orders.domain import money_changes as m
from orders.domain.changes import Change
from orders.domain.goods_changes import SubstituteAccepted
from orders.domain.ledger import Refund, RefundReason, RefundStage
from orders.domain.order import Cancelled, Completed, Order
from orders.domain.owing import balance
from orders.domain.refund_terms import DEMANDED, NOT_DELIVERED, REFUSED, term, warnings
from orders.domain.words import OUR_FAULT, Supply


@dataclass(frozen=True, slots=True)
class Settlement:
    """Who did what the money follows from, when, and above which sum a refund needs a second person (R80); minor units."""

    by: str
    at: datetime
    limit: int


def settle(order: Order, changes: Sequence[Change], how: Settlement) -> list[Change]:
    """What the shop has, the customer does not owe, and is not known yet to be owed back becomes a refund due; where he owes
    more than before, less is owed back. What is on its way already is left alone.
    """
    unsettled = balance(order).unsettled
    if unsettled.minor > 0:
        return [m.RefundDue(_refund(order, changes, unsettled, how))]
    return [*_reduced(order, unsettled * -1)] if unsettled.minor < 0 else []


def _refund(order: Order, changes: Sequence[Change], amount: Money, how: Settlement) -> Refund:
    reason, article = ground(order, changes)
    zone = order.money.zone
    due = term(article, how.at, zone)
    return Refund(
        refund_id=next_refund_id(order),
        amount=amount,
        reason=reason,
        term=due,
        asked_by=how.by,
        asked_at=how.at,
        needs_approval=is_above(order, amount, how.limit),
        warn_at=warnings(how.at, due, zone),
    )


def next_refund_id(order: Order) -> str:
    """Refunds of an order are counted."""
    return f"r-{len(order.money.refunds) + 1}"


def is_above(order: Order, amount: Money, limit: int) -> bool:
    """Whether a second person has to say yes. All refunds of the order count together, and so does all goodwill, also what
    was since set off against dearer goods: no limit is passed by halves (R80).
    """
    before = sum(each.amount.minor for each in order.money.refunds if each.reason is not RefundReason.AT_BANK)
    goodwill = order.money.goodwill.minor if order.money.goodwill else 0
    return max(before + amount.minor, goodwill) > limit


def ground(order: Order, changes: Sequence[Change]) -> tuple[RefundReason, str]:
    """Why it is owed, and by which article (market-facts.md 1)."""
    if isinstance(order, Cancelled):
        return RefundReason.CANCELLED, NOT_DELIVERED if order.reason in OUR_FAULT else REFUSED
    if any(isinstance(each, m.GoodwillGranted) for each in changes):
        return RefundReason.GOODWILL, DEMANDED
    if isinstance(order, Completed) and order.kept_total != order.goods_total:
        return RefundReason.NOT_KEPT, REFUSED
    if any(isinstance(each, m.PaymentRecorded) for each in changes):
        return RefundReason.OVERPAID, DEMANDED
    if (
        order.supply is Supply.SHORT
        or order.missing
        or any(isinstance(e, SubstituteAccepted) for e in changes)
    ):
        return RefundReason.SHORTAGE, NOT_DELIVERED
    return RefundReason.OVERPAID, REFUSED


def _reduced(order: Order, by: Money) -> list[Change]:
    """The youngest first, since the oldest has waited longest; none that is on its way, nor goodwill that a second person
    has not agreed to: nothing is paid for with it before (R80).
    """
    found: list[Change] = []
    for refund in reversed(order.money.refunds):
        if refund.stage is not RefundStage.DUE or refund.is_only_asked or by.minor == 0:
            continue
        less = min(by, refund.amount)
        found.append(m.RefundReduced(refund.refund_id, refund.amount - less))
        by -= less
    return found
