"""An order's goods leave our warehouse with a shipment, and what of them comes back (R28). Pure and total.

What has left is taken out of stock where the order holds it; what is bought and not counted in yet, as soon as it comes. What the order
does not hold, since it was cancelled meanwhile, is taken from our own free stock, as far as there is any.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from procurement.domain.allocation import AWAY, ENDS, Allocation, Grip, Part, Stage
from procurement.domain.allocation_changes import Change, PartsFreed
from procurement.domain.allocation_rounds import EARLY, PATIENCE, is_early, next_round
from procurement.domain.offer import OWN, offer_id
from procurement.domain.offer_arriving import Going
from procurement.domain.sending_parts import (
    GoodsCameBack,
    NoteShipment,
    SendingBegan,
    SendingChange,
    SendingCommand,
    SendOut,
    ShipmentHeardFirst,
)
from procurement.domain.sent_goods import Sent


def decide_sending(command: SendingCommand, now: Allocation | None) -> Sequence[Change]:
    """What comes of a shipment. It opens the allocation when it is heard of before its order."""
    match command:
        case NoteShipment():
            return _noted(command, now)
        case SendOut():
            return send_out(now, command.at) if now and now.round == command.round else []


def send_out(now: Allocation, at: datetime) -> list[Change]:
    """Take out of stock what can be taken."""
    sent = _to_send(now)
    return [SendingBegan(sent.shipment_id, at)] if sent else []


def can_send(now: Allocation) -> bool:
    """Whether something that has left can be taken out of stock now, or is held for a customer who has what he wanted."""
    return _to_send(now) is not None


def going_at(now: Allocation, at_offer: str) -> Going | None:
    """What goes at an offer. All that goes at once goes with one shipment."""
    parts = [part for part in now.parts if part.grip is Grip.GOING and part.offer_id == at_offer]
    return Going(parts[0].sending or "", sum(part.quantity for part in parts)) if parts else None


def evolve_sending(now: Allocation | None, change: SendingChange) -> Allocation:
    """The allocation after it. One whose order is not known yet holds nothing, and is no shortage that anybody is told of."""
    if isinstance(change, ShipmentHeardFirst):
        return Allocation(change.order_id, (), Stage.SHORT, reason=EARLY)
    assert now is not None
    if isinstance(change, SendingBegan):
        return _sending(now, change)
    after = _with(now, _known(now, change.shipment_id).hears(change))
    seeks = after.stage in (Stage.ALLOCATED, Stage.ASKING) and bool(after.remaining())
    return replace(next_round(after, change.at, after.parts), stage=Stage.SOUGHT) if seeks else after


def freed(now: Allocation, change: PartsFreed) -> Allocation:
    """What was to be given back is; what left is out of stock. After a sending all is as before, unless something is lacking now."""
    after, went = now, dict(change.went)
    for part in (each for each in now.parts if each.grip is Grip.GOING):
        pieces = min(part.quantity, went.get(part.offer_id, 0))  # falls to its lines in their order
        went[part.offer_id] = went.get(part.offer_id, 0) - pieces
        shipment_id = (part.sending or "").rpartition("@")[0]
        after = _with(after, _known(after, shipment_id).took_out(part.line_no, pieces))
    kept = tuple(part for part in now.parts if part.grip not in AWAY)
    after = replace(after, parts=kept, sending=False, ending=None)
    lacks = now.ending is Stage.ALLOCATED and bool(after.remaining())
    if not now.sending or now.ending is None or lacks:
        return replace(after, stage=Stage.SOUGHT, due_at=change.at + PATIENCE)
    settled_at = change.at if now.ending is Stage.ALLOCATED else now.settled_at
    return replace(after, stage=now.ending, due_at=None, settled_at=settled_at)


def _noted(command: NoteShipment, now: Allocation | None) -> list[Change]:
    """Heard again it changes nothing. What came back waits while goods are being taken out of stock."""
    news = command.news
    if now is None:
        return [ShipmentHeardFirst(command.order_id, command.at), news]
    if isinstance(news, GoodsCameBack) and Grip.GOING in {part.grip for part in now.parts}:
        return []
    known = _known(now, news.shipment_id)
    return [] if known.hears(news) == known and known.shipment_id in now.sent else [news]


def _to_send(now: Allocation) -> Sent | None:
    """Nothing goes before its order is heard of: it may hold it yet."""
    if now.stage not in ENDS or is_early(now):
        return None
    held = {part.line_no for part in now.parts if part.grip is Grip.HELD}
    done = next((sent for sent in now.sent.values() if sent.kept and held), None)
    return next((sent for sent in now.sent.values() if _can_go(now, sent, held)), done)


def _can_go(now: Allocation, sent: Sent, held: set[int]) -> bool:
    if any(sent.debt(line_no) for line_no in held):
        return True
    return sent.tries and any(sent.debt(n) > _coming(now, n) for n in sent.left)


def _coming(now: Allocation, line_no: int) -> int:
    return sum(p.quantity for p in now.parts if p.line_no == line_no and p.grip is Grip.BOUGHT)


def _sending(now: Allocation, change: SendingBegan) -> Allocation:
    sent = now.sent[change.shipment_id]
    name = f"{sent.shipment_id}@{now.round}"
    debt = {line_no: sent.debt(line_no) for line_no in sent.left}
    parts = _parted(now, debt, name)
    if sent.tries:
        beyond = {n: many - _coming(now, n) for n, many in debt.items()}
        parts += [_beyond(sent, n, many, name, change.at) for n, many in beyond.items() if many > 0]
    tried = _with(now, replace(sent, tries=False))
    after = next_round(tried, change.at, (part for part in parts if part.quantity))
    return replace(after, stage=Stage.FREEING, ending=now.stage, sending=True)


def _parted(now: Allocation, debt: dict[int, int], name: str) -> list[Part]:
    """Own stock goes first; `debt` is less by what goes. What else is held for a customer who has what he wanted is given back."""
    parts: list[Part] = []
    for part in sorted(now.parts, key=lambda each: each.supplier_id != OWN):
        goes = min(part.quantity, debt.get(part.line_no, 0)) if part.grip is Grip.HELD else 0
        debt[part.line_no] = debt.get(part.line_no, 0) - goes
        rest = replace(part, quantity=part.quantity - goes)
        if now.is_kept and part.grip is Grip.HELD:
            rest = replace(rest, grip=Grip.LEAVING)
        parts += [replace(part, quantity=goes, grip=Grip.GOING, sending=name), rest]
    return parts


def _beyond(sent: Sent, line_no: int, quantity: int, name: str, at: datetime) -> Part:
    return Part(
        line_no=line_no,
        offer_id=offer_id(OWN, sent.products[line_no]),
        supplier_id=OWN,
        quantity=quantity,
        needs_yes=False,
        expected_on=at.date(),
        reason="left all the same",
        grip=Grip.GOING,
        sending=name,
    )


def _known(now: Allocation, shipment_id: str) -> Sent:
    return now.sent.get(shipment_id, Sent(shipment_id))


def _with(now: Allocation, sent: Sent) -> Allocation:
    return replace(now, sent={**now.sent, sent.shipment_id: sent})
