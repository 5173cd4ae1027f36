"""What an import is after a change."""

from dataclasses import replace
from datetime import timedelta
from typing import assert_never

from procurement.domain.feed_comparing import begun
from procurement.domain.feed_import import FeedImport, Stage, Tally
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
    OffersCompared,
)

BEGIN_WITHIN = timedelta(seconds=2)
PATIENCE = timedelta(seconds=30)
"""How long an import may be silent before somebody else takes it up."""


def evolve(now: FeedImport | None, change: Change) -> FeedImport:  # noqa: C901, PLR0911 - a line each
    """The import after a change."""
    if isinstance(change, FeedReceived):
        return FeedImport(
            change.import_id,
            change.supplier_id,
            change.by,
            change.from_address,
            change.accept_stale,
            received_at=change.at,
            stage=Stage.WAITING,
            due_at=change.at + BEGIN_WITHIN,
            fetched=not change.from_address,
        )
    assert now is not None
    match change:
        case FeedFetched():
            due = change.at + PATIENCE
            return replace(
                now, fetched=True, due_at=due, etag=change.etag, last_modified=change.last_modified
            )
        case FeedWorkedOn():
            return replace(now, due_at=change.at + PATIENCE, takes=0 if change.waits else now.takes)
        case FeedProgressed():
            further = change.tally.places > now.tally.places
            due, takes = change.at + PATIENCE, 0 if further else now.takes
            return replace(now, stage=change.stage, tally=change.tally, due_at=due, takes=takes)
        case FeedHeld():
            return replace(now, stage=Stage.HELD, tally=change.tally, wiping=change.wiping, due_at=None)
        case MappingAsked() | MappingKnown():
            return _mapped(now, change)
        case OffersCompared():
            return replace(now, matching=change.comparing)
        case FeedApproved():
            due = change.at + BEGIN_WITHIN
            tally = Tally()
            return replace(
                now,
                stage=Stage.APPLYING,
                tally=tally,
                approved_by=change.by,
                reason=change.reason,
                due_at=due,
            )
        case FeedImportEnded():
            return _ended(now, change)
        case ImportTakenUpAgain():
            return replace(now, due_at=change.at + PATIENCE, takes=now.takes + 1)
        case ApprovalRefused():
            return now
        case _:
            assert_never(change)


def _mapped(now: FeedImport, change: MappingAsked | MappingKnown) -> FeedImport:
    if isinstance(change, MappingAsked):
        return replace(now, stage=Stage.MAPPING, sight=change.sight, due_at=None)
    return replace(now, stage=Stage.WAITING, due_at=change.at + BEGIN_WITHIN, takes=0)


def _ended(now: FeedImport, change: FeedImportEnded) -> FeedImport:
    return replace(
        now,
        stage=change.stage,
        tally=change.tally,
        reason=change.reason,
        ended_at=change.at,
        due_at=None,
        matching=begun(change.stage, change.tally, change.at),
    )
