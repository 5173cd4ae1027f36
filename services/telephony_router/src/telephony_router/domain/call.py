"""One physical call is one record: what its provider said of it, in whatever order it came."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from telephony_router.domain.plan import Plan
from telephony_router.domain.portal_side import PortalSide


class Said(StrEnum):
    """What a provider says of a call."""

    RINGING = "ringing"
    SILENT = "silent"
    ANSWERED = "answered"
    TRANSFERRED = "transferred"
    ENDED = "ended"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Event:
    """`event_id` tells a repeated event from a second one. `leg` is the number of the plan's step, the first is 1; `code` is a
    word for how a leg or the call ended (busy, no_answer, declined, unreachable, hung_up, no_report).
    """

    event_id: str
    said: Said
    at: datetime
    leg: int | None = None
    staff_id: str | None = None
    code: str | None = None
    talked_seconds: int | None = None
    recording: str | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A call as its provider offered it. `number` is sealed at rest; `hash` is how its caller is looked for."""

    provider: str
    provider_call_id: str
    shop_id: str
    line: str
    started_at: datetime
    number: str | None = None
    hash: str | None = None
    at_lunch: bool = False


class Errand(StrEnum):
    """What a call still has to bring about: kept with it, so that a crash forgets nothing."""

    CALL_BACK = "call_back"
    SETTLE = "settle"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class PhoneCall:
    """`told`: which facts were told of it; `errands`: what is to be brought about. `plan` is None when we heard of it only
    after it was over, or another route took it. `portal`: how far the shop's portal knows of it; None: it has none. `forgotten`: the
    caller is erased, and nothing of him is kept any more, whatever is said late.
    """

    call_id: str
    offer: Offer
    heard_at: datetime
    plan: Plan | None = None
    events: tuple[Event, ...] = ()
    told: tuple[str, ...] = ()
    errands: tuple[Errand, ...] = ()
    portal: PortalSide | None = None
    forgotten: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Receive:
    """It rings, and this is its plan."""

    call_id: str
    offer: Offer
    plan: Plan
    at: datetime
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What its provider said. `offer` opens the call when it was never offered."""

    call_id: str
    offer: Offer
    events: tuple[Event, ...]
    at: datetime
    shown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SilencePassed:
    """Nobody said how it went on."""

    call_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandDone:
    call_id: str
    errand: Errand
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLook:
    """Somebody heard the recording or saw the number: it stands in the timeline."""

    call_id: str
    what: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetCaller:
    """He is erased: nothing of him stays but that somebody rang."""

    call_id: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePortal:
    """The portal was told so much, or could not be."""

    call_id: str
    side: PortalSide
    at: datetime


Command = Receive | Report | SilencePassed | ErrandDone | NoteLook | ForgetCaller | NotePortal


@dataclass(frozen=True, slots=True)
class CallReceived:
    """`shown`: the shop's portal is to show it."""

    call_id: str
    offer: Offer
    at: datetime
    shown: bool = False


@dataclass(frozen=True, slots=True)
class CallRouted:
    """`offer`: as it was offered, where events had opened the call without a number."""

    plan: Plan
    offer: Offer


@dataclass(frozen=True, slots=True)
class EventsHeard:
    events: tuple[Event, ...]
    at: datetime


@dataclass(frozen=True, slots=True)
class CallAnswered:
    """A person picked up."""


@dataclass(frozen=True, slots=True)
class CallMissed:
    """It is over, and nobody of us talked to the caller."""


@dataclass(frozen=True, slots=True)
class CallFinished:
    """It is over, and somebody talked."""


@dataclass(frozen=True, slots=True)
class ErrandRun:
    errand: Errand


@dataclass(frozen=True, slots=True)
class RecordingHeard:
    by: str


@dataclass(frozen=True, slots=True)
class NumberSeen:
    by: str


@dataclass(frozen=True, slots=True)
class CallerForgotten:
    """His number, its hash and the recordings are gone."""


@dataclass(frozen=True, slots=True)
class PortalTold:
    side: PortalSide


Change = (
    CallReceived | CallRouted | EventsHeard | CallAnswered | CallMissed | CallFinished | ErrandRun | RecordingHeard
    | NumberSeen | CallerForgotten | PortalTold
)  # fmt: skip
