"""Opening a claim, taking it, closing it, opening it again."""

from kernel.action import Action
from kernel.refusal import Decision
from kernel.refused_duty import duty

from claims.domain import changes as c
from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Claim, Ending, Keeper
from claims.domain.guarding import his, known
from claims.domain.policies import Policy
from claims.domain.refusals import ClaimStillOpen, InstructionFirst, MentorNeeded, NotConfirmed
from claims.domain.words import Chosen, Kind, Outcome


def open_claim(command: o.OpenClaim, claim: Claim | None, policy: Policy) -> Decision[Change]:
    """Anybody of the house, the site, or another service tells of trouble; one claim per cause (R76)."""
    if claim is not None:
        return []
    no = None if command.actor.id.startswith("service:") else duty(command.actor, Action.OPEN_CLAIM)
    if no is not None:
        raise no.refusal
    return [
        c.ClaimOpened(
            command.claim_id,
            command.cause,
            command.keeper,
            command.at,
            contact_by=command.by(policy.contact_within),
            attend_by=command.by(policy.attend_within),
            alarm_by=command.by(policy.alarm_within),
        )
    ]


def take(command: o.TakeClaim, claim: Claim | None) -> Decision[Change]:
    """A conflict manager makes it his; in his first cases with a mentor, never himself (R5, R6, R77)."""
    found = known(claim)
    no = his(command, Action.TAKE_CLAIM, found)
    if no:
        return no
    mentor = None if command.trained else command.mentor_id
    if not command.trained and (mentor in (None, command.actor.id) or not command.mentor_fits):
        raise MentorNeeded("Name a mentor who has the algorithm: these are your first cases.")
    keeper = Keeper(command.actor.id, Chosen.TAKEN, mentor)
    return [] if found.keeper == keeper else [c.KeeperChanged(keeper)]


def close(command: o.Close, claim: Claim | None, policy: Policy) -> Decision[Change]:
    """With the customer's confirmation, or after so many unanswered tries on different days (R79). That he does not answer
    ends no demand: it is decided first, since the law's term runs on.
    """
    found = known(claim)
    no = duty(command.actor, Action.CLOSE_CLAIM)
    if no:
        return no
    if not found.is_open:
        return []
    if command.outcome is Outcome.UNANSWERED and len(found.tries) < policy.tries:
        left = policy.tries - len(found.tries)
        raise NotConfirmed("Try the customer on more days, or get his word.", days_left=left)
    undecided = found.demanded is not None and (found.ruling is None or not found.ruling.in_force)
    if command.outcome is Outcome.UNANSWERED and undecided:
        raise NotConfirmed("What he demands is not decided yet; the law's term runs on.")
    if command.outcome is Outcome.SOLVED_BY_INSTRUCTION and found.instruction is not True:
        raise InstructionFirst("The instruction was not tried, or did not help.")
    ending = Ending(command.outcome, command.at, command.actor.id)
    return [c.ClaimEnded(ending, command.at + policy.keep)]


def reopen(command: o.Reopen, claim: Claim | None, policy: Policy) -> Decision[Change]:
    """It was not settled after all; how often is counted (R79). Whoever may open one may say so."""
    found = known(claim)
    no = duty(command.actor, Action.OPEN_CLAIM)
    if no:
        return no
    if found.is_open:
        if found.reopened:
            return []
        raise ClaimStillOpen("The claim is open.")
    return [c.ClaimReopened(command.reason, command.at, command.by(policy.attend_within))]


def note_try(command: o.NoteTry, claim: Claim | None) -> Decision[Change]:
    """He was tried and did not answer; one day counts once (R79)."""
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    return [] if command.on in found.tries else [c.TryNoted(command.on)]


def needs_instruction(claim: Claim) -> bool:
    """Goods: whether the instruction has still to be tried (R78)."""
    return claim.cause.kind is Kind.GOODS and claim.instruction is None


def next_due(command: o.Asked, policy: Policy) -> c.Attended:
    """Whoever works on it is next expected then."""
    return c.Attended(command.by(policy.attend_within))
