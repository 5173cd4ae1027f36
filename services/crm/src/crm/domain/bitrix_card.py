"""A card of Bitrix24 as crm knows it: whose customer it is, who answered for it when it was last seen, and what is still to be done
about it. Nothing personal is kept here. Pure.
"""

from dataclasses import dataclass
from datetime import datetime

READ = "read_card"
PUSH = "push_owner"


@dataclass(frozen=True, slots=True)
class Card:
    """`user_id`: the portal's user who answered for it when it was last seen. `hints`: how often somebody said that it changed;
    `read_at`: when it is to be read. `wanted`: the user whom opblok wants there, since `wanted_at`. `problems`: codes. `erased`: the person is
    gone from opblok, and nothing of him is taken in again. `merged_from`: whose it was before customers were merged, the first first.
    """

    number: int
    customer_id: str | None = None
    user_id: str | None = None
    digest: str = ""
    problems: tuple[str, ...] = ()
    hints: int = 0
    read_at: datetime | None = None
    wanted: str | None = None
    wanted_at: datetime | None = None
    push_at: datetime | None = None
    tries: int = 0
    gone: bool = False
    erased: bool = False
    merged_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look at the portal showed. `modified_at`: by the portal's clock."""

    user_id: str | None
    digest: str
    customer_id: str | None
    problems: tuple[str, ...]
    modified_at: datetime | None


@dataclass(frozen=True, slots=True)
class Hint:
    """Something happened to it: an event says so, or it is missed. What happened, only the portal knows."""

    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class TakeIn:
    """As it was just read; `hints`: how many there were before the reading began."""

    number: int
    seen: Seen
    hints: int


@dataclass(frozen=True, slots=True)
class Miss:
    """The portal has no such card any more."""

    number: int
    hints: int


@dataclass(frozen=True, slots=True)
class Want:
    """Somebody else answers for the customer in opblok; the portal is to know."""

    number: int
    user_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotePushed:
    """The portal has it: the owner that was wanted."""

    number: int
    user_id: str


@dataclass(frozen=True, slots=True)
class Postpone:
    """The portal can't now, or says no: again at `until`."""

    number: int
    what: str
    until: datetime
    problem: str | None = None


Command = Hint | TakeIn | Miss | Want | NotePushed | Postpone


@dataclass(frozen=True, slots=True)
class Hinted:
    number: int
    read_at: datetime


@dataclass(frozen=True, slots=True)
class TakenIn:
    number: int
    seen: Seen
    again: bool
    unwanted: bool


@dataclass(frozen=True, slots=True)
class Missed:
    number: int
    again: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    user_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WishDropped:
    """What was wanted is so already."""


@dataclass(frozen=True, slots=True)
class Pushed:
    user_id: str


@dataclass(frozen=True, slots=True)
class Postponed:
    what: str
    until: datetime
    problem: str | None


Change = Hinted | TakenIn | Missed | Wanted | WishDropped | Pushed | Postponed
