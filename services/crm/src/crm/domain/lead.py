"""A lead: somebody wants something, and somebody is to see to it. What is kept of it, what may be asked, what may happen (R98)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from kernel.actor import Actor
from kernel.calendar import WorkingCalendar
from kernel.personal import Personal
from kernel.refused_duty import DutyRefused

from crm.domain.lead_ladder import Rung
from crm.domain.lead_stages import LeadStages


class Source(StrEnum):
    """How he got in touch."""

    SITE = "site"
    CALL = "call"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Open:
    """`step` is what is to be done next, by `due_at`. On a rung, `turned_to` is who is to see to it besides the owner, and at
    `climbs_at` it goes to the next one.
    """

    stage: str
    step: str
    due_at: datetime
    rung: Rung = Rung.ON_TIME
    turned_to: str | None = None
    climbs_at: datetime | None = None
    kind: Literal["open"] = "open"


@dataclass(frozen=True, slots=True)
class Won:
    """He ordered. `settled`: his hand-over after the sale was seen to (R98)."""

    order_id: str
    at: datetime
    by: str
    settled: bool = False
    kind: Literal["won"] = "won"


@dataclass(frozen=True, slots=True)
class Lost:
    """He will not; `reason` is one word of ours."""

    reason: str
    at: datetime
    by: str
    kind: Literal["lost"] = "lost"


@dataclass(frozen=True, slots=True)
class Lead:
    """Who wants it is a customer, whose phone and name stand on his card alone. `wants`: what he wants, as somebody wrote it down.
    `source_id`: the call, or the site's request. An open lead's owner is who answers for the customer.
    """

    lead_id: str
    shop_id: str
    customer_id: str
    source: Source
    opened_at: datetime
    owner_id: str
    course: Open | Won | Lost
    source_id: str | None = None
    wants: Personal | None = None


@dataclass(frozen=True, slots=True)
class OpenLead:
    """As it begins."""

    lead: Lead


@dataclass(frozen=True, slots=True)
class Step:
    """The next step of an open lead, with the stage it is in from now on; None leaves as it is, `due_at` None: the stage's term.
    `stands_in`: the actor is the deputy of an owner who is away.
    """

    lead_id: str
    stages: LeadStages
    calendar: WorkingCalendar
    stage: str | None
    step: str | None
    due_at: datetime | None
    wants: Personal | None
    actor: Actor
    at: datetime
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Win:
    """He ordered."""

    lead_id: str
    order_id: str
    actor: Actor
    at: datetime
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Lose:
    """He will not order."""

    lead_id: str
    reason: str
    actor: Actor
    at: datetime
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Follow:
    """Who answers for the customer now."""

    lead_id: str
    owner_id: str


@dataclass(frozen=True, slots=True)
class Climb:
    """The ladder's deadline passed: `turned_to` is who is on the next rung, `climbs_at` when that one is over."""

    lead_id: str
    turned_to: str
    climbs_at: datetime | None
    at: datetime


@dataclass(frozen=True, slots=True)
class SettleWin:
    lead_id: str


@dataclass(frozen=True, slots=True)
class Forget:
    """The customer was erased: nothing that anybody wrote about him stays, and nobody works for him."""

    lead_id: str
    at: datetime
    by: str


Command = OpenLead | Step | Win | Lose | Follow | Climb | SettleWin | Forget


@dataclass(frozen=True, slots=True)
class LeadOpened:
    lead: Lead


@dataclass(frozen=True, slots=True)
class Planned:
    """What is next, as it is from now on; the ladder begins anew."""

    stage: str
    step: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class WishNoted:
    wants: Personal


@dataclass(frozen=True, slots=True)
class LeadWon:
    won: Won


@dataclass(frozen=True, slots=True)
class LeadLost:
    lost: Lost


@dataclass(frozen=True, slots=True)
class LeadFollowed:
    owner_id: str


@dataclass(frozen=True, slots=True)
class Climbed:
    rung: Rung
    turned_to: str
    climbs_at: datetime | None


@dataclass(frozen=True, slots=True)
class WinSettled:
    """Nothing is left to do after the sale."""


@dataclass(frozen=True, slots=True)
class WishForgotten:
    """What he wanted is not kept any more."""


Change = (
    LeadOpened | Planned | WishNoted | LeadWon | LeadLost | LeadFollowed | Climbed | WinSettled | WishForgotten | DutyRefused
)  # fmt: skip
