"""The rules of a purchase: nothing is ordered without a click unless the supplier may be, nobody approves his own, and
each piece is accounted for (R4, R42, R43, R80). Pure.
"""

from typing import assert_never

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from procurement.domain import purchase_changes as c
from procurement.domain import purchase_commands as asks
from procurement.domain.purchase import Purchase, Stage
from procurement.domain.purchase_clock import pass_deadline
from procurement.domain.purchase_placing import cancel, decide_on, place, record_bound, withdraw
from procurement.domain.purchase_receiving import mark_sent, receive, record_taken_in
from procurement.domain.purchase_refusals import PurchaseIsFixed, UnknownPurchase


def decide(command: asks.Command, purchase: Purchase | None) -> Decision[c.Change]:  # noqa: PLR0911 - a line each
    """What comes of a command, or a refusal."""
    match command:
        case asks.OpenPurchase():
            return [] if purchase else [_opened(command)]
        case asks.PurchaseDeadlinePassed():
            return pass_deadline(command, purchase)
        case _ if purchase is None:
            raise UnknownPurchase("There is no such purchase.")
        case asks.AddExtras():
            return _add(command, purchase)
        case asks.RecordBound():
            return record_bound(command, purchase)
        case asks.RecordUndone():
            done = purchase.stage is Stage.UNDOING and purchase.step == command.step
            return [c.PurchaseUndone(command.at)] if done else []
        case asks.RecordTakenIn():
            return record_taken_in(command, purchase)
        case _:
            return _by_person(command, purchase)


def _by_person(command: asks.ByPerson, now: Purchase) -> Decision[c.Change]:
    if isinstance(command, asks.DecidePurchase):
        return decide_on(command, now)
    if isinstance(command, asks.ReceiveGoods):
        return duty(command.actor, Action.RECEIVE_GOODS) or receive(command, now)
    automatic = isinstance(command, asks.PlacePurchase) and command.automatic and now.agreed.alone
    return (None if automatic else duty(command.actor, Action.BUY)) or _by_buyer(command, now)


ByBuyer = asks.SetExtras | asks.PlacePurchase | asks.WithdrawPurchase | asks.CancelPurchase | asks.MarkSent


def _by_buyer(command: ByBuyer, now: Purchase) -> Decision[c.Change]:
    match command:
        case asks.SetExtras():
            return _set(command, now)
        case asks.PlacePurchase():
            return place(command, now)
        case asks.WithdrawPurchase():
            return withdraw(command, now)
        case asks.CancelPurchase():
            return cancel(command, now)
        case asks.MarkSent():
            return mark_sent(command, now)
        case _:
            assert_never(command)


def _opened(command: asks.OpenPurchase) -> c.PurchaseOpened:
    return c.PurchaseOpened(
        command.purchase_id,
        command.supplier_id,
        command.owner_id,
        command.buying,
        command.agreed,
        command.at,
    )


def _set(command: asks.SetExtras, now: Purchase) -> list[c.Change]:
    if now.stage is not Stage.DRAFT:
        raise PurchaseIsFixed("Only a draft can be changed; withdraw the purchase first.", stage=now.stage)
    extras = {offer_id: pieces for offer_id, pieces in command.extras.items() if pieces}
    return [] if extras == now.extras else [c.ExtrasSet(extras, None, command.at)]


def _add(command: asks.AddExtras, now: Purchase) -> list[c.Change]:
    """A sourcing's pieces are added once; to a draft only."""
    if now.stage is not Stage.DRAFT or command.sourcing_id in now.asked_by_sourcing:
        return []
    extras = dict(now.extras)
    for offer_id, pieces in command.extras.items():
        extras[offer_id] = extras.get(offer_id, 0) + pieces
    return [c.ExtrasSet(extras, command.sourcing_id, command.at)]
