"""An answer to a tender as it is proposed to a buyer: who gets what and why, what moves, what is saved (R41). Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from procurement.domain.allocation import Part
from procurement.domain.answering import Answer
from procurement.domain.awarding import Awards, goods, missing, paid, weighed
from procurement.domain.buying_parts import Move
from procurement.domain.explaining import Explained, explain
from procurement.domain.sourcing import Pick, Proposal, Sum
from procurement.domain.tender import WISH, Tender

MOST = 2**53 - 1
"""Of minor units, that every reader of JSON keeps exact; only the price of what is missing ever comes near."""

ExpectedIn = Callable[[int], date]
"""The day on which goods are here that are ordered today, by their lead time in working days."""


@dataclass(frozen=True, slots=True)
class Call:
    """The question, and whose its needs are: the order and line of each, with the parts that it has now."""

    tender: Tender
    parts: Mapping[str, Sequence[Part]]
    orders: Mapping[str, tuple[str, int]]


def propose(call: Call, answer: Answer, seconds: float, expected_in: ExpectedIn) -> Proposal:
    """What a buyer says yes or no to."""
    tender, explained = call.tender, explain(call.tender, answer.awards)
    return Proposal(
        by=answer.by,
        proven=answer.proven,
        bound=answer.bound,
        trouble=answer.trouble,
        seconds=seconds,
        best=_sum(tender, answer.awards),
        greedy=_sum(tender, answer.greedy),
        picks=tuple(_pick(tender, each) for each in explained),
        missing=missing(tender, answer.awards),
        moves=_moves(call, explained, expected_in),
        wishes=_wishes(tender, answer.awards),
    )


def _sum(tender: Tender, awards: Awards) -> Sum:
    return Sum(
        paid=min(MOST, paid(tender, awards)),
        weighed=min(MOST, weighed(tender, awards)),
        suppliers=len(goods(tender, awards)),
        missing=sum(missing(tender, awards).values()),
    )


def _pick(tender: Tender, each: Explained) -> Pick:
    bid, award = tender.bid[each.award.offer_id], each.award
    return Pick(
        need_id=award.need_id,
        product_id=bid.product_id,
        offer_id=bid.offer_id,
        supplier_id=bid.supplier_id,
        quantity=award.quantity,
        cost=bid.cost,
        weighed=each.weighed,
        next_best=each.next_best,
        dearer=each.dearer,
        ru=each.words.ru,
        en=each.words.en,
    )


def _moves(
    call: Call, explained: Sequence[Explained], expected_in: ExpectedIn
) -> dict[str, tuple[Move, ...]]:
    """Where an order's pieces go elsewhere. What was not awarded to anybody stays where it is."""
    found: dict[str, list[Move]] = {}
    for need_id, parts in call.parts.items():
        order_id, line_no = call.orders[need_id]
        mine = [each for each in explained if each.award.need_id == need_id]
        leaving, coming = _differences(parts, mine)
        for new in mine:
            for old in sorted(leaving):
                pieces = min(leaving[old], coming[new.award.offer_id])
                if pieces:
                    leaving[old] -= pieces
                    coming[new.award.offer_id] -= pieces
                    move = _move(call.tender, line_no, pieces, old, new, expected_in)
                    found.setdefault(order_id, []).append(move)
    return {order_id: tuple(moves) for order_id, moves in found.items()}


def _differences(parts: Sequence[Part], mine: Sequence[Explained]) -> tuple[dict[str, int], dict[str, int]]:
    leaving: dict[str, int] = {}
    for part in parts:
        leaving[part.offer_id] = leaving.get(part.offer_id, 0) + part.quantity
    coming = {each.award.offer_id: each.award.quantity for each in mine}
    for offer_id in set(leaving) & set(coming):
        stays = min(leaving[offer_id], coming[offer_id])
        leaving[offer_id] -= stays
        coming[offer_id] -= stays
    return leaving, coming


def _move(  # noqa: PLR0917 - what, from where, where to
    tender: Tender, line_no: int, pieces: int, old: str, new: Explained, expected_in: ExpectedIn
) -> Move:
    bid = tender.bid[new.award.offer_id]
    return Move(line_no, pieces, old, bid.offer_id, bid.supplier_id, expected_in(bid.lead_days), new.words.en)


def _wishes(tender: Tender, awards: Awards) -> dict[str, dict[str, int]]:
    """What is bought for our own stock, by supplier and offer: what was wished, and what reaches a minimum."""
    found: dict[str, dict[str, int]] = {}
    own = [(each.offer_id, each.quantity) for each in awards.awards if each.need_id.startswith(WISH)]
    for offer_id, pieces in [*own, *awards.top_ups.items()]:
        supplier = found.setdefault(tender.bid[offer_id].supplier_id, {})
        supplier[offer_id] = supplier.get(offer_id, 0) + pieces
    return found
