"""What is asked and answered about cross-selling over HTTP."""

from datetime import datetime

from chassis.http.fields import Id, Line
from pydantic import BaseModel, Field

from orders.domain.pairs import Pair
from orders.domain.product_links import ProductLinks
from orders.entrypoints.models import Asked


class LinkIn(Asked):
    """`title` as the accessory is offered."""

    product_id: Id
    accessory_id: Id
    title: Line


class LinkOut(BaseModel):
    product_id: str
    accessory_id: str
    title: str
    by: str
    at: datetime


class LinksOut(BaseModel):
    """The accessories of a product."""

    product_id: str
    items: list[LinkOut]


class BesideOut(BaseModel):
    """An accessory that goes with a product of the order; `offered`: it was offered already."""

    product_id: str
    accessory_id: str
    title: str
    offered: bool


class BesideAllOut(BaseModel):
    items: list[BesideOut]


class PairIn(Asked):
    product_id: Id
    accessory_id: Id


class OfferedIn(Asked):
    """What was offered to the customer."""

    pairs: list[PairIn] = Field(min_length=1, max_length=50)


class ConversionOut(BaseModel):
    """A product and its accessory in a month: how often offered, how often taken, the share of it, what was sold by it in
    minor units.
    """

    month: str
    product_id: str
    accessory_id: str
    offered: int
    accepted: int
    share: float
    sold: int
    currency: str


def links_out(links: ProductLinks) -> LinksOut:
    """A product with its accessories."""
    return LinksOut(
        product_id=links.product_id,
        items=[
            LinkOut(
                product_id=links.product_id,
                accessory_id=each.accessory_id,
                title=each.title,
                by=each.by,
                at=each.at,
            )
            for each in links.accessories
        ],
    )


def conversion_out(pair: Pair) -> ConversionOut:
    """A row of the report."""
    return ConversionOut(
        month=pair.month,
        product_id=pair.product_id,
        accessory_id=pair.other_id,
        offered=pair.offered,
        accepted=pair.accepted,
        share=round(pair.accepted / pair.offered, 3) if pair.offered else 0.0,
        sold=pair.sold.minor,
        currency=pair.sold.currency,
    )
