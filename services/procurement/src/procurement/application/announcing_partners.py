"""What others are told of sales stops and supplier cases: each change, and the facts it is worth."""

from collections.abc import Sequence

from contracts.crm import DutyRefusedV1
from contracts.fact import Fact
from contracts.procurement import (
    ItemSaleClosedV1,
    ItemSaleReopenedV1,
)
from kernel.refused_duty import DutyRefused

from procurement.domain import sale as selling
from procurement.domain.sale import Sale


def of_sale(change: selling.Change, sale: Sale) -> Sequence[Fact]:
    """A product goes off the site, or comes back (R46)."""
    match change:
        case selling.SaleClosed():
            closure = change.closure
            return [
                ItemSaleClosedV1(
                    product_id=sale.product_id,
                    by=closure.by,
                    reason=closure.reason.value,
                    reopens_on=closure.reopens_on,
                )
            ]
        case selling.SaleReopened():
            return [ItemSaleReopenedV1(product_id=sale.product_id, by=change.by)]
        case selling.SaleRefused():
            return [refused("sale", sale.product_id, change.attempt)]


def refused(thing: str, thing_id: str, attempt: DutyRefused) -> DutyRefusedV1:
    """An attempt that separation of duties refused (R9, R17)."""
    return DutyRefusedV1(
        thing=thing,
        thing_id=thing_id,
        action=attempt.action,
        rule=attempt.rule,
        actor_id=attempt.actor_id,
        actor_roles=attempt.actor_roles,
    )
