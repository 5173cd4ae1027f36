"""The plan of a call: whom to ring, how, for how long and why; it ends in a callback, always (R96)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What a step does. A `play` answers the call: the minute after which a provider drops who was not answered is over."""

    RING = "ring"
    PLAY = "play"
    OVERFLOW = "overflow"
    CALLBACK = "callback"


class Target(StrEnum):
    """Who a step turns to, as a part he plays and not as a person."""

    CONFLICT_MANAGER = "conflict_manager"
    OWNER = "owner"
    OWNER_MOBILE = "owner_mobile"
    DEPUTY = "deputy"
    DUTY = "duty"
    LANE = "lane"
    CALL_CENTRE = "call_centre"
    CALLER = "caller"
    TASK = "task"


class By(StrEnum):
    """By what a person is rung; the number itself is looked up when the plan goes out."""

    DESK = "desk"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class Step:
    """`reason` is a word of `reasons.REASONS`. A callback has its owner in `staff_id` and its deadline in `due_at`, UTC."""

    kind: Kind
    target: Target
    reason: str
    staff_id: str | None = None
    by: By | None = None
    seconds: int = 0
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PassedOver:
    """Somebody who is not rung, and why: what people ask for when a call went to the wrong person."""

    staff_id: str
    reason: str


class Recognition(StrEnum):
    """What is known of who rings."""

    KNOWN = "known"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"
    HIDDEN = "hidden"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Plan:
    """`customer_id` is whom the call was routed by, `candidates` all who have this number, the likeliest first;
    `order_id` is the order in trouble, where one decided. `settings_version` is of the rules of `shop_id`.
    """

    steps: tuple[Step, ...]
    recognition: Recognition
    settings_version: int
    customer_id: str | None = None
    owner_id: str | None = None
    order_id: str | None = None
    candidates: tuple[str, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
    shop_id: str | None = None

    @property
    def rings(self) -> tuple[Step, ...]:
        """The steps at which somebody's telephone rings."""
        return tuple(step for step in self.steps if step.kind in (Kind.RING, Kind.OVERFLOW))

    @property
    def last(self) -> Step:
        """The callback."""
        return self.steps[-1]
