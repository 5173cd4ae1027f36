"""Several cards of one person: what is asked and what happens, and how it is undone."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor
from kernel.personal import Personal
from kernel.phone import Phone

from crm.domain import notes as n


class Phase(StrEnum):
    """Two documents take part in it: how far it is."""

    JOINING = "joining"
    JOINED = "joined"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Joined:
    """On the card that is another's: `into` is who he is. The card itself stays as it was, for the day of the undo."""

    into: str
    by: str
    at: datetime
    phase: Phase = Phase.JOINING


@dataclass(frozen=True, slots=True)
class Marks:
    """What a card says of a person. `notes` only of what it said: what of them is shown is read off, never counted."""

    hashes: tuple[str, ...]
    addresses: tuple[Personal, ...]
    name: Personal | None
    quiet: bool
    notes: n.Notes = field(default_factory=dict[n.Part, n.Note])


@dataclass(frozen=True, slots=True)
class Taken:
    """On the card that took another in: all that the other said, and what of it was new here and goes with it."""

    customer_id: str
    said: Marks
    gained: Marks


@dataclass(frozen=True, slots=True)
class Join:
    """`customer_id` is `into`."""

    customer_id: str
    into: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Part:
    """They were two after all."""

    customer_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class TakeIn:
    """What the other card says is his; `phones` go with `said.hashes`."""

    customer_id: str
    other_id: str
    phones: tuple[Phone, ...]
    said: Marks
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LetGo:
    """What came with the other card goes with it."""

    customer_id: str
    other_id: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Settle:
    """The other side has done its part."""

    customer_id: str


Command = Join | Part | TakeIn | LetGo | Settle


@dataclass(frozen=True, slots=True)
class JoinBegun:
    joined: Joined


@dataclass(frozen=True, slots=True)
class PartBegun:
    joined: Joined


@dataclass(frozen=True, slots=True)
class TakenIn:
    taken: Taken
    phones: tuple[Phone, ...]
    by: str


@dataclass(frozen=True, slots=True)
class LetGone:
    other_id: str
    by: str


@dataclass(frozen=True, slots=True)
class Settled:
    """He is the other's, or his own again."""


Change = JoinBegun | PartBegun | TakenIn | LetGone | Settled
