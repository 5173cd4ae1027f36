"""What may be asked of a call.

`bias` is the rule by which this actor may not judge this order, None when he may; `checker` is who makes the second
check, should the call be drawn for one.
"""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor
from kernel.personal import Personal

from quality.domain.answers import Answers
from quality.domain.call import Asking, Result


@dataclass(frozen=True, slots=True)
class OpenCall:
    """An order was delivered; told again it is the same call."""

    asking: Asking
    assignee: str

    @property
    def call_id(self) -> str:
        return self.asking.call_id


@dataclass(frozen=True, slots=True)
class Assign:
    """It is somebody's to make now."""

    call_id: str
    assignee: str


@dataclass(frozen=True, slots=True)
class OpenContact:
    """A controller is about to call."""

    call_id: str
    actor: Actor
    bias: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordTry:
    """A call that gave no answers."""

    call_id: str
    actor: Actor
    bias: str | None
    result: Result
    checker: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordAnswers:
    """A controller asked."""

    call_id: str
    actor: Actor
    bias: str | None
    answers: Answers
    checker: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AnswerByLink:
    """The customer himself, by his link."""

    call_id: str
    answers: Answers
    checker: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ReadAnswers:
    """Somebody wants to read what was said (R8)."""

    call_id: str
    actor: Actor
    bias: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class PassDeadline:
    """A moment has passed: of the owner's alert, of the end, of a second check."""

    call_id: str
    name: str
    owner: str
    checker: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HearClaim:
    """A claim was opened about the order."""

    call_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RecordCheck:
    """Somebody else looked at the closed call (R11)."""

    call_id: str
    actor: Actor
    bias: str | None
    agrees: bool
    words: Personal | None
    at: datetime


@dataclass(frozen=True, slots=True)
class MarkCounted:
    """The day's figures have the answer."""

    call_id: str


@dataclass(frozen=True, slots=True)
class MarkJournalled:
    """The journal has what people did, up to this one."""

    call_id: str
    up_to: int


@dataclass(frozen=True, slots=True)
class ForgetCustomer:
    """The person was erased (152-FZ art. 21)."""

    call_id: str
    at: datetime


Command = (
    OpenCall
    | Assign
    | OpenContact
    | RecordTry
    | RecordAnswers
    | AnswerByLink
    | ReadAnswers
    | PassDeadline
    | HearClaim
    | RecordCheck
    | MarkCounted
    | MarkJournalled
    | ForgetCustomer
)
