"""What a purchase is after a change."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from kernel.refused_duty import DutyRefused

from procurement.domain import purchase_changes as c
from procurement.domain.purchase import Purchase, Stage

PATIENCE = timedelta(seconds=10)
"""How long one step may take before somebody else takes it up."""


def evolve(purchase: Purchase | None, change: c.Change) -> Purchase:
    """The purchase after a change."""
    if isinstance(change, c.PurchaseOpened):
        return Purchase(
            change.purchase_id,
            change.supplier_id,
            change.owner_id,
            change.buying,
            change.agreed,
            Stage.DRAFT,
            change.at,
        )
    assert purchase is not None
    match change:
        case c.GoodsReceived() | c.DeliveryTakenIn() | c.PurchaseSent() | c.WentLate():
            return _sent(purchase, change)
        case _:
            return _unsent(purchase, change)


Later = c.GoodsReceived | c.DeliveryTakenIn | c.PurchaseSent | c.WentLate
Earlier = (
    c.ExtrasSet
    | c.PurchasePlaced
    | c.PurchaseFixed
    | c.PurchaseApproved
    | c.UndoingBegan
    | c.PurchaseUndone
    | c.PurchaseCancelled
    | c.OwnerReminded
    | c.CutOffMissed
    | c.StepTakenUpAgain
    | DutyRefused
)


def _unsent(now: Purchase, change: Earlier) -> Purchase:  # noqa: C901, PLR0911 - a line for each change
    match change:
        case c.ExtrasSet():
            asked = now.asked_by_sourcing | {each for each in [change.sourcing_id] if each}
            return replace(now, extras=change.extras, asked_by_sourcing=asked)
        case c.PurchasePlaced():
            return _placed(now, change)
        case c.PurchaseFixed():
            stage = Stage.AWAITING if change.awaiting else Stage.READY
            return replace(now, stage=stage, lines=change.lines, due_at=None)
        case c.PurchaseApproved():
            return replace(now, stage=Stage.READY, approved_by=change.by)
        case c.UndoingBegan():
            return _undoing(now, change)
        case c.PurchaseUndone():
            ending = now.ending or Stage.DRAFT
            return replace(now, stage=ending, ending=None, due_at=None, lines=(), claims=(), placed_by=None)
        case c.PurchaseCancelled():
            return replace(now, stage=Stage.CANCELLED, reason=change.reason)
        case c.OwnerReminded():
            return replace(now, reminded=True, owner_id=change.owner_id)
        case c.CutOffMissed():
            later = replace(now, buying=change.following, owner_id=change.owner_id)
            return replace(later, missed=now.missed + 1, reminded=False)
        case c.StepTakenUpAgain():
            return replace(now, due_at=change.at + PATIENCE)
        case DutyRefused():
            return now
        case _:
            assert_never(change)


def _sent(now: Purchase, change: Later) -> Purchase:
    match change:
        case c.PurchaseSent():
            return replace(now, stage=Stage.SENT, sent=change.sent)
        case c.GoodsReceived():
            receipt = change.receipt
            after = replace(
                now,
                lines=change.lines,
                receipts=(*now.receipts, receipt),
                step=receipt.step,
                due_at=_due(receipt.at),
            )
            return replace(after, stage=Stage.SENT if after.outstanding else Stage.RECEIVED)
        case c.DeliveryTakenIn():
            receipts = tuple(
                replace(each, done=each.done or each.step == change.step) for each in now.receipts
            )
            after = replace(now, receipts=receipts)
            return replace(after, due_at=_due(change.at) if after.to_take_in else None)
        case c.WentLate():
            return replace(now, late=True)
        case _:
            assert_never(change)


def _placed(now: Purchase, change: c.PurchasePlaced) -> Purchase:
    return replace(
        now,
        stage=Stage.PLACING,
        step=now.step + 1,
        claims=change.claims,
        goods=change.goods,
        lines=change.lines,
        agreed=change.agreed,
        approve_above=change.approve_above,
        placed_by=change.by,
        placed_on=change.on,
        approved_by=None,
        reason="",
        due_at=_due(change.at),
    )


def _undoing(now: Purchase, change: c.UndoingBegan) -> Purchase:
    return replace(
        now,
        stage=Stage.UNDOING,
        step=now.step + 1,
        ending=change.ending,
        reason=change.reason,
        approved_by=None,
        due_at=_due(change.at),
    )


def _due(at: datetime) -> datetime:
    return at + PATIENCE
