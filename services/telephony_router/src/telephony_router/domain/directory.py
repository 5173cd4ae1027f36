"""What the router keeps of customers and staff: enough to route a call while crm is down. No name; a customer's number only
as a keyed hash, a colleague's sealed at rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from telephony_router.domain.people import Person, Telephones

PAUSES = (timedelta(seconds=10), timedelta(minutes=1), timedelta(minutes=10))
"""How long a question to crm waits after it was not answered; the last one for ever."""


def pause_after(tries: int) -> timedelta:
    """How long to wait after so many unanswered questions."""
    return PAUSES[min(tries, len(PAUSES) - 1)]


def still_to_ask(ask_at: datetime | None, asked_at: datetime) -> datetime | None:
    """An answer settles what was to be asked by the time of its question; news that came while it was under way are asked for anew."""
    return ask_at if ask_at is not None and ask_at > asked_at else None


@dataclass(frozen=True, slots=True)
class Numbers:
    """How a member of the staff is rung; `hidden` names by what he is not to be (desk, mobile)."""

    extension: str | None = None
    sip: str | None = None
    mobile: str | None = None
    hidden: tuple[str, ...] = ()

    @property
    def telephones(self) -> Telephones:
        """What of it there is."""
        return Telephones(bool(self.extension or self.sip), bool(self.mobile), frozenset(self.hidden))


@dataclass(frozen=True, slots=True)
class StaffMember:
    """`heard`: crm told of him by a fact, which then wins over its answers. `ask_at`: when crm is to be asked for his
    numbers; `asked_at`: when it was for the answer that is here.
    """

    person: Person
    changed_at: datetime
    numbers: Numbers = field(default_factory=Numbers)
    heard: bool = False
    ask_at: datetime | None = None
    tries: int = 0
    asked_at: datetime | None = None

    @property
    def as_rung(self) -> Person:
        """The person with what he can be rung by."""
        return replace(self.person, telephones=self.numbers.telephones)


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """A customer as crm told of him. `hashes`: the keyed hashes of his numbers; `merged_into`: whose card it became, the newest of
    its `takers`.
    """

    customer_id: str
    changed_at: datetime
    stage: str = "lead"
    owner_id: str | None = None
    no_calls: bool = False
    blocked: bool = False
    hashes: tuple[str, ...] = ()
    merged_into: str | None = None
    erased: bool = False
    heard: bool = False
    ask_at: datetime | None = None
    tries: int = 0
    takers: tuple[str, ...] = ()
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """An order as it was last told of; `window` is what was promised, UTC, with the zone of the delivery city."""

    order_id: str
    number: str
    shop_id: str
    stage: str
    is_open: bool
    placed_at: datetime
    changed_at: datetime
    customer_id: str | None = None
    responsible_id: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_zone: str | None = None
    carrier_id: str | None = None


@dataclass(frozen=True, slots=True)
class KnownTrouble:
    """An incident or a claim, while it is open and after."""

    trouble_id: str
    kind: str
    what: str
    is_open: bool
    changed_at: datetime
    order_id: str | None = None
    customer_id: str | None = None
    keeper_id: str | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Lanes:
    """Who stands where while a rush lasts; None when none does (R112)."""

    shop_id: str
    changed_at: datetime
    standing: Mapping[str, str] | None = None
