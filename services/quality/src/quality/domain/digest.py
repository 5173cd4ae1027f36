"""What customers said in a week, brought to the meeting of the top team (R95)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from kernel.action import Action
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty

from quality.domain.acts import Acts
from quality.domain.judging import Figures
from quality.domain.refusals import UnknownDigest

MAKE = "make"
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Contents:
    """Of the orders `delivered` in the week, `called` were answered for; `figures` and `problems` (how often each) are of
    the answers given in it. `words` and `ideas` are calls whose customers said something of their own; what they said is
    read there, so who is erased is in no digest. `flags`: nobody answers for service, or a service level has no metric, no
    target, or is to be looked at anew (R13, R92).
    """

    delivered: int = 0
    called: int = 0
    figures: Figures = field(default_factory=Figures)
    problems: Mapping[str, int] = field(default_factory=dict[str, int])
    words: tuple[str, ...] = ()
    ideas: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Digest:
    """`week` by ISO 8601, `2026-W10`. It is made at `due_at`, once; no contents before."""

    shop_id: str
    week: str
    due_at: datetime
    contents: Contents | None = None
    acts: Acts = field(default_factory=Acts)


@dataclass(frozen=True, slots=True)
class Expect:
    """There will be something to tell of this week, if only that nobody was asked."""

    shop_id: str
    week: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Make:
    shop_id: str
    week: str
    contents: Contents


@dataclass(frozen=True, slots=True)
class ReadDigest:
    shop_id: str
    week: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class DigestJournalled:
    shop_id: str
    week: str
    up_to: int


@dataclass(frozen=True, slots=True)
class DigestExpected:
    shop_id: str
    week: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class DigestMade:
    contents: Contents


@dataclass(frozen=True, slots=True)
class DigestRead:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DigestActsWritten:
    up_to: int


DigestCommand = Expect | Make | ReadDigest | DigestJournalled
DigestChange = DigestExpected | DigestMade | DigestRead | DigestActsWritten | DutyRefused


class NeverExpected(Exception):
    """A change of a digest that nobody expected: a defect."""


def key_of(shop_id: str, week: str) -> str:
    """One a week and shop."""
    return f"{shop_id}:{week}"


def week_of(day: date) -> str:
    """The ISO week a day belongs to."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def monday_of(week: str) -> date:
    """The first day of a week; raise `ValueError` for what is none."""
    return date.fromisoformat(f"{week}-1")


def decide(command: DigestCommand, digest: Digest | None) -> Decision[DigestChange]:
    """Made once; read by who may read answers, and each look is written down (R8)."""
    if isinstance(command, Expect):
        return [] if digest else [DigestExpected(command.shop_id, command.week, command.due_at)]
    if digest is None:
        raise UnknownDigest("There is no digest of this week.")
    match command:
        case Make():
            return [] if digest.contents else [DigestMade(command.contents)]
        case DigestJournalled():
            done = any(each.number <= command.up_to for each in digest.acts.open)
            return [DigestActsWritten(command.up_to)] if done else []
        case ReadDigest():
            no = duty(command.actor, Action.READ_ANSWERS)
            if no is not None:
                return no
            if digest.contents is None:
                raise UnknownDigest("The week is not over.")
            return [DigestRead(command.actor.id, command.at)]


def evolve(digest: Digest | None, change: DigestChange) -> Digest:
    """The digest after the change."""
    match change, digest:
        case DigestExpected(), None:
            return Digest(change.shop_id, change.week, change.due_at)
        case DutyRefused(), Digest():
            return digest
        case DigestMade(), Digest():
            return replace(digest, contents=change.contents)
        case DigestRead(), Digest():
            return replace(digest, acts=digest.acts.plus("digest_read", change.by, change.at))
        case DigestActsWritten(), Digest():
            return replace(digest, acts=digest.acts.written(change.up_to))
        case _:
            raise NeverExpected(type(change).__name__)


def deadlines(digest: Digest) -> Sequence[Deadline]:
    """To be made; what people did is to be written into the journal."""
    waits = [] if digest.contents else [Deadline(MAKE, digest.due_at)]
    return [*waits, *digest.acts.due()]
