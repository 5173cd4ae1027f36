"""Bonuses pay a share of the goods, never more (R35)."""

from decimal import ROUND_FLOOR, Decimal

from kernel.money import Money
from kernel.refusal import Decision

from orders.domain.changes import Change
from orders.domain.goods_changes import BonusesSet
from orders.domain.goods_commands import SetBonuses
from orders.domain.goods_refusals import TooManyBonuses
from orders.domain.guarding import changeable
from orders.domain.order import Open, Order
from orders.domain.refusals import MixedCurrencyOrder


def most_bonuses(total: Money, share: Decimal) -> Money:
    """The most that bonuses may pay of so much: the share, rounded down to a whole minor unit (R35)."""
    return Money(int((total.minor * share).to_integral_value(ROUND_FLOOR)), total.currency)


def bonuses_within(order: Open, total: Money, share: Decimal) -> Money | None:
    """What may still be paid with bonuses when the goods cost so much: what was set, or less of it."""
    told = order.goods.bonuses
    return None if told is None else min(told, most_bonuses(total, share))


def set_bonuses(command: SetBonuses, order: Order | None) -> Decision[Change]:
    """Bonuses pay up to the configured share of the goods (R35)."""
    found, refused = changeable(order, command.actor)
    if refused:
        return refused
    total = found.goods_total
    if command.bonuses.currency != total.currency:
        raise MixedCurrencyOrder("Bonuses are counted in the order's currency.")
    most = most_bonuses(total, command.clocks.policy.bonus_max_share)
    if command.bonuses > most:
        raise TooManyBonuses(f"Bonuses may pay {most} of this order.", most=most.minor)
    if command.bonuses == (found.goods.bonuses or Money(0, total.currency)):
        return []
    return [BonusesSet(command.bonuses)]
