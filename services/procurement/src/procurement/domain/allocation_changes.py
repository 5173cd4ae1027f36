"""What may happen to an allocation."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from procurement.domain.allocation import Lack, Part, Stage, Want
from procurement.domain.buying_parts import BuyingChange
from procurement.domain.sending_parts import SendingChange


@dataclass(frozen=True, slots=True)
class SupplySought:
    order_id: str
    wanted: tuple[Want, ...]
    at: datetime
    placed_at: datetime | None = None
    shop_id: str = ""


@dataclass(frozen=True, slots=True)
class LinesFollowed:
    """The order wants these lines now; a new round begins, and what stands for none of them leaves."""

    wanted: tuple[Want, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class LinesConfirmed:
    """The lines were known; kept, so that older news of them is passed over."""

    at: datetime


@dataclass(frozen=True, slots=True)
class ReleaseNoted:
    """The order is cancelled, and nothing was held for it; kept, so that no later news of its lines seeks supply again."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PartsPlanned:
    parts: tuple[Part, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class PartsHeld:
    """All but the lost are held; those that need a yes are asked for."""

    lost: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class SuppliersAsked:
    at: datetime


@dataclass(frozen=True, slots=True)
class SupplierAnswered:
    offer_id: str
    quantity: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswersMissed:
    """Suppliers did not answer in time; their offers are not asked again for this order."""

    offer_ids: tuple[str, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class ShortageFound:
    lacking: tuple[Lack, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class FreeingBegan:
    """Parts that leave are given back; `everything` makes all parts leave."""

    everything: bool
    ending: Stage
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PartsFreed:
    """`went`: by offer, what was taken out of stock of what left."""

    at: datetime
    went: Mapping[str, int] = field(default_factory=dict[str, int])


@dataclass(frozen=True, slots=True)
class SupplyAllocated:
    at: datetime


@dataclass(frozen=True, slots=True)
class SupplyWentShort:
    at: datetime


@dataclass(frozen=True, slots=True)
class SupplyReleased:
    """Nothing is held. Opens the allocation when the cancelling was heard before the order."""

    order_id: str
    wanted: tuple[Want, ...]
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class TakenUpAgain:
    """A new round: those who were slow in the old one can do no harm any more."""

    at: datetime


Change = (
    SupplySought
    | LinesFollowed
    | LinesConfirmed
    | ReleaseNoted
    | PartsPlanned
    | PartsHeld
    | SuppliersAsked
    | SupplierAnswered
    | AnswersMissed
    | ShortageFound
    | FreeingBegan
    | PartsFreed
    | SupplyAllocated
    | SupplyWentShort
    | SupplyReleased
    | TakenUpAgain
    | BuyingChange
    | SendingChange
)
