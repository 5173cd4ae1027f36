"""Delivering: the rule of each thing that may happen to a delivery."""

from dataclasses import replace

from kernel.refusal import Decision

from notifications.domain import delivery as d
from notifications.domain.delivery import DELIVERED, FAILED, LOG, SENDING, WAITING, Delivery, DeliveryChange
from notifications.domain.refusals import DeliveryOnItsWay, UnknownDelivery
from notifications.domain.trying import next_try

GONE = 410


class ImpossibleDelivery(Exception):
    """A change that can't have happened to this delivery: a defect."""


def decide(command: d.DeliveryCommand, delivery: Delivery | None) -> Decision[DeliveryChange]:
    """Never lost, never sent after it arrived unless replayed, never more tries a round than the schedule has."""
    on_its_way = delivery is not None and delivery.state in (WAITING, SENDING)
    match command:
        case d.Owe():
            return [] if delivery else [d.DeliveryOwed(command.owed, command.at, command.refused)]
        case d.Begin():
            return begin(command, delivery) if delivery and on_its_way else []
        case d.Record():
            return record(command, delivery) if delivery else []
        case d.Abandon():
            return [d.DeliveryAbandoned(command.reason, command.at)] if on_its_way else []
        case d.Replay():
            return replay(command, delivery)


def begin(command: d.Begin, delivery: Delivery) -> list[DeliveryChange]:
    """Another try, if the round has one left."""
    if delivery.tries >= command.persistence.most:
        return [d.DeliveryAbandoned("unsettled", command.at)]
    return [d.SendingBegun(command.at + command.persistence.settle)]


def record(command: d.Record, delivery: Delivery) -> list[DeliveryChange]:
    """2xx arrived; 410 never will; all else, redirects too, is tried again while there is time."""
    if delivery.state != SENDING or (delivery.round, delivery.tries) != (command.round, command.number):
        return []
    tried = command.tried
    if arrived(tried):
        return [d.TryEnded(tried, None, None)]
    if tried.status == GONE:
        return [d.TryEnded(tried, None, "gone")]
    seed = f"{delivery.owed.delivery_id}/{delivery.round}"
    again_at = next_try(delivery.tries, tried.at, seed, command.persistence, command.retry_after)
    if again_at is None or again_at > delivery.began_at + command.persistence.within:
        return [d.TryEnded(tried, None, "tries_over")]
    return [d.TryEnded(tried, again_at, None)]


def arrived(tried: d.Try) -> bool:
    """The receiver took it."""
    return tried.status is not None and 200 <= tried.status < 300  # noqa: PLR2004 - HTTP's own


def replay(command: d.Replay, delivery: Delivery | None) -> list[DeliveryChange]:
    """Once more, from the first try on."""
    if delivery is None:
        raise UnknownDelivery("There is no such delivery.")
    if delivery.state in (DELIVERED, FAILED):
        return [d.DeliveryReplayed(command.at)]
    if command.bulk:
        return []
    raise DeliveryOnItsWay("This delivery is still being tried.")


def evolve(delivery: Delivery | None, change: DeliveryChange) -> Delivery:
    """The delivery after the change."""
    match change, delivery:
        case d.DeliveryOwed(), None:
            state, ended = (FAILED, change.at) if change.refused else (WAITING, None)
            due_at = None if change.refused else change.at
            return Delivery(
                change.owed, change.at, change.at, state, due_at, reason=change.refused, ended_at=ended
            )
        case d.SendingBegun(), Delivery():
            return replace(delivery, state=SENDING, due_at=change.settle_at, tries=delivery.tries + 1)
        case d.TryEnded(), Delivery():
            return _tried(delivery, change)
        case d.DeliveryAbandoned(), Delivery():
            return replace(delivery, state=FAILED, due_at=None, reason=change.reason, ended_at=change.at)
        case d.DeliveryReplayed(), Delivery():
            began = replace(
                delivery, state=WAITING, due_at=change.at, began_at=change.at, reason=None, ended_at=None
            )
            return replace(began, round=delivery.round + 1, tries=0)
        case _:
            raise ImpossibleDelivery(type(change).__name__)


def _tried(delivery: Delivery, change: d.TryEnded) -> Delivery:
    log = (*delivery.log, change.tried)[-LOG:]
    if change.again_at is not None:
        return replace(delivery, state=WAITING, due_at=change.again_at, log=log)
    state = FAILED if change.reason else DELIVERED
    return replace(
        delivery, state=state, due_at=None, log=log, reason=change.reason, ended_at=change.tried.at
    )
