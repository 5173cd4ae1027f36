"""Parts of an order that move to better offers, found by a sourcing of many orders at once (R41). Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from procurement.domain.allocation import Allocation, Grip, Part, Stage
from procurement.domain.allocation_rounds import is_free, next_round
from procurement.domain.buying_parts import Move, PartsMoving


def can_move(now: Allocation, moves: Sequence[Move]) -> bool:
    """Whether all of it is still held, and waits to be bought."""
    free: dict[tuple[int, str], int] = {}
    for part in now.parts:
        if is_free(part):
            free[part.line_no, part.offer_id] = free.get((part.line_no, part.offer_id), 0) + part.quantity
    for move in moves:
        place = (move.line_no, move.offer_id)
        free[place] = free.get(place, 0) - move.quantity
    return now.stage is Stage.ALLOCATED and bool(moves) and min(free.values(), default=-1) >= 0


def moving(now: Allocation, change: PartsMoving) -> Allocation:
    """The better places are planned; what is held stays until they are held, too."""
    if not change.moves:
        return now
    parts = (*now.parts, *(_place(now.parts, move) for move in change.moves))
    return replace(next_round(now, change.at, parts), stage=Stage.HOLDING)


def _place(parts: Sequence[Part], move: Move) -> Part:
    old = next(part for part in parts if (part.line_no, part.offer_id) == (move.line_no, move.offer_id))
    return replace(
        old,
        offer_id=move.to_offer_id,
        supplier_id=move.to_supplier_id,
        quantity=move.quantity,
        needs_yes=False,
        answer_by=None,
        expected_on=move.expected_on,
        reason=move.reason,
        grip=Grip.PLANNED,
        purchase_id=None,
        instead_of=move.offer_id,
    )


def moved(parts: Iterable[Part]) -> tuple[Part, ...]:
    """Where a better place is held now, as much leaves the old one; where it was lost, the old one stays."""
    after = list(parts)
    for new in [part for part in after if part.instead_of and part.grip is Grip.HELD]:
        left = new.quantity
        for place, old in enumerate(after):
            if left and (old.line_no, old.offer_id) == (new.line_no, new.instead_of) and is_free(old):
                gone = min(left, old.quantity)
                left -= gone
                after[place] = replace(old, quantity=old.quantity - gone)
                after.append(replace(old, quantity=gone, grip=Grip.LEAVING))
    return tuple(replace(part, instead_of=None) for part in after if part.quantity)
