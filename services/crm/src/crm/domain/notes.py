"""What staff note of a customer: his type, and what he needs (SPIN). A hint for who talks with him; never shown to him unasked,
and nothing is priced or put first by it (R109-R111).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor
from kernel.personal import Personal


class Part(StrEnum):
    """What is noted. The type is a code of the shop's; the others are in the words of whoever wrote them."""

    CUSTOMER_TYPE = "customer_type"
    SITUATION = "situation"
    PROBLEM = "problem"
    IMPLICATION = "implication"
    NEED_PAYOFF = "need_payoff"


SPIN = (Part.SITUATION, Part.PROBLEM, Part.IMPLICATION, Part.NEED_PAYOFF)


@dataclass(frozen=True, slots=True)
class Note:
    text: Personal
    by: str
    at: datetime


Notes = Mapping[Part, Note]


@dataclass(frozen=True, slots=True)
class Written:
    """Somebody wrote, or took away, these parts; what they said is kept only while it holds."""

    at: datetime
    by: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class WriteNotes:
    """`said`: the parts that are otherwise from now on; None takes one away. `types`: those the shop has, None where it keeps none.
    `revision`: which notes the writer had before him, where he says so.
    """

    customer_id: str
    said: Mapping[Part, Personal | None]
    types: frozenset[str] | None
    revision: int | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """Somebody reads them. `reader`: for whom a service asks."""

    customer_id: str
    reader: str | None
    reason: Personal
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class DropNotes:
    """Time has come for these parts: all of a customer who has been quiet since `quiet_since`, or the type in a shop that keeps none
    any more.
    """

    customer_id: str
    parts: frozenset[Part]
    quiet_since: datetime | None
    actor: Actor
    at: datetime


Command = WriteNotes | ReadNotes | DropNotes


@dataclass(frozen=True, slots=True)
class NotesWritten:
    """A part with None is gone, and gone from what merged cards brought, too."""

    said: Mapping[Part, Personal | None]
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotesCarried:
    """What is noted of him came or went with another card (R97)."""

    by: str
    at: datetime


Change = NotesWritten | NotesCarried
