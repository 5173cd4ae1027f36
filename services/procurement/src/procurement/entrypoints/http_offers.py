"""Offers over HTTP: what is there, at whom, for how much, and how old the word on it is (R22, R28)."""

from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.fields import Count, Line
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter
from fastapi import Query as Asks
from kernel.action import Action
from pydantic import BaseModel, Field, StringConstraints

from procurement.application.candidates import Sourced
from procurement.application.stocking import Count as Counted
from procurement.domain.offer import OWN
from procurement.domain.refusals import GoodsNobodyLists, UnknownOffer
from procurement.entrypoints.models import AvailableOut, MoneyIO, OfferOut, available_out, offer_out
from procurement.entrypoints.supplier_models import SupplierId
from procurement.entrypoints.wired import ASKS, Asker, OffersKept, Sources, Stocks, buys, duty

router = APIRouter(tags=["offers"])

ProductId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,149}$")]
OfferId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}:[^\x00-\x1f]{1,150}$")]


class CountIn(BaseModel):
    """What was counted; title and price are needed for goods that no offer describes yet."""

    quantity: Count
    title: Line | None = None
    price: MoneyIO | None = None
    purchase_price: MoneyIO | None = None


class Sought(BaseModel):
    """Which offers are asked for."""

    product_id: ProductId | None = None
    supplier_id: SupplierId | None = None
    available: bool | None = None


class AvailabilityOut(BaseModel):
    """Own stock first, then what suppliers have, what sells before what does not, the cheapest first."""

    product_id: str
    free: int = Field(description="Counted pieces that orders can be allocated from now.")
    uncounted: bool = Field(description="Whether some supplier has more, without a count.")
    offers: list[AvailableOut]


@router.get("/offers")
async def list_offers(
    who: Asker,
    offers: OffersKept,
    page: Paging,
    sought: Annotated[Sought, Asks()],
) -> PageOut[OfferOut]:
    """Offers, by id."""
    query = Query(sought.model_dump(exclude_none=True))
    found = await offers.page(query, page.limit, page.cursor)
    items = [offer_out(each.state, buys=buys(who)) for each in found.items if each.state]
    return PageOut(items=items, next=found.next)


@router.get("/offers/{offer_id:path}/timeline", responses=refusals(UnknownOffer))
async def show_offer_timeline(_: Asker, offer_id: OfferId, offers: OffersKept) -> TimelineOut:
    """What happened to an offer."""
    entries = await offers.history(offer_id)
    if not entries:
        raise UnknownOffer("There is no such offer.")
    return timeline(offer_id, entries)


@router.get("/offers/{offer_id:path}", responses=refusals(UnknownOffer))
async def show_offer(who: Asker, offer_id: OfferId, offers: OffersKept) -> OfferOut:
    """One offer."""
    state = (await offers.load(offer_id)).state
    if state is None:
        raise UnknownOffer("There is no such offer.")
    return offer_out(state, buys=buys(who))


@router.put(
    "/own-stock/{product_id}",
    dependencies=[duty(Action.SET_STOCK)],
    responses=refusals(GoodsNobodyLists),
)
async def count_own_stock(product_id: ProductId, body: CountIn, asked: Asking, stocks: Stocks) -> ReceiptOut:
    """Say how many pieces of these goods are in our own warehouse."""
    count = Counted(
        product_id,
        body.quantity,
        body.title,
        body.price and body.price.money(),
        body.purchase_price and body.purchase_price.money(),
    )
    return receipt(await stocks.count(count, asked.at, asked.occasion(body)))


@router.get("/availability", dependencies=[ASKS])
async def show_availability(
    asked: Asking, sources: Sources, product_id: Annotated[ProductId, Asks()]
) -> AvailabilityOut:
    """What there is of these goods, with the age of each word on it (R28)."""
    at, known = asked.at, await sources.of_product(product_id)
    known.sort(key=lambda each: (each.offer.supplier_id != OWN, not each.sells(at), _cost(each)))
    free = [each.offer.free for each in known if each.sells(at)]
    return AvailabilityOut(
        product_id=product_id,
        free=sum(pieces or 0 for pieces in free),
        uncounted=None in free,
        offers=[available_out(each, at, buys=buys(asked.actor)) for each in known],
    )


def _cost(sourced: Sourced) -> tuple[int, str]:
    return sourced.offer.terms.cost.minor, sourced.offer.offer_id
