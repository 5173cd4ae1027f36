"""A review of the company on a site, and whether it was answered in time (R81)."""

from dataclasses import dataclass, replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor
from kernel.calendar import WorkingCalendar
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty

from claims.domain.pace import USUAL, within
from claims.domain.policies import Policy
from claims.domain.refusals import UnknownReview

NEGATIVE = 3
"""Of five: this many stars and fewer open a claim."""


@dataclass(frozen=True, slots=True)
class Review:
    """`words` and `reply` are sealed at rest. `claim_id`: the claim that a negative one opened; None until it did."""

    review_id: str
    shop_id: str
    source: str
    rating: int
    words: str
    order_id: str | None
    seen_at: datetime
    reply_by: datetime
    reply: str | None = None
    replied_at: datetime | None = None
    claim_id: str | None = None
    overdue: bool = False

    @property
    def owes_claim(self) -> bool:
        return self.rating <= NEGATIVE and self.claim_id is None


@dataclass(frozen=True, slots=True)
class SeeReview:
    review_id: str
    shop_id: str
    source: str
    rating: int
    words: str
    order_id: str | None
    actor: Actor
    at: datetime
    calendar: WorkingCalendar = USUAL


@dataclass(frozen=True, slots=True)
class ReplyToReview:
    review_id: str
    reply: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class NoteClaim:
    review_id: str
    claim_id: str


@dataclass(frozen=True, slots=True)
class ReplyOverdue:
    review_id: str


Command = SeeReview | ReplyToReview | NoteClaim | ReplyOverdue


@dataclass(frozen=True, slots=True)
class ReviewSeen:
    review: Review


@dataclass(frozen=True, slots=True)
class ReviewReplied:
    reply: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ClaimNoted:
    claim_id: str


@dataclass(frozen=True, slots=True)
class ReplyIsOverdue:
    """The metric counts it (R81)."""


Change = ReviewSeen | ReviewReplied | ClaimNoted | ReplyIsOverdue | DutyRefused


def decide(policy: Policy, command: Command, review: Review | None) -> Decision[Change]:
    """Seen once, replied to once, by whoever answers claims."""
    if isinstance(command, SeeReview):
        return _see(command, review, policy)
    if review is None:
        raise UnknownReview("There is no such review.")
    if isinstance(command, ReplyToReview):
        no = duty(command.actor, Action.ANSWER_CLAIM)
        if no:
            return no
        return [] if review.replied_at else [ReviewReplied(command.reply, command.at)]
    if isinstance(command, NoteClaim):
        return [ClaimNoted(command.claim_id)] if review.owes_claim else []
    return [] if review.replied_at or review.overdue else [ReplyIsOverdue()]


def _see(command: SeeReview, review: Review | None, policy: Policy) -> Decision[Change]:
    no = duty(command.actor, Action.OPEN_CLAIM)
    if no:
        raise no.refusal
    if review is not None:
        return []
    reply_by = within(command.calendar, command.at, policy.reply_within)
    seen = Review(
        command.review_id, command.shop_id, command.source, command.rating, command.words, command.order_id,
        command.at, reply_by,
    )  # fmt: skip
    return [ReviewSeen(seen)]


def evolve(review: Review | None, change: Change) -> Review:
    """The review after a change."""
    if isinstance(change, ReviewSeen):
        return change.review
    assert review is not None  # seeing it comes first
    match change:
        case ReviewReplied():
            return replace(review, reply=change.reply, replied_at=change.at)
        case ClaimNoted():
            return replace(review, claim_id=change.claim_id)
        case ReplyIsOverdue():
            return replace(review, overdue=True)
        case DutyRefused():
            return review


def deadlines(review: Review) -> list[Deadline]:
    """Its reply; and the claim of a negative one, should whoever opens it die meanwhile."""
    owed = [Deadline("open_claim", review.seen_at)] if review.owes_claim else []
    waits = review.replied_at is None and not review.overdue
    return [*owed, *([Deadline("reply", review.reply_by)] if waits else [])]
