"""Supply for one order: what it wants, which offers hold it, and how far that has come."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from procurement.domain.allocation_pieces import Lack, Part, Want
from procurement.domain.allocation_stage import Grip, Stage
from procurement.domain.buying_parts import BuyingCommand
from procurement.domain.sending_parts import SendingCommand
from procurement.domain.sent_goods import Sent

__all__ = ["Grip", "Lack", "Part", "Stage", "Want"]  # handed on; the rest is defined here

AWAY = frozenset({Grip.LEAVING, Grip.GOING})
ENDS = frozenset({Stage.ALLOCATED, Stage.SHORT, Stage.RELEASED})


@dataclass(frozen=True, slots=True)
class Allocation:
    """`round` grows with every plan, giving back and new try, and fences the commands of the one before. `excluded` are
    offers whose supplier said no, or nothing in time. `ending` is what follows `FREEING`. `placed_at`: when the customer
    ordered; `shop_id`: whose working time counts. `settled_at`: since when it is allocated as it is now. `heard` has the
    last step of each purchase, and each sourcing, that was taken in. `sent` are its shipments; `sending`: goods are being taken
    out of stock, after which it is what it was before, `ending`.
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
    sent: Mapping[str, Sent] = field(default_factory=dict[str, Sent])
    sending: bool = False

    def remaining(self) -> tuple[Want, ...]:
        """What no part stands for yet. Who kept goods of the order wants nothing more of it."""
        if self.is_kept:
            return ()
        rest = (
            Want(want.line_no, want.product_id, want.quantity - self._standing(want.line_no))
            for want in self.wanted
        )
        return tuple(want for want in rest if want.quantity > 0)

    def total_at(self, offer_id: str) -> int:
        """How many pieces are to be held at an offer when all goes by the plan."""
        return sum(p.quantity for p in self.parts if p.offer_id == offer_id and p.grip not in AWAY)

    def offers(self, *grips: Grip) -> list[str]:
        """The offers of parts held so, sorted: the order in which everybody takes them."""
        return sorted({part.offer_id for part in self.parts if part.grip in grips})

    @property
    def expected_on(self) -> date | None:
        return max((part.expected_on for part in self.parts), default=None)

    @property
    def is_kept(self) -> bool:
        """Whether the customer has goods of it, and keeps them."""
        return any(sent.kept for sent in self.sent.values())

    def gone_of(self, line_no: int) -> int:
        """Pieces of a line that left, and need not be found any more."""
        return sum(sent.stands_for(line_no) for sent in self.sent.values())

    def _standing(self, line_no: int) -> int:
        """`GOING` pieces still do: they are the customer's."""
        parts = sum(p.quantity for p in self.parts if p.line_no == line_no and p.grip is not Grip.LEAVING)
        return parts + self.gone_of(line_no)


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
    """All that was to be given back in the round is given back; of what was to go, so much went from each offer."""

    order_id: str
    round: int
    at: datetime
    went: Mapping[str, int] = field(default_factory=dict[str, int])


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
    | SendingCommand
)
