"""Why a tender was answered so, in words for people, in Russian and English (R41)."""

from collections.abc import Mapping
from dataclasses import dataclass

from kernel.money import Money

from procurement.domain.awarding import Award, Awards, goods
from procurement.domain.tender import Bid, Need, Tender


@dataclass(frozen=True, slots=True)
class Words:
    """The same said in both languages of the shop."""

    ru: str
    en: str


@dataclass(frozen=True, slots=True)
class Explained:
    """An award with its reason. `next_best` is the supplier who would have come next, and `dearer` how much more the
    award would cost there with the rest of the plan as it is, in minor units, weighed; below 0 when the line alone would
    be cheaper there but the whole would not.
    """

    award: Award
    weighed: int
    next_best: str | None
    dearer: int | None
    words: Words


def explain(tender: Tender, awards: Awards) -> tuple[Explained, ...]:
    """Each award with its reason, in the order of the awards."""
    taken, used = awards.taken(), goods(tender, awards)
    return tuple(_explained(tender, each, taken, used) for each in awards.awards)


def _explained(tender: Tender, award: Award, taken: Mapping[str, int], used: Mapping[str, int]) -> Explained:
    need, bid = tender.need[award.need_id], tender.bid[award.offer_id]
    here = tender.weighed(bid) * award.quantity
    others = [
        (_there(tender, other, award, used) - here, other)
        for other in tender.answering(need)
        if other.offer_id != bid.offer_id and _has(other, award, taken)
    ]
    dearer, other = min(others, key=lambda each: (each[0], each[1].offer_id), default=(None, None))
    words = _joined(_why(tender, need, bid, award), _instead(tender, dearer, other, used))
    return Explained(award, here, other.supplier_id if other else None, dearer, words)


def _there(tender: Tender, other: Bid, award: Award, used: Mapping[str, int]) -> int:
    """What the award would cost at another's: his fee too when nothing else comes from him, and what his minimum would
    make us put on our shelves.
    """
    house, price = tender.house(other.supplier_id), tender.weighed(other) * award.quantity
    if other.supplier_id in used:
        return price
    lacking = max(0, house.minimum - other.cost * award.quantity)
    return price + house.fee + lacking * tender.weighing.shelf // 100


def _has(other: Bid, award: Award, taken: Mapping[str, int]) -> bool:
    return other.free is None or other.free - taken.get(other.offer_id, 0) >= award.quantity


def _why(tender: Tender, need: Need, bid: Bid, award: Award) -> Words:
    of, each = len(tender.answering(need)), Money(tender.weighed(bid))
    price, house = Money(bid.cost), tender.house(bid.supplier_id)
    ru = f"{bid.supplier_id}: {award.quantity} шт. по {price}, {bid.lead_days} раб. дн., с учётом срока и надёжности {each} за штуку"
    en = f"{bid.supplier_id}: {award.quantity} at {price}, {bid.lead_days} working days, {each} a piece with waiting and reliability"
    if bid.free is None:
        ru, en = f"{ru}, наличие не считано", f"{en}, stock uncounted"
    if house.reliability < 1000:  # noqa: PLR2004 - thousandths
        ru = f"{ru}, надёжность {house.reliability / 10:g}%"
        en = f"{en}, reliability {house.reliability / 10:g}%"
    return Words(f"{ru}; предложений в срок: {of}", f"{en}; offers in time: {of}")


def _instead(tender: Tender, dearer: int | None, other: Bid | None, used: Mapping[str, int]) -> Words:
    if dearer is None or other is None:
        return Words("больше взять негде", "nobody else has as many")
    name = other.supplier_id
    extra = Money(abs(dearer))
    if dearer < 0:
        return Words(
            f"эта строка у {name} была бы дешевле на {extra}, но весь план вышел бы дороже или за пределами",
            f"this line alone would be {extra} cheaper at {name}, but the whole would cost more or break a limit",
        )
    if name in used:
        return Words(
            f"следующий {name}: дороже на {extra}", f"next best {name}: {extra} more",
        )  # fmt: skip
    fee = Money(tender.house(name).fee)
    return Words(
        f"следующий {name}: дороже на {extra}, с его доставкой {fee} и минимальным заказом",
        f"next best {name}: {extra} more, with his delivery fee {fee} and his minimum",
    )


def _joined(one: Words, other: Words) -> Words:
    return Words(f"{one.ru}; {other.ru}.", f"{one.en}; {other.en}.")
