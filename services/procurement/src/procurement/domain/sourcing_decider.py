"""The rules of a sourcing: a buyer takes it as it stands, once, while it is fresh (R4, R43). Pure."""

from collections.abc import Sequence
from dataclasses import replace
from typing import assert_never

from kernel.action import Action
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import DutyRefused, duty

from procurement.domain.allocation_rounds import PATIENCE
from procurement.domain.purchase_refusals import SourcingIsOld, UnknownSourcing
from procurement.domain.sourcing import (
    Change,
    ChooseDraft,
    Command,
    DraftChosen,
    Propose,
    RecordTaken,
    Sourcing,
    SourcingDeadlinePassed,
    SourcingLeft,
    SourcingProposed,
    SourcingTaken,
    Stage,
    TakeProposal,
    TakingBegan,
    TakingResumed,
)

FINISH = "finish"
LEAVE = "leave"


def decide(command: Command, sourcing: Sourcing | None) -> Decision[Change]:
    """What comes of a command, or a refusal."""
    if isinstance(command, Propose):
        return [] if sourcing else [SourcingProposed(_proposed(command))]
    if sourcing is None:
        raise UnknownSourcing("There is no such sourcing.")
    match command:
        case TakeProposal():
            return duty(command.actor, Action.BUY) or take(command, sourcing)
        case ChooseDraft():
            return [DraftChosen(command.supplier_id, command.purchase_id)]
        case RecordTaken():
            return [SourcingTaken(command.at)] if sourcing.stage is Stage.TAKING else []
        case SourcingDeadlinePassed():
            return pass_deadline(command, sourcing)
        case _:
            assert_never(command)


def take(command: TakeProposal, now: Sourcing) -> list[Change]:
    """Counts and prices change: an old proposal is not carried out."""
    if now.stage in {Stage.TAKING, Stage.TAKEN}:
        return []
    if now.stage is Stage.LEFT or now.expires_at <= command.at:
        raise SourcingIsOld("Prices and counts may be others by now; source anew.")
    return [TakingBegan(command.actor.id, command.at)]


def pass_deadline(command: SourcingDeadlinePassed, now: Sourcing) -> list[Change]:
    """What nobody finished is taken up again; what nobody wanted is left."""
    if command.name == FINISH and now.stage is Stage.TAKING:
        return [TakingResumed(command.at)]
    if command.name == LEAVE and now.stage is Stage.PROPOSED:
        return [SourcingLeft(command.at)]
    return []


def deadlines(now: Sourcing) -> Sequence[Deadline]:
    """A step's, or the end of its freshness."""
    if now.stage is Stage.PROPOSED:
        return [Deadline(LEAVE, now.expires_at)]
    return [Deadline(FINISH, now.due_at)] if now.due_at and now.stage is Stage.TAKING else []


def evolve(sourcing: Sourcing | None, change: Change) -> Sourcing:  # noqa: PLR0911 - a line for each change
    """The sourcing after a change."""
    if isinstance(change, SourcingProposed):
        return change.sourcing
    assert sourcing is not None
    match change:
        case TakingBegan():
            due = change.at + PATIENCE
            return replace(sourcing, stage=Stage.TAKING, taken_by=change.by, due_at=due)
        case TakingResumed():
            return replace(sourcing, due_at=change.at + PATIENCE)
        case DraftChosen():
            return replace(sourcing, drafts={**sourcing.drafts, change.supplier_id: change.purchase_id})
        case SourcingTaken():
            return replace(sourcing, stage=Stage.TAKEN, due_at=None)
        case SourcingLeft():
            return replace(sourcing, stage=Stage.LEFT)
        case DutyRefused():
            return sourcing
        case _:
            assert_never(change)


def _proposed(command: Propose) -> Sourcing:
    return Sourcing(
        command.sourcing_id,
        command.proposal,
        Stage.PROPOSED,
        command.actor.id,
        command.at,
        command.expires_at,
    )
