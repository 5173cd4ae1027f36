"""What came of an order's bought parts: it moves to our own stock in the order's name; what fell is sought elsewhere. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from procurement.domain.allocation import Allocation, Grip, Part, Stage
from procurement.domain.allocation_rounds import is_given_up, next_round, trying_again
from procurement.domain.buying_parts import Came, DeliveryTaken
from procurement.domain.offer import OWN

FIRM = frozenset({Grip.HELD, Grip.PLANNED, Grip.ASKED, Grip.GOING})


def delivered(now: Allocation, change: DeliveryTaken) -> Allocation:
    """What came leaves the supplier's offer for our own, as far as the order still wants it; what fell is sought anew."""
    parts, excluded = list(now.parts), set(now.excluded)
    for came in change.came:
        parts = _split(now, parts, change.purchase_id, came, change.on)
        excluded |= {came.offer_id} if came.fell else set()
    if is_given_up(now):
        kept = tuple(part for part in parts if part.grip is not Grip.LEAVING or part in now.parts)
        return trying_again(replace(now, parts=kept, round=now.round + 1))
    planned = any(part.grip is Grip.PLANNED for part in parts)
    return replace(
        next_round(now, change.at, parts),
        stage=Stage.HOLDING if planned else Stage.FREEING,
        ending=None if planned else Stage.SOUGHT,
        excluded=frozenset(excluded),
    )


def _split(now: Allocation, parts: list[Part], purchase_id: str, came: Came, on: date) -> list[Part]:
    after: list[Part] = []
    good, fell = came.good, came.fell
    for part in parts:
        if part.grip is not Grip.BOUGHT or (part.purchase_id, part.offer_id) != (purchase_id, came.offer_id):
            after.append(part)
            continue
        takes = min(good, part.quantity)
        loses = min(fell, part.quantity - takes)
        good, fell = good - takes, fell - loses
        after.append(replace(part, quantity=part.quantity - takes - loses))
        after.append(replace(part, quantity=takes + loses, grip=Grip.LEAVING))
        if not is_given_up(now):
            wanted = min(takes, max(0, _wanted(now, part.line_no) - _firm(after, parts, part)))
            after.append(_come(part, wanted, came.into, on))
    return [part for part in after if part.quantity]


def _come(part: Part, quantity: int, into: str, on: date) -> Part:
    return replace(
        part,
        quantity=quantity,
        offer_id=into,
        supplier_id=OWN,
        grip=Grip.PLANNED,
        needs_yes=False,
        answer_by=None,
        expected_on=on,
        reason="came in",
    )


def _wanted(now: Allocation, line_no: int) -> int:
    return sum(want.quantity for want in now.wanted if want.line_no == line_no) - now.gone_of(line_no)


def _firm(after: Sequence[Part], parts: Sequence[Part], of: Part) -> int:
    """What stands for the line without this purchase's pieces that are still on their way: what is here, and others'."""
    seen = [*after, *(part for part in parts[parts.index(of) + 1 :])]
    return sum(
        part.quantity
        for part in seen
        if part.line_no == of.line_no and part.grip in FIRM and part.instead_of is None
    )
