"""The review of a carrier who fails, and the log of our contacts with him: problems are talked through before another takes
his place (R59, R72).
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from kernel.actor import Actor
from kernel.refusal import NotFound, Refusal
from kernel.refused_duty import DutyRefused

from logistics.domain.carrier_trial import EndTrial, Trial, TrialCompared, TrialResult


class NoReview(NotFound):
    """No review of this carrier is open."""


class TalkComesFirst(Refusal):
    """Talk the problems through and write it down before another takes his place (R72)."""

    rule = "R72"


class ContactKind(StrEnum):
    NOTE = "note"
    TALK = "talk"
    FAVOUR_GIVEN = "favour_given"
    FAVOUR_RECEIVED = "favour_received"


class Verdict(StrEnum):
    """`TRY`: he has another chance, `REPLACE`: another takes his place; both are judged by a trial (R72)."""

    KEEP = "keep"
    TRY = "try"
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class Contact:
    """`words` are free, so they lie sealed and never leave the service."""

    kind: ContactKind
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Review:
    """Something to be done: `reasons` are the thresholds that were passed."""

    reasons: tuple[str, ...]
    opened_at: datetime
    owner_id: str
    due_at: datetime
    late: int = 0


@dataclass(frozen=True, slots=True)
class Concluded:
    verdict: Verdict
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CarrierRelation:
    """What there is between us and a carrier besides the terms. `last` is how the last review ended, `result` what the last
    trial showed.
    """

    carrier_id: str
    review: Review | None = None
    last: Concluded | None = None
    contacts: tuple[Contact, ...] = ()
    favours_given: int = 0
    favours_received: int = 0
    trial: Trial | None = None
    result: TrialResult | None = None

    @property
    def talked(self) -> bool:
        """Whether he was heard since the review began (R72)."""
        began = self.review.opened_at if self.review else None
        return began is not None and any(
            each.kind is ContactKind.TALK and each.at >= began for each in self.contacts
        )


@dataclass(frozen=True, slots=True)
class OpenReview:
    """Limits were passed. While a review is open, or one ended since `not_since`: nothing."""

    carrier_id: str
    review: Review
    not_since: datetime


@dataclass(frozen=True, slots=True)
class LogContact:
    carrier_id: str
    contact: Contact
    actor: Actor


@dataclass(frozen=True, slots=True)
class ConcludeReview:
    """`trial` is what begins by it, unless he is kept as he is."""

    carrier_id: str
    verdict: Verdict
    trial: Trial | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ReviewDeadlinePassed:
    carrier_id: str
    owner_id: str
    due_at: datetime
    at: datetime


Command = OpenReview | LogContact | ConcludeReview | ReviewDeadlinePassed | EndTrial


@dataclass(frozen=True, slots=True)
class ReviewOpened:
    carrier_id: str
    review: Review


@dataclass(frozen=True, slots=True)
class ContactLogged:
    carrier_id: str
    contact: Contact


@dataclass(frozen=True, slots=True)
class ReviewConcluded:
    concluded: Concluded
    trial: Trial | None = None


@dataclass(frozen=True, slots=True)
class ReviewLate:
    owner_id: str
    due_at: datetime


Change = ReviewOpened | ContactLogged | ReviewConcluded | ReviewLate | TrialCompared | DutyRefused
