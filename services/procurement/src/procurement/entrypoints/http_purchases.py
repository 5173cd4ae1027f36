"""Purchases over HTTP: drafts, placing, a second person's yes, what went to the supplier (R4, R42, R43, R80)."""

from http import HTTPStatus
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking, Opening
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter
from fastapi import Query as Asks
from kernel.action import Action
from kernel.actor import Actor
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel

from procurement.application.purchasing import Purchasing
from procurement.domain import purchase_refusals as no
from procurement.domain.purchase import Purchase, Stage
from procurement.domain.purchase_commands import DecidePurchase, WithdrawPurchase
from procurement.domain.refusals import UnknownSupplier
from procurement.entrypoints.purchase_models import (
    DecisionIn,
    DraftOut,
    ExtrasIn,
    NewPurchaseIn,
    PurchaseOut,
    SendingIn,
    purchase_out,
)
from procurement.entrypoints.supplier_models import SupplierId
from procurement.entrypoints.wired import Reader, duty, reached

router = APIRouter(prefix="/purchases", tags=["purchases"])

PurchasesKept = Annotated[Listing[Purchase], reached("purchases")]
Purchases = Annotated[Purchasing, reached("purchasing")]
STEP = (no.UnknownPurchase, NotYourDuty, no.AlreadySent, no.StillUnderWay)


class Sought(BaseModel):
    """Which purchases are asked for."""

    supplier_id: SupplierId | None = None
    owner_id: Id | None = None
    stage: Stage | None = None
    late: bool | None = None
    order_ids: Id | None = None


@router.post(
    "",
    status_code=HTTPStatus.CREATED,
    dependencies=[duty(Action.BUY)],
    responses=refusals(UnknownSupplier, NotYourDuty),
)
async def open_purchase(body: NewPurchaseIn, asked: Opening, purchases: Purchases) -> DraftOut:
    """The supplier's draft, opened if he has none: to wish something for our own stock. What orders wait for comes into it
    by itself.
    """
    draft = await purchases.gathering.draft(body.supplier_id, asked.occasion(body))
    return DraftOut(purchase_id=draft.purchase_id)


@router.get("")
async def list_purchases(
    who: Reader, kept: PurchasesKept, purchases: Purchases, page: Paging, sought: Annotated[Sought, Asks()]
) -> PageOut[PurchaseOut]:
    """Purchases, the newest first; `order_ids` are those in which something was bought for the order."""
    asked = sought.model_dump(exclude_none=True, mode="json")
    found = await kept.page(Query(asked, order="opened_at", descending=True), page.limit, page.cursor)
    items = [await _out(each.state, purchases, who) for each in found.items if each.state]
    return PageOut(items=items, next=found.next)


@router.get("/{purchase_id}", responses=refusals(no.UnknownPurchase))
async def show_purchase(who: Reader, purchase_id: Id, purchases: Purchases) -> PurchaseOut:
    """One purchase."""
    return await _out(await purchases.known(purchase_id), purchases, who)


@router.put("/{purchase_id}/own-stock", responses=refusals(*STEP, no.PurchaseIsFixed, no.NotOfThisSupplier))
async def set_own_stock(purchase_id: Id, body: ExtrasIn, asked: Asking, purchases: Purchases) -> ReceiptOut:
    """Say all that a draft buys for our own stock; what orders wait for is in it by itself."""
    return receipt(await purchases.wish(purchase_id, body.extras(), asked.actor, asked.occasion(body)))


@router.post(
    "/{purchase_id}/placing",
    responses=refusals(*STEP, no.NotADraft, no.NothingToBuy, no.BelowMinimum, no.BudgetSpent),
)
async def place_purchase(purchase_id: Id, asked: Asking, purchases: Purchases) -> ReceiptOut:
    """Fix what is bought. The click without which nothing is ordered (R43)."""
    return receipt(await purchases.place(purchase_id, asked.actor, asked.occasion()))


@router.post(
    "/{purchase_id}/approval", responses=refusals(*STEP, no.NothingToApprove, no.OwnPurchaseApproved)
)
async def decide_on_purchase(
    purchase_id: Id, body: DecisionIn, asked: Asking, purchases: Purchases
) -> ReceiptOut:
    """A second person's yes or no to a purchase above the limit (R80)."""
    command = DecidePurchase(purchase_id, body.agrees, asked.actor, asked.at)
    return receipt(await purchases.act(command, asked.occasion(body)))


@router.post("/{purchase_id}/withdrawal", responses=refusals(*STEP))
async def withdraw_purchase(purchase_id: Id, asked: Asking, purchases: Purchases) -> ReceiptOut:
    """Make it a draft again, to change it, as long as it was not sent."""
    return receipt(
        await purchases.act(WithdrawPurchase(purchase_id, asked.actor, asked.at), asked.occasion())
    )


@router.post("/{purchase_id}/cancellation", responses=refusals(*STEP, no.OrdersWait))
async def cancel_purchase(purchase_id: Id, asked: Asking, purchases: Purchases) -> ReceiptOut:
    """Give it up before it was sent."""
    return receipt(await purchases.cancel(purchase_id, asked.actor, asked.occasion()))


@router.post("/{purchase_id}/sending", responses=refusals(*STEP, no.NotReady))
async def mark_purchase_sent(
    purchase_id: Id, body: SendingIn, asked: Asking, purchases: Purchases
) -> ReceiptOut:
    """It went to the supplier, this way."""
    return receipt(await purchases.mark_sent(purchase_id, body.how, asked.actor, asked.occasion(body)))


@router.get("/{purchase_id}/timeline", responses=refusals(no.UnknownPurchase))
async def show_purchase_timeline(_: Reader, purchase_id: Id, kept: PurchasesKept) -> TimelineOut:
    """What happened to a purchase."""
    entries = await kept.history(purchase_id)
    if not entries:
        raise no.UnknownPurchase("There is no such purchase.")
    return timeline(purchase_id, entries)


async def _out(now: Purchase, purchases: Purchasing, actor: Actor) -> PurchaseOut:
    return purchase_out(now, await purchases.demanding.lines(now), actor)
