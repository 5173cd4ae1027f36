"""Brass lamps are gone; steel and copper ones are offered instead, and what may be asked about the goods besides."""

from dataclasses import replace
from datetime import datetime, timedelta

from kernel.actor import Actor
from kernel.money import Money
from kernel.personal import Personal

from orders.domain import goods_commands as g
from orders.domain.goods import Unreached
from orders.domain.offers import Said, Substitute
from orders.domain.words import Channel, Supply
from orders.testing.lamps import CLOCKS, MONDAY, ORDER_ID, supply
from orders.testing.people import ANNA

STEEL = Substitute("steel-lamp", "Лампа стальная", Money(598000))
COPPER = Substitute("copper-lamp", "Лампа медная", Money(748000))
LINK = Actor("customer", frozenset())
GONE = supply(Supply.SHORT, "brass-lamp")
"""Procurement has no brass lamps; a shade there is."""


def make(
    *substitutes: Substitute,
    line_no: int = 1,
    at: datetime = MONDAY,
    lasts: timedelta | None = None,
    actor: Actor = ANNA,
    closed: frozenset[str] = frozenset(),
) -> g.MakeOffer:
    """Anna offers steel lamps instead of brass ones."""
    until = at + lasts if lasts else None
    return g.MakeOffer(ORDER_ID, line_no, substitutes or (STEEL,), until, actor, at, CLOCKS, closed)


def answer(
    said: Said = Said.YES,
    product_id: str | None = None,
    *,
    offer_no: int = 1,
    channel: Channel | None = Channel.PHONE,
    actor: Actor | None = None,
    at: datetime = MONDAY,
) -> g.AnswerOffer:
    """Maria says it to Anna; by the link, when there is no channel."""
    by = actor or (ANNA if channel else LINK)
    return g.AnswerOffer(ORDER_ID, offer_no, said, product_id, channel, by, at, CLOCKS)


def change(
    *quantities: tuple[int, int],
    add: tuple[g.Added, ...] = (),
    actor: Actor = ANNA,
    at: datetime = MONDAY,
    closed: frozenset[str] = frozenset(),
) -> g.ChangeLines:
    """Maria wants other lines."""
    return g.ChangeLines(ORDER_ID, quantities, add, actor, at, CLOCKS, closed)


def wick(quantity: int = 3, minor: int = 5000) -> g.Added:
    """Wicks besides."""
    return g.Added("wick", "Фитиль", quantity, Money(minor))


def bonuses(minor: int, actor: Actor = ANNA) -> g.SetBonuses:
    """So much is paid with bonuses."""
    return g.SetBonuses(ORDER_ID, Money(minor), actor, MONDAY, CLOCKS)


def move(address: str = "Москва, Палиха, 7", actor: Actor = ANNA, *, kept: bool = False) -> g.ChangeAddress:
    """The goods go elsewhere."""
    return g.ChangeAddress(ORDER_ID, Personal(address), actor, MONDAY, CLOCKS, kept)


def unreached(message_id: str = "m-1", at: datetime = MONDAY) -> g.HearUnreached:
    """A message did not arrive."""
    missed = Unreached(message_id, "apology_and_offer", "sms", "undeliverable", at)
    return g.HearUnreached(ORDER_ID, missed, at, CLOCKS)


def written(sent_at: datetime = MONDAY) -> g.HearApologySent:
    """The written apology went out by e-mail."""
    return g.HearApologySent(ORDER_ID, Channel.EMAIL, "notifications", sent_at, sent_at)


def suggest(*pairs: tuple[str, str], at: datetime = MONDAY) -> g.SuggestAccessories:
    """Wicks are offered beside the lamps."""
    return g.SuggestAccessories(ORDER_ID, pairs or (("brass-lamp", "wick"),), ANNA, at)


def later(command: g.AnswerOffer, by: timedelta) -> g.AnswerOffer:
    """The same, later."""
    return replace(command, at=command.at + by)
