"""Purchases, the money of their days, and sourcings, each with its rules, its facts and its deadlines."""

from collections.abc import Sequence

from chassis.duties_told import duty_refused
from chassis.following import nothing_due
from chassis.handling import Decider
from contracts.fact import Fact
from kernel.refused_duty import DutyRefused

from procurement.application.announcing_purchases import of_purchase
from procurement.domain import (
    budget,
    purchase,
    purchase_changes,
    purchase_clock,
    purchase_commands,
    purchase_decider,
    purchase_evolving,
    sourcing,
    sourcing_decider,
)

PURCHASES: Decider[purchase_commands.Command, purchase.Purchase, purchase_changes.Change] = Decider(
    key=lambda command: command.purchase_id,
    decide=purchase_decider.decide,
    evolve=purchase_evolving.evolve,
    announce=of_purchase,
    deadlines=purchase_clock.deadlines,
)


def _nobody(change: budget.Change, now: budget.Budget) -> Sequence[Fact]:
    """What is left of a day's money is nobody else's to know."""
    del change, now
    return ()


BUDGETS: Decider[budget.Command, budget.Budget, budget.Change] = Decider(
    key=lambda command: budget.key_of(command.day),
    decide=budget.decide,
    evolve=budget.evolve,
    announce=_nobody,
    deadlines=nothing_due,
)


def _of_sourcing(change: sourcing.Change, now: sourcing.Sourcing) -> Sequence[Fact]:
    return [duty_refused(change, "sourcing", now.sourcing_id)] if isinstance(change, DutyRefused) else []


SOURCINGS: Decider[sourcing.Command, sourcing.Sourcing, sourcing.Change] = Decider(
    key=lambda command: command.sourcing_id,
    decide=sourcing_decider.decide,
    evolve=sourcing_decider.evolve,
    announce=_of_sourcing,
    deadlines=sourcing_decider.deadlines,
)
