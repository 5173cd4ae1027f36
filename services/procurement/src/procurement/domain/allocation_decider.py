"""The rules of an allocation: all of the order or nothing of it, and always an end. Pure.

The thing keeps the plan; parts are held and given back by commands of their own, in sorted order (wire.md 3). Whoever
dies in between, the deadline takes the step up again; a step taken twice is harmless, since offers decide once a round.
"""

from collections.abc import Sequence
from typing import assert_never

from procurement.domain.allocation import (
    Allocation,
    AllocationDeadlinePassed,
    AnswerForSupplier,
    Command,
    FollowLines,
    PlanSupply,
    RecordFreed,
    RecordHolds,
    ReleaseSupply,
    SeekSupply,
    Stage,
)
from procurement.domain.allocation_answering import answer, pass_deadline, settled
from procurement.domain.allocation_buying import decide_buying
from procurement.domain.allocation_changes import (
    Change,
    FreeingBegan,
    PartsFreed,
    PartsHeld,
    PartsPlanned,
    ReleaseNoted,
    ShortageFound,
    SupplyReleased,
    SupplySought,
    SupplyWentShort,
)
from procurement.domain.allocation_evolving import evolve
from procurement.domain.allocation_following import follow
from procurement.domain.allocation_rounds import is_early
from procurement.domain.allocation_sending import decide_sending
from procurement.domain.buying_parts import BuyParts, MoveParts, TakeDelivery, UnbuyParts
from procurement.domain.sending_parts import NoteShipment, SendOut


def decide(command: Command, allocation: Allocation | None) -> Sequence[Change]:  # noqa: C901, PLR0911 - a line each
    """What comes of a command. Only a person's answer is ever refused; the rest is total."""
    match command:
        case SeekSupply():
            return seek(command, allocation)
        case FollowLines():
            return follow(command, allocation)
        case ReleaseSupply():
            return release(command, allocation)
        case AnswerForSupplier():
            return answer(command, allocation)
        case PlanSupply():
            return plan(command, allocation)
        case RecordHolds():
            return record_holds(command, allocation)
        case RecordFreed():
            return record_freed(command, allocation)
        case AllocationDeadlinePassed():
            return pass_deadline(command, allocation)
        case BuyParts() | UnbuyParts() | TakeDelivery() | MoveParts():
            return decide_buying(command, allocation)
        case NoteShipment() | SendOut():
            return decide_sending(command, allocation)
        case _:
            assert_never(command)


def seek(command: SeekSupply, now: Allocation | None) -> list[Change]:
    """Supply is sought once for an order."""
    sought = SupplySought(command.order_id, command.wanted, command.at, command.placed_at, command.shop_id)
    return [] if now and not is_early(now) else [sought]


def plan(command: PlanSupply, now: Allocation | None) -> list[Change]:
    """Hold what was found; when something can't be found, give back what is held."""
    if now is None or now.stage is not Stage.SOUGHT or now.round != command.round:
        return []
    if command.lacking:
        found = ShortageFound(command.lacking, command.at)
        if not now.parts:
            return [found, SupplyWentShort(command.at)]
        return [found, FreeingBegan(True, Stage.SHORT, "short", command.at)]
    if command.parts:
        return [PartsPlanned(command.parts, command.at)]
    return [] if now.remaining() else settled(now, command.at)


def record_holds(command: RecordHolds, now: Allocation | None) -> list[Change]:
    """The last write says allocated, or asks, or seeks again for what somebody quicker took (R28)."""
    if now is None or now.stage is not Stage.HOLDING or now.round != command.round:
        return []
    held = PartsHeld(command.lost, command.at)
    after = evolve(now, held)
    return [held] if after.remaining() else [held, *settled(after, command.at)]


def record_freed(command: RecordFreed, now: Allocation | None) -> list[Change]:
    """What was to be given back is; now comes what it was given back for."""
    if now is None or now.stage is not Stage.FREEING or now.round != command.round:
        return []
    freed = PartsFreed(command.at, command.went)
    if now.sending:
        return [freed]
    match now.ending:
        case Stage.SHORT:
            return [freed, SupplyWentShort(command.at)]
        case Stage.RELEASED:
            return [freed, SupplyReleased(now.order_id, now.wanted, now.reason, command.at)]
        case _:
            return [freed]


def release(command: ReleaseSupply, now: Allocation | None) -> list[Change]:
    """A cancelled order holds nothing, even when it is heard of before the order itself (R27)."""
    nothing = SupplyReleased(command.order_id, command.wanted, command.reason, command.at)
    match now:
        case None:
            return [nothing]
        case Allocation() if is_early(now):
            return [nothing]
        case Allocation(stage=Stage.RELEASED) | Allocation(ending=Stage.RELEASED):
            return []
        case Allocation(stage=Stage.SHORT):
            return [ReleaseNoted(command.reason, command.at)]
        case Allocation(parts=()):
            return [nothing]
        case _:
            return [FreeingBegan(True, Stage.RELEASED, command.reason, command.at)]
