"""What became of a call, read from all that was said of it: the same whatever order it was said in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from telephony_router.domain.call import Event, PhoneCall, Said
from telephony_router.domain.plan import Kind, Recognition, Step, Target

RANK = {
    Said.RINGING: 0, Said.SILENT: 1, Said.ANSWERED: 2, Said.TRANSFERRED: 3, Said.ENDED: 4, Said.RECORDED: 5,
}  # fmt: skip
NO_REPORT = "no_report"
"""We closed the call ourselves, since nobody said how it went on; what a provider says later weighs more."""
CLOSED = frozenset({"closed", "outside_phone_hours"})


@dataclass(frozen=True, slots=True)
class Leg:
    """One telephone that rang: for whom, and how it ended (answered, or a provider's word)."""

    number: int
    staff_id: str | None
    target: str
    rang_at: datetime | None
    ended: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """`waited`: until somebody picked up, or the call was over. `staff_id`: who talked last."""

    answered_at: datetime | None
    ended_at: datetime | None
    staff_id: str | None
    target: str | None
    first_try: bool
    transfers: int
    waited: int
    talked: int
    legs: tuple[Leg, ...]
    recording: str | None
    missed_reason: str

    @property
    def status(self) -> str:
        """ringing, talking, finished, missed."""
        if self.ended_at is not None:
            return "finished" if self.answered_at else "missed"
        return "talking" if self.answered_at else "ringing"


def story(call: PhoneCall) -> Story:
    """Read it all."""
    events = sorted(call.events, key=lambda each: (each.at, RANK[each.said], each.event_id))
    ended = _ended(events)
    picked = [each for each in events if each.said in (Said.ANSWERED, Said.TRANSFERRED)]
    talked = (ended.talked_seconds or 0) if ended else 0
    answered_at = picked[0].at if picked else None
    if answered_at is None and ended is not None and talked:
        answered_at, picked = ended.at - timedelta(seconds=talked), [ended]
    if ended is not None and answered_at is not None and not talked:
        talked = _seconds(answered_at, ended.at)
    until = answered_at or (ended.at if ended else None)
    return Story(
        answered_at=answered_at,
        ended_at=ended.at if ended else None,
        staff_id=next((who for each in reversed(picked) if (who := _who(call, each))), None),
        target=_target(call, picked[0]) if picked else None,
        first_try=bool(picked) and _is_first(call, picked[0]),
        transfers=sum(each.said is Said.TRANSFERRED for each in events),
        waited=_seconds(call.offer.started_at, until) if until else 0,
        talked=talked,
        legs=_legs(call, events),
        recording=next((each.recording for each in reversed(events) if each.recording), None),
        missed_reason=_missed_reason(call, ended),
    )


def _ended(events: list[Event]) -> Event | None:
    """The end as the provider said it; ours only where it said none; of several the one that knows of a talk."""
    ends = [each for each in events if each.said is Said.ENDED]
    theirs = [each for each in ends if each.code != NO_REPORT]
    return max(
        theirs or ends, key=lambda each: (each.talked_seconds or 0, each.at, each.event_id), default=None
    )


def step_of(call: PhoneCall, leg: int | None) -> Step | None:
    """The step of the plan that a leg carries out."""
    steps = call.plan.steps if call.plan else ()
    return steps[leg - 1] if leg is not None and 1 <= leg <= len(steps) else None


def _who(call: PhoneCall, event: Event) -> str | None:
    step = step_of(call, event.leg)
    return event.staff_id or (step.staff_id if step and step.kind is Kind.RING else None)


def _target(call: PhoneCall, event: Event) -> str:
    """The part he plays, by the leg, else by the person; a leg that no plan knows is the emergency route."""
    step = step_of(call, event.leg)
    if step is not None:
        return step.target
    steps = call.plan.rings if call.plan else ()
    return next((each.target for each in steps if each.staff_id and each.staff_id == event.staff_id), "other")


def _is_first(call: PhoneCall, event: Event) -> bool:
    """Whether the first telephone that the plan rings was picked up (R99)."""
    rings = call.plan.rings if call.plan else ()
    if not rings:
        return False
    step = step_of(call, event.leg)
    return step is rings[0] if step else event.staff_id is not None and event.staff_id == rings[0].staff_id


def _legs(call: PhoneCall, events: list[Event]) -> tuple[Leg, ...]:
    found: dict[int, Leg] = {}
    for event in events:
        if event.leg is None or event.said not in (Said.RINGING, Said.SILENT, Said.ANSWERED):
            continue
        known = found.get(event.leg) or Leg(event.leg, _who(call, event), _target(call, event), None, None)
        rang_at = event.at if event.said is Said.RINGING and known.rang_at is None else known.rang_at
        ended = known.ended
        if event.said is not Said.RINGING:
            ended = "answered" if event.said is Said.ANSWERED else event.code or "no_answer"
        found[event.leg] = Leg(event.leg, known.staff_id, known.target, rang_at, ended)
    return tuple(found[number] for number in sorted(found))


def _missed_reason(call: PhoneCall, ended: Event | None) -> str:
    plan = call.plan
    if plan is None or (ended and ended.code == NO_REPORT):
        return "router_down" if plan is None else "nobody_answered"
    if plan.recognition is Recognition.BLOCKED:
        return "blocked"
    said = {step.reason for step in plan.steps if step.target is Target.CALLER}
    if not plan.rings and CLOSED & said:
        return "outside_hours"
    return "hung_up" if ended and ended.code == "hung_up" else "nobody_answered"


def _seconds(begins: datetime, ends: datetime) -> int:
    return max(0, round((ends - begins).total_seconds()))
