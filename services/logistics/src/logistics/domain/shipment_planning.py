"""What becomes of an order's shipments when orders tells how the order is now."""

from dataclasses import replace
from datetime import datetime, timedelta

from logistics.domain import shipment_changes as c
from logistics.domain import shipment_commands as k
from logistics.domain.shipment import KnownOrder, Parcel, Promised, ShipmentStep, Shipping, shipment_named
from logistics.domain.shipment_stage import ARRIVED, ENDED, ShipmentStage

TELL_WITHIN = timedelta(seconds=30)


def hear_order(command: k.HearOrder, shipping: Shipping | None) -> list[c.Change]:
    """Plan, plan anew, or withdraw; heard in any order it ends the same, since each fact carries the whole order."""
    known = command.known
    heard: list[c.Change] = []
    if shipping is None or shipping.known != known:
        heard = [c.OrderHeard(command.order_id, known)]
    current = shipping.current if shipping else None
    if known.cancelled:
        return [*heard, *_cancelled(current, command.at)]
    if known.promised is None:
        return heard
    many = len(shipping.parcels) if shipping else 0
    return [*heard, *_promised(command, known.promised, current, many)]


def _cancelled(current: Parcel | None, at: datetime) -> list[c.Change]:
    """A cancelled order's shipment is freed wherever it is. It is withdrawn also when it arrived: a report that is still
    on its way may say that it did not, and the story has to end as if the end of the order had been heard last.
    """
    return [] if current is None or current.withdrawn_at is not None else [withdrawn(current, at)]


def _promised(command: k.HearOrder, promised: Promised, current: Parcel | None, many: int) -> list[c.Change]:
    next_one = c.ShipmentPlanned(
        Parcel(
            shipment_named(command.order_id, many + 1),
            promised,
            command.plan,
            command.known.lines,
        )
    )
    if current is None:
        return [next_one]
    if current.stage in ENDED:
        anew = promised.reservation_id != current.promised.reservation_id
        return [next_one] if anew else []
    if current.stage is ShipmentStage.DELIVERED or _same(current, promised, command.known):
        return []
    if current.dispatched:
        return _window_moved(current, promised)
    if current.registered_at is None and current.owes is None:
        return [c.ShipmentReplanned(current.shipment_id, promised, command.plan, command.known.lines)]
    return [withdrawn(current, command.at), next_one]


def _same(current: Parcel, promised: Promised, known: KnownOrder) -> bool:
    return current.promised == promised and (current.dispatched or current.lines == known.lines)


def _window_moved(current: Parcel, promised: Promised) -> list[c.Change]:
    """What is on its way stays with its carrier; only the window is another one (R58)."""
    moved = replace(
        current.promised,
        reservation_id=promised.reservation_id,
        starts_at=promised.starts_at,
        ends_at=promised.ends_at,
    )
    if moved == current.promised:
        return []
    return [c.ShipmentReplanned(current.shipment_id, moved, current.plan, current.lines)]


def withdrawn(parcel: Parcel, at: datetime) -> c.ShipmentWithdrawn:
    """The carrier is told when he knows of it, or may know of it by now, and still has it."""
    step = ShipmentStep.CANCEL if _has_it(parcel) else None
    return c.ShipmentWithdrawn(parcel.shipment_id, at, step, at + TELL_WITHIN)


def called_back(parcel: Parcel, at: datetime) -> list[c.Change]:
    """What was withdrawn and is not where it was believed to be is asked for, once."""
    if parcel.withdrawn_at is None or parcel.called_back or not _has_it(parcel):
        return []
    return [c.CallBackAsked(parcel.shipment_id, at + TELL_WITHIN)]


def _has_it(parcel: Parcel) -> bool:
    knows = parcel.registered_at is not None or parcel.owes is ShipmentStep.REGISTER
    return knows and parcel.stage not in ARRIVED
