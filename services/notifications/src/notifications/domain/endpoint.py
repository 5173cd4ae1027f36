"""A webhook endpoint: where facts are sent, which ones, and with which keys they are signed."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.personal import Personal
from kernel.refused_duty import DutyRefused

WARN = "warn"
ENABLED, DISABLED, REMOVED = "enabled", "disabled", "removed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What its keeper chose. `email`: who is warned when it fails, in `language`."""

    url: Personal
    types: tuple[str, ...]
    email: Personal | None = None
    language: str = "ru"


@dataclass(frozen=True, slots=True)
class Key:
    """`until` is when a replaced secret stops signing; none for the newest."""

    secret: Personal
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """Somebody is to be told `what`: failing, disabled or gone."""

    what: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Endpoint:
    """`failing_since`: the first failed try after the last success."""

    endpoint_id: str
    shop_id: str
    wanted: Wanted
    keys: tuple[Key, ...]
    created_at: datetime
    by: str
    state: str = ENABLED
    why: str | None = None
    failing_since: datetime | None = None
    warned: bool = False
    warning: Alarm | None = None

    def secrets(self, at: datetime) -> tuple[str, ...]:
        """Those that sign now, the newest first."""
        return tuple(each.secret.value for each in self.keys if each.until is None or at < each.until)


@dataclass(frozen=True, slots=True)
class Open:
    endpoint_id: str
    shop_id: str
    wanted: Wanted
    secret: Personal
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    endpoint_id: str
    wanted: Wanted
    actor: Actor


@dataclass(frozen=True, slots=True)
class Rotate:
    """`old_until`: so long the secrets before go on signing beside the new one."""

    endpoint_id: str
    secret: Personal
    at: datetime
    old_until: datetime
    actor: Actor


@dataclass(frozen=True, slots=True)
class Switch:
    """`to`: enabled, disabled or removed."""

    endpoint_id: str
    to: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class HearOfTry:
    """A try ended, at `url`. `warn_after`, `disable_after`: how long it may fail."""

    endpoint_id: str
    url: Personal
    arrived: bool
    gone: bool
    at: datetime
    warn_after: timedelta
    disable_after: timedelta


@dataclass(frozen=True, slots=True)
class NoteWarned:
    endpoint_id: str


@dataclass(frozen=True, slots=True)
class EndpointOpened:
    endpoint: Endpoint


@dataclass(frozen=True, slots=True)
class EndpointChanged:
    wanted: Wanted


@dataclass(frozen=True, slots=True)
class SecretRotated:
    keys: tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class EndpointSwitched:
    """`warning`: set when nobody asked for it."""

    to: str
    why: str
    warning: Alarm | None = None


@dataclass(frozen=True, slots=True)
class FailingNoted:
    since: datetime | None
    warning: Alarm | None = None


@dataclass(frozen=True, slots=True)
class OwnerWarned:
    pass


EndpointCommand = Open | Change | Rotate | Switch | HearOfTry | NoteWarned
EndpointChange = (
    EndpointOpened
    | EndpointChanged
    | SecretRotated
    | EndpointSwitched
    | FailingNoted
    | OwnerWarned
    | DutyRefused
)


def due(endpoint: Endpoint) -> list[Deadline]:
    """A warning waits to be sent."""
    return [Deadline(WARN, endpoint.warning.at)] if endpoint.warning else []
