"""Agreeing the delivery: what must be so before a promise is made, and what ends it (R29, R31, R65)."""

from datetime import datetime

from kernel.action import Action
from kernel.actor import Role
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain.changes import Change, OrderContacted
from orders.domain.commands import DeadlinePassed
from orders.domain.delivery import Leaving, Promise, Waived
from orders.domain.delivery_changes import (
    DeliveryAgreed,
    LeavingChanged,
    PromiseOverdue,
    PromiseTold,
    PromiseVoided,
)
from orders.domain.delivery_commands import AgreeDelivery, Basis, PrepareDelivery, TellPromise
from orders.domain.delivery_refusals import (
    CustomerNotContacted,
    NoPromiseYet,
    OrderChangedMeanwhile,
    SupplyNotAllocated,
)
from orders.domain.guarding import open_order
from orders.domain.ledger import Terms
from orders.domain.order import Open, Order
from orders.domain.policies import Clocks
from orders.domain.refusals import MixedCurrencyOrder
from orders.domain.same_day import same_working_day
from orders.domain.words import Channel, Supply


def prepare(command: PrepareDelivery, order: Order | None) -> Decision[Change]:
    """Nothing changes; who may not, or not yet, hears so before logistics is asked (R29)."""
    return duty(command.actor, Action.AGREE_DELIVERY) or _ready(open_order(order), command)


def agree(command: AgreeDelivery, order: Order | None) -> Decision[Change]:
    """The promise is made: it replaces the one before, whose capacity logistics frees on hearing of this (R29, R65). It holds
    for the order that logistics was asked for; who changed that meanwhile is not promised what nobody checked.
    """
    found = open_order(order)
    refused = duty(command.actor, Action.AGREE_DELIVERY)
    if refused:
        return refused
    _ready(found, command)
    if command.basis not in (None, basis_of(found)):
        raise OrderChangedMeanwhile("The order changed while logistics was asked: agree again.")
    if command.offered.price.currency != found.goods_total.currency:
        raise MixedCurrencyOrder("The delivery is priced in another currency than the order.")
    kept = found.delivery.holds
    told = told_now(command)
    if kept and kept.offered == command.offered:
        same: list[Change] = []
        if command.leaving not in (Leaving(), found.delivery.leaving):
            same.append(LeavingChanged(command.leaving))
        return [*same, *_told(found, command, told)] if told and not kept.told_by else same
    waived = Waived(command.actor.id, command.waiver) if _needs_waiver(found) and command.waiver else None
    promise = Promise(command.offered, command.reservation_id, command.actor.id, command.at, waived=waived)
    agreed = DeliveryAgreed(promise, command.leaving)
    return [agreed, *(_told(found, command, told) if told else ())]


def basis_of(order: Open) -> Basis:
    """What a promise for it is checked by."""
    pieces = sum(line.quantity for line in order.lines)
    return Basis(pieces, order.money.terms is Terms.ON_DELIVERY, order.recipient.address)


def told_now(command: AgreeDelivery) -> Channel | None:
    """Who chose it on the site himself knows it; else it is as the person says (R31)."""
    return Channel.SITE if command.actor.has(Role.SITE) else command.told_by


def tell(command: TellPromise, order: Order | None) -> Decision[Change]:
    """The customer knows when his order comes; whoever knows that has been contacted (R20, R31).

    News of a promise that was replaced meanwhile says nothing of the one that holds.
    """
    found = open_order(order)
    refused = None if command.of is not None else duty(command.actor, Action.AGREE_DELIVERY)
    if refused:
        return refused
    kept = found.delivery.holds
    if kept is None and command.of is None:
        raise NoPromiseYet("There is no promise to tell of: agree the delivery first.")
    if kept is None or kept.told_by or command.of not in (None, found.delivery.agreed):
        return []
    return _told(found, command, command.channel)


def _told(order: Open, command: AgreeDelivery | TellPromise, channel: Channel) -> list[Change]:
    by, at = command.actor.id, command.at
    reached = OrderContacted(by, channel, at, command.clocks.look_again(at))
    return [PromiseTold(by, channel, at), *([] if order.contacted_at else [reached])]


def void(order: Open, reason: str, clocks: Clocks, at: datetime) -> list[Change]:
    """What the promise was built from changed: it no longer holds, and another is owed the same day (R31, R65)."""
    if order.delivery.holds is None:
        return []
    return [PromiseVoided(reason, same_working_day(clocks, at))]


def pass_promise(command: DeadlinePassed, order: Order | None) -> list[Change]:
    """The working day is over and the customer does not know; it is due again, never silence (R31)."""
    if command.name != "promise" or not isinstance(order, Open) or order.delivery.is_told:
        return []
    return [PromiseOverdue(command.at, command.clocks.look_again(command.at))]


def _ready(order: Open, command: PrepareDelivery | AgreeDelivery) -> list[Change]:
    """The customer was spoken to, or chose himself on the site (R31); the goods are allocated, unless the shop's owner or the
    service owner lets it be promised all the same, and says why (R29, R65).
    """
    if order.contacted_at is None and not command.actor.has(Role.SITE):
        raise CustomerNotContacted("Reach the customer first, and write the attempt down.")
    if not _needs_waiver(order):
        return []
    if command.waiver is None or not command.actor.has(Role.OWNER, Role.SERVICE_OWNER):
        raise SupplyNotAllocated("The goods are not allocated yet.", supply=order.supply.value)
    return []


def _needs_waiver(order: Open) -> bool:
    return order.supply is not Supply.ALLOCATED
