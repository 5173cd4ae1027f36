"""The customer wants other lines now: what nobody wants any more is given back, and the rest is sought anew (R30)."""

from collections.abc import Mapping
from dataclasses import replace

from procurement.domain.allocation import AWAY, Allocation, FollowLines, Grip, Part, Stage, Want
from procurement.domain.allocation_changes import (
    Change,
    FreeingBegan,
    LinesConfirmed,
    LinesFollowed,
    SupplyAllocated,
    SupplySought,
)
from procurement.domain.allocation_rounds import is_early, next_round


def follow(command: FollowLines, now: Allocation | None) -> list[Change]:
    """However far it is: parts that stand for lines which are gone, or are too many, leave; then it is planned again.

    The end is told anew even if nothing was to be done, since the order waits for news of its lines as they are now. A
    cancelled order wants nothing, whatever is heard of it later (R27).
    """
    if now is None or is_early(now):
        return [
            SupplySought(command.order_id, command.wanted, command.at, command.placed_at, command.shop_id)
        ]
    if now.stage is Stage.RELEASED or now.ending is Stage.RELEASED:
        return []
    if command.wanted == now.wanted and now.stage is not Stage.SHORT:
        told = [SupplyAllocated(command.at)] if now.stage is Stage.ALLOCATED else []
        return [LinesConfirmed(command.at), *told]
    followed = LinesFollowed(command.wanted, command.at)
    if not AWAY.isdisjoint(part.grip for part in still_wanted(now, command.wanted)):
        return [followed, FreeingBegan(False, Stage.SOUGHT, "lines_changed", command.at)]
    return [followed]


def followed(now: Allocation, change: LinesFollowed) -> Allocation:
    """What is still wanted stays, and the rest is planned in a new round."""
    after = next_round(now, change.at, still_wanted(now, change.wanted))
    return replace(after, wanted=change.wanted, lacking=(), stage=Stage.SOUGHT, ending=None)


def still_wanted(now: Allocation, wanted: tuple[Want, ...]) -> tuple[Part, ...]:
    """The parts, those that are too many leaving. What is held stays before what is only asked for; what is planned leaves,
    too: somebody may be holding it at this moment, and giving it back fences him.
    """
    same = {want.line_no: want.product_id for want in now.wanted}
    left = {
        want.line_no: max(0, want.quantity - now.gone_of(want.line_no))
        for want in wanted
        if same.get(want.line_no) == want.product_id
    }
    kept: list[Part] = []
    for part in sorted(now.parts, key=_firmest):
        stays = _stays(part, left)
        if stays:
            left[part.line_no] = max(0, left.get(part.line_no, 0) - stays)
            kept.append(replace(part, quantity=stays))
        if part.quantity > stays:
            kept.append(replace(part, quantity=part.quantity - stays, grip=Grip.LEAVING))
    return tuple(kept)


def _stays(part: Part, left: Mapping[int, int]) -> int:
    if part.grip in (Grip.GOING, Grip.BOUGHT):
        return part.quantity  # what is bought and too much becomes our own stock when it comes
    if part.grip not in (Grip.HELD, Grip.ASKED):
        return 0
    return min(part.quantity, left.get(part.line_no, 0))


def _firmest(part: Part) -> int:
    return (Grip.GOING, Grip.BOUGHT, Grip.HELD, Grip.ASKED, Grip.PLANNED, Grip.LEAVING).index(part.grip)
