"""A customer: who he is, how he may be reached, who answers for him; what may be asked of him and what may happen
(R26, R98).
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refused_duty import DutyRefused

from crm.domain import doubles, erasure, handover, notes
from crm.domain.doubles import Joined, Taken
from crm.domain.erasure import Erasure, Look
from crm.domain.handover import FirstOrder, Handover, Owned, OwnerChanged, Stage
from crm.domain.notes import Note, Notes, Part, Written


class Preference(StrEnum):
    """Whether he may be called (R26)."""

    ANY = "any"
    NO_CALLS = "no_calls"


@dataclass(frozen=True, slots=True)
class Customer:
    """`hashes` are the keyed hashes of his phones, by which he is found. `looks`: the newest; all are in the history.
    `heard_at`: when he was last in touch, to the month; None where that was before it was kept. `handover` waits for its owner's
    word (R98); `owners` since he was registered. `notes` are this card's own; `noting.notes_of` has those of merged cards, too. `first_order`
    is the first that was completed.
    """

    customer_id: str
    shop_id: str
    phones: tuple[Phone, ...]
    hashes: tuple[str, ...]
    name: Personal | None = None
    addresses: tuple[Personal, ...] = ()
    preference: Preference = Preference.ANY
    stage: Stage = Stage.LEAD
    owner_id: str | None = None
    looks: tuple[Look, ...] = ()
    blocked: bool = False
    heard_at: datetime | None = None
    erased: Erasure | None = None
    joined: Joined | None = None
    taken: tuple[Taken, ...] = ()
    handover: Handover | None = None
    owners: tuple[Owned, ...] = ()
    notes: Notes = field(default_factory=dict[Part, Note])
    notes_revision: int = 0
    written: tuple[Written, ...] = ()
    first_order: FirstOrder | None = None


@dataclass(frozen=True, slots=True)
class Registering:
    """What is known of a person who got in touch. `owner_id`: who would answer for him, by the rule.
    `by_another_card`: the phone came with a card that is his, and goes with it.
    """

    customer_id: str
    shop_id: str
    phone: Phone
    hash: str
    name: Personal | None
    address: Personal | None
    preference: Preference | None
    owner_id: str | None
    actor: Actor
    at: datetime
    by_another_card: bool = False


@dataclass(frozen=True, slots=True)
class AddPhone:
    """He is reached by this phone, too; `hash` was claimed for him before, or he shares it with who claimed it."""

    customer_id: str
    phone: Phone
    hash: str
    actor: Actor
    at: datetime
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Correct:
    """Staff correct what is known of him; None leaves as it is."""

    customer_id: str
    name: Personal | None
    addresses: tuple[Personal, ...] | None
    preference: Preference | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Unmask:
    """Look at his phone and address, and say why; the look is written down (market-facts 3)."""

    customer_id: str
    reason: Personal
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Block:
    """Nobody is to be rung for his calls any more, or again (R97); `reason` is one word of ours."""

    customer_id: str
    blocked: bool
    reason: str
    actor: Actor
    at: datetime


Command = (
    Registering | AddPhone | Correct | Unmask | Block | erasure.Command | doubles.Command | handover.Command
    | notes.Command
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CustomerRegistered:
    customer: Customer


@dataclass(frozen=True, slots=True)
class PhoneAdded:
    phone: Phone
    hash: str


@dataclass(frozen=True, slots=True)
class DetailsChanged:
    """As they are from now on."""

    name: Personal | None
    addresses: tuple[Personal, ...]
    preference: Preference
    preference_changed: bool = field(default=False, compare=False)


@dataclass(frozen=True, slots=True)
class Heard:
    """He was in touch again, long after the last time."""

    at: datetime


@dataclass(frozen=True, slots=True)
class BlockingChanged:
    blocked: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Unmasked:
    look: Look


Change = (
    CustomerRegistered | PhoneAdded | DetailsChanged | Heard | BlockingChanged | OwnerChanged | Unmasked | DutyRefused
    | erasure.Change | doubles.Change | handover.Change | notes.Change
)  # fmt: skip
