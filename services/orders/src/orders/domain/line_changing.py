"""Lines are added, taken out and counted anew; what the customer was told of a price stays (R30)."""

from kernel.refusal import Decision

from orders.domain.bonuses import bonuses_within
from orders.domain.changes import Change
from orders.domain.goods import Line, total_of
from orders.domain.goods_changes import LinesChanged
from orders.domain.goods_commands import ChangeLines
from orders.domain.goods_refusals import NothingLeft, SaleClosed, UnknownLine
from orders.domain.guarding import changeable
from orders.domain.order import Open, Order
from orders.domain.promising import void
from orders.domain.refusals import MixedCurrencyOrder


def change_lines(command: ChangeLines, order: Order | None) -> Decision[Change]:
    """The lines as the customer wants them now. More goods than were promised are promised anew (R65)."""
    found, refused = changeable(order, command.actor)
    if refused:
        return refused
    lines = _after(command, found)
    if lines == found.lines:
        return []
    if not lines:
        raise NothingLeft("Nothing would be left: cancel the order, and say why.")
    if len({line.unit_price.currency for line in lines}) > 1:
        raise MixedCurrencyOrder("All lines are priced in one currency.")
    bonuses = bonuses_within(found, total_of(lines), command.clocks.policy.bonus_max_share)
    changed = LinesChanged(lines, bonuses, command.actor.id, command.at)
    grown = void(found, "lines", command.clocks, command.at) if _grow(found.lines, lines) else []
    return [changed, *grown]


def _after(command: ChangeLines, order: Open) -> tuple[Line, ...]:
    counted = dict(command.quantities)
    for line_no in counted.keys() - {line.line_no for line in order.lines}:
        raise UnknownLine("The order has no such line now.", line_no=line_no)
    for each in command.added:
        if each.product_id in command.closed:
            raise SaleClosed("This product is not to be sold for now.", product_id=each.product_id)
    kept = (_counted(line, counted.get(line.line_no, line.quantity)) for line in order.lines)
    added = (
        Line(line_no, each.product_id, each.title, each.quantity, each.unit_price)
        for line_no, each in enumerate(command.added, start=order.next_line_no)
    )
    return (*(line for line in kept if line.quantity), *added)


def _counted(line: Line, quantity: int) -> Line:
    return Line(line.line_no, line.product_id, line.title, quantity, line.unit_price)


def _grow(before: tuple[Line, ...], after: tuple[Line, ...]) -> bool:
    had = {line.line_no: line.quantity for line in before}
    return any(line.quantity > had.get(line.line_no, 0) for line in after)
