"""What can be asked of a roster, and what happens to it. `there`: who of the telephone is at work, as far as is known."""

from dataclasses import dataclass
from datetime import datetime

from kernel.actor import Actor
from kernel.refused_duty import DutyRefused

from telephony_router.domain.roster import Pause, Release, Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    shop_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShift(Asked):
    shift: Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelShift(Asked):
    shift_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeBreak(Asked):
    staff_id: str
    until: datetime
    there: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndBreak(Asked):
    staff_id: str
    there: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HearBreak(Asked):
    """He went on a break elsewhere, in the portal; nobody could refuse it there. `until`: when he is taken to be back."""

    staff_id: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class HearReturn(Asked):
    """He is back, as he said elsewhere."""

    staff_id: str
    there: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleasePassed(Asked):
    """Whose the next break was did not go."""

    there: frozenset[str]


Command = PlanShift | CancelShift | TakeBreak | EndBreak | HearBreak | HearReturn | ReleasePassed


@dataclass(frozen=True, slots=True)
class RosterOpened:
    shop_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ShiftPlanned:
    shift: Shift
    at: datetime


@dataclass(frozen=True, slots=True)
class ShiftCancelled:
    shift_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BreakBegun:
    pause: Pause


@dataclass(frozen=True, slots=True)
class BreakEnded:
    staff_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BreakAwaited:
    """Refused for now: the next break is his, after those who asked before him."""

    staff_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BreakReleased:
    """Somebody is back: the next one may go. Without a `release` nobody waits any more."""

    release: Release | None
    at: datetime


Change = (
    RosterOpened | ShiftPlanned | ShiftCancelled | BreakBegun | BreakEnded | BreakAwaited | BreakReleased | DutyRefused
)  # fmt: skip
