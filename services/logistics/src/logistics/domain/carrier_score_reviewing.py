"""How a carrier's review and the log of contacts with him go on (R59, R72). Pure."""

from collections.abc import Sequence
from dataclasses import replace

from kernel.action import Action
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty

from logistics.domain.carrier_score_review import (
    CarrierRelation,
    Change,
    Command,
    Concluded,
    ConcludeReview,
    Contact,
    ContactKind,
    ContactLogged,
    LogContact,
    NoReview,
    OpenReview,
    Review,
    ReviewConcluded,
    ReviewDeadlinePassed,
    ReviewLate,
    ReviewOpened,
    TalkComesFirst,
    Verdict,
)
from logistics.domain.carrier_trial import TRIAL, EndTrial, SuccessorNeeded, TrialCompared, TrialResult

MOST_CONTACTS = 200
"""The newest are kept; favours are counted for good."""
REVIEW = "review"


def decide(command: Command, relation: CarrierRelation | None) -> Decision[Change]:
    """What comes of a command, or a refusal (R59, R72)."""
    review = relation.review if relation else None
    if isinstance(command, OpenReview):
        last = relation.last if relation else None
        rests = last is not None and last.at > command.not_since
        return [] if review or rests else [ReviewOpened(command.carrier_id, command.review)]
    if isinstance(command, ReviewDeadlinePassed):
        late = review is not None and review.due_at <= command.at
        return [ReviewLate(command.owner_id, command.due_at)] if late else []
    if isinstance(command, EndTrial):
        return _end_trial(command, relation)
    no = duty(command.actor, Action.RUN_INCIDENT)
    if no is not None:
        if relation is None:
            raise no.refusal
        return no
    if isinstance(command, LogContact):
        return [ContactLogged(command.carrier_id, command.contact)]
    return _conclude(command, relation)


def evolve(relation: CarrierRelation | None, change: Change) -> CarrierRelation:
    """What there is between us after a change."""
    match change:
        case ReviewOpened():
            return replace(relation or CarrierRelation(change.carrier_id), review=change.review)
        case ContactLogged():
            return _logged(relation or CarrierRelation(change.carrier_id), change.contact)
        case _:
            assert relation is not None
    match change:
        case ReviewConcluded():
            return replace(relation, review=None, last=change.concluded, trial=change.trial)
        case TrialCompared():
            return replace(relation, trial=None, result=change.result)
        case ReviewLate():
            assert relation.review is not None
            late = replace(
                relation.review,
                owner_id=change.owner_id,
                due_at=change.due_at,
                late=relation.review.late + 1,
            )
            return replace(relation, review=late)
        case DutyRefused():
            return relation


def deadlines(relation: CarrierRelation) -> Sequence[Deadline]:
    """An open review always has one, and so has a trial."""
    review = [Deadline(REVIEW, relation.review.due_at)] if relation.review else []
    return [*review, *([Deadline(TRIAL, relation.trial.compare_at)] if relation.trial else [])]


def _conclude(command: ConcludeReview, relation: CarrierRelation | None) -> Sequence[Change]:
    if relation is not None and relation.review is None and relation.last is not None:
        same = (relation.last.verdict, relation.last.by) == (command.verdict, command.actor.id)
        if same:
            return []
    if relation is None or relation.review is None:
        raise NoReview("No review of this carrier is open.")
    if command.verdict is Verdict.REPLACE and not relation.talked:
        raise TalkComesFirst("Talk it through with the carrier first, and write it down.")
    if command.verdict is Verdict.REPLACE and (
        command.trial is None or command.trial.tried == command.carrier_id
    ):
        raise SuccessorNeeded("Name another carrier, who takes his place on trial.")
    return [ReviewConcluded(Concluded(command.verdict, command.actor.id, command.at), command.trial)]


def _end_trial(command: EndTrial, relation: CarrierRelation | None) -> Sequence[Change]:
    """What came of it is kept; who did no better is under review again (R72)."""
    trial = relation.trial if relation else None
    if relation is None or trial is None or command.at < trial.compare_at:
        return []
    compared = TrialCompared(TrialResult(trial.tried, trial.before, command.after, command.at))
    if not command.reasons or relation.review is not None:
        return [compared]
    again = Review(command.reasons, command.at, command.owner_id, command.due_at)
    return [compared, ReviewOpened(command.carrier_id, again)]


def _logged(relation: CarrierRelation, contact: Contact) -> CarrierRelation:
    kind = contact.kind
    return replace(
        relation,
        contacts=(*relation.contacts, contact)[-MOST_CONTACTS:],
        favours_given=relation.favours_given + (kind is ContactKind.FAVOUR_GIVEN),
        favours_received=relation.favours_received + (kind is ContactKind.FAVOUR_RECEIVED),
    )
