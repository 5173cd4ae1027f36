"""What an allocation shows of suppliers' answers: who answered how soon, and who did not in time (R45)."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from chassis.handling import Occasion, Outcome
from kernel.calendar import WorkingCalendar

from procurement.application.scoring import Answered
from procurement.domain.allocation import Allocation, Grip, Part

NoteAnswer = Callable[[Answered, Occasion], Awaitable[None]]


def answer_given(
    now: Allocation, offer_id: str, at: datetime, calendar: WorkingCalendar, within: timedelta
) -> list[Answered]:
    """The answer that was just recorded: the working time between the question and now."""
    parts = [part for part in now.parts if part.offer_id == offer_id and part.answer_by is not None]
    if not parts:
        return []
    left = max(
        (calendar.between(at, part.answer_by) for part in parts if part.answer_by), default=timedelta()
    )
    return [_answered(now, parts[0], int((within - min(left, within)).total_seconds() // 60))]


def answers_missed(outcome: Outcome[Allocation], at: datetime) -> list[Answered]:
    """Those whom a deadline has just given up on."""
    now = outcome.state
    if now is None or "AnswersMissed" not in outcome.changes:
        return []
    missed = {
        part.offer_id: part
        for part in now.parts
        if part.grip is Grip.LEAVING and part.needs_yes and part.answer_by and part.answer_by <= at
    }
    return [_answered(now, part, None) for part in missed.values()]


def _answered(now: Allocation, part: Part, minutes: int | None) -> Answered:
    return Answered(part.supplier_id, now.order_id, part.offer_id, minutes)
