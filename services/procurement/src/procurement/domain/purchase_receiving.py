"""Goods of a purchase come in: whole, in part, over or wrong; and at last nothing more will (R42, R44). Pure."""

from kernel.refusal import Decision

from procurement.domain import purchase_changes as c
from procurement.domain import purchase_commands as asks
from procurement.domain.earmarks import Line, Taken, take
from procurement.domain.purchase import Arrival, Fall, Kept, Purchase, Receipt, Sent, Stage
from procurement.domain.purchase_refusals import (
    AlreadySent,
    MoreWrongThanAwaited,
    NothingAwaited,
    NotOnThePurchase,
    NotReady,
)


def mark_sent(command: asks.MarkSent, now: Purchase) -> list[c.Change]:
    """By whom it went to the supplier, when and how (R43)."""
    sent = now.sent
    if sent is not None:
        if (sent.by, sent.how) == (command.actor.id, command.how):
            return []
        raise AlreadySent("It went to the supplier already.", stage=now.stage)
    if now.stage is not Stage.READY:
        raise NotReady(
            "Only a purchase that is placed, and approved where it must be, is sent.", stage=now.stage
        )
    return [
        c.PurchaseSent(Sent(command.actor.id, command.how, command.at, command.expected_on, command.late_at))
    ]


def receive(command: asks.ReceiveGoods, now: Purchase) -> Decision[c.Change]:
    """Count a delivery. The same delivery counts once."""
    if any(receipt.receipt_id == command.receipt_id for receipt in now.receipts):
        return []
    if now.stage not in {Stage.SENT, Stage.RECEIVED}:
        raise NothingAwaited("The purchase was not sent.", stage=now.stage)
    arrivals = {arrival.offer_id: arrival for arrival in command.arrivals}
    strange = sorted(set(arrivals) - {line.offer_id for line in now.lines})
    if strange:
        raise NotOnThePurchase("Goods came that this purchase did not order.", offer_id=strange[0])
    taken = [_taken(line, arrivals.get(line.offer_id), command) for line in now.lines]
    receipt = Receipt(
        receipt_id=command.receipt_id,
        step=now.step + 1,
        arrivals=command.arrivals,
        kept=tuple(Kept(t.line.offer_id, t.good, t.kept, t.line.own_left) for t in taken if _new(t)),
        shares=tuple(share for each in taken for share in each.shares),
        falls=tuple(_fall(each, arrivals.get(each.line.offer_id)) for each in taken if each.fell),
        final=command.final,
        by=command.actor.id,
        at=command.at,
    )
    return [c.GoodsReceived(receipt, tuple(each.line for each in taken))]


def record_taken_in(command: asks.RecordTakenIn, now: Purchase) -> list[c.Change]:
    """All that a delivery makes of orders and stock is done."""
    waiting = now.to_take_in
    return [c.DeliveryTakenIn(command.step, command.at)] if waiting and waiting.step == command.step else []


def _taken(line: Line, arrival: Arrival | None, command: asks.ReceiveGoods) -> Taken:
    good, wrong = (arrival.good, arrival.wrong) if arrival else (0, 0)
    if wrong > line.outstanding - min(good, line.outstanding):
        raise MoreWrongThanAwaited("More wrong pieces than are outstanding.", offer_id=line.offer_id)
    return take(line, good, wrong, final=command.final)


def _new(taken: Taken) -> bool:
    return bool(taken.good or taken.fell)


def _fall(taken: Taken, arrival: Arrival | None) -> Fall:
    wrong = arrival.wrong if arrival else 0
    fault = arrival.fault if arrival else Arrival(taken.line.offer_id, 0).fault
    return Fall(taken.line.offer_id, wrong, taken.fell - wrong, fault)
