"""A customer passes to the account manager after the sale, who says that he knows of him (R98): what is kept of it, what may be
asked, what may happen.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor, Role


class Stage(StrEnum):
    """A lead becomes a customer with the hand-over after the sale (R98)."""

    LEAD = "lead"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Handover:
    """Waits for the word of who answers for him now. `stage_before` is what he was before; `late_at`: the term passed."""

    previous_id: str | None
    asked_at: datetime
    accept_by: datetime
    stage_before: Stage
    late_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Owned:
    """Since then he answers for the customer; who said so, and why. `previous_id` did before."""

    owner_id: str
    since: datetime
    by: str
    reason: str
    previous_id: str | None


@dataclass(frozen=True, slots=True)
class FirstOrder:
    """The first of his orders that crm heard was completed, and when it did."""

    order_id: str
    heard_at: datetime


@dataclass(frozen=True, slots=True)
class HandOver:
    """Somebody else is to answer for him. `able`: the staff who may and are there. `accept_by`: when an account manager should have
    said that he knows of him; None where nobody asks him to, as when a portal is followed.
    """

    customer_id: str
    to_id: str
    reason: str
    able: frozenset[str]
    to_roles: frozenset[Role]
    actor: Actor
    at: datetime
    accept_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class AcceptHandover:
    """`stands_in`: the actor is the owner's deputy while he is away."""

    customer_id: str
    actor: Actor
    at: datetime
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class DeclineHandover:
    """Not his: the customer goes back to who had him, or, where that one is not there, to `otherwise`."""

    customer_id: str
    reason: str
    previous_is_there: bool
    otherwise: str | None
    actor: Actor
    at: datetime
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class HandoverDeadlinePassed:
    customer_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteOrder:
    """An order of his was completed. `of`: who answers for him, as it was looked up; `handing`: to whom he goes if it is his first; None
    where he is to stay.
    """

    customer_id: str
    first: FirstOrder
    of: str | None
    handing: HandOver | None


Command = NoteOrder | HandOver | AcceptHandover | DeclineHandover | HandoverDeadlinePassed


@dataclass(frozen=True, slots=True)
class OwnerChanged:
    previous_id: str | None
    owner_id: str
    reason: str
    stage: Stage
    by: str
    at: datetime
    accept_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class HandoverAccepted:
    previous_id: str | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HandoverLate:
    """Nobody accepted in time; it is shown until somebody does (R98)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class FirstOrderNoted:
    first: FirstOrder


Change = HandoverAccepted | HandoverLate | FirstOrderNoted
