"""What others are told of purchases: each change, and the facts it is worth."""

from collections.abc import Sequence
from typing import Any

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from contracts.procurement import PurchaseLineV1, PurchaseOrderedV1, PurchaseReceivedV1
from contracts.values import MoneyV1
from kernel.money import Money
from kernel.refused_duty import DutyRefused

from procurement.domain import purchase_changes as c
from procurement.domain.purchase import Purchase


def of_purchase(change: c.Change, now: Purchase) -> Sequence[Fact]:
    """It went to the supplier; a delivery came; somebody tried what was not his to do (R9)."""
    match change:
        case c.PurchaseSent():
            return [PurchaseOrderedV1(**_state(now), by=change.sent.by)]
        case c.GoodsReceived():
            return [PurchaseReceivedV1(**_state(now), by=change.receipt.by, complete=not now.outstanding)]
        case DutyRefused():
            return [duty_refused(change, "purchase", now.purchase_id)]
        case _:
            return []


def _state(now: Purchase) -> dict[str, Any]:
    return {
        "purchase_id": now.purchase_id,
        "supplier_id": now.supplier_id,
        "lines": tuple(
            PurchaseLineV1(
                offer_id=line.offer_id,
                product_id=line.product_id,
                quantity=line.quantity,
                unit_cost=_money(line.unit_cost),
                order_ids=tuple(mark.order_id for mark in line.earmarks),
                received=line.good + line.over,
                wrong=line.wrong,
            )
            for line in now.lines
        ),
        "total": _money(now.total),
        "expected_on": now.sent.expected_on if now.sent else None,
    }


def _money(money: Money) -> MoneyV1:
    return MoneyV1(minor=money.minor, currency=money.currency)
