"""A person leaves crm: what is asked and what happens (152-FZ art. 21; market-facts 3)."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor
from kernel.personal import Personal

AGE = "age"


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at his personal data, and why (market-facts 3)."""

    at: datetime
    by: str
    reason: Personal


@dataclass(frozen=True, slots=True)
class Erasure:
    """He is gone. `reason` is one word; `freeing`: hashes of phones that are still to be given up, until `settled`."""

    at: datetime
    reason: str
    by: str
    freeing: tuple[str, ...] = ()
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Erase:
    """He asked for it, or took back his consent."""

    customer_id: str
    reason: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Age:
    """He has not been heard of since `before`, and the shop keeps nobody for longer."""

    customer_id: str
    before: datetime
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class GoWith:
    """The person whose card this is, too, was erased."""

    customer_id: str
    erasure: Erasure


@dataclass(frozen=True, slots=True)
class SettleErasure:
    """His phones were given up."""

    customer_id: str


@dataclass(frozen=True, slots=True)
class Export:
    """He asked what is kept of him."""

    customer_id: str
    reason: Personal
    actor: Actor
    at: datetime


Command = Erase | Age | GoWith | SettleErasure | Export


@dataclass(frozen=True, slots=True)
class PersonErased:
    erasure: Erasure


@dataclass(frozen=True, slots=True)
class ErasureSettled:
    """Nothing by which he was found is kept any more."""


@dataclass(frozen=True, slots=True)
class PersonExported:
    look: Look


Change = PersonErased | ErasureSettled | PersonExported
