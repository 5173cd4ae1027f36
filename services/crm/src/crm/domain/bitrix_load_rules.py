"""When a pass begins, who may go on with it, and when it is over. Pure and total."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from kernel.deadline import Deadline

from crm.domain.bitrix_load import (
    Advance,
    AskAgain,
    Change,
    Command,
    End,
    Hold,
    Load,
    PassAdvanced,
    PassBegun,
    PassEnded,
    PassHeld,
    PassStumbled,
    Stumble,
    WholeAsked,
)

OVERLAP = timedelta(minutes=10)
"""A pass over what changed looks back beyond the one before: clocks differ, and a long transaction ends late."""


def decide(command: Command, load: Load | None) -> Sequence[Change]:
    """What was done from where the pass stands moves it, whoever did it; what comes late moves nothing."""
    match command:
        case Hold():
            return hold(command, load)
        case Advance():
            moved = PassAdvanced(command.to, command.taken, command.bad, command.total)
            return [moved] if _stands(load, command.of, command.after) else []
        case End():
            return [PassEnded(command.at)] if _stands(load, command.of, command.after) else []
        case Stumble():
            return [PassStumbled(command.code)] if load and load.trouble != command.code else []
        case AskAgain():
            if load is None or load.asked or (load.ended_at is None and not load.last_number):
                return []
            return [WholeAsked()]


def hold(command: Hold, load: Load | None) -> Sequence[Change]:
    """The first pass is over all; then what changed since the one before began, and everything once in a while."""
    held = PassHeld(command.holder, command.real + command.lease)
    if load is None:
        return [PassBegun(command.at, None), held]
    free = load.holder in (None, command.holder) or load.held_until is None or load.held_until <= command.real
    if not free:
        return []
    if load.ended_at is None:
        return [held]
    if load.asked or load.whole_at is None or command.at - load.whole_at >= command.cadence.whole:
        return [PassBegun(command.at, None), held]
    if command.at - load.began_at >= command.cadence.changed:
        return [PassBegun(command.at, load.began_at - OVERLAP), held]
    return []


def evolve(load: Load | None, change: Change) -> Load:
    """The pass after the change."""
    if isinstance(change, PassBegun):
        whole, passes = (load.whole_at, load.passes + 1) if load else (None, 1)
        return Load(change.at, change.since, whole_at=whole, passes=passes)
    assert load is not None
    match change:
        case PassHeld():
            return replace(load, holder=change.holder, held_until=change.until)
        case PassAdvanced():
            total = change.total if change.total is not None else load.total
            taken, bad = load.taken + change.taken, load.bad + change.bad
            return replace(load, last_number=change.to, taken=taken, bad=bad, total=total, trouble=None)
        case PassEnded():
            whole = load.began_at if load.since is None else load.whole_at
            return replace(
                load, ended_at=change.at, whole_at=whole, holder=None, held_until=None, trouble=None
            )
        case PassStumbled():
            return replace(load, trouble=change.code)
        case WholeAsked():
            return replace(load, asked=True)


def deadlines(load: Load) -> Sequence[Deadline]:
    """Who works at passes looks by himself."""
    del load
    return ()


def _stands(load: Load | None, of: int, after: int) -> bool:
    return load is not None and load.ended_at is None and (load.passes, load.last_number) == (of, after)
