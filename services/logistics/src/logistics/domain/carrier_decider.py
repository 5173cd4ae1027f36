"""The rules of a carrier's terms: written by one, approved by another, and never changed after (R60, R80)."""

from dataclasses import replace
from typing import assert_never

from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may_approve
from kernel.refusal import Decision, Refused
from kernel.refused_duty import DutyRefused, duty
from kernel.refused_duty import refused as remembered

from logistics.domain.carrier import (
    ApproveTerms,
    Carrier,
    CarrierDescribed,
    Change,
    Command,
    DescribeCarrier,
    RejectTerms,
    TermsApproved,
    TermsRejected,
    TermsStage,
    TermsWithdrawn,
    TermsWritten,
    Version,
    WithdrawTerms,
    WriteTerms,
)
from logistics.domain.moments import day_of
from logistics.domain.refusals import (
    ApproverWrote,
    OtherRevision,
    TermsDecidedAlready,
    UnknownCarrier,
    UnknownTerms,
)


def decide(command: Command, carrier: Carrier | None) -> Decision[Change]:
    """The rule of each command."""
    match command:
        case DescribeCarrier():
            return describe(command, carrier)
        case WriteTerms():
            return write(command, _known(carrier))
        case ApproveTerms():
            return approve(command, _known(carrier))
        case RejectTerms():
            return reject(command, _known(carrier))
        case WithdrawTerms():
            return withdraw(command, _known(carrier))
        case _:
            assert_never(command)


def describe(command: DescribeCarrier, carrier: Carrier | None) -> Decision[Change]:
    """Who the carrier is, how he delivers, and who answers for him (R73)."""
    refused = duty(command.actor, Action.WRITE_TERMS)
    if refused is not None:
        if carrier is None:
            raise refused.refusal
        return refused
    if carrier is not None and carrier.profile == command.profile:
        return []
    return [CarrierDescribed(command.carrier_id, command.profile)]


def write(command: WriteTerms, carrier: Carrier) -> Decision[Change]:
    """Write the draft anew, or begin the next version. What was decided on is left as it is (R60)."""
    refused = duty(command.actor, Action.WRITE_TERMS)
    if refused:
        return refused
    draft = carrier.draft
    if draft is None:
        number = max((each.number for each in carrier.versions), default=0) + 1
        writers = (command.actor.id,)
        return [TermsWritten(Version(number, 1, command.content, TermsStage.DRAFT, writers, command.at))]
    if draft.content == command.content:
        return []
    writers = (*(each for each in draft.writers if each != command.actor.id), command.actor.id)
    again = replace(
        draft, revision=draft.revision + 1, content=command.content, writers=writers, written_at=command.at
    )
    return [TermsWritten(again)]


def approve(command: ApproveTerms, carrier: Carrier) -> Decision[Change]:
    """By somebody who wrote none of it, to the revision that he read. It holds from its day on, and never on a day before
    it was approved: nobody's past is rewritten (R60, R80).
    """
    refused = duty(command.actor, Action.APPROVE_TERMS)
    if refused:
        return refused
    version = _version(carrier, command.number)
    if version.stage is TermsStage.APPROVED and version.revision == command.revision:
        return []
    draft = _still_open(version)
    if draft.revision != command.revision:
        raise OtherRevision("The draft was written anew; read it again.", revision=draft.revision)
    if not all(may_approve(command.actor.id, writer) for writer in draft.writers):
        return _wrote_it_himself(command.actor)
    holds_from = max(draft.content.effective_from, day_of(command.at, draft.content.time_zone))
    decided = replace(
        draft,
        stage=TermsStage.APPROVED,
        decided_by=command.actor.id,
        decided_at=command.at,
        holds_from=holds_from,
    )
    return [TermsApproved(decided)]


def reject(command: RejectTerms, carrier: Carrier) -> Decision[Change]:
    """Whoever may approve may say no, and says why; the next writing is the next version."""
    refused = duty(command.actor, Action.APPROVE_TERMS)
    if refused:
        return refused
    version = _version(carrier, command.number)
    if version.stage is TermsStage.REJECTED:
        return []
    decided = replace(_still_open(version), stage=TermsStage.REJECTED, reason=command.reason)
    return [TermsRejected(replace(decided, decided_by=command.actor.id, decided_at=command.at))]


def withdraw(command: WithdrawTerms, carrier: Carrier) -> Decision[Change]:
    """Whoever may write takes a draft back."""
    refused = duty(command.actor, Action.WRITE_TERMS)
    if refused:
        return refused
    version = _version(carrier, command.number)
    if version.stage is TermsStage.WITHDRAWN:
        return []
    decided = replace(_still_open(version), stage=TermsStage.WITHDRAWN)
    return [TermsWithdrawn(replace(decided, decided_by=command.actor.id, decided_at=command.at))]


def evolve(carrier: Carrier | None, change: Change) -> Carrier:
    """The carrier after a change."""
    if isinstance(change, CarrierDescribed):
        return (
            replace(carrier, profile=change.profile)
            if carrier
            else Carrier(change.carrier_id, change.profile)
        )
    known = _known(carrier)
    if isinstance(change, DutyRefused):
        return known
    others = tuple(each for each in known.versions if each.number != change.version.number)
    return replace(known, versions=(*others, change.version))


def _known(carrier: Carrier | None) -> Carrier:
    if carrier is None:
        raise UnknownCarrier("There is no such carrier: describe it first.")
    return carrier


def _version(carrier: Carrier, number: int) -> Version:
    version = carrier.version(number)
    if version is None:
        raise UnknownTerms("The carrier has no terms of this version.", version=number)
    return version


def _still_open(version: Version) -> Version:
    if version.stage is not TermsStage.DRAFT:
        raise TermsDecidedAlready(f"This version is {version.stage.value}.", version=version.number)
    return version


def _wrote_it_himself(actor: Actor) -> Refused[DutyRefused]:
    no = ApproverWrote("Somebody else has to approve what you wrote.")
    return remembered(actor, Action.APPROVE_TERMS, "R80", no)
