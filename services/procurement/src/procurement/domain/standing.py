"""How a supplier stands with us: his trial, what is asked of a new one, and who has to look at him by when (R45, R48)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor


class Item(StrEnum):
    """What is asked of a new supplier (R48)."""

    REQUISITES = "requisites"
    CONTRACT = "contract"
    CONTACT = "contact"
    RETURN_TERMS = "return_terms"
    PRICE_LIST = "price_list"
    TEST_ORDER = "test_order"


class Phase(StrEnum):
    """`PARTED`: nothing is allocated from him any more."""

    TRIAL = "trial"
    KEPT = "kept"
    PARTED = "parted"


class Task(StrEnum):
    """What a person has to do about a supplier."""

    END_TRIAL = "end_trial"
    CHECK_AGAIN = "check_again"
    NAME_OWNER = "name_owner"


class Verdict(StrEnum):
    """What a review comes to."""

    KEEP = "keep"
    EXTEND = "extend"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Ticked:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """A task with its owner and deadline; `overdue`: how often the deadline passed."""

    owner_id: str
    due_at: datetime
    opened_at: datetime
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """`trial_until` and `check_at` are when the next look at him falls due; suppliers of old have neither."""

    phase: Phase = Phase.KEPT
    trial_until: datetime | None = None
    check_at: datetime | None = None
    checklist: Mapping[Item, Ticked] = field(default_factory=dict[Item, Ticked])
    tasks: Mapping[Task, Owed] = field(default_factory=dict[Task, Owed])

    @property
    def missing(self) -> tuple[Item, ...]:
        """What of the checklist is not done."""
        return tuple(item for item in Item if item not in self.checklist)

    def without(self, *done: Task) -> "Standing":
        """The same with these tasks done."""
        return replace(self, tasks={task: owed for task, owed in self.tasks.items() if task not in done})


@dataclass(frozen=True, slots=True)
class Chase:
    """To whom a task goes that nobody did, and by when it is due then; working time, UTC."""

    owner_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class TickItem:
    """An item of the checklist is done, or is not after all."""

    supplier_id: str
    item: Item
    done: bool
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewSupplier:
    """Keep him, give him longer, or part. `until`: the new end of his trial; `check_at`: the next look at who is kept."""

    supplier_id: str
    verdict: Verdict
    until: datetime | None
    check_at: datetime
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class NameOwner:
    """`fits`: he may own suppliers (R4)."""

    supplier_id: str
    owner_id: str
    fits: bool
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnerLeft:
    """Who answered for the supplier may not any more: the shop's owner does, and names another (R4)."""

    supplier_id: str
    gone_id: str
    chase: Chase
    at: datetime


StandingCommand = TickItem | ReviewSupplier | NameOwner | OwnerLeft


@dataclass(frozen=True, slots=True)
class TrialBegan:
    until: datetime


@dataclass(frozen=True, slots=True)
class ItemTicked:
    item: Item
    ticked: Ticked | None


@dataclass(frozen=True, slots=True)
class SupplierReviewed:
    verdict: Verdict
    until: datetime | None
    check_at: datetime | None
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OwnerNamed:
    owner_id: str


@dataclass(frozen=True, slots=True)
class TaskOpened:
    task: Task
    owed: Owed


StandingChange = TrialBegan | ItemTicked | SupplierReviewed | OwnerNamed | TaskOpened
