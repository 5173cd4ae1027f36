"""A promise to ring back: its owner, his deadline, and who is next when he lets it pass (R96, R104, R106)."""

from dataclasses import dataclass, replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty

from telephony_router.domain.refusals import CallbackSettled, NotTriedEnough, UnknownCallback

TRIES = 3
"""So often a caller is rung before he is given up."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Who is to be rung back and how: by a call, by a letter (R26), or first found out (no number). `number` is sealed."""

    shop_id: str
    origin: str
    manner: str
    call_id: str | None = None
    customer_id: str | None = None
    hash: str | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Callback:
    """Open until it has an outcome."""

    callback_id: str
    wish: Wish
    owner_id: str
    opened_at: datetime
    due_at: datetime
    level: int = 0
    tries: tuple[datetime, ...] = ()
    outcome: str | None = None
    settled_by: str | None = None
    settled_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.outcome is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    callback_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCallback(Asked):
    wish: Wish
    owner_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTry(Asked):
    """Rung, and not reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle(Asked):
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DuePassed(Asked):
    """Who takes over, and by when."""

    owner_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetWisher(Asked):
    """He is erased: there is nobody to ring back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLook(Asked):
    """Somebody saw the number of a wish: it stands in the timeline."""


Command = OpenCallback | NoteTry | Settle | DuePassed | ForgetWisher | NoteLook


@dataclass(frozen=True, slots=True)
class CallbackOpened:
    callback_id: str
    wish: Wish
    owner_id: str
    due_at: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class CallbackTried:
    at: datetime


@dataclass(frozen=True, slots=True)
class CallbackEscalated:
    owner_id: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class CallbackSettledBy:
    outcome: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WisherForgotten:
    """His number and its hash are gone."""


@dataclass(frozen=True, slots=True)
class NumberSeen:
    by: str


Change = (
    WisherForgotten | NumberSeen | CallbackOpened | CallbackTried | CallbackEscalated | CallbackSettledBy | DutyRefused
)  # fmt: skip


def decide(command: Command, callback: Callback | None) -> Decision[Change]:
    """The rule of each command."""
    if isinstance(command, OpenCallback):
        given = (command.callback_id, command.wish, command.owner_id, command.due_at, command.at)
        return [] if callback else [CallbackOpened(*given)]
    if callback is None:
        raise UnknownCallback("There is no such callback.")
    match command:
        case NoteTry():
            return _his(command) or _tried(command, callback)
        case Settle():
            return _his(command) or _settle(command, callback)
        case DuePassed():
            passed = callback.is_open and callback.due_at <= command.at
            return [CallbackEscalated(command.owner_id, command.due_at)] if passed else []
        case ForgetWisher():
            return _forget(command, callback)
        case NoteLook():
            return [NumberSeen(command.actor.id)]


def _his(command: NoteTry | Settle) -> Decision[Change] | None:
    """Of the router itself, which settles what was settled by another call, nothing is asked."""
    return None if command.actor.has(Role.SERVICE) else duty(command.actor, Action.CALL_BACK)


def _tried(command: NoteTry, callback: Callback) -> Decision[Change]:
    if not callback.is_open:
        raise CallbackSettled("It was settled before.")
    return [CallbackTried(command.at)]


def _settle(command: Settle, callback: Callback) -> Decision[Change]:
    if not callback.is_open:
        if callback.outcome == command.outcome or command.actor.has(Role.SERVICE):
            return []
        raise CallbackSettled("It was settled before.")
    if command.outcome == "gave_up" and len(callback.tries) < TRIES:
        raise NotTriedEnough(f"A caller is given up after {TRIES} tries.", tries=len(callback.tries))
    return [CallbackSettledBy(command.outcome, command.actor.id, command.at)]


def _forget(command: ForgetWisher, callback: Callback) -> Decision[Change]:
    forgotten: list[Change] = [WisherForgotten()] if callback.wish.number or callback.wish.hash else []
    over = CallbackSettledBy("withdrawn", command.actor.id, command.at)
    return [*forgotten, over] if callback.is_open else forgotten


def evolve(callback: Callback | None, change: Change) -> Callback:
    """The callback after a change."""
    if isinstance(change, CallbackOpened):
        return Callback(change.callback_id, change.wish, change.owner_id, change.at, change.due_at)
    assert callback is not None
    match change:
        case CallbackTried():
            return replace(callback, tries=(*callback.tries, change.at))
        case CallbackEscalated():
            return replace(callback, owner_id=change.owner_id, due_at=change.due_at, level=callback.level + 1)
        case CallbackSettledBy():
            return replace(callback, outcome=change.outcome, settled_by=change.by, settled_at=change.at)
        case WisherForgotten():
            return replace(callback, wish=replace(callback.wish, number=None, hash=None))
        case DutyRefused() | NumberSeen():
            return callback


def deadlines(callback: Callback) -> list[Deadline]:
    """Somebody rings back by then, or somebody else has to."""
    return [Deadline("due", callback.due_at)] if callback.is_open else []
