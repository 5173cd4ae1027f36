"""Answering what customers ask for besides the order: by the shop's catalogue, in the mode of the moment (R32, R58)."""

from dataclasses import dataclass
from datetime import datetime

from chassis.handling import Decider, Handler, Occasion, Outcome, Store
from kernel.actor import Actor

from orders.application.announcing_rush import announce_catalogue
from orders.application.rushing import Rushing
from orders.domain.order import Order
from orders.domain.refusals import UnknownOrder
from orders.domain.rush_catalogue import (
    Catalogue,
    CatalogueChange,
    Entry,
    WriteCatalogue,
    entry_of,
    evolve_catalogue,
    write,
)
from orders.domain.rush_requests import AnswerRequest, Request, RequestAnswered, answer, evolve_request
from orders.domain.rush_usual_answers import USUAL
from orders.domain.rush_words import Part

CATALOGUES: Decider[WriteCatalogue, Catalogue, CatalogueChange] = Decider(
    lambda command: command.shop_id,
    lambda command, catalogue: write(command, catalogue, USUAL),
    evolve_catalogue,
    announce_catalogue,
    lambda _: (),
)

REQUESTS: Decider[AnswerRequest, Request, RequestAnswered] = Decider(
    lambda command: command.request.request_id,
    answer,
    evolve_request,
    lambda _change, _request: (),
    lambda _: (),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody of the shop passes on what a customer asked for."""

    request_id: str
    order_id: str
    kind: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class RequestAnswering:
    """Ready answers, and what was answered with them."""

    handle: Handler[AnswerRequest, Request, RequestAnswered]
    catalogues: Store[Catalogue]
    orders: Store[Order]
    rushing: Rushing

    async def entries(self, shop_id: str) -> tuple[Entry, ...]:
        """The shop's catalogue; the usual one until it wrote its own."""
        kept = (await self.catalogues.load(shop_id)).state
        return kept.entries if kept else USUAL

    async def __call__(self, asked: Asked, why: Occasion) -> Outcome[Request]:
        """The ready answer, kept. Also a cancelled order is asked about: a return, money back."""
        order = (await self.orders.load(asked.order_id)).state
        if order is None:
            raise UnknownOrder("There is no such order.")
        shop_id = order.placing.shop_id
        in_rush = await self.rushing.rushes(shop_id, Part.REQUESTS)
        ready = entry_of(await self.entries(shop_id), asked.kind).ready(in_rush=in_rush)
        request = Request(
            asked.request_id, asked.order_id, shop_id, asked.kind, ready, in_rush, asked.actor.id, asked.at
        )
        return await self.handle(AnswerRequest(request), why, opening=True)
