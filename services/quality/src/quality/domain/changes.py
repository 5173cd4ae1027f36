"""What may change about a call."""

from dataclasses import dataclass
from datetime import date, datetime

from kernel.personal import Personal
from kernel.refused_duty import DutyRefused

from quality.domain.answers import Answers
from quality.domain.call import Asking, Check, Result


@dataclass(frozen=True, slots=True)
class CallDue:
    asking: Asking
    assignee: str


@dataclass(frozen=True, slots=True)
class CallAssigned:
    assignee: str


@dataclass(frozen=True, slots=True)
class ContactOpened:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NotReached:
    by: str
    result: Result
    at: datetime
    next_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerAnswered:
    answers: Answers
    by: str
    at: datetime
    answered_on: date
    reasons: tuple[str, ...]
    check: Check | None


@dataclass(frozen=True, slots=True)
class CallGivenUp:
    """`result`: of the last call, where a call ended it."""

    reason: str
    by: str
    at: datetime
    check: Check | None
    result: Result | None = None


@dataclass(frozen=True, slots=True)
class OwnerAlerted:
    """Day +2 has come (R83)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class AnswersRead:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClaimCameLater:
    """It was closed as fine (R11)."""

    at: datetime


@dataclass(frozen=True, slots=True)
class CheckMade:
    by: str
    agrees: bool
    words: Personal | None
    at: datetime


@dataclass(frozen=True, slots=True)
class CheckOverdue:
    """It falls to the owner."""

    owner: str


@dataclass(frozen=True, slots=True)
class Counted:
    pass


@dataclass(frozen=True, slots=True)
class Journalled:
    up_to: int


@dataclass(frozen=True, slots=True)
class WordsForgotten:
    """What he said in his own words is gone; what is counted stays (R90)."""


Change = (
    CallDue
    | CallAssigned
    | ContactOpened
    | NotReached
    | CustomerAnswered
    | CallGivenUp
    | OwnerAlerted
    | AnswersRead
    | ClaimCameLater
    | CheckMade
    | CheckOverdue
    | Counted
    | Journalled
    | WordsForgotten
    | DutyRefused
)
