"""Which known goods an offer may be of, that only its supplier can name: proposed with confidence, decided by a person (R43)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor
from kernel.refused_duty import DutyRefused


class Standing(StrEnum):
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Likeness:
    """Goods that it might be: how sure we are, 0 to 1, and why, as codes."""

    product_id: str
    title: str
    confidence: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """`product_id`: what a person said yes to. `rejected` are goods that it is not, which are not proposed again.
    `carry_by`: the offer has still to hear of the decision, by then.
    """

    offer_id: str
    supplier_id: str
    title: str
    standing: Standing
    likenesses: tuple[Likeness, ...]
    best: float
    product_id: str | None = None
    rejected: tuple[str, ...] = ()
    by: str | None = None
    decided_at: datetime | None = None
    carry_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProposeMatch:
    """The best likenesses found, the likeliest first."""

    offer_id: str
    supplier_id: str
    title: str
    likenesses: tuple[Likeness, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class DecideMatch:
    """Yes to these goods (left out: to the likeliest), or no to them (left out: to all that were proposed). `offered`: somebody
    offers these goods, proposed or not.
    """

    offer_id: str
    accept: bool
    product_id: str | None
    offered: bool
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class UndoMatch:
    """It was a mistake: neither yes nor no was said."""

    offer_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteCarried:
    """The offer has heard of the decision taken then."""

    offer_id: str
    product_id: str | None
    at: datetime


Command = ProposeMatch | DecideMatch | UndoMatch | NoteCarried


@dataclass(frozen=True, slots=True)
class MatchProposed:
    offer_id: str
    supplier_id: str
    title: str
    likenesses: tuple[Likeness, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class MatchAccepted:
    product_id: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MatchRejected:
    product_ids: tuple[str, ...]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MatchUndone:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class MatchCarried:
    at: datetime


Change = MatchProposed | MatchAccepted | MatchRejected | MatchUndone | MatchCarried | DutyRefused
