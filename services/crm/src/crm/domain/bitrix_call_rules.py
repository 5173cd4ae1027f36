"""What a portal is told of a call next, and what is never said twice. Pure and total."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kernel.deadline import Deadline

from crm.domain.bitrix_call import (
    CallIs,
    Command,
    GiveUp,
    NoteTold,
    PortalCall,
    PutOff,
    Step,
    Try,
    Want,
)

TELL = "tell_portal"
SURE_FOR = timedelta(minutes=25)
"""The portal takes a repeated `register` for the same call for thirty minutes (reference A3.2); after that it would be a second one."""
UNSURE = "unsure"


def pending(call: PortalCall) -> Step | None:
    """The next step, if there is one."""
    if call.given_up or call.ring is None:
        return None
    if call.portal_id is None:
        return Step.REGISTER
    if call.ending is None:
        return _moved(call)
    if not call.ended_there:
        return Step.FINISH
    return Step.ATTACH if call.record and not call.recorded else None


def is_sure(call: PortalCall, at: datetime) -> bool:
    """Whether a `register` asked now can't become a second call."""
    return call.tried_at is None or at - call.tried_at < SURE_FOR


def decide(command: Command, call: PortalCall | None) -> Sequence[CallIs]:
    """Total: what was said already changes nothing."""
    found = call or PortalCall(command.call_id)
    now = _after(command, found)
    return [] if now == found else [CallIs(now)]


def evolve(call: PortalCall | None, change: CallIs) -> PortalCall:
    """As it is now."""
    del call
    return change.call


def deadlines(call: PortalCall) -> Sequence[Deadline]:
    """While there is something to tell, it is due."""
    return [Deadline(TELL, call.due_at)] if call.due_at and pending(call) else []


def _after(command: Command, call: PortalCall) -> PortalCall:
    match command:
        case Want():
            return _wanted(command, call)
        case Try():
            return replace(call, tried_at=call.tried_at or command.at)
        case NoteTold():
            return _told(command, call)
        case PutOff():
            return _put_off(command, call)
        case GiveUp():
            return _without_phone(replace(call, given_up=True, trouble=command.code, record=None))


def _wanted(command: Want, call: PortalCall) -> PortalCall:
    shown = [user for user in dict.fromkeys((*call.shown, *command.show)) if user not in command.hide]
    now = replace(
        call,
        ring=call.ring or command.ring,
        shown=tuple(shown),
        ending=call.ending or command.ending,
        record=None if call.recorded else call.record or command.record,
    )
    return call if now == call or call.given_up else replace(now, due_at=command.at)


def _put_off(command: PutOff, call: PortalCall) -> PortalCall:
    """Of a `register` that arrived nowhere nothing is known there, unless an earlier one may have arrived."""
    nowhere = not command.arrived and call.tried_at == command.at
    return replace(
        call,
        due_at=command.until,
        tried_at=None if nowhere else call.tried_at,
        tries=call.tries + 1,
        trouble=command.code,
    )


def _told(command: NoteTold, call: PortalCall) -> PortalCall:
    now = replace(call, tries=0, trouble=None)
    match command.step:
        case Step.REGISTER:
            return replace(now, portal_id=now.portal_id or command.portal_id)
        case Step.SHOW:
            return replace(now, shown_there=tuple(dict.fromkeys((*now.shown_there, *command.users))))
        case Step.HIDE:
            left = tuple(user for user in now.shown_there if user not in command.users)
            return replace(now, shown_there=left)
        case Step.FINISH:
            return _without_phone(replace(now, ended_there=True, shown_there=()))
        case Step.ATTACH:
            return replace(now, recorded=True, record=None)


def _moved(call: PortalCall) -> Step | None:
    if set(call.shown_there) - set(call.shown):
        return Step.HIDE
    return Step.SHOW if set(call.shown) - set(call.shown_there) else None


def _without_phone(call: PortalCall) -> PortalCall:
    """Nobody needs it any more."""
    return replace(call, ring=replace(call.ring, phone=None) if call.ring else None)
