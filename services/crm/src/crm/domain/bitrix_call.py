"""A call of ours as a portal is to show it: what it is to be told, and what it was told. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.personal import Personal
from kernel.phone import Phone


class Step(StrEnum):
    """What the portal is told next."""

    REGISTER = "register"
    SHOW = "show"
    HIDE = "hide"
    FINISH = "finish"
    ATTACH = "attach"


@dataclass(frozen=True, slots=True)
class Ring:
    """Who calls, and for whom it is. `kind`: the portal's number (2 incoming, 3 redirected, ...). `contact`: the caller's card there."""

    phone: Phone | None
    kind: int
    user_id: str
    line: str | None
    started_at: datetime
    contact: int | None


@dataclass(frozen=True, slots=True)
class Ending:
    """Who talked, how long, and the portal's status word (200, 304, 486, ...)."""

    user_id: str
    seconds: int
    status: str


@dataclass(frozen=True, slots=True)
class PortalCall:
    """`portal_id`: the portal's name of it. `shown` is wanted, `shown_there` is told. `tried_at`: since when a `register` may have arrived."""

    call_id: str
    ring: Ring | None = None
    portal_id: str | None = None
    tried_at: datetime | None = None
    shown: tuple[str, ...] = ()
    shown_there: tuple[str, ...] = ()
    ending: Ending | None = None
    ended_there: bool = False
    record: Personal | None = None
    recorded: bool = False
    due_at: datetime | None = None
    tries: int = 0
    trouble: str | None = None
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class Want:
    """Somebody says more of the call; None leaves as it is. What was said of its ring and its end stands."""

    call_id: str
    at: datetime
    ring: Ring | None = None
    show: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    ending: Ending | None = None
    record: Personal | None = None


@dataclass(frozen=True, slots=True)
class Try:
    """`register` is about to be asked: from now on it may have arrived."""

    call_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteTold:
    """The portal was told; `portal_id` comes with the registration."""

    call_id: str
    step: Step
    users: tuple[str, ...] = ()
    portal_id: str | None = None


@dataclass(frozen=True, slots=True)
class PutOff:
    """It can't now. `arrived`: whether what was asked at `at` may have arrived."""

    call_id: str
    at: datetime
    until: datetime
    code: str
    arrived: bool


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It says no, or nobody can tell any more what it knows."""

    call_id: str
    code: str


Command = Want | Try | NoteTold | PutOff | GiveUp


@dataclass(frozen=True, slots=True)
class CallIs:
    """As it is now; a call is small."""

    call: PortalCall
