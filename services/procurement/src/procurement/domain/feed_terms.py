"""What a row of a supplier's feed means, and what is wrong with a bad one. Pure."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from kernel.money import Money

from procurement.domain.availability import NOTHING, UNCOUNTED, Availability, counted
from procurement.domain.feed import BadRow, RawRow, Row
from procurement.domain.offer import Terms
from procurement.domain.product import product_id

LONGEST_CODE = 100
LONGEST_TITLE = 500
LONGEST_CATEGORY = 200
LONGEST_VENDOR = 100
MOST_ATTRIBUTES = 30
LONGEST_NAME = 60
LONGEST_VALUE = 200
MOST_PIECES = 1_000_000_000
DEAREST = Decimal(10) ** 12
YES = ("true", "yes", "1", "да")
NO = ("false", "no", "0", "нет")
ROUBLES = ("RUR", "RUB", "РУБ", "РУБ.", "643", "810", "₽", "РУБЛЬ", "РУБЛИ")


class Unreadable(ValueError):
    """Why a row is bad."""


def read_row(raw: RawRow, supplier_id: str) -> Row | BadRow:
    """The row's meaning, or what is wrong with it."""
    try:
        return Row(raw.line, code_of(raw), terms_of(raw, supplier_id))
    except Unreadable as wrong:
        return BadRow(raw.line, raw.code[:LONGEST_CODE], str(wrong), raw.part)


def code_of(raw: RawRow) -> str:
    """The supplier's code, by which the offer is known next time."""
    if raw.fault:
        raise Unreadable(raw.fault)
    if not raw.code:
        raise Unreadable("the offer has no id")
    if len(raw.code) > LONGEST_CODE or not raw.code.isprintable():
        raise Unreadable("the offer's id is too long or not printable")
    return raw.code


def terms_of(raw: RawRow, supplier_id: str) -> Terms:
    """Title, price, stock, and which product it is."""
    currency = raw.text("currencyId").upper()
    if currency and currency not in ROUBLES:
        raise Unreadable(f"currency {currency[:10]}: only RUB (or RUR) is understood")
    bought = raw.text("purchase_price")
    return Terms(
        product_id=product_id(
            supplier_id,
            raw.code,
            barcodes=tuple(code.strip() for text in raw.texts.get("barcode", ()) for code in text.split(",")),
            vendor=raw.text("vendor"),
            vendor_code=raw.text("vendorCode"),
            model=raw.text("model"),
        ),
        title=title_of(raw),
        price=money_of(raw.text("price"), "price"),
        purchase_price=money_of(bought, "purchase price") if bought else None,
        availability=availability_of(raw),
        category=clean(raw.category)[:LONGEST_CATEGORY] or None,
        attributes=attributes_of(raw.params),
        vendor=clean(raw.text("vendor"))[:LONGEST_VENDOR] or None,
    )


def attributes_of(params: Mapping[str, str]) -> dict[str, str]:
    """What is said of the goods beyond their name: the first thirty, each within its length."""
    named = ((clean(name)[:LONGEST_NAME], clean(value)[:LONGEST_VALUE]) for name, value in params.items())
    return dict([each for each in named if all(each)][:MOST_ATTRIBUTES])


def clean(text: str) -> str:
    """Without control characters; where there are some, with one blank where there were several."""
    return (
        text if text.isprintable() else " ".join("".join(c if c.isprintable() else " " for c in text).split())
    )


def title_of(raw: RawRow) -> str:
    """A simplified offer has a name; a vendor.model one is called by its type, vendor and model."""
    vendor, model = raw.text("vendor"), raw.text("model")
    if model.casefold().startswith(vendor.casefold()):
        vendor = ""
    title = clean(raw.text("name") or " ".join(filter(None, (raw.text("typePrefix"), vendor, model))))
    if not title:
        raise Unreadable("the offer has neither a name nor a model")
    return title[:LONGEST_TITLE]


def money_of(text: str, what: str) -> Money:
    """Roubles with a point or a comma, and whatever blanks stand between thousands; half a kopeck is a kopeck, as anybody
    reckons, and less is no price: what costs nothing would be the best offer of all.
    """
    plain = re.sub(r"\s", "", text).replace(",", ".")
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise Unreadable(f"{what} {text[:30]!r} is not a number") from None
    if not amount.is_finite() or not 0 < amount < DEAREST:
        raise Unreadable(f"{what} {text[:30]!r} is not above zero")
    kopecks = int((amount * 100).to_integral_value(ROUND_HALF_UP))
    if not kopecks:
        raise Unreadable(f"{what} {text[:30]!r} is not as much as a kopeck")
    return Money(kopecks, "RUB")


def availability_of(raw: RawRow) -> Availability:
    """A missing count means unknown, not zero; `false` and a count of nothing mean none (R22)."""
    available = raw.attributes.get("available", "").strip().casefold()
    if available not in ("", *YES, *NO):
        raise Unreadable(f"available={available[:20]!r} is neither true nor false")
    count = raw.text("count")
    pieces = pieces_of(count) if count else None
    if available in NO or raw.attributes.get("deleted", "").strip().casefold() in YES:
        return NOTHING
    return UNCOUNTED if pieces is None else counted(pieces)


def pieces_of(text: str) -> int:
    """Whole pieces; `12,000` are twelve, `>10` at least ten."""
    found = re.fullmatch(r"[>≥]?=?\s*(-?\d{1,12})([.,]\d+)?\+?", re.sub(r"\s", "", text))
    if found is None or int(found[1]) > MOST_PIECES:
        raise Unreadable(f"count {text[:30]!r} is not a number")
    return max(0, int(found[1]))
