"""What can be asked of a claim. `at` is the moment of the asking, UTC."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kernel.actor import Actor
from kernel.calendar import WorkingCalendar
from kernel.money import Money

from claims.domain.claim import Cause, Keeper
from claims.domain.pace import USUAL, within
from claims.domain.term import Demanded
from claims.domain.words import Answer, Channel, Extension, Guests, Outcome, Paper, Stage, Step, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """By whom, when, of which claim. `calendar` is its shop's working time, by which inner deadlines count."""

    claim_id: str
    actor: Actor
    at: datetime
    calendar: WorkingCalendar = USUAL

    def by(self, working: timedelta) -> datetime:
        """When so much of the shop's working time has passed."""
        return within(self.calendar, self.at, working)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClaim(Asked):
    cause: Cause
    keeper: Keeper


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeClaim(Asked):
    """`trained`: whether he has the algorithm; else `mentor_id` names who stands by him, and `mentor_fits`: who has it himself (R77)."""

    trained: bool
    mentor_id: str | None = None
    mentor_fits: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TickStep(Asked):
    step: Step


@dataclass(frozen=True, slots=True, kw_only=True)
class TryInstruction(Asked):
    helped: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteDemand(Asked):
    demanded: Demanded


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtendTerm(Asked):
    """`next_delivery_on`, `application`: of the Far North alone."""

    extension: Extension
    next_delivery_on: date | None = None
    application: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskForItem(Asked):
    on: date
    channel: Channel
    answer: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMediation(Asked):
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Decide(Asked):
    verdict: Verdict
    amount: Money
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve(Asked):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decline(Asked):
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepLetter(Asked):
    paper: Paper
    channel: Channel
    text: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowLetter(Asked):
    """The words, for the service that sends them."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HearLetter(Asked):
    """What became of a letter by e-mail: it went, or why it did not."""

    number: int
    failed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddEvidence(Asked):
    evidence_id: str
    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LookAtEvidence(Asked):
    evidence_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalate(Asked):
    """`fits`: he is what he is brought in as."""

    to: Guests
    staff_id: str
    until: datetime
    fits: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Advise(Asked):
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharpen(Asked):
    stage: Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteTry(Asked):
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Close(Asked):
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopen(Asked):
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteMoney(Asked):
    """What orders answered: it took it, it is down, or it said no."""

    number: int
    taken: bool
    refused: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPerson(Asked):
    """He is erased from the whole house, or it was kept as long as it has to be."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFilesRemoved(Asked):
    """The contents of its evidence are gone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePassed(Asked):
    """`stand_in`: who answers from now on, when the keeper is away."""

    name: str
    stand_in: Keeper | None = None


Command = (
    OpenClaim | TakeClaim | TickStep | TryInstruction | WriteDemand | ExtendTerm | AskForItem | NoteMediation
    | Decide | Approve | Decline | KeepLetter | ShowLetter | HearLetter | AddEvidence | LookAtEvidence | Escalate | Advise | Sharpen
    | NoteTry | Close | Reopen | NoteMoney | DeadlinePassed | ForgetPerson | NoteFilesRemoved
)  # fmt: skip
