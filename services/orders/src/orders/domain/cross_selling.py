"""Accessories offered beside the goods, and whether they were taken (R30)."""

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from orders.domain.changes import Change
from orders.domain.goods import Suggested
from orders.domain.goods_changes import AccessoriesSuggested
from orders.domain.goods_commands import SuggestAccessories
from orders.domain.goods_refusals import NotAnAccessory
from orders.domain.guarding import open_order
from orders.domain.order import Order


def suggest(command: SuggestAccessories, order: Order | None) -> Decision[Change]:
    """These were offered to the customer; each counts once an order, however often it is said (R30)."""
    found = open_order(order)
    refused = duty(command.actor, Action.CHANGE_ORDER)
    if refused:
        return refused
    ordered = {line.product_id for line in found.lines}
    for product_id, _ in command.pairs:
        if product_id not in ordered:
            raise NotAnAccessory("The order does not have this product.", product_id=product_id)
    known = {(each.product_id, each.accessory_id) for each in found.goods.suggested}
    fresh = [pair for pair in dict.fromkeys(command.pairs) if pair not in known and pair[1] not in ordered]
    if not fresh:
        return []
    return [AccessoriesSuggested(tuple(Suggested(*pair, command.actor.id, command.at) for pair in fresh))]
