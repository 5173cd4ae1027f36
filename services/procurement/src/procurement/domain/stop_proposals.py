"""Which sales to close in a crunch: thin margin, few left, hard to procure, many claims (R46). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from procurement.domain.availability import Stock
from procurement.domain.finding import margin_of
from procurement.domain.offer import Offer
from procurement.domain.product_card import Card
from procurement.domain.sale import Reason


@dataclass(frozen=True, slots=True)
class Thresholds:
    """`margin` in hundredths of the price, `lead_days` working days, `reliability` from 0 to 1, `claims` of a product."""

    margin: int = 10
    left: int = 2
    lead_days: int = 14
    reliability: float = 0.5
    claims: int = 3


@dataclass(frozen=True, slots=True)
class Looked:
    """A product as it is looked at: its card, its offers that sell, how reliable the best supplier of them is."""

    card: Card
    selling: Sequence[Offer]
    reliability: float
    claims: int = 0


@dataclass(frozen=True, slots=True)
class Proposal:
    """A product whose sale might be closed, and why; `figures` say by how much it falls short."""

    card: Card
    reasons: tuple[Reason, ...]
    figures: tuple[tuple[str, int], ...]


def propose(looked: Looked, limits: Thresholds) -> Proposal | None:
    """A product that meets any of the four; None for a good one, or one whose sale is closed already."""
    margin, left = best_margin(looked.selling), pieces_left(looked.selling)
    met = {
        Reason.LOW_MARGIN: margin is not None and margin < limits.margin,
        Reason.FEW_LEFT: left is not None and 0 < left <= limits.left,
        Reason.HARD_TO_PROCURE: bool(looked.selling)
        and (looked.card.lead_days > limits.lead_days or looked.reliability < limits.reliability),
        Reason.MANY_CLAIMS: looked.claims >= limits.claims,
    }
    reasons = tuple(reason for reason, is_met in met.items() if is_met)
    if not reasons or looked.card.sale_closed:
        return None
    figures = {"margin": margin, "left": left, "lead_days": looked.card.lead_days, "claims": looked.claims}
    return Proposal(looked.card, reasons, tuple((name, n) for name, n in figures.items() if n is not None))


def best_margin(offers: Sequence[Offer]) -> int | None:
    """The best margin of all that sell, in hundredths of the price; None when some cost is not known."""
    margins = [margin_of(offer.terms) for offer in offers]
    known = [margin for margin in margins if margin is not None]
    return max(known) if known and len(known) == len(margins) else None


def pieces_left(offers: Sequence[Offer]) -> int | None:
    """Free pieces of all offers together; None when somebody has some without a count."""
    if any(offer.terms.availability.stock is Stock.UNKNOWN for offer in offers):
        return None
    return sum(offer.free or 0 for offer in offers)
