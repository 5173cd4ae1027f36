"""Cross-selling over HTTP: which products go together, what goes with an order, and whether it is taken (R30)."""

from http import HTTPStatus
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Query, Request, Response
from kernel.refused_duty import NotYourDuty

from orders.application.cross_selling import CrossSelling, Linking
from orders.domain.goods_refusals import NotAnAccessory
from orders.domain.pairs import Pair
from orders.domain.product_links import LinkProduct, LinkToItself, ProductLinks, UnknownLink, UnlinkProduct
from orders.domain.refusals import OrderCancelledAlready, UnknownOrder
from orders.domain.tallies import Kind
from orders.entrypoints.accessory_models import (
    BesideAllOut,
    BesideOut,
    ConversionOut,
    LinkIn,
    LinksOut,
    OfferedIn,
    conversion_out,
    links_out,
)
from orders.entrypoints.commands import ALWAYS, OrderId
from orders.entrypoints.queries import Reader

router = APIRouter(tags=["cross-selling"])


async def selling_of(request: Request) -> CrossSelling:
    """The wired use case."""
    return request.app.state.cross_selling


async def linking_of(request: Request) -> Linking:
    """The way in to product links."""
    return request.app.state.linking


async def links_of(request: Request) -> Listing[ProductLinks]:
    """Product links, listed."""
    return request.app.state.product_links


async def pairs_of(request: Request) -> Listing[Pair]:
    """Counts of what customers said."""
    return request.app.state.pairs


Selling = Annotated[CrossSelling, Depends(selling_of)]
ToLinks = Annotated[Linking, Depends(linking_of)]
Links = Annotated[Listing[ProductLinks], Depends(links_of)]
Pairs = Annotated[Listing[Pair], Depends(pairs_of)]
ProductId = Annotated[str, Query(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,119}$")]
Month = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}$", description="As 2026-03, UTC; all without it.")]


@router.put("/product-links", responses=refusals(NotYourDuty, LinkToItself))
async def link_products(body: LinkIn, asked: Asking, linking: ToLinks) -> ReceiptOut:
    """Say that an accessory goes with a product."""
    command = LinkProduct(body.product_id, body.accessory_id, body.title, asked.actor, asked.at)
    return receipt(await linking(command, asked.occasion(body)))


@router.delete(
    "/product-links", status_code=HTTPStatus.NO_CONTENT, responses=refusals(NotYourDuty, UnknownLink)
)
async def unlink_products(
    product_id: ProductId, accessory_id: ProductId, asked: Asking, linking: ToLinks
) -> Response:
    """Say that it does not any more."""
    await linking(UnlinkProduct(product_id, accessory_id, asked.actor, asked.at), asked.occasion())
    return Response(status_code=HTTPStatus.NO_CONTENT)


@router.get("/product-links")
async def list_links(actor: Reader, page: Paging, links: Links) -> PageOut[LinksOut]:
    """Products with their accessories."""
    del actor
    found = await links.page(Wanted(equal={"linked": True}, order="product_id"), page.limit, page.cursor)
    items = [links_out(each.state) for each in found.items if each.state]
    return PageOut(items=items, next=found.next)


@router.get("/orders/{order_id}/accessories", responses=refusals(UnknownOrder, OrderCancelledAlready))
async def list_accessories(order_id: OrderId, actor: Reader, selling: Selling) -> BesideAllOut:
    """What goes with the products of the order; not what is in it already, nor what is not to be sold."""
    del actor
    found = await selling.beside(order_id)
    return BesideAllOut(
        items=[
            BesideOut(
                product_id=each.product_id,
                accessory_id=each.accessory_id,
                title=each.title,
                offered=each.offered,
            )
            for each in found
        ]
    )


@router.post("/orders/{order_id}/accessories", responses=refusals(*ALWAYS, NotAnAccessory))
async def offer_accessories(
    order_id: OrderId, body: OfferedIn, asked: Asking, selling: Selling
) -> ReceiptOut:
    """These were offered to the customer. One that comes into the order afterwards counts as taken."""
    pairs = tuple((each.product_id, each.accessory_id) for each in body.pairs)
    return receipt(await selling.suggest(order_id, pairs, asked.actor, asked.occasion(body)))


@router.get("/reports/accessories")
async def report_accessories(
    actor: Reader, page: Paging, pairs: Pairs, month: Month = None
) -> PageOut[ConversionOut]:
    """How often accessories are offered, and how often taken (R30)."""
    del actor
    of_month = {"month": month} if month else {}
    query = Wanted(equal={"kind": Kind.ACCESSORY.value, **of_month}, order="month", descending=True)
    found = await pairs.page(query, page.limit, page.cursor)
    return PageOut(items=[conversion_out(each.state) for each in found.items if each.state], next=found.next)
