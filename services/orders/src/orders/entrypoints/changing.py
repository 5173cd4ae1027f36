"""Changing an order over HTTP, each change with a preview that says what it costs before it is done (R30, R35, R36, R69)."""

from typing import Annotated

from chassis.http.asking import Asking, Opening
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Depends, Request
from kernel.money import Money
from kernel.personal import Personal

from orders.application.changing import Changing
from orders.domain.goods import Wrap
from orders.domain.goods_commands import ChangeRecipient, SetWrap
from orders.domain.goods_refusals import NothingLeft, SaleClosed, TooManyBonuses, UnknownLine
from orders.domain.refusals import GoodsAreOnTheirWay, MixedCurrencyOrder
from orders.entrypoints.change_models import (
    AddressIn,
    BonusesIn,
    CostOut,
    LinesIn,
    RecipientChangeIn,
    WrapIn,
    cost_out,
)
from orders.entrypoints.commands import ALWAYS, OrderId

router = APIRouter(prefix="/orders", tags=["changes"])
CHANGES = (*ALWAYS, GoodsAreOnTheirWay)
OF_LINES = refusals(*CHANGES, UnknownLine, NothingLeft, SaleClosed, MixedCurrencyOrder)
OF_BONUSES = refusals(*CHANGES, TooManyBonuses, MixedCurrencyOrder)


async def changing_of(request: Request) -> Changing:
    """The wired use case."""
    return request.app.state.changing


Changes = Annotated[Changing, Depends(changing_of)]


@router.post("/{order_id}/lines", responses=OF_LINES)
async def change_lines(order_id: OrderId, body: LinesIn, asked: Opening, changes: Changes) -> ReceiptOut:
    """Add lines, take them out, count them anew; needs `Idempotency-Key`. Prices of lines stay as they were told (R30)."""
    why = asked.occasion(body)
    command = await changes.lines(order_id, body.counted(), body.added(), asked.actor, why)
    return receipt(await changes.done(command, why))


@router.post("/{order_id}/lines:preview", responses=OF_LINES)
async def preview_lines(order_id: OrderId, body: LinesIn, asked: Asking, changes: Changes) -> CostOut:
    """What it would cost; nothing changes."""
    command = await changes.lines(order_id, body.counted(), body.added(), asked.actor, asked.occasion())
    return cost_out(await changes.preview(command))


@router.post("/{order_id}/recipient", responses=refusals(*CHANGES))
async def change_recipient(
    order_id: OrderId, body: RecipientChangeIn, asked: Asking, changes: Changes
) -> ReceiptOut:
    """Somebody else gets the goods, or is reached otherwise; always free."""
    command = ChangeRecipient(order_id, *body.parts(), asked.actor, asked.at)
    return receipt(await changes.done(command, asked.occasion(body)))


@router.post("/{order_id}/address", responses=refusals(*CHANGES))
async def change_address(order_id: OrderId, body: AddressIn, asked: Asking, changes: Changes) -> ReceiptOut:
    """The goods go elsewhere. A promised delivery that can't be kept there as it is has to be agreed again (R69)."""
    why = asked.occasion(body)
    moved = await changes.address_whoever_is_down(
        order_id, Personal(body.address), body.zone, asked.actor, why
    )
    return receipt(await changes.done(moved.command, why))


@router.post("/{order_id}/address:preview", responses=refusals(*CHANGES))
async def preview_address(order_id: OrderId, body: AddressIn, asked: Asking, changes: Changes) -> CostOut:
    """What it would cost, and which deliveries can be promised there; 503 while logistics can't be asked (R69)."""
    moved = await changes.address(order_id, Personal(body.address), body.zone, asked.actor, asked.occasion())
    return cost_out(await changes.preview(moved.command, await changes.fee(moved)), moved.options)


@router.post("/{order_id}/bonuses", responses=OF_BONUSES)
async def set_bonuses(order_id: OrderId, body: BonusesIn, asked: Asking, changes: Changes) -> ReceiptOut:
    """So much is paid with bonuses, up to the share the shop allows (R35)."""
    command = await changes.bonuses(order_id, Money(body.bonuses, body.currency), asked.actor, asked.at)
    return receipt(await changes.done(command, asked.occasion(body)))


@router.post("/{order_id}/bonuses:preview", responses=OF_BONUSES)
async def preview_bonuses(order_id: OrderId, body: BonusesIn, asked: Asking, changes: Changes) -> CostOut:
    """What would be left to pay; nothing changes."""
    command = await changes.bonuses(order_id, Money(body.bonuses, body.currency), asked.actor, asked.at)
    return cost_out(await changes.preview(command))


@router.post("/{order_id}/gift-wrap", responses=refusals(*CHANGES))
async def set_wrap(order_id: OrderId, body: WrapIn, asked: Asking, changes: Changes) -> ReceiptOut:
    """Gift packing on or off, with a note for the packer (R36)."""
    wrap = Wrap(body.on, Personal(body.note) if body.on and body.note else None)
    command = SetWrap(order_id, wrap, asked.actor, asked.at)
    return receipt(await changes.done(command, asked.occasion(body)))
