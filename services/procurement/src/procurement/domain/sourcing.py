"""A sourcing: one answer to what many orders and our own stock need at once, proposed to a buyer, and taken or left
(R41, R42, R43).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor
from kernel.refused_duty import DutyRefused

from procurement.domain.buying_parts import Move


class Stage(StrEnum):
    """`PROPOSED` waits for a buyer's yes; `TAKING`: it is being carried out."""

    PROPOSED = "proposed"
    TAKING = "taking"
    TAKEN = "taken"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Pick:
    """Pieces of a need from an offer, and why, in Russian and English."""

    need_id: str
    product_id: str
    offer_id: str
    supplier_id: str
    quantity: int
    cost: int
    weighed: int
    next_best: str | None
    dearer: int | None
    ru: str
    en: str


@dataclass(frozen=True, slots=True)
class Sum:
    """What an answer comes to, in minor units: money paid, all weighed, the suppliers used, pieces missing."""

    paid: int
    weighed: int
    suppliers: int
    missing: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """`by`: `solver`, or `greedy` when no better answer came, and then `trouble` says why. `bound`: no answer is weighed
    below it. `moves` are by order, `wishes` pieces for our own stock by supplier and offer.
    """

    by: str
    proven: bool
    bound: int
    trouble: str
    seconds: float
    best: Sum
    greedy: Sum
    picks: tuple[Pick, ...]
    missing: Mapping[str, int] = field(default_factory=dict[str, int])
    moves: Mapping[str, tuple[Move, ...]] = field(default_factory=dict[str, tuple[Move, ...]])
    wishes: Mapping[str, Mapping[str, int]] = field(default_factory=dict[str, Mapping[str, int]])

    @property
    def saved(self) -> int:
        """What the answer saves beside the greedy one, weighed."""
        return self.greedy.weighed - self.best.weighed

    @property
    def gap(self) -> int:
        """How much less a better answer could still cost at most; 0 when it is proven."""
        return 0 if self.proven else max(0, self.best.weighed - self.bound)


@dataclass(frozen=True, slots=True)
class Sourcing:
    """`expires_at`: counts and prices are older than to be acted on then. `drafts` are where wishes went, by supplier."""

    sourcing_id: str
    proposal: Proposal
    stage: Stage
    made_by: str
    made_at: datetime
    expires_at: datetime
    taken_by: str | None = None
    due_at: datetime | None = None
    drafts: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Propose:
    sourcing_id: str
    proposal: Proposal
    actor: Actor
    expires_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class TakeProposal:
    """A buyer's yes to it as it stands."""

    sourcing_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ChooseDraft:
    """The supplier's draft that takes what is wished for our own stock."""

    sourcing_id: str
    supplier_id: str
    purchase_id: str


@dataclass(frozen=True, slots=True)
class RecordTaken:
    sourcing_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SourcingDeadlinePassed:
    sourcing_id: str
    name: str
    at: datetime


Command = Propose | TakeProposal | ChooseDraft | RecordTaken | SourcingDeadlinePassed


@dataclass(frozen=True, slots=True)
class SourcingProposed:
    sourcing: Sourcing


@dataclass(frozen=True, slots=True)
class TakingBegan:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DraftChosen:
    supplier_id: str
    purchase_id: str


@dataclass(frozen=True, slots=True)
class SourcingTaken:
    at: datetime


@dataclass(frozen=True, slots=True)
class SourcingLeft:
    at: datetime


@dataclass(frozen=True, slots=True)
class TakingResumed:
    at: datetime


Change = (
    SourcingProposed | TakingBegan | DraftChosen | SourcingTaken | SourcingLeft | TakingResumed | DutyRefused
)
