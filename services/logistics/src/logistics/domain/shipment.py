"""A shipment: what of an order is on its way, told by reports of people and of the carrier.

Its stage is what the latest report says, by when it happened and not by when it was heard; so repeated, late and reversed
reports end the same. That it left us is before all else, whatever the clock of who wrote it down.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from kernel.money import Money

from logistics.domain.shipment_stage import ARRIVED, FIRST, ORDER, STILL_HERE, ShipmentStage


class ShipmentStep(StrEnum):
    """What the carrier has to be told, and has not confirmed yet."""

    REGISTER = "register"
    CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Promised:
    """What was agreed with the customer: the carrier's terms version in force then, and the window (R65); UTC."""

    carrier_id: str
    terms_version: int
    reservation_id: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    point_id: str | None = None


@dataclass(frozen=True, slots=True)
class ParcelLine:
    line_no: int
    product_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """What orders told last. `due`: what the customer still pays, at the door if his order's terms say so."""

    shop_id: str
    customer_id: str | None
    lines: tuple[ParcelLine, ...]
    allocated: bool
    covered: bool
    due: Money
    cancelled: bool
    promised: Promised | None


@dataclass(frozen=True, slots=True)
class Plan:
    """How a promise is kept: the delivery mode (R73), the pick-up day (None: none in sight) and when it is to be registered
    by itself (None: people do it).
    """

    mode: str
    pick_up_on: date | None = None
    register_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What somebody saw of a shipment. `key` tells it from others; `code` is the carrier's own word. `kept`: pieces by line
    number that the customer kept, None all; `short` and `damaged` are those that were not there or not whole; `reason` and `source` say why it went wrong (R50, R51).
    """

    key: str
    stage: ShipmentStage
    at: datetime
    by: str
    code: str | None = None
    reason: str | None = None
    source: str | None = None
    kept: tuple[tuple[int, int], ...] | None = None
    collected: Money | None = None
    short: tuple[tuple[int, int], ...] = ()
    damaged: tuple[tuple[int, int], ...] = ()

    @property
    def place(self) -> tuple[bool, datetime, int, str]:
        """Reports are sorted by it: by when it was seen; of the same moment the further one is the later."""
        return (self.stage not in FIRST, self.at, ORDER[self.stage], self.key)


@dataclass(frozen=True, slots=True)
class Parcel:
    """One shipment of an order. `told` names what others know of it; `missed_at`: its window passed (R66); `called_back`: the
    carrier has been asked to give it back; `hands`: staff who did something about it.
    """

    shipment_id: str
    promised: Promised
    plan: Plan
    lines: tuple[ParcelLine, ...]
    registered_at: datetime | None = None
    carrier_ref: str | None = None
    refused: str | None = None
    withdrawn_at: datetime | None = None
    missed_at: datetime | None = None
    reports: tuple[Report, ...] = ()
    told: tuple[str, ...] = ()
    owes: ShipmentStep | None = None
    due_at: datetime | None = None
    called_back: bool = False
    hands: tuple[str, ...] = ()

    @property
    def latest(self) -> Report | None:
        """What was seen last."""
        return max(self.reports, key=lambda each: each.place, default=None)

    @property
    def kept(self) -> dict[int, int]:
        """Pieces by line that the customer keeps: of what was delivered in part, also when the rest has come back."""
        last = self.latest
        if last is None or last.stage not in ARRIVED:
            return {}
        delivered = [each for each in self.reports if each.stage is ShipmentStage.DELIVERED]
        handed = max(delivered, key=lambda each: each.place, default=None)
        if handed is not None and handed.kept is not None:
            return dict(handed.kept)
        whole = last.stage is ShipmentStage.DELIVERED
        return {each.line_no: each.quantity for each in self.lines} if whole else {}

    @property
    def in_part(self) -> bool:
        """Whether the customer has some of it and did not keep the rest."""
        kept = self.kept
        return bool(kept) and any(kept.get(each.line_no, 0) < each.quantity for each in self.lines)

    @property
    def dispatched(self) -> bool:
        """Whether the goods left our warehouse, by any report."""
        return any(each.stage not in STILL_HERE for each in self.reports)

    @property
    def stage(self) -> ShipmentStage:
        """What the latest report says; what was withdrawn comes back, unless it arrived all the same."""
        last = self.latest.stage if self.latest else None
        if last in ARRIVED:
            return ShipmentStage(last)
        if self.withdrawn_at is not None:
            return ShipmentStage.RETURNING if self.dispatched else ShipmentStage.CANCELLED
        registered = ShipmentStage.REGISTERED if self.registered_at else ShipmentStage.PLANNED
        return last or registered

    @property
    def attempts(self) -> int:
        """Attempts at the door that failed."""
        return sum(each.stage is ShipmentStage.ATTEMPT_FAILED for each in self.reports)


@dataclass(frozen=True, slots=True)
class Shipping:
    """All shipments of one order; the last one is current. There is none before delivery is agreed."""

    order_id: str
    known: KnownOrder
    parcels: tuple[Parcel, ...] = field(default=())

    @property
    def current(self) -> Parcel | None:
        return self.parcels[-1] if self.parcels else None

    def parcel(self, shipment_id: str) -> Parcel | None:
        return next((each for each in self.parcels if each.shipment_id == shipment_id), None)


def shipment_named(order_id: str, number: int) -> str:
    """The id of an order's shipment, the first one being 1."""
    return f"{order_id}.{number}"


def order_of(shipment_id: str) -> str:
    """The order of a shipment."""
    return shipment_id.rpartition(".")[0]
