"""Who is difficult: a customer or a carrier with whom it is fine not to work. Two people say so, for a reason, for a while
(R74). Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from kernel.action import Action
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.duties import may_approve
from kernel.refusal import Decision, NotAllowed, NotFound, Refusal, Refused
from kernel.refused_duty import DutyRefused, duty, refused

EXPIRES = "expires"
LONGEST = timedelta(days=366)


class Party(StrEnum):
    """Never by a name or an address: by the id that others know."""

    CUSTOMER = "customer"
    CARRIER = "carrier"


class NobodyProposed(NotFound):
    """Nobody proposed this, or its time is over."""


class SecondSignatureMissing(NotAllowed):
    """Who proposed it does not sign it, too (R74)."""

    rule = "R74"


class FlagOutOfSight(Refusal):
    """It ends some day: within a year (R74)."""

    rule = "R74"


@dataclass(frozen=True, slots=True)
class Difficult:
    """Proposed by one; a flag once another signed. `reason` is one word of ours; at `until` it is over."""

    party: Party
    party_id: str
    reason: str
    until: datetime
    proposed_by: str
    proposed_at: datetime
    signed_by: str | None = None
    ended_at: datetime | None = None

    @property
    def waits(self) -> bool:
        return self.signed_by is None and self.ended_at is None

    def warns(self, at: datetime) -> bool:
        """Whether people are warned of him at this moment."""
        return self.signed_by is not None and self.ended_at is None and at < self.until


@dataclass(frozen=True, slots=True)
class ProposeDifficult:
    party: Party
    party_id: str
    reason: str
    until: datetime
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class SignDifficult:
    """The second signature, or a no, to what was read: this reason, this end."""

    party: Party
    party_id: str
    agrees: bool
    reason: str
    until: datetime
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class LiftDifficult:
    """It is not so any more."""

    party: Party
    party_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class DifficultExpired:
    party: Party
    party_id: str
    at: datetime


Command = ProposeDifficult | SignDifficult | LiftDifficult | DifficultExpired


@dataclass(frozen=True, slots=True)
class Proposed:
    difficult: Difficult


@dataclass(frozen=True, slots=True)
class Signed:
    by: str


@dataclass(frozen=True, slots=True)
class Ended:
    """`by` is nobody when its time was over."""

    by: str | None
    at: datetime


Change = Proposed | Signed | Ended | DutyRefused


def key_of(party: Party, party_id: str) -> str:
    """One flag for one party."""
    return f"{party.value}:{party_id}"


def decide(command: Command, known: Difficult | None) -> Decision[Change]:
    """One proposes, another signs; whoever may sign may lift it; time lifts it by itself (R74)."""
    if isinstance(command, DifficultExpired):
        over = known is not None and known.ended_at is None and known.until <= command.at
        return [Ended(None, command.at)] if over else []
    action = Action.RUN_INCIDENT if isinstance(command, ProposeDifficult) else Action.APPROVE_INCIDENT
    no = duty(command.actor, action)
    if no is not None:
        if known is None:
            raise no.refusal
        return no
    if isinstance(command, ProposeDifficult):
        return _propose(command, known)
    if known is None:
        raise NobodyProposed("Nobody proposed this.")
    if isinstance(command, LiftDifficult):
        return [] if known.ended_at else [Ended(command.actor.id, command.at)]
    return _sign(command, known)


def evolve(known: Difficult | None, change: Change) -> Difficult:
    """The flag after a change."""
    if isinstance(change, Proposed):
        return change.difficult
    assert known is not None
    match change:
        case Signed():
            return replace(known, signed_by=change.by)
        case Ended():
            return replace(known, ended_at=change.at)
        case DutyRefused():
            return known


def deadlines(known: Difficult) -> Sequence[Deadline]:
    """Until it is over."""
    return [] if known.ended_at else [Deadline(EXPIRES, known.until)]


def _propose(command: ProposeDifficult, known: Difficult | None) -> Sequence[Change]:
    same = known is not None and (known.reason, known.until) == (command.reason, command.until)
    if known is not None and known.ended_at is None and same:
        return []
    if not command.at < command.until <= command.at + LONGEST:
        raise FlagOutOfSight("It ends in the future, and within a year.")
    fresh = Difficult(
        command.party, command.party_id, command.reason, command.until, command.actor.id, command.at
    )
    return [Proposed(fresh)]


def _sign(command: SignDifficult, known: Difficult) -> Decision[Change]:
    if known.signed_by == command.actor.id and command.agrees and known.ended_at is None:
        return []
    if not known.waits or (known.reason, known.until) != (command.reason, command.until):
        raise NobodyProposed("Nothing waits for a signature in these words; read it again.")
    if not may_approve(command.actor.id, known.proposed_by):
        no = SecondSignatureMissing("Somebody else has to sign what you proposed.")
        return Refused(refused(command.actor, Action.APPROVE_INCIDENT, "R74", no).changes, no)
    return [Signed(command.actor.id)] if command.agrees else [Ended(command.actor.id, command.at)]
