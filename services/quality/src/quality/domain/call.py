"""The question after a delivery, in each of its states: open, answered, or not called with a reason (R82, R83)."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Literal

from kernel.personal import Personal

from quality.domain.acts import Acts
from quality.domain.answers import Answers


class Channel(StrEnum):
    """How he is asked: who wants no calls gets a link (R26). `link_first`: a link, and a call for who does not answer."""

    CALL = "call"
    SURVEY_LINK = "survey_link"
    LINK_FIRST = "link_first"


BY_LINK = frozenset({Channel.SURVEY_LINK, Channel.LINK_FIRST})


class Result(StrEnum):
    """What came of a call that gave no answers."""

    NO_ANSWER = "no_answer"
    BUSY = "busy"
    CALL_BACK = "call_back"
    DECLINED = "declined"
    WRONG_NUMBER = "wrong_number"


@dataclass(frozen=True, slots=True)
class Asking:
    """What never changes about it. Moments are UTC, `zone` and `delivered_on` are the delivery city's. `suppliers` are whose
    goods they were; `touchpoints` where the customer met the shop: how he ordered, how it came, whether he claimed (R87).
    """

    call_id: str
    order_id: str
    shop_id: str
    customer_id: str | None
    carrier_id: str | None
    responsible_id: str | None
    zone: str
    delivered_at: datetime
    delivered_on: date
    due_at: datetime
    overdue_at: datetime
    ends_at: datetime
    channel: Channel
    tags: tuple[str, ...] = ()
    suppliers: tuple[str, ...] = ()
    touchpoints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Try:
    """A call that gave no answers."""

    at: datetime
    by: str
    result: Result


HELD = timedelta(minutes=30)
"""So long the contact is his who opened the call: two don't call a customer at once."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Who has the contact before him, since when."""

    by: str
    at: datetime

    def holds(self, at: datetime) -> bool:
        """Whether he may still be on the phone; later another may go on, should he have forgotten it."""
        return at - self.at < HELD


@dataclass(frozen=True, slots=True)
class Check:
    """A second look at a closed call by somebody else (R11); `agrees` once it was had."""

    checker: str
    due_at: datetime
    overdue: bool = False
    agrees: bool | None = None
    by: str | None = None
    words: Personal | None = None


@dataclass(frozen=True, slots=True)
class Open:
    """It is somebody's to make, at `next_at`. `overdue`: the owner was told."""

    asking: Asking
    assignee: str
    next_at: datetime
    tries: tuple[Try, ...] = ()
    opened: Opened | None = None
    overdue: bool = False
    acts: Acts = field(default_factory=Acts)
    kind: Literal["open"] = "open"


@dataclass(frozen=True, slots=True)
class Answered:
    """What he said stands for ever (R90). `counted`: the day's figures have it. `claim_at`: closed as fine, and then a claim
    came all the same (R11).
    """

    asking: Asking
    answers: Answers
    by: str
    at: datetime
    answered_on: date
    reasons: tuple[str, ...]
    tries: tuple[Try, ...] = ()
    check: Check | None = None
    claim_at: datetime | None = None
    counted: bool = False
    acts: Acts = field(default_factory=Acts)
    kind: Literal["answered"] = "answered"


@dataclass(frozen=True, slots=True)
class NotCalled:
    """Nobody could ask him; the list says why (R82)."""

    asking: Asking
    reason: str
    by: str
    at: datetime
    tries: tuple[Try, ...] = ()
    check: Check | None = None
    acts: Acts = field(default_factory=Acts)
    kind: Literal["not_called"] = "not_called"


Call = Open | Answered | NotCalled
