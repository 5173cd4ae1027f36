"""Products over HTTP: what there is to say of one, and what might do instead of it (R25, R30)."""

from collections.abc import Mapping
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.problems import refusals
from fastapi import APIRouter
from fastapi import Query as Asks
from kernel.actor import Actor, Role
from pydantic import BaseModel, Field

from procurement.application.carding import Carding
from procurement.domain.product_card import Card
from procurement.domain.refusals import UnknownProduct
from procurement.entrypoints.http_offers import ProductId
from procurement.entrypoints.models import MoneyIO, amount
from procurement.entrypoints.wired import ASKS, buys, reached

router = APIRouter(prefix="/products", tags=["products"])

Cards = Annotated[Carding, reached("carding")]


class ProductOut(BaseModel):
    """A product, by the offer that would be taken for one piece."""

    product_id: str
    title: str
    category: str | None = Field(description="As the supplier calls it.")
    attributes: Mapping[str, str]
    price: MoneyIO | None
    cost: MoneyIO | None = Field(description="What a piece costs us; told to buyers, the owner and services.")
    availability: str = Field(
        description="`counted`, `unknown` (nobody counted, or the word is old) or `none`."
    )
    quantity: int | None = Field(description="Free pieces at that offer; null when unknown.")
    lead_days: int = Field(description="Working days until it is at our warehouse.")
    sale_closed: bool = Field(description="Not to be sold for now (R46).")


class AlternativesOut(BaseModel):
    """What might do instead, the likest first: the asker ranks it by what he knows of the customer."""

    of: ProductOut
    items: list[ProductOut]


@router.get("/{product_id}", dependencies=[ASKS], responses=refusals(UnknownProduct))
async def show_product(product_id: ProductId, asked: Asking, cards: Cards) -> ProductOut:
    """What there is to say of a product."""
    return _out(await cards.card(product_id, asked.at), asked.actor)


@router.get("/{product_id}/alternatives", dependencies=[ASKS], responses=refusals(UnknownProduct))
async def list_alternatives(
    product_id: ProductId,
    asked: Asking,
    cards: Cards,
    limit: Annotated[int, Asks(ge=1, le=50)] = 10,
) -> AlternativesOut:
    """Products of the same category first, then those whose titles share words with it."""
    of, items = await cards.alternatives(product_id, limit, asked.at)
    return AlternativesOut(of=_out(of, asked.actor), items=[_out(card, asked.actor) for card in items])


def _out(card: Card, actor: Actor) -> ProductOut:
    told = buys(actor) or actor.has(Role.SERVICE)
    return ProductOut(
        product_id=card.product_id,
        title=card.title,
        category=card.category,
        attributes=card.attributes,
        price=amount(card.price),
        cost=amount(card.cost) if told else None,
        availability=card.stock.value,
        quantity=card.quantity,
        lead_days=card.lead_days,
        sale_closed=card.sale_closed,
    )
