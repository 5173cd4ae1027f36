"""A shipment as CDEK's order (`POST /orders`): who, where, what, and what is still to be paid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kernel.money import Money

from logistics.application.carrier_port import CarrierRefused
from logistics.application.recipient_asking import Good, Recipient
from logistics.domain.shipment import KnownOrder, Parcel, ParcelLine

LONGEST_NUMBER, LONGEST_ADDRESS, LONGEST_COMMENT, LONGEST_TITLE, LONGEST_ARTICLE = 40, 255, 255, 255, 50
E_SHOP = 1
"""An order of an e-shop contract: the sender is known by the account."""


@dataclass(frozen=True, slots=True)
class Sending:
    """How the shop sends with CDEK. `cities`: CDEK's city codes by our zones. `brought_to`: the code of the office that
    parcels are brought to, else they are fetched at `from_address` in `from_city`. A piece weighs `grams` for his papers.
    """

    cities: Mapping[str, int]
    door_tariff: int = 139
    point_tariff: int = 138
    brought_to: str | None = None
    from_city: int | None = None
    from_address: str | None = None
    grams: int = 1000


def order_of_parcel(
    parcel: Parcel, known: KnownOrder, recipient: Recipient, zone: str | None, sending: Sending
) -> Mapping[str, Any]:
    """The body. `number` is our shipment id: he takes no number twice."""
    if len(parcel.shipment_id) > LONGEST_NUMBER:
        raise CarrierRefused("number_too_long")
    to_point = parcel.promised.point_id is not None
    body: dict[str, Any] = {
        "type": E_SHOP,
        "number": parcel.shipment_id,
        "tariff_code": sending.point_tariff if to_point else sending.door_tariff,
        "recipient": _recipient(recipient),
        **_from(sending),
        **_to(parcel, recipient, zone, sending),
        **_packed(parcel.lines, recipient.goods, known.due, sending.grams),
    }
    if recipient.comment is not None:
        body["comment"] = recipient.comment.value[:LONGEST_COMMENT]
    return body


def point_code(point_id: str) -> str:
    """CDEK's code of an office: our point ids are his codes, written small and with a hyphen (`msk-124`: MSK124)."""
    return point_id.upper().replace("-", "")


def line_of(article: str) -> int | None:
    """The line number in an article as we wrote it."""
    head = article.partition("-")[0]
    return int(head) if head.isascii() and head.isdecimal() else None


def roubles(money: Money) -> float:
    """As he takes sums: with two places."""
    return float(money.major())


def _recipient(recipient: Recipient) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": recipient.name.value,
        "phones": [{"number": recipient.phone.e164}],
    }
    if recipient.phone.extension:
        told["phones"] = [{"number": recipient.phone.e164, "additional": recipient.phone.extension}]
    return told | ({"email": recipient.email.value} if recipient.email else {})


def _from(sending: Sending) -> dict[str, Any]:
    if sending.brought_to:
        return {"shipment_point": sending.brought_to}
    return {"from_location": {"code": sending.from_city, "address": sending.from_address}}


def _to(parcel: Parcel, recipient: Recipient, zone: str | None, sending: Sending) -> dict[str, Any]:
    if parcel.promised.point_id is not None:
        return {"delivery_point": point_code(parcel.promised.point_id)}
    city = sending.cities.get(zone or "")
    if city is None:
        raise CarrierRefused("zone_without_city")
    if recipient.address is None:
        raise CarrierRefused("address_missing")
    if len(recipient.address.value) > LONGEST_ADDRESS:
        raise CarrierRefused("address_too_long")
    return {"to_location": {"code": city, "address": recipient.address.value}}


def _packed(lines: Sequence[ParcelLine], goods: Sequence[Good], due: Money, grams: int) -> dict[str, Any]:
    """One package. What is due is spread over the pieces by their prices, in whole kopecks; what is left of it, and what it
    is more than the goods cost, is asked for as the price of delivery: together exactly what is due.
    """
    by_product = {each.product_id: each for each in goods}
    prices = [_price(by_product.get(each.product_id), due.currency) for each in lines]
    total = sum(price.minor * line.quantity for line, price in zip(lines, prices, strict=True))
    share = min(due.minor, total)
    asked = [Money(price.minor * share // total if total else 0, due.currency) for price in prices]
    left = due.minor - sum(each.minor * line.quantity for line, each in zip(lines, asked, strict=True))
    package = {
        "number": "1",
        "weight": max(1, sum(each.quantity for each in lines)) * grams,
        "items": [
            _item(line, by_product.get(line.product_id), price, piece) | {"weight": grams}
            for line, price, piece in zip(lines, prices, asked, strict=True)
        ],
    }
    rest = {"delivery_recipient_cost": {"value": roubles(Money(left, due.currency))}} if left else {}
    return {"packages": [package], **rest}


def _price(good: Good | None, currency: str) -> Money:
    return good.unit_price if good else Money(0, currency)


def _item(line: ParcelLine, good: Good | None, price: Money, asked: Money) -> dict[str, Any]:
    title = good.title if good else line.product_id
    return {
        "name": title[:LONGEST_TITLE],
        "ware_key": f"{line.line_no}-{line.product_id}"[:LONGEST_ARTICLE],
        "payment": {"value": roubles(asked)},
        "cost": roubles(price),
        "amount": line.quantity,
    }
