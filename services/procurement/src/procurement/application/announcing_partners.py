"""What others are told of sales stops and supplier cases: each change, and the facts it is worth."""

from collections.abc import Sequence
from typing import Any

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from contracts.procurement import ItemSaleClosedV1, ItemSaleReopenedV1
from contracts.supplier_cases import SupplierCaseClosedV1, SupplierCaseEscalatedV1, SupplierCaseOpenedV1
from contracts.values import MoneyV1
from kernel.money import Money
from kernel.refused_duty import DutyRefused

from procurement.domain import case_changes as settling
from procurement.domain import sale as selling
from procurement.domain.sale import Sale
from procurement.domain.supplier_case import SupplierCase


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
            return [duty_refused(change.attempt, "sale", sale.product_id)]


def of_case(change: settling.Change, case: SupplierCase) -> Sequence[Fact]:
    """A case is opened, or opened again, goes up, or is closed; its thread is nobody else's (R44)."""
    common: dict[str, Any] = {
        "case_id": case.case_id,
        "supplier_id": case.supplier_id,
        "kind": case.trouble.value,
        "owner_id": case.owner_id,
        "purchase_id": case.linked.purchase_id,
        "order_id": case.linked.order_id,
    }
    at_stake = _money(case.at_stake)
    match change:
        case settling.CaseOpened() | settling.CaseReopened():
            return [SupplierCaseOpenedV1(**common, at_stake=at_stake, due_at=case.due_at)]
        case settling.CaseEscalated(told=True):
            up, level = change.owner_id, change.level.value
            return [
                SupplierCaseEscalatedV1(**common, at_stake=at_stake, due_at=case.due_at, level=level, to=up)
            ]
        case settling.CaseClosed(settlement=settled):
            ending, recovered = settled.ending.value, _money(settled.recovered)
            closed = SupplierCaseClosedV1(
                **common, at_stake=at_stake, outcome=ending, recovered=recovered, by=change.by
            )
            return [closed]
        case DutyRefused():
            return [duty_refused(change, "supplier_case", case.case_id)]
        case _:
            return []


def _money(money: Money) -> MoneyV1:
    return MoneyV1(minor=money.minor, currency=money.currency)
