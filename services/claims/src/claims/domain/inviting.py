"""Bringing others in: lawyers, management; and evidence."""

from dataclasses import replace

from kernel.action import Action
from kernel.actor import Role
from kernel.refusal import Decision
from kernel.refused_duty import duty, refused

from claims.domain import changes as c
from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Claim, Guest
from claims.domain.guarding import his, known
from claims.domain.papers import Proof
from claims.domain.refusals import BlunterStage, NotInvited, PersonErased, TooMuchEvidence, UnknownEvidence
from claims.domain.words import SHARPNESS

MOST_FILES = 50


def escalate(command: o.Escalate, claim: Claim | None) -> Decision[Change]:
    """A lawyer or management may read this one claim until then (R7)."""
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    if found.is_guest(command.staff_id, command.at):
        return []
    return [c.GuestInvited(Guest(command.staff_id, command.to, command.until))]


def advise(command: o.Advise, claim: Claim | None) -> Decision[Change]:
    """Only who was brought in, and only while he is (R7)."""
    found = known(claim)
    no = duty(command.actor, Action.ADVISE_CLAIM)
    if no:
        return no
    mine = [each for each in found.guests if each.staff_id == command.actor.id and command.at < each.until]
    if not mine:
        outside = NotInvited("You were not brought in, or not any more.")
        return refused(command.actor, Action.ADVISE_CLAIM, "R7", outside)
    if mine[-1].advice == command.words:
        return []
    return [c.AdviceGiven(replace(mine[-1], advice=command.words))]


def sharpen(command: o.Sharpen, claim: Claim | None) -> Decision[Change]:
    """It went to a pre-trial claim, or to court (R76)."""
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    if command.stage is found.stage:
        return []
    if SHARPNESS.index(command.stage) < SHARPNESS.index(found.stage):
        raise BlunterStage("It went further already.", stage=found.stage.value)
    return [c.StageSharpened(command.stage)]


def add_evidence(command: o.AddEvidence, claim: Claim | None) -> Decision[Change]:
    """A file; the same content twice is one file. Whoever may open a claim may add to it."""
    found = known(claim)
    no = his(command, Action.OPEN_CLAIM, found)
    if no:
        return no
    if found.erased_at is not None:
        raise PersonErased("The person was erased; no file of him is taken any more.")
    if any(each.evidence_id == command.evidence_id for each in found.evidence):
        return []
    if len(found.evidence) >= MOST_FILES:
        raise TooMuchEvidence("The claim has as many files as it may have.", most=MOST_FILES)
    size, by = command.size, command.actor.id
    return [
        c.EvidenceAdded(Proof(command.evidence_id, command.name, command.media_type, size, command.at, by))
    ]


def look(command: o.LookAtEvidence, claim: Claim | None) -> Decision[Change]:
    """Each look is recorded. Lawyers and management see it while they are brought in (R7)."""
    found = known(claim)
    no = duty(command.actor, Action.READ_EVIDENCE)
    if no:
        return no
    if not sees(found, command):
        outside = NotInvited("You were not brought in, or not any more.")
        return refused(command.actor, Action.READ_EVIDENCE, "R7", outside)
    if found.erased_at or not any(each.evidence_id == command.evidence_id for each in found.evidence):
        raise UnknownEvidence("The claim has no such file.")
    return [c.EvidenceSeen(command.evidence_id, command.actor.id)]


def sees(claim: Claim, asked: o.Asked) -> bool:
    """Whether what the customer said and sent is for him to see: who settles it, or is brought in (R7)."""
    return asked.actor.has(Role.OWNER, Role.CONFLICT_MANAGER) or claim.is_guest(asked.actor.id, asked.at)
