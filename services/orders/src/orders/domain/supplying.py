"""What the order makes of procurement's facts (R24)."""

from kernel.refusal import Decision

from orders.domain.changes import Change, ItemUnavailable, SupplyHeard, SupplyToldAgain
from orders.domain.commands import HearSupply
from orders.domain.order import Open, Order
from orders.domain.words import Supply


def hear_supply(command: HearSupply, order: Order | None) -> Decision[Change]:
    """Note how far supply is; goods newly known to be missing make an apology and an offer due (R24).

    A cancelled order stays cancelled; procurement hears of it by itself. What is told again changes nothing, yet it is
    a change: only so does the order remember how new the news was, and an older fact that comes later is passed over.
    """
    if not isinstance(order, Open):
        return []
    if (order.supply, order.missing) == (command.supply, command.missing):
        return [SupplyToldAgain()]
    heard = SupplyHeard(command.supply, command.missing)
    if command.supply is not Supply.SHORT or set(command.missing) <= set(order.missing):
        return [heard]
    waiting = order.owes_apology and not order.apology_overdue
    within = command.clocks.policy.apology_within
    due_at = order.apology_due_at if waiting else command.clocks.after(command.at, within)
    return [heard, ItemUnavailable(command.missing, due_at or command.at)]
