"""By when an allocation has to get on: no step and no question waits for ever."""

from datetime import datetime

from kernel.deadline import Deadline

from procurement.domain.allocation import Allocation, Grip, Stage
from procurement.domain.allocation_rounds import to_buy

FINISH = "finish"
ANSWER = "answer"
BUY = "buy"


def deadlines(now: Allocation) -> list[Deadline]:
    """A step's, or the first of the awaited answers'. What is held at suppliers is to be bought at once (R42)."""
    if now.due_at is not None:
        return [Deadline(FINISH, now.due_at)]
    if now.stage is Stage.ASKING:
        awaited = [p.answer_by for p in now.parts if p.grip is Grip.ASKED and p.answer_by]
        return [Deadline(ANSWER, at) for at in sorted(set(awaited))[:1]]
    if now.settled_at is not None and to_buy(now):
        return [Deadline(BUY, now.settled_at)]
    return []


def is_late(grip: Grip, answer_by: datetime | None, at: datetime) -> bool:
    return grip is Grip.ASKED and answer_by is not None and answer_by <= at
