"""Parts of an allocation after they were held, and after suppliers answered. Pure."""

from dataclasses import replace

from procurement.domain.allocation import Allocation, Grip, Part
from procurement.domain.allocation_changes import AnswersMissed, PartsHeld
from procurement.domain.allocation_moving import moved


def held(now: Allocation, change: PartsHeld) -> tuple[Part, ...]:
    """All that was planned is held, or asked for, but what somebody quicker took; moves leave their old places."""
    parts = tuple(
        part
        if part.grip is not Grip.PLANNED
        else replace(part, grip=Grip.ASKED if part.needs_yes else Grip.HELD)
        for part in now.parts
        if part.grip is not Grip.PLANNED or part.offer_id not in change.lost
    )
    return moved(parts)


def answered(now: Allocation, offer_id: str, quantity: int) -> Allocation:
    """The yes covers the lines in their order; what it does not cover leaves."""
    parts: list[Part] = []
    left = quantity
    for part in now.parts:
        if part.offer_id != offer_id or part.grip is not Grip.ASKED:
            parts.append(part)
            continue
        given = min(left, part.quantity)
        left -= given
        pieces = ((given, Grip.HELD), (part.quantity - given, Grip.LEAVING))
        parts.extend(replace(part, quantity=n, grip=grip) for n, grip in pieces if n)
    leaves = any(part.grip is Grip.LEAVING for part in parts)
    return replace(now, parts=tuple(parts), excluded=now.excluded | ({offer_id} if leaves else set()))


def missed(now: Allocation, change: AnswersMissed) -> Allocation:
    """Silence is a no."""
    for offer_id in change.offer_ids:
        now = answered(now, offer_id, 0)
    return now
