"""Facts of what is to be settled with a supplier. Procurement tells them."""

from typing import ClassVar, Literal

from pydantic import AwareDatetime

from contracts.fact import Fact, published
from contracts.values import Code, Count, Id, MoneyV1


class SupplierCaseFact(Fact):
    """Something to be settled with a supplier: it has an owner, a deadline and money (R44)."""

    case_id: Id
    supplier_id: Id
    kind: Literal["delay", "shortage", "mix_up", "return", "defect", "overpriced"] | Code
    owner_id: Id
    purchase_id: Id | None = None
    order_id: Id | None = None
    at_stake: MoneyV1

    def subject(self) -> str:
        return self.case_id

    def story(self) -> str:
        return self.order_id or self.case_id


@published
class SupplierCaseOpenedV1(SupplierCaseFact):
    """A trouble with a supplier was written down; its owner has until `due_at` (R44)."""

    topic: ClassVar[str] = "supplier_case.opened"
    type: ClassVar[str] = "supplier_case.opened.v1"
    due_at: AwareDatetime


@published
class SupplierCaseEscalatedV1(SupplierCaseFact):
    """Its deadline passed, or somebody asked for more weight: `to` answers for it from now on (R44)."""

    topic: ClassVar[str] = "supplier_case.escalated"
    type: ClassVar[str] = "supplier_case.escalated.v1"
    level: Count
    to: Id
    due_at: AwareDatetime


@published
class SupplierCaseClosedV1(SupplierCaseFact):
    """`recovered` is what came back to us, in money or goods worth it."""

    topic: ClassVar[str] = "supplier_case.closed"
    type: ClassVar[str] = "supplier_case.closed.v1"
    outcome: Literal["replaced", "refunded", "discounted", "rejected", "withdrawn"] | Code
    recovered: MoneyV1
    by: Id
