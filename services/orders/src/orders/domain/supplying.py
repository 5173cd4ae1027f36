"""What the order makes of procurement's facts (R24)."""

from datetime import timedelta

from kernel.refusal import Decision

from orders.domain.changes import Change, ItemUnavailable, SupplyHeard
from orders.domain.commands import HearSupply
from orders.domain.order import Open, Order, Supply

APOLOGY_WITHIN = timedelta(hours=2)
"""Working time within which the customer has an apology and an offer, once goods are known to be missing (R24)."""


def hear_supply(command: HearSupply, order: Order | None) -> Decision[Change]:
    """Note how far supply is; goods that are not to be had make an apology and an offer due (R24).

    An order opens before any fact about it can be told, so an unknown id is not ours: nothing to do. A cancelled order
    stays cancelled; procurement hears of it by itself.
    """
    if not isinstance(order, Open) or (order.supply, order.missing) == (command.supply, command.missing):
        return []
    heard = SupplyHeard(command.supply, command.missing)
    if command.supply is not Supply.SHORT:
        return [heard]
    return [heard, ItemUnavailable(command.missing, command.calendar.after(command.at, APOLOGY_WITHIN))]
