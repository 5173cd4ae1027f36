"""The rule of each command to a claim."""

from typing import assert_never

from kernel.refusal import Decision

from claims.domain import changes as c
from claims.domain import commands as o
from claims.domain import forgetting, inviting, opening, posting, ruling, talking
from claims.domain.changes import Change
from claims.domain.claim import Claim
from claims.domain.commands import Command
from claims.domain.deadlines import due_now
from claims.domain.ladder import climbed
from claims.domain.policies import Policy
from claims.domain.term import MARKS, day_in, exposure

QUIET = (
    o.OpenClaim, o.Close, o.Reopen, o.NoteMoney, o.DeadlinePassed, o.LookAtEvidence, o.AddEvidence, o.ShowLetter,
    o.HearLetter, o.ForgetPerson, o.NoteFilesRemoved,
)  # fmt: skip
"""Commands by which nobody attends to an open claim."""


def decide(policy: Policy, command: Command, claim: Claim | None) -> Decision[Change]:
    """Whoever works on a claim has also attended to it, and is next expected a while later."""
    decision = _of(command, claim, policy)
    if isinstance(decision, list) and decision and not isinstance(command, QUIET):
        return [*decision, opening.next_due(command, policy)]
    return decision


def _of(  # noqa: C901, PLR0911 - a list of commands
    command: Command, claim: Claim | None, policy: Policy
) -> Decision[Change]:
    match command:
        case o.OpenClaim():
            return opening.open_claim(command, claim, policy)
        case o.Close():
            return opening.close(command, claim, policy)
        case o.Reopen():
            return opening.reopen(command, claim, policy)
        case o.Decide():
            return ruling.decide_claim(command, claim, policy)
        case o.NoteMoney():
            return ruling.note_money(command, claim, policy)
        case o.ShowLetter():
            return posting.show(command, claim)
        case o.HearLetter():
            return posting.hear(command, claim, policy)
        case o.ForgetPerson():
            return forgetting.forget(command, claim)
        case o.NoteFilesRemoved():
            return forgetting.note_files_removed(claim)
        case o.DeadlinePassed():
            return passed(command, claim, policy)
        case _:
            return _work(command, claim)


def _work(  # noqa: C901, PLR0911, PLR0912 - a list of commands
    command: Command, claim: Claim | None
) -> Decision[Change]:
    match command:
        case o.TakeClaim():
            return opening.take(command, claim)
        case o.NoteTry():
            return opening.note_try(command, claim)
        case o.TickStep():
            return talking.tick(command, claim)
        case o.TryInstruction():
            return talking.try_instruction(command, claim)
        case o.WriteDemand():
            return talking.write_demand(command, claim)
        case o.ExtendTerm():
            return talking.extend(command, claim)
        case o.AskForItem():
            return talking.ask_for_item(command, claim)
        case o.NoteMediation():
            return talking.note_mediation(command, claim)
        case o.Approve():
            return ruling.approve(command, claim)
        case o.Decline():
            return ruling.decline(command, claim)
        case o.Escalate():
            return inviting.escalate(command, claim)
        case o.Advise():
            return inviting.advise(command, claim)
        case o.Sharpen():
            return inviting.sharpen(command, claim)
        case o.KeepLetter():
            return posting.keep_letter(command, claim)
        case o.AddEvidence():
            return inviting.add_evidence(command, claim)
        case o.LookAtEvidence():
            return inviting.look(command, claim)
        case (
            o.ShowLetter()
            | o.HearLetter()
            | o.OpenClaim()
            | o.Close()
            | o.Reopen()
            | o.Decide()
            | o.NoteMoney()
            | o.ForgetPerson()
            | o.NoteFilesRemoved()
            | o.DeadlinePassed()
        ):
            raise AssertionError
        case _:
            assert_never(command)


def passed(command: o.DeadlinePassed, claim: Claim | None, policy: Policy) -> Decision[Change]:
    """A deadline of the state as it is now; one that was overtaken says nothing."""
    if claim is None or not claim.is_open or not due_now(claim, command.name, command.at):
        return []
    handed: list[Change] = [c.KeeperChanged(command.stand_in)] if command.stand_in else []
    return [*handed, *_said(claim, command, policy), *climbed(claim, command, policy)]


def _said(claim: Claim, command: o.DeadlinePassed, policy: Policy) -> list[Change]:
    name, at = command.name, command.at
    if name in MARKS and claim.demanded is not None:
        return [c.TermMarked(name, exposure(claim.demanded, day_in(claim.demanded.zone, at)))]
    if name == "approval" and claim.ruling is not None:
        return [c.ApprovalOverdue(claim.ruling)]
    attend_by = command.by(policy.attend_within) if name == "attend" else claim.attend_by
    return [c.LeftAlone(name, attend_by)]
