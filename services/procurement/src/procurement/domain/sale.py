"""Whether a product is on sale: closed for a reason until a day, and open again by itself on that day (R46)."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from kernel.actor import Actor
from kernel.refused_duty import DutyRefused


class Reason(StrEnum):
    """Why a sale is closed: the four criteria of R46, or a person's own judgement."""

    LOW_MARGIN = "low_margin"
    FEW_LEFT = "few_left"
    HARD_TO_PROCURE = "hard_to_procure"
    MANY_CLAIMS = "many_claims"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Closure:
    """`reopens_on` is a day of the shop, which begins at `reopens_at`. `closed_at` is when the sale was first closed:
    orders placed before are supplied.
    """

    reason: Reason
    closed_at: datetime
    reopens_on: date
    reopens_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Sale:
    """A product whose sale was closed at least once; None in `closure`: on sale."""

    product_id: str
    closure: Closure | None = None
    changed_by: str = ""

    def is_closed_for(self, placed_at: datetime) -> bool:
        """Whether an order placed then came too late to be supplied (R46)."""
        return self.closure is not None and placed_at >= self.closure.closed_at


@dataclass(frozen=True, slots=True)
class CloseSale:
    """Sell it no more until a day; closing it again changes reason and day. `reopens_at` is when that day begins."""

    product_id: str
    reason: Reason
    reopens_on: date
    reopens_at: datetime
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ReopenSale:
    product_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class SaleDeadlinePassed:
    product_id: str
    by: str
    at: datetime


Command = CloseSale | ReopenSale | SaleDeadlinePassed


@dataclass(frozen=True, slots=True)
class SaleClosed:
    product_id: str
    closure: Closure


@dataclass(frozen=True, slots=True)
class SaleReopened:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SaleRefused:
    """Somebody tried whose duty it is not; kept also for a product whose sale was never closed."""

    product_id: str
    attempt: DutyRefused


Change = SaleClosed | SaleReopened | SaleRefused
