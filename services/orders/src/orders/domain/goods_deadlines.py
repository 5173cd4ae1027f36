"""What is due about the goods of an order, and what a passed deadline still means (R24, R31)."""

from datetime import datetime

from kernel.deadline import Deadline

from orders.domain.changes import Change
from orders.domain.commands import DeadlinePassed
from orders.domain.goods import Goods
from orders.domain.goods_changes import NextOfferOverdue, StillUnreached
from orders.domain.offering import expire_offer
from orders.domain.order import Ended, Open, Order

TALLY = "tally:"
OFFER = "offer:"


def due_of_people(order: Open) -> list[tuple[str, datetime | None]]:
    """Another offer where the last came to nothing, and whoever a message did not reach."""
    goods = order.goods
    waits = order.owes_next_offer and not goods.next_offer_overdue
    return [
        ("next_offer", goods.next_offer_at if waits else None),
        ("unreached", goods.reach_at if goods.unreached else None),
    ]


def due_of_ended(order: Ended) -> list[Deadline]:
    """Whom word of his money did not reach."""
    goods = order.goods
    return [Deadline("unreached", goods.reach_at)] if goods.reach_at and goods.owes_word_of_money else []


def due_of_machines(order: Order) -> list[Deadline]:
    """Offers that end by the clock, and what is still to be counted, on a cancelled order as well."""
    if not isinstance(order, Open):
        return _counting(order.goods)
    ends = [Deadline(f"{OFFER}{each.offer_no}", each.expires_at) for each in order.goods.offers if each.waits]
    return [*ends, *_counting(order.goods)]


def _counting(goods: Goods) -> list[Deadline]:
    return [Deadline(f"{TALLY}{each.tally_no}", each.at) for each in goods.tallies[:1]]


def pass_goods(command: DeadlinePassed, order: Order | None) -> list[Change]:
    """What a passed deadline of the goods still means."""
    if order is None:
        return []
    if not isinstance(order, Open):
        still = command.name == "unreached" and due_of_ended(order)
        return [StillUnreached(command.clocks.look_again(command.at))] if still else []
    goods = order.goods
    match command.name:
        case "next_offer" if order.owes_next_offer and not goods.next_offer_overdue:
            return [NextOfferOverdue(command.at)]
        case "unreached" if goods.unreached:
            return [StillUnreached(command.clocks.look_again(command.at))]
        case name if name.startswith(OFFER):
            return expire_offer(int(name.removeprefix(OFFER)), order, command.clocks, command.at)
        case _:
            return []
