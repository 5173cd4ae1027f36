"""Supply for one order: what it wants, which offers hold it, and how far that has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from procurement.domain.allocation_stage import Grip, Stage
from procurement.domain.buying_parts import BuyingCommand

__all__ = ["Grip", "Stage"]  # handed on; the rest is defined here

ENDS = frozenset({Stage.ALLOCATED, Stage.SHORT, Stage.RELEASED})


@dataclass(frozen=True, slots=True)
class Want:
    """A line of the order."""

    line_no: int
    product_id: str
    quantity: int


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a line at one offer, and why this offer. `needs_yes`: nobody counted that stock (R22). `purchase_id` has
    it, or brought it in; `instead_of` is the offer that it leaves once this one is held.
    """

    line_no: int
    offer_id: str
    supplier_id: str
    quantity: int
    needs_yes: bool
    expected_on: date
    reason: str
    grip: Grip = Grip.PLANNED
    answer_by: datetime | None = None
    purchase_id: str | None = None
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Lack:
    """What is not to be had of a line."""

    line_no: int
    missing: int
    reason: str


@dataclass(frozen=True, slots=True)
class Allocation:
    """`round` grows with every plan, giving back and new try, and fences the commands of the one before. `excluded` are
    offers whose supplier said no, or nothing in time. `ending` is what follows `FREEING`. `placed_at`: when the customer
    ordered; `shop_id`: whose working time counts. `settled_at`: since when it is allocated as it is now. `heard` has the
    last step of each purchase, and each sourcing, that was taken in.
    """

    order_id: str
    wanted: tuple[Want, ...]
    stage: Stage
    round: int = 0
    parts: tuple[Part, ...] = ()
    lacking: tuple[Lack, ...] = ()
    excluded: frozenset[str] = frozenset()
    due_at: datetime | None = None
    ending: Stage | None = None
    reason: str = ""
    placed_at: datetime | None = None
    shop_id: str = ""
    settled_at: datetime | None = None
    heard: Mapping[str, int] = field(default_factory=dict[str, int])

    def remaining(self) -> tuple[Want, ...]:
        """What no part stands for yet."""
        rest = (
            Want(want.line_no, want.product_id, want.quantity - self._standing(want.line_no))
            for want in self.wanted
        )
        return tuple(want for want in rest if want.quantity > 0)

    def total_at(self, offer_id: str) -> int:
        """How many pieces are to be held at an offer when all goes by the plan."""
        return sum(p.quantity for p in self.parts if p.offer_id == offer_id and p.grip is not Grip.LEAVING)

    def offers(self, *grips: Grip) -> list[str]:
        """The offers of parts held so, sorted: the order in which everybody takes them."""
        return sorted({part.offer_id for part in self.parts if part.grip in grips})

    @property
    def expected_on(self) -> date | None:
        return max((part.expected_on for part in self.parts), default=None)

    def _standing(self, line_no: int) -> int:
        return sum(p.quantity for p in self.parts if p.line_no == line_no and p.grip is not Grip.LEAVING)


@dataclass(frozen=True, slots=True)
class SeekSupply:
    order_id: str
    wanted: tuple[Want, ...]
    at: datetime
    placed_at: datetime | None = None
    shop_id: str = ""


@dataclass(frozen=True, slots=True)
class FollowLines:
    """The order wants these lines now (R30)."""

    order_id: str
    wanted: tuple[Want, ...]
    at: datetime
    placed_at: datetime | None = None
    shop_id: str = ""


@dataclass(frozen=True, slots=True)
class PlanSupply:
    """A plan for what remained in that round."""

    order_id: str
    round: int
    parts: tuple[Part, ...]
    lacking: tuple[Lack, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordHolds:
    """All offers of the round have answered; `lost` are those where somebody was quicker."""

    order_id: str
    round: int
    lost: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordFreed:
    """All that was to be given back in the round is given back."""

    order_id: str
    round: int
    at: datetime


@dataclass(frozen=True, slots=True)
class ReleaseSupply:
    """The order needs nothing any more (R27)."""

    order_id: str
    wanted: tuple[Want, ...]
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswerForSupplier:
    """A buyer records what the supplier said: how many he has of those asked for; 0 is his no."""

    order_id: str
    offer_id: str
    quantity: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AllocationDeadlinePassed:
    order_id: str
    name: str
    at: datetime


Command = (
    SeekSupply
    | FollowLines
    | PlanSupply
    | RecordHolds
    | RecordFreed
    | ReleaseSupply
    | AnswerForSupplier
    | AllocationDeadlinePassed
    | BuyingCommand
)
