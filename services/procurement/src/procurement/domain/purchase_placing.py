"""Fixing what a purchase buys, and giving it up again before it is sent. Pure."""

from collections.abc import Mapping, Sequence

from kernel.action import Action
from kernel.duties import may_approve
from kernel.money import Money
from kernel.refusal import Decision
from kernel.refused_duty import duty, refused

from procurement.domain import purchase_changes as c
from procurement.domain import purchase_commands as asks
from procurement.domain.earmarks import Earmark, Line
from procurement.domain.purchase import BEFORE_SENDING, Claim, Goods, Purchase, Stage, total_of
from procurement.domain.purchase_refusals import (
    AlreadySent,
    BelowMinimum,
    NotADraft,
    NothingToApprove,
    NothingToBuy,
    OrdersWait,
    OwnPurchaseApproved,
    StillUnderWay,
)


def lines_of(
    claims: Sequence[Claim], extras: Mapping[str, int], goods: Mapping[str, Goods]
) -> tuple[Line, ...]:
    """One line an offer: what orders hold there, in the order they are given, and what is for our own stock."""
    marks: dict[str, list[Earmark]] = {offer_id: [] for offer_id, pieces in extras.items() if pieces}
    for claim in claims:
        marks.setdefault(claim.offer_id, []).append(Earmark(claim.order_id, claim.quantity, claim.quantity))
    return tuple(
        Line(
            offer_id=offer_id,
            product_id=goods[offer_id].product_id,
            title=goods[offer_id].title,
            unit_cost=goods[offer_id].unit_cost,
            quantity=extras.get(offer_id, 0) + sum(mark.quantity for mark in marks[offer_id]),
            earmarks=tuple(marks[offer_id]),
        )
        for offer_id in sorted(marks)
    )


def lacks(total: Money, minimum: Money | None) -> Money | None:
    """What is missing to the supplier's minimum; None when nothing is (R41)."""
    return minimum - total if minimum is not None and total < minimum else None


def place(command: asks.PlacePurchase, now: Purchase) -> Sequence[c.Change]:
    """A draft with something in it, not below the supplier's minimum, is placed (R41, R42)."""
    if now.stage is not Stage.DRAFT:
        raise NotADraft("This purchase was placed already.", stage=now.stage)
    lines = lines_of(command.claims, now.extras, command.goods)
    if not lines:
        raise NothingToBuy("Nothing waits to be bought from this supplier.")
    lack = lacks(total_of(lines), command.agreed.minimum)
    if lack is not None:
        raise BelowMinimum(f"The supplier's minimum is not reached: {lack} are missing.", missing=lack.minor)
    return [
        c.PurchasePlaced(
            command.claims,
            command.goods,
            lines,
            command.agreed,
            command.approve_above,
            command.actor.id,
            command.on,
            command.at,
        )
    ]


def record_bound(command: asks.RecordBound, now: Purchase) -> list[c.Change]:
    """What the orders gave is what is bought, unless it is too little now, or too dear for the day."""
    if now.stage is not Stage.PLACING or now.step != command.step:
        return []
    lines = lines_of(command.claims, now.extras, now.goods)
    fixed = c.PurchaseFixed(lines, awaiting=_must_wait(now, total_of(lines)), at=command.at)
    if command.beyond_budget:
        return [c.UndoingBegan(Stage.DRAFT, "budget_spent", command.at)]
    if not lines or lacks(total_of(lines), now.agreed.minimum):
        return [fixed, c.UndoingBegan(Stage.DRAFT, "too_little_left", command.at)]
    return [fixed]


def decide_on(command: asks.DecidePurchase, now: Purchase) -> Decision[c.Change]:
    """Nobody approves what he himself placed (R80)."""
    no = duty(command.actor, Action.APPROVE_PURCHASE)
    if no is not None:
        return no
    if command.agrees and now.approved_by == command.actor.id:
        return []
    if now.stage is not Stage.AWAITING:
        raise NothingToApprove("This purchase waits for nobody's yes.", stage=now.stage)
    if not command.agrees:
        return [c.UndoingBegan(Stage.DRAFT, "not_approved", command.at)]
    if not may_approve(command.actor.id, now.placed_by or ""):
        refusal = OwnPurchaseApproved("Who placed a purchase does not approve it.")
        return refused(command.actor, Action.APPROVE_PURCHASE, "R80", refusal)
    return [c.PurchaseApproved(command.actor.id, command.at)]


def withdraw(command: asks.WithdrawPurchase, now: Purchase) -> list[c.Change]:
    """Back to a draft, to be changed, as long as it was not sent."""
    if now.stage is Stage.DRAFT:
        return []
    _not_sent(now)
    return [c.UndoingBegan(Stage.DRAFT, "withdrawn", command.at)]


def cancel(command: asks.CancelPurchase, now: Purchase) -> list[c.Change]:
    """What was not sent is given up; the orders' goods wait in a new draft."""
    if now.stage is Stage.CANCELLED:
        return []
    _not_sent(now)
    if now.stage is not Stage.DRAFT:
        return [c.UndoingBegan(Stage.CANCELLED, "cancelled", command.at)]
    if command.waiting:
        raise OrdersWait("Orders wait for goods of this supplier.")
    return [c.PurchaseCancelled("cancelled", command.at)]


def _not_sent(now: Purchase) -> None:
    if now.stage in {Stage.PLACING, Stage.UNDOING}:
        raise StillUnderWay("The step before is still being carried out.", stage=now.stage)
    if now.stage not in BEFORE_SENDING:
        raise AlreadySent("It went to the supplier already.", stage=now.stage)


def _must_wait(now: Purchase, total: Money) -> bool:
    return now.approve_above is not None and now.approve_above < total
