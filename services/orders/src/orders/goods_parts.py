"""The goods side of orders, put together: offers and answers, changes, cross-selling, contacts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.chassis import Chassis, Listing
from chassis.handling import Handler
from chassis.reactions import Reactions
from chassis.settings import SettingsProblem
from fastapi import APIRouter

from orders.adapters.answer_links import AnswerLinks, BadLinkKeys, NoLinks
from orders.adapters.goods_documents import PAIRS, PRODUCT_LINKS, SALES
from orders.adapters.procurement import ProcurementAlternatives
from orders.application import cross_selling, following, tallying
from orders.application.answering import Answering
from orders.application.capacity import Capacity
from orders.application.changing import Changing
from orders.application.cross_selling import CrossSelling
from orders.application.ordering import OnDeadline
from orders.application.selling import Selling
from orders.application.substituting import Substituting
from orders.application.tallying import Tallying
from orders.application.working_time import Situations
from orders.domain.changes import Change
from orders.domain.commands import Command
from orders.domain.goods_deadlines import TALLY
from orders.domain.order import Order
from orders.entrypoints import (
    accessories,
    answers,
    changing,
    contact,
    goods_subscribers,
    journey_subscribers,
    offers,
)
from orders.settings import OrdersSettings

SUBSCRIBERS = (goods_subscribers.reactions, journey_subscribers.reactions)
"""One table, which each of these has entered its reactions in."""

ROUTERS = (offers.router, answers.router, changing.router, contact.router, accessories.router)


@dataclass(frozen=True, slots=True)
class GoodsParts:
    """What the composition root takes from here."""

    wired: Mapping[str, Any]
    of_machines: Mapping[str, OnDeadline]
    routers: tuple[APIRouter, ...] = ROUTERS
    reactions: Reactions = SUBSCRIBERS[-1]


def goods_parts(  # noqa: PLR0917 - what all of orders shares
    chassis: Chassis,
    settings: OrdersSettings,
    handle: Handler[Command, Order, Change],
    orders: Listing[Order],
    situations: Situations,
    capacity: Capacity,
) -> GoodsParts:
    """The goods side, wired."""
    pairs, sales, product_links = (
        chassis.store(PAIRS),
        chassis.store(SALES),
        chassis.store(PRODUCT_LINKS),
    )
    links, selling = links_of(settings), Selling(sales)
    ask = ProcurementAlternatives(chassis.peers.of("procurement"))
    substituting = Substituting(handle, orders, situations, selling, pairs, ask, links)
    count = chassis.handler(tallying.PAIRS, pairs)
    return GoodsParts(
        wired={
            "substituting": substituting,
            "answering": Answering(orders, substituting, links, links),
            "changing": Changing(handle, orders, situations, selling, capacity),
            "cross_selling": CrossSelling(handle, orders, product_links, selling),
            "linking": chassis.handler(cross_selling.PRODUCT_LINKS, product_links),
            "product_links": product_links,
            "pairs": pairs,
            "hear_sale": chassis.handler(following.SALES, sales),
        },
        of_machines={TALLY: Tallying(handle, orders, count)},
    )


def links_of(settings: OrdersSettings) -> AnswerLinks | NoLinks:
    """Links signed with the shop's key; none where no key is set."""
    if settings.link_key is None:
        return NoLinks()
    try:
        return AnswerLinks.parse(settings.link_key.get_secret_value(), settings.public_url)
    except BadLinkKeys as wrong:
        raise SettingsProblem(f"OPBLOK_LINK_KEY: {wrong}") from wrong
