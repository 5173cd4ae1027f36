"""The rules of an import: it always ends or waits for a person, and nobody approves what he brought in. Pure."""

from collections.abc import Sequence
from typing import assert_never

from kernel.action import Action
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.duties import may_approve, overridable_by, rule_against
from kernel.refusal import Decision, NotAllowed, Refused

from procurement.domain.feed_comparing import COMPARE, compare_again, compared
from procurement.domain.feed_import import ENDS, FOR_A_PERSON, FeedImport, Stage, Wiping
from procurement.domain.feed_import_changes import (
    ApprovalRefused,
    Change,
    FeedApproved,
    FeedFetched,
    FeedHeld,
    FeedImportEnded,
    FeedProgressed,
    FeedReceived,
    FeedWorkedOn,
    ImportTakenUpAgain,
    MappingAsked,
    MappingKnown,
)
from procurement.domain.feed_import_commands import (
    AskMapping,
    Command,
    DecideOnImport,
    EndFeedImport,
    GoOnMapped,
    HoldForPerson,
    ImportDeadlinePassed,
    NoteAlive,
    NoteCompared,
    NoteFetched,
    NoteProgress,
    ReceiveFeed,
)
from procurement.domain.refusals import (
    ImportNotHeld,
    NotYoursToApprove,
    OwnFeedApproved,
    UnknownImport,
)

CARRY_ON = "carry on"
MOST_TAKES = 20
MOST_LOST_PERCENT = 30


def wipes(wiping: Wiping) -> bool:
    """A feed that loses more than 30% of what can be had waits for a person (market-facts 8)."""
    return wiping.lost * 100 > wiping.of * MOST_LOST_PERCENT


def decide(command: Command, now: FeedImport | None) -> Decision[Change]:
    """What comes of a command, or a refusal."""
    if isinstance(command, ReceiveFeed):
        return [] if now else [_received(command)]
    if now is None:
        raise UnknownImport(f"There is no import {command.import_id}.")
    match command:
        case DecideOnImport():
            return decide_on(command, now)
        case NoteFetched():
            return [] if now.fetched else [FeedFetched(command.etag, command.last_modified, command.at)]
        case NoteCompared():
            return compared(command, now)
        case ImportDeadlinePassed():
            return compare_again(command, now) if now.stage in ENDS else take_up_again(command, now)
        case _:
            return [] if now.stage in ENDS else carry_on(command, now)


Report = NoteAlive | NoteProgress | HoldForPerson | AskMapping | GoOnMapped | EndFeedImport


def carry_on(command: Report, now: FeedImport) -> Sequence[Change]:  # noqa: PLR0911 - a line each
    """What the one at work on it reports, or a mapping sets going, before its end."""
    match command:
        case NoteAlive():
            return [] if now.stage in FOR_A_PERSON else [FeedWorkedOn(command.at, command.waits)]
        case NoteProgress():
            return [FeedProgressed(command.stage, command.tally, command.at)]
        case AskMapping():
            return [] if now.stage is Stage.MAPPING else [MappingAsked(command.sight, command.at)]
        case GoOnMapped():
            return [MappingKnown(command.at)] if now.stage is Stage.MAPPING else []
        case HoldForPerson():
            if now.stage is Stage.HELD or now.approved_by:
                return []
            return [FeedHeld(command.tally, command.wiping, command.at)]
        case EndFeedImport():
            return [FeedImportEnded(command.stage, command.tally, command.reason, command.at)]
        case _:
            assert_never(command)


def take_up_again(command: ImportDeadlinePassed, now: FeedImport) -> list[Change]:
    """Whoever was at it is gone. One that never gets anywhere fails in the end, and says so."""
    if now.due_at is None or now.due_at > command.at:
        return []
    if now.takes >= MOST_TAKES:
        return [FeedImportEnded(Stage.FAILED, now.tally, "given up after many tries", command.at)]
    return [ImportTakenUpAgain(command.at)]


def decide_on(command: DecideOnImport, now: FeedImport) -> Decision[Change]:
    """Somebody else than who brought it in lets it through; discarding is safe for anybody (R9, R80)."""
    if command.approve and now.approved_by == command.actor.id:
        return []
    if now.stage is not Stage.HELD and (command.approve or now.stage is not Stage.MAPPING):
        if now.stage is Stage.DISCARDED and not command.approve:
            return []
        raise ImportNotHeld(f"This import is {now.stage}.", stage=now.stage)
    if not command.approve:
        reason = command.reason or f"discarded by {command.actor.id}"
        return [FeedImportEnded(Stage.DISCARDED, now.tally, reason, command.at)]
    no = _forbidden(command.actor, now)
    if no is not None:
        return Refused((ApprovalRefused(now.import_id, command.actor, no.rule),), no)
    return [FeedApproved(command.actor.id, command.reason, command.at)]


def _forbidden(actor: Actor, now: FeedImport) -> NotAllowed | None:
    rule = rule_against(actor, Action.APPROVE_FEED)
    if rule is not None:
        names = ", ".join(overridable_by(Action.APPROVE_FEED))
        return NotYoursToApprove(f"A feed is approved by one of: {names}.").by(rule)
    if not may_approve(actor.id, now.by):
        return OwnFeedApproved("Somebody else than who brought the feed in has to approve it.")
    return None


def deadlines(now: FeedImport) -> list[Deadline]:
    """By when somebody must have been at work on it, and at comparing its offers."""
    compare_at = now.matching and now.matching.due_at
    dues = ((CARRY_ON, now.due_at), (COMPARE, compare_at))
    return [Deadline(name, at) for name, at in dues if at]


def _received(command: ReceiveFeed) -> FeedReceived:
    return FeedReceived(
        command.import_id,
        command.supplier_id,
        command.by,
        command.from_address,
        command.accept_stale,
        command.at,
    )
