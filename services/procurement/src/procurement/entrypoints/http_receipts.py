"""What came of a purchase, and the purchase as it goes to the supplier (R42, R43, R44)."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Any, Literal

from chassis.http.asking import Opening
from chassis.http.fields import Id
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Response
from kernel.action import Action
from kernel.refused_duty import NotYourDuty

from procurement.application.delivering import Delivering
from procurement.domain import purchase_refusals as no
from procurement.domain.earmarks import Line
from procurement.domain.purchase import Purchase
from procurement.domain.purchase_commands import ReceiveGoods
from procurement.entrypoints.http_purchases import Purchases
from procurement.entrypoints.purchase_models import ReceiptIn
from procurement.entrypoints.wired import duty, reached

router = APIRouter(prefix="/purchases", tags=["purchases"])

Render = Callable[[Purchase, Sequence[Line], str], bytes]
Deliveries = Annotated[Delivering, reached("delivering")]
Renders = Annotated[Mapping[str, Render], reached("purchase_sheets")]
KINDS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text": "text/plain; charset=utf-8",
}
WRITTEN: dict[str, Any] = {"content": {kind: {"schema": {"type": "string"}} for kind in KINDS.values()}}
ENDINGS = {"csv": "csv", "xlsx": "xlsx", "text": "txt"}


@router.post(
    "/{purchase_id}/receipts",
    status_code=HTTPStatus.CREATED,
    responses=refusals(
        no.UnknownPurchase,
        no.NothingAwaited,
        no.NotOnThePurchase,
        no.MoreWrongThanAwaited,
        NotYourDuty,
    ),
)
async def receive_goods(
    purchase_id: Id, body: ReceiptIn, asked: Opening, deliveries: Deliveries
) -> ReceiptOut:
    """Count a delivery: good pieces become own stock, in the names of the orders they were bought for; of wrong and missing
    ones a case is opened with the supplier, and the orders' pieces are sought elsewhere. `final`: nothing more will come.
    """
    arrivals = tuple(each.arrival() for each in body.arrivals)
    command = ReceiveGoods(
        purchase_id, asked.derived_id("receipt"), arrivals, body.final, asked.actor, asked.at
    )
    return receipt(await deliveries.receive(command, asked.occasion(body)))


@router.get(
    "/{purchase_id}/document",
    dependencies=[duty(Action.BUY)],
    responses={**refusals(no.UnknownPurchase, NotYourDuty), 200: WRITTEN},
    response_class=Response,
)
async def show_purchase_document(
    purchase_id: Id,
    purchases: Purchases,
    renders: Renders,
    format: Literal["csv", "xlsx", "text"] = "csv",  # noqa: A002 - its name in the address
    language: Literal["ru", "en"] = "ru",
) -> Response:
    """The purchase as it goes to the supplier: a table, or the text of a letter. A draft's is a look ahead."""
    now = await purchases.known(purchase_id)
    lines = await purchases.demanding.lines(now)
    content = await asyncio.to_thread(renders[format], now, lines, language)
    name = f'attachment; filename="{purchase_id}.{ENDINGS[format]}"'
    return Response(content, media_type=KINDS[format], headers={"Content-Disposition": name})
