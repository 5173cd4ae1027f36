"""What the order makes of procurement's facts (R24)."""

from kernel.refusal import Decision

from orders.domain.changes import Change, ItemUnavailable, SupplyHeard, SupplyToldAgain
from orders.domain.commands import HearSupply
from orders.domain.order import Open, Order
from orders.domain.promising import void
from orders.domain.words import Supply


def hear_supply(command: HearSupply, order: Order | None) -> Decision[Change]:
    """Note how far supply is; goods newly known to be missing make an apology and an offer due (R24).

    A cancelled order stays cancelled; procurement hears of it by itself. What is told again changes nothing, yet it is
    a change: only so does the order remember how new the news was, and an older fact that comes later is passed over.
    What was found for other lines than the order has now says nothing of these: procurement tells again (R30).
    A promise of goods that are not to be had, or come too late for it, is void.
    """
    if not isinstance(order, Open):
        return []
    known = (order.supply, order.missing, order.delivery.ready_on)
    if _of_earlier_lines(command, order) or known == (command.supply, command.missing, command.ready_on):
        return [SupplyToldAgain()]
    heard = SupplyHeard(command.supply, command.missing, command.ready_on)
    if command.supply is not Supply.SHORT or set(command.missing) <= set(order.missing):
        return [heard, *_comes_too_late(order, command)]
    waiting = order.owes_apology and not order.apology_overdue
    within = command.clocks.policy.apology_within
    due_at = order.apology_due_at if waiting else command.clocks.after(command.at, within)
    gone = void(order, "supply", command.clocks, command.at)
    return [heard, ItemUnavailable(command.missing, due_at or command.at, command.at), *gone]


def _comes_too_late(order: Open, command: HearSupply) -> list[Change]:
    """The goods reach our warehouse only after the promised day: such a promise does not hold (R65)."""
    kept, ready = order.delivery.holds, command.ready_on
    if kept is None or ready is None or ready <= kept.offered.first_day:
        return []
    return void(order, "supply", command.clocks, command.at)


def _of_earlier_lines(command: HearSupply, order: Open) -> bool:
    if command.about is None or order.goods.lines is None:
        return False
    return set(command.about) != {(line.line_no, line.product_id, line.quantity) for line in order.lines}
