"""Suppliers over HTTP: who delivers, on which conditions, and where his feed is."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking, Opening
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.rush_freezes import Despite
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter
from kernel.actor import Actor
from kernel.freeze import SettingsFrozen

from procurement.application.partnering import Partnering
from procurement.domain.case_refusals import OwnerMayNotBuy
from procurement.domain.refusals import SupplierExists, SupplierIsReserved, UnknownSupplier
from procurement.domain.supplier import AgreeConditions, Supplier
from procurement.entrypoints.models import amount
from procurement.entrypoints.supplier_models import (
    ConditionsIn,
    FeedIO,
    NewSupplierIn,
    SupplierId,
    SupplierOut,
)
from procurement.entrypoints.wired import READS, MayBuy, Reader, SuppliersKept, buys, reached

router = APIRouter(prefix="/suppliers", tags=["suppliers"])

Partners = Annotated[Partnering, reached("partnering")]


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[MayBuy],
    responses=refusals(SupplierExists, SupplierIsReserved, OwnerMayNotBuy),
)
async def register_supplier(body: NewSupplierIn, asked: Opening, partners: Partners) -> ReceiptOut:
    """Register a supplier; his trial begins (R48)."""
    supplier_id = body.supplier_id or asked.derived_id("supplier")
    command = AgreeConditions(supplier_id, body.conditions(), asked.at, opening=True)
    return receipt(await partners.agree(command, asked.actor, asked.occasion(body)))


@router.put(
    "/{supplier_id}",
    dependencies=[MayBuy],
    responses=refusals(SupplierIsReserved, OwnerMayNotBuy, SettingsFrozen),
)
async def agree_conditions(
    supplier_id: SupplierId, body: ConditionsIn, asked: Asking, partners: Partners, despite: Despite = None
) -> ReceiptOut:
    """Agree on conditions; registers the supplier when he is new. A rush may lock those of a known one (R116)."""
    command = AgreeConditions(supplier_id, body.conditions(), asked.at)
    occasion = asked.occasion(body)
    return receipt(await partners.agree(command, asked.actor, occasion, despite=despite))


@router.get("")
async def list_suppliers(
    who: Reader, suppliers: SuppliersKept, page: Paging, asked: Asking, owner_id: Id | None = None
) -> PageOut[SupplierOut]:
    """Suppliers, by id."""
    query = Query(equal={"owner_id": owner_id} if owner_id else {})
    found = await suppliers.page(query, page.limit, page.cursor)
    items = [_out(each.state, who, asked.at) for each in found.items if each.state]
    return PageOut(items=items, next=found.next)


@router.get("/{supplier_id}", dependencies=[READS], responses=refusals(UnknownSupplier))
async def show_supplier(supplier_id: SupplierId, asked: Asking, suppliers: SuppliersKept) -> SupplierOut:
    """One supplier, with the age of his catalogue."""
    return _out(await known_supplier(supplier_id, suppliers), asked.actor, asked.at)


@router.get("/{supplier_id}/timeline", responses=refusals(UnknownSupplier))
async def show_supplier_timeline(_: Reader, supplier_id: SupplierId, suppliers: SuppliersKept) -> TimelineOut:
    """What happened to a supplier."""
    entries = await suppliers.history(supplier_id)
    if not entries:
        raise UnknownSupplier(f"There is no supplier {supplier_id}.")
    return timeline(supplier_id, entries)


async def known_supplier(supplier_id: str, suppliers: Listing[Supplier]) -> Supplier:
    """The supplier; raise `UnknownSupplier`."""
    state = (await suppliers.load(supplier_id)).state
    if state is None:
        raise UnknownSupplier(f"There is no supplier {supplier_id}.")
    return state


def _out(supplier: Supplier, actor: Actor, at: datetime) -> SupplierOut:
    agreed = supplier.conditions
    feed = agreed.feed if buys(actor) else None
    return SupplierOut(
        supplier_id=supplier.supplier_id,
        title=agreed.title,
        owner_id=agreed.owner_id,
        lead_days=agreed.lead_days,
        stale_after_hours=int(agreed.stale_after / timedelta(hours=1)),
        allocate_when_stale=agreed.allocate_when_stale,
        delivery_fee=amount(agreed.delivery_fee),
        minimum_order=amount(agreed.minimum_order),
        cut_off=agreed.cut_off,
        order_alone=agreed.order_alone,
        feed=feed and FeedIO(url=feed.url, every_minutes=int(feed.every / timedelta(minutes=1))),
        next_fetch_at=supplier.fetch_at,
        as_of=supplier.catalogue and supplier.catalogue.as_of,
        offers=supplier.catalogue.offers if supplier.catalogue else 0,
        stale=supplier.is_stale(at),
        import_under_way=supplier.busy_with,
    )
