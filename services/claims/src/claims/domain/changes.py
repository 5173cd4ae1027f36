"""What happens to a claim. Each carries what it is afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from kernel.money import Money
from kernel.refused_duty import DutyRefused

from claims.domain.claim import Cause, Ending, Guest, Keeper, Payment, Ruling
from claims.domain.papers import ItemAsked, Letter, Proof
from claims.domain.term import Demanded
from claims.domain.words import Guests, Stage, Step


@dataclass(frozen=True, slots=True)
class ClaimOpened:
    claim_id: str
    cause: Cause
    keeper: Keeper
    at: datetime
    contact_by: datetime
    attend_by: datetime
    alarm_by: datetime


@dataclass(frozen=True, slots=True)
class KeeperChanged:
    keeper: Keeper


@dataclass(frozen=True, slots=True)
class Attended:
    """Somebody did something; the next is due by then."""

    attend_by: datetime


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """A deadline passed and nothing was done: `name` says which."""

    name: str
    attend_by: datetime


@dataclass(frozen=True, slots=True)
class KeeperHurried:
    """The law's term nears its end: the next step is due by then."""

    attend_by: datetime


@dataclass(frozen=True, slots=True)
class Called:
    """Whoever is that in the shop may read and advise until it is closed (R7)."""

    of: Guests


@dataclass(frozen=True, slots=True)
class StepTicked:
    step: Step
    at: datetime


@dataclass(frozen=True, slots=True)
class InstructionTried:
    helped: bool


@dataclass(frozen=True, slots=True)
class DemandWritten:
    demanded: Demanded


@dataclass(frozen=True, slots=True)
class TermExtended:
    demanded: Demanded


@dataclass(frozen=True, slots=True)
class ItemWasAsked:
    asked: ItemAsked


@dataclass(frozen=True, slots=True)
class MediationNoted:
    on: date


@dataclass(frozen=True, slots=True)
class DecisionProposed:
    """It waits for a second person (R80)."""

    ruling: Ruling


@dataclass(frozen=True, slots=True)
class DecisionDeclined:
    by: str


@dataclass(frozen=True, slots=True)
class ClaimDecided:
    ruling: Ruling
    payment: Payment | None


@dataclass(frozen=True, slots=True)
class PaymentNoted:
    payment: Payment


@dataclass(frozen=True, slots=True)
class LetterWritten:
    """By e-mail it waits to be sent."""

    letter: Letter


@dataclass(frozen=True, slots=True)
class LetterShown:
    """Its words were given to the service that sends it; it stands in the timeline."""

    number: int
    by: str


@dataclass(frozen=True, slots=True)
class LetterWent:
    """A gateway took it."""

    letter: Letter


@dataclass(frozen=True, slots=True)
class LetterFailed:
    """It did not go: whoever has the claim brings it to the customer otherwise."""

    letter: Letter


@dataclass(frozen=True, slots=True)
class EvidenceAdded:
    proof: Proof


@dataclass(frozen=True, slots=True)
class EvidenceSeen:
    """Somebody looked; it stands in the timeline."""

    evidence_id: str
    by: str


@dataclass(frozen=True, slots=True)
class GuestInvited:
    guest: Guest


@dataclass(frozen=True, slots=True)
class ApprovalOverdue:
    """Nobody agreed in time: management is called, the law's clock runs on (R80)."""

    ruling: Ruling


@dataclass(frozen=True, slots=True)
class AdviceGiven:
    guest: Guest


@dataclass(frozen=True, slots=True)
class StageSharpened:
    stage: Stage


@dataclass(frozen=True, slots=True)
class TryNoted:
    on: date


@dataclass(frozen=True, slots=True)
class TermMarked:
    """So much of the law's term is over; `exposure` is what it costs by now."""

    mark: str
    exposure: Money


@dataclass(frozen=True, slots=True)
class ClaimEnded:
    """`keep_until`: so long it may be called on, and the person stays in it."""

    ending: Ending
    keep_until: datetime


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """The person is gone from it, on his request or by age; numbers and days stay (152-FZ)."""

    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class FilesRemoved:
    """The contents of its evidence are gone."""


@dataclass(frozen=True, slots=True)
class ClaimReopened:
    reason: str
    at: datetime
    attend_by: datetime


Change = (
    ClaimOpened | KeeperChanged | Attended | LeftAlone | StepTicked | InstructionTried | DemandWritten | TermExtended
    | ItemWasAsked | MediationNoted | DecisionProposed | DecisionDeclined | ClaimDecided | PaymentNoted | LetterWritten
    | LetterShown | LetterWent | LetterFailed
    | EvidenceAdded | EvidenceSeen | GuestInvited | ApprovalOverdue | AdviceGiven | StageSharpened | TryNoted
    | KeeperHurried | Called | TermMarked | ClaimEnded | ClaimReopened | PersonForgotten | FilesRemoved | DutyRefused
)  # fmt: skip
