"""A call as it comes in: planned from memory, written down, answered; and all that is said of it later."""

import contextlib
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from chassis.chassis import Listing
from chassis.handling import Occasion, Outcome
from chassis.listing import Query
from kernel.actor import service

from telephony_router.application.callers import Caller, Callers, Line
from telephony_router.application.journaling import Journal, JournalFull
from telephony_router.application.situating import Situating
from telephony_router.domain import call as c
from telephony_router.domain.call_story import story
from telephony_router.domain.people import Moment, moment_of
from telephony_router.domain.plan import Plan

ROUTER = service("telephony_router")
RECENT = 5000
OLDEST = timedelta(days=30)
"""What is said to have happened before or after any call of ours is taken to have happened now."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What a provider says of a call: its own id, and numbers as it writes them."""

    provider: str
    provider_call_id: str
    caller: str | None = None
    called: str | None = None
    started_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Routed:
    """The call, where it comes in, and its plan."""

    call_id: str
    line: Line
    plan: Plan


@dataclass(slots=True)
class Taking:
    """`busy`: who talks, by call. It is this replica's knowledge, set right from the store every half second. `shown`: the
    shop has a portal that is to show its calls.
    """

    journal: Journal
    situating: Situating
    callers: Callers
    calls: Listing[c.PhoneCall]
    shown: bool = False
    busy: dict[str, str] = field(default_factory=dict[str, str])
    recent: OrderedDict[str, Plan] = field(default_factory=OrderedDict[str, Plan])
    read: dict[str, int] = field(default_factory=dict[str, int])

    async def receive(self, heard: Heard, at: datetime) -> Routed:
        """The same call asked about again gets the plan it got."""
        call_id, line = call_of(heard), self.callers.line(heard.called)
        plan = self.recent.get(call_id)
        if plan is not None:
            return Routed(call_id, line, plan)
        caller = self.callers.caller(heard.caller)
        call, busy = self.callers.call(caller, line), self.busy.values()
        plan = self.situating.plan(call, caller.hash, line.shop_id, at, busy)
        offer = self._offer(heard, caller, line, at)
        command = c.Receive(call_id=call_id, offer=offer, plan=plan, at=at, shown=self.shown)
        saved: Outcome[c.PhoneCall] | None = None
        with contextlib.suppress(JournalFull):  # the caller is put through all the same
            saved = await self.journal.write(command, _occasion(call_id, at), opening=True)
        first = saved.state.plan if saved and saved.state else None
        return Routed(call_id, line, self._remember(call_id, first or plan))

    async def report(
        self, heard: Heard, events: Sequence[c.Event], at: datetime
    ) -> Outcome[c.PhoneCall] | None:
        """Told twice, out of order or days late: the record is the same. None: it is still being saved."""
        call_id = call_of(heard)
        command = c.Report(
            call_id=call_id,
            offer=self._offer(heard, self.callers.caller(heard.caller), self.callers.line(heard.called), at),
            events=tuple(_sane(each, at) for each in events),
            at=at,
            shown=self.shown,
        )
        saved = await self.journal.write(command, _occasion(call_id, at))
        if saved and saved.state:
            self.note_talk(saved.state)
        return saved

    @staticmethod
    def id_of(heard: Heard) -> str:
        """Our id of it."""
        return call_of(heard)

    def note_talk(self, call: c.PhoneCall) -> None:
        """Who talks is not rung at his desk."""
        now = story(call)
        if now.status == "talking" and now.staff_id:
            self.busy[call.call_id] = now.staff_id
        else:
            self.busy.pop(call.call_id, None)

    async def catch_up(self) -> None:
        """Who talks by what other replicas heard; a call is read once for each thing that was said of it."""
        found = await self.calls.versions(Query(equal={"talking": True}))
        newer = [key for key, version in found.items() if self.read.get(key) != version]
        for held in await self.calls.load_many(newer) if newer else ():
            if held.state:
                self.note_talk(held.state)
        self.busy = {key: staff_id for key, staff_id in self.busy.items() if key in found}
        self.read = found

    def _remember(self, call_id: str, plan: Plan) -> Plan:
        self.recent[call_id] = plan
        while len(self.recent) > RECENT:
            self.recent.popitem(last=False)
        return plan

    def _offer(self, heard: Heard, caller: Caller, line: Line, at: datetime) -> c.Offer:
        started_at = heard.started_at if heard.started_at and _near(heard.started_at, at) else at
        moment = moment_of(self.situating.calendar(line.shop_id), started_at)
        return c.Offer(
            provider=heard.provider,
            provider_call_id=heard.provider_call_id,
            shop_id=line.shop_id,
            line=line.name,
            started_at=started_at,
            number=caller.phone.e164 if caller.phone else None,
            hash=caller.hash,
            at_lunch=moment is Moment.LUNCH,
        )


def call_of(heard: Heard) -> str:
    """The id of a call: the same provider and its id always name the same call."""
    return uuid5(NAMESPACE_URL, f"opblok:call:{heard.provider}:{heard.provider_call_id}").hex


def _occasion(call_id: str, at: datetime) -> Occasion:
    return Occasion(f"call:{call_id}", at, ROUTER, correlation_id=call_id)


def _near(moment: datetime, at: datetime) -> bool:
    return at - OLDEST <= moment <= at + timedelta(minutes=5)


def _sane(event: c.Event, at: datetime) -> c.Event:
    """A provider whose clock is wrong by days does not move the record there."""
    if _near(event.at, at):
        return event
    return c.Event(
        event.event_id,
        event.said,
        at,
        event.leg,
        event.staff_id,
        event.code,
        event.talked_seconds,
        event.recording,
    )
