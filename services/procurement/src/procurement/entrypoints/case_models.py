"""What supplier cases are asked with and answered with."""

from datetime import datetime
from typing import Annotated

from chassis.http.fields import Id, Words
from kernel.money import Money
from pydantic import BaseModel, Field

from procurement.domain.supplier_case import Ending, Entry, Linked, Said, SupplierCase, Trouble
from procurement.entrypoints.models import MoneyIO, amount
from procurement.entrypoints.supplier_models import SupplierId

Words1 = Annotated[Words, Field(min_length=1)]


class CaseIn(BaseModel):
    """What went wrong, and how much money it is about."""

    supplier_id: SupplierId
    trouble: Trouble
    at_stake: MoneyIO
    purchase_id: Id | None = None
    order_id: Id | None = None
    claim_id: Id | None = None
    words: Words1 | None = Field(None, description="The first entry of the thread.")

    def linked(self) -> Linked:
        return Linked(self.purchase_id, self.order_id, self.claim_id)

    def entries(self, by: str, at: datetime) -> tuple[Entry, ...]:
        return (Entry(at, by, Said.NOTE, self.words),) if self.words else ()


class EntryIn(BaseModel):
    """What was said or done; it lies sealed and never leaves this service."""

    kind: Said = Field(Said.NOTE, description="Who said it, or which failure of our own it tells of (R45).")
    words: Words1


class SettlementIn(BaseModel):
    """How it ends, and what comes back, in money or goods worth it."""

    outcome: Ending
    recovered: MoneyIO = Field(default_factory=lambda: MoneyIO(minor=0))

    def sum(self) -> Money:
        return self.recovered.money()


class EntryOut(BaseModel):
    at: datetime
    by: str
    kind: str
    words: str


class SettlementOut(BaseModel):
    outcome: str
    recovered: MoneyIO | None
    by: str
    at: datetime


class CaseOut(BaseModel):
    """A case, without its thread."""

    case_id: str
    supplier_id: str
    trouble: str
    stage: str = Field(description="open, awaiting (a second person's yes) or closed.")
    owner_id: str
    opened_by: str
    opened_at: datetime
    due_at: datetime | None = Field(description="By when it is to be settled; null when it is closed.")
    reminded: bool
    level: str = Field(description="How high it has gone: owner, service_owner or shop_owner.")
    escalations: int = Field(description="How often it went up, or was late at the top.")
    at_stake: MoneyIO | None
    settlement: SettlementOut | None
    purchase_id: str | None
    order_id: str | None
    claim_id: str | None


class CaseWithThreadOut(CaseOut):
    """A case with its thread, for who runs cases."""

    entries: list[EntryOut]


def case_out(case: SupplierCase) -> CaseOut:
    """A case as answered."""
    settled = case.settlement
    return CaseOut(
        case_id=case.case_id,
        supplier_id=case.supplier_id,
        trouble=case.trouble.value,
        stage=case.stage.value,
        owner_id=case.owner_id,
        opened_by=case.opened_by,
        opened_at=case.opened_at,
        due_at=None if case.closed_at else case.due_at,
        reminded=case.remind_at is None,
        level=case.level.name.lower(),
        escalations=case.escalations,
        at_stake=amount(case.at_stake),
        settlement=settled
        and SettlementOut(
            outcome=settled.ending.value, recovered=amount(settled.recovered), by=settled.by, at=settled.at
        ),
        purchase_id=case.linked.purchase_id,
        order_id=case.linked.order_id,
        claim_id=case.linked.claim_id,
    )


def with_thread(case: SupplierCase) -> CaseWithThreadOut:
    """A case with all that was said."""
    entries = [
        EntryOut(at=each.at, by=each.by, kind=each.kind.value, words=each.words) for each in case.entries
    ]
    return CaseWithThreadOut(**case_out(case).model_dump(), entries=entries)
