"""After its end an import's offers are compared with known goods: in the background, and taken up again by another when
whoever does it is gone. Pure.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from procurement.domain.feed_import import Comparing, FeedImport, Stage, Tally
from procurement.domain.feed_import_changes import OffersCompared
from procurement.domain.feed_import_commands import ImportDeadlinePassed, NoteCompared

COMPARE = "compare"
BEGIN_WITHIN = timedelta(seconds=2)
PATIENCE = timedelta(minutes=2)
MOST_TAKES = 5


def begun(stage: Stage, tally: Tally, at: datetime) -> Comparing | None:
    """A feed that changed nothing leaves nothing new to compare."""
    if stage is not Stage.DONE or not tally.new + tally.changed:
        return None
    return Comparing(due_at=at + BEGIN_WITHIN)


def compared(command: NoteCompared, now: FeedImport) -> Sequence[OffersCompared]:
    """How far it is. What is told after the end changes nothing."""
    if now.matching is None or now.matching.due_at is None:
        return []
    due = None if command.done else command.at + PATIENCE
    far = Comparing(command.offers, command.goods, command.proposed, due, now.matching.takes)
    return [OffersCompared(far)]


def compare_again(command: ImportDeadlinePassed, now: FeedImport) -> Sequence[OffersCompared]:
    """Somebody is to begin, or to begin again; not for ever, since nothing depends on it but a proposal."""
    before = now.matching
    if before is None or before.due_at is None or before.due_at > command.at:
        return []
    due = command.at + PATIENCE if before.takes < MOST_TAKES else None
    return [OffersCompared(replace(before, due_at=due, takes=before.takes + 1))]
