"""The rules of a sales stop. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import assert_never

from kernel.action import Action
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.refusal import Decision, Refused
from kernel.refused_duty import duty

from procurement.domain.refusals import ReopensTooLate
from procurement.domain.sale import (
    Change,
    CloseSale,
    Closure,
    Command,
    ReopenSale,
    Sale,
    SaleClosed,
    SaleDeadlinePassed,
    SaleRefused,
    SaleReopened,
)

REOPEN = "reopen"
LONGEST = timedelta(days=366)


def decide(command: Command, sale: Sale | None) -> Decision[Change]:
    """What comes of a command, or a refusal."""
    match command:
        case CloseSale():
            return _refused(command.product_id, command.actor) or close(command, sale)
        case ReopenSale():
            return _refused(command.product_id, command.actor) or reopen(command.actor.id, command.at, sale)
        case SaleDeadlinePassed():
            return pass_deadline(command, sale)
        case _:
            assert_never(command)


def close(command: CloseSale, sale: Sale | None) -> list[Change]:
    """A stop always ends: on a day to come, at most a year away (R46)."""
    if not command.at < command.reopens_at <= command.at + LONGEST:
        raise ReopensTooLate("A sale is reopened on a day to come, within a year.")
    before = sale and sale.closure
    same = before and (before.reason, before.reopens_on) == (command.reason, command.reopens_on)
    if same:
        return []
    closed_at = before.closed_at if before else command.at
    closure = Closure(command.reason, closed_at, command.reopens_on, command.reopens_at, command.actor.id)
    return [SaleClosed(command.product_id, closure)]


def reopen(by: str, at: datetime, sale: Sale | None) -> Sequence[Change]:
    """On sale again; what is on sale stays so."""
    return [SaleReopened(by, at)] if sale and sale.closure else []


def pass_deadline(command: SaleDeadlinePassed, sale: Sale | None) -> Sequence[Change]:
    """The day has come; unless a person meanwhile chose a later one (R46)."""
    if sale is None or sale.closure is None or sale.closure.reopens_at > command.at:
        return []
    return reopen(command.by, command.at, sale)


def deadlines(sale: Sale) -> list[Deadline]:
    """When the sale reopens by itself."""
    return [Deadline(REOPEN, sale.closure.reopens_at)] if sale.closure else []


def evolve(sale: Sale | None, change: Change) -> Sale:
    """The sale after a change."""
    match change:
        case SaleClosed():
            return Sale(change.product_id, change.closure, change.closure.by)
        case SaleReopened():
            assert sale is not None
            return replace(sale, closure=None, changed_by=change.by)
        case SaleRefused():
            return sale or Sale(change.product_id)
        case _:
            assert_never(change)


def _refused(product_id: str, actor: Actor) -> Refused[Change] | None:
    no = duty(actor, Action.STOP_SALE)
    return no and Refused(tuple(SaleRefused(product_id, each) for each in no.changes), no.refusal)
