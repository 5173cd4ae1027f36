"""Bringing others in: lawyers, management; and evidence."""

from dataclasses import replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.refusal import Decision
from kernel.refused_duty import duty, refused

from claims.domain import changes as c
from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Claim, Guest
from claims.domain.guarding import his, known
from claims.domain.papers import Proof
from claims.domain.refusals import (
    BlunterStage,
    GuestUnfit,
    NotInvited,
    PersonErased,
    TooMuchEvidence,
    UnknownEvidence,
)
from claims.domain.words import SHARPNESS, Guests

MOST_FILES = 50
ROLES = {Guests.LEGAL: Role.LAWYER, Guests.MANAGEMENT: Role.TOP_MANAGEMENT}


def escalate(command: o.Escalate, claim: Claim | None) -> Decision[Change]:
    """A lawyer or management may read this one claim until then (R7)."""
    found = known(claim)
    no = his(command, Action.ANSWER_CLAIM, found)
    if no:
        return no
    if found.is_guest(command.staff_id, command.at):
        return []
    if not command.fits:
        raise GuestUnfit("Only a lawyer or the management is brought in.", to=command.to.value)
    return [c.GuestInvited(Guest(command.staff_id, command.to, command.until))]


def advise(command: o.Advise, claim: Claim | None) -> Decision[Change]:
    """Only who was brought in, and only while he is (R7)."""
    found = known(claim)
    no = duty(command.actor, Action.ADVISE_CLAIM)
    if no:
        return no
    if not brought_in(found, command.actor, command.at):
        outside = NotInvited("You were not brought in, or not any more.")
        return refused(command.actor, Action.ADVISE_CLAIM, "R7", outside)
    here = Guest(command.actor.id, _as(command.actor), until=command.at)
    mine = next((each for each in found.guests if each.staff_id == command.actor.id), here)
    return [] if mine.advice == command.words else [c.AdviceGiven(replace(mine, advice=command.words))]


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
    settles = asked.actor.has(Role.OWNER, Role.CONFLICT_MANAGER)
    return settles or brought_in(claim, asked.actor, asked.at)


def brought_in(claim: Claim, actor: Actor, at: datetime) -> bool:
    """By name for a while; by the ladder until it is closed; or because a decision waits for him (R7, R80)."""
    return claim.is_guest(actor.id, at) or (
        claim.is_open and any(each in called(claim) for each in _words(actor))
    )


def called(claim: Claim) -> tuple[Guests, ...]:
    """Who is wanted as what he is: called by the ladder, or to approve."""
    waits = claim.ruling is not None and not claim.ruling.in_force
    return (*claim.called, Guests.MANAGEMENT) if waits else claim.called


def _words(actor: Actor) -> list[Guests]:
    return [word for word, role in ROLES.items() if actor.has(role)]


def _as(actor: Actor) -> Guests:
    return next(iter(_words(actor)), Guests.MANAGEMENT)
