"""Asking a carrier where a shipment is: soon after he hinted at news, now and then when he says nothing, with growing pauses
while he is down. What he then answers is a matter of the shipment itself.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zlib import crc32

from kernel.deadline import Deadline

ASKED_WITHIN = timedelta(minutes=3)
"""Who asks has so long; then whoever meets the deadline asks again."""
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_WATCH = timedelta(days=120)
"""Nobody asks about a shipment for longer; a hint wakes it."""
MOST_UNKNOWN = 20


@dataclass(frozen=True, slots=True)
class Tracking:
    """`hinted`: news since he was asked last. `next_at`: when he is asked; None: it is over. `failures`: how often in a row he
    was down. `asked`: how many questions were begun. `unknown`: words of his that nobody here knows.
    """

    shipment_id: str
    carrier_id: str
    since: datetime
    next_at: datetime | None
    hinted: bool = False
    failures: int = 0
    asked: int = 0
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Follow:
    """It was registered with him."""

    shipment_id: str
    carrier_id: str
    every: timedelta
    at: datetime


@dataclass(frozen=True, slots=True)
class Hint:
    """Somebody says that there is news of it; the carrier will say whether it is so."""

    shipment_id: str
    carrier_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BeginAsking:
    shipment_id: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteAnswer:
    """He was asked, and has said all he knows. `over`: nothing more will happen to it."""

    shipment_id: str
    every: timedelta
    at: datetime
    over: bool = False
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoteSilence:
    """He was asked, and is down."""

    shipment_id: str
    every: timedelta
    at: datetime


Command = Follow | Hint | BeginAsking | NoteAnswer | NoteSilence


@dataclass(frozen=True, slots=True)
class TrackingBegun:
    tracking: Tracking


@dataclass(frozen=True, slots=True)
class NewsHinted:
    next_at: datetime


@dataclass(frozen=True, slots=True)
class AskingBegun:
    again_at: datetime


@dataclass(frozen=True, slots=True)
class CarrierAnswered:
    next_at: datetime | None
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CarrierSilent:
    next_at: datetime


Change = TrackingBegun | NewsHinted | AskingBegun | CarrierAnswered | CarrierSilent


def decide(command: Command, tracking: Tracking | None) -> list[Change]:
    """Total: what is asked twice, late or of nothing changes nothing."""
    match command:
        case Follow():
            first = command.at + spread(command.every, command.shipment_id)
            begun = Tracking(command.shipment_id, command.carrier_id, command.at, first)
            return [] if tracking else [TrackingBegun(begun)]
        case Hint():
            return hint(command, tracking)
        case BeginAsking():
            due = tracking is not None and tracking.next_at is not None and tracking.next_at <= command.at
            return [AskingBegun(command.at + ASKED_WITHIN)] if due else []
        case NoteAnswer():
            return [answered(command, tracking)] if tracking else []
        case NoteSilence():
            return [silent(command, tracking)] if tracking else []


def hint(command: Hint, tracking: Tracking | None) -> list[Change]:
    """Of a thousand hints at once the first is written down. While he is down his pauses are kept: he is asked when he is
    likely to answer, and the hint waits for that.
    """
    if tracking is None:
        begun = Tracking(command.shipment_id, command.carrier_id, command.at, command.at, hinted=True)
        return [TrackingBegun(begun)]
    if tracking.hinted:
        return []
    waits = tracking.next_at if tracking.failures else None
    return [NewsHinted(waits or command.at)]


def answered(command: NoteAnswer, tracking: Tracking) -> CarrierAnswered:
    """A hint that came while he was being asked may be newer than his answer: he is asked again."""
    known = tuple(dict.fromkeys((*tracking.unknown, *command.unknown)))[:MOST_UNKNOWN]
    if tracking.hinted:
        return CarrierAnswered(command.at, known)
    if command.over or command.at - tracking.since > LONGEST_WATCH:
        return CarrierAnswered(None, known)
    return CarrierAnswered(command.at + spread(command.every, command.shipment_id), known)


def silent(command: NoteSilence, tracking: Tracking) -> CarrierSilent:
    """Each pause is twice the last one, up to the usual one."""
    pause = min(command.every, FIRST_PAUSE * 2 ** min(tracking.failures, 20))
    return CarrierSilent(command.at + spread(pause, f"{command.shipment_id}/{tracking.failures}"))


def evolve(tracking: Tracking | None, change: Change) -> Tracking:
    """The tracking after a change."""
    if isinstance(change, TrackingBegun):
        return change.tracking
    assert tracking is not None
    match change:
        case NewsHinted():
            return replace(tracking, hinted=True, next_at=change.next_at)
        case AskingBegun():
            return replace(tracking, hinted=False, next_at=change.again_at, asked=tracking.asked + 1)
        case CarrierAnswered():
            return replace(tracking, next_at=change.next_at, failures=0, unknown=change.unknown)
        case CarrierSilent():
            return replace(tracking, next_at=change.next_at, failures=tracking.failures + 1)


def deadlines(tracking: Tracking) -> list[Deadline]:
    """When he is asked. Each question is a deadline of its own, also of the same moment: each fires once."""
    return [Deadline(f"ask:{tracking.asked}", tracking.next_at)] if tracking.next_at else []


def spread(pause: timedelta, of: str) -> timedelta:
    """A pause between three and five quarters of it, the same for the same thing: many that began at once don't ask at once."""
    return pause * (0.75 + crc32(of.encode()) / 2**33)
