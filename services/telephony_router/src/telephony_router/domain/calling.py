"""What is told of a call, and when: each fact once, however often and in whatever order its events come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from kernel.deadline import Deadline

from telephony_router.domain import call as c
from telephony_router.domain.call import Errand, Event, PhoneCall, Said
from telephony_router.domain.call_story import NO_REPORT, story
from telephony_router.domain.portal_side import PortalSide, merged, with_news
from telephony_router.domain.portal_telling import owed

PATIENCE = timedelta(minutes=3)
"""So long after its plan is through an unanswered call is still believed to ring."""
LONGEST_TALK = timedelta(hours=4)
PORTAL = "portal"
MOST_EVENTS = 200
"""A call that was handed on so often is a loop; what is said after that is not kept."""


def decide(command: c.Command, call: PhoneCall | None) -> Sequence[c.Change]:
    """Total: nothing that a provider says is refused here."""
    match command:
        case c.Receive():
            return _receive(command, call)
        case c.Report():
            received = c.CallReceived(command.call_id, command.offer, command.at, command.shown)
            opened = [] if call else [received]
            return [*opened, *_hear(call or evolve(None, received), command.events, command.at)]
        case c.SilencePassed():
            return _silence(command, call)
        case _:
            return _keep(command, call) if call else []


def _keep(
    command: c.ErrandDone | c.ForgetCaller | c.NoteLook | c.NotePortal, call: PhoneCall
) -> Sequence[c.Change]:
    match command:
        case c.ErrandDone():
            return [c.ErrandRun(command.errand)] if command.errand in call.errands else []
        case c.ForgetCaller():
            return [c.CallerForgotten()] if evolve(call, c.CallerForgotten()) != call else []
        case c.NoteLook():
            heard = command.what == "recording"
            return [c.RecordingHeard(command.by) if heard else c.NumberSeen(command.by)]
        case c.NotePortal():
            return _noted(command, call)


def _receive(command: c.Receive, call: PhoneCall | None) -> Sequence[c.Change]:
    """The first plan stands: the same question gives the same answer."""
    if call is None:
        return [
            c.CallReceived(command.call_id, command.offer, command.at, command.shown),
            c.CallRouted(command.plan, command.offer),
        ]
    over = story(call).ended_at is not None
    return [] if call.plan or over else [c.CallRouted(command.plan, command.offer)]


def _hear(call: PhoneCall, events: Sequence[Event], at: datetime) -> list[c.Change]:
    known = {each.event_id for each in call.events}
    fresh: dict[str, Event] = {}
    for each in events:
        if each.event_id not in known and len(known) + len(fresh) < MOST_EVENTS:
            fresh.setdefault(each.event_id, each)
    if not fresh:
        return []
    heard = c.EventsHeard(tuple(fresh.values()), at)
    return [heard, *_news(evolve(call, heard))]


def _news(call: PhoneCall) -> list[c.Change]:
    """What can be told now that was not told before."""
    now, told = story(call), set(call.told)
    found: list[c.Change] = []
    if now.answered_at and "answered" not in told:
        found.append(c.CallAnswered())
    if now.status == "finished" and "finished" not in told:
        found.append(c.CallFinished())
    if now.status == "missed" and "missed" not in told:
        found.append(c.CallMissed())
    return found


def _noted(command: c.NotePortal, call: PhoneCall) -> Sequence[c.Change]:
    if call.portal is None:
        return []
    side = merged(call.portal, command.side)
    return [] if side == call.portal else [c.PortalTold(side)]


def _silence(command: c.SilencePassed, call: PhoneCall | None) -> Sequence[c.Change]:
    if call is None or all(each.at > command.at for each in deadlines(call) if each.name == "silence"):
        return []
    return _hear(call, (Event("router:silence", Said.ENDED, command.at, code=NO_REPORT),), command.at)


def evolve(call: PhoneCall | None, change: c.Change) -> PhoneCall:
    """The call after a change."""
    if isinstance(change, c.CallReceived):
        side = PortalSide(due_at=change.at) if change.shown else None
        return PhoneCall(change.call_id, change.offer, change.at, told=("received",), portal=side)
    assert call is not None
    match change:
        case c.CallRouted():
            offer = call.offer if call.forgotten else change.offer
            return replace(call, plan=change.plan, offer=offer, told=(*call.told, "routed"))
        case c.EventsHeard():
            side = with_news(call.portal, change.at) if call.portal else None
            heard = _silent(change.events) if call.forgotten else change.events
            return replace(call, events=(*call.events, *heard), portal=side)
        case c.ErrandRun():
            return replace(call, errands=tuple(each for each in call.errands if each != change.errand))
        case c.CallerForgotten():
            nobody = replace(call.offer, number=None, hash=None)
            return replace(call, offer=nobody, events=_silent(call.events), forgotten=True)
        case _:
            return _told(call, change)


def _silent(events: Sequence[Event]) -> tuple[Event, ...]:
    """Without the recordings of his voice."""
    return tuple(replace(each, recording=None) for each in events)


def _told(
    call: PhoneCall,
    change: c.CallAnswered | c.CallMissed | c.CallFinished | c.RecordingHeard | c.NumberSeen | c.PortalTold,
) -> PhoneCall:
    match change:
        case c.PortalTold():
            return replace(call, portal=change.side)
        case c.CallAnswered():
            late = (Errand.WITHDRAW,) if "missed" in call.told else ()
            return _owing(call, "answered", Errand.SETTLE, *late)
        case c.CallMissed():
            return _owing(call, "missed", Errand.CALL_BACK)
        case c.CallFinished():
            return _owing(call, "finished")
        case c.RecordingHeard() | c.NumberSeen():
            return call


def _owing(call: PhoneCall, told: str, *errands: Errand) -> PhoneCall:
    return replace(call, told=(*call.told, told), errands=(*call.errands, *errands))


def deadlines(call: PhoneCall) -> list[Deadline]:
    """Errands are due at once, the portal when it can; a call of which nobody says more is taken to be over some time."""
    errands = [Deadline(errand.value, call.heard_at) for errand in call.errands]
    if call.portal is not None and owed(call):
        errands.append(Deadline(PORTAL, call.portal.due_at or call.heard_at))
    now = story(call)
    if now.ended_at is not None:
        return errands
    if now.answered_at is not None:
        return [*errands, Deadline("silence", now.answered_at + LONGEST_TALK)]
    seconds = sum(step.seconds for step in call.plan.steps) if call.plan else 0
    begun = max(call.heard_at, *(each.at for each in call.events)) if call.events else call.heard_at
    return [*errands, Deadline("silence", begun + timedelta(seconds=seconds) + PATIENCE)]
