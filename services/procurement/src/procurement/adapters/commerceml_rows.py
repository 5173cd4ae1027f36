"""An exchange of 1C as a feed: its rows, and what is seen of it where it leaves a choice."""

from collections.abc import Collection, Iterator
from itertools import islice

from procurement.adapters.commerceml import Exchange
from procurement.adapters.commerceml_joining import Offered
from procurement.application.ports import OpenedFeed
from procurement.domain.feed import Heading, RawRow, Read
from procurement.domain.feed_exchange import FIXED, Choices, choices, counted_in, sight_of_exchange
from procurement.domain.feed_sight import SAMPLES, FeedMapping, Line, guessed


def opened_exchange(exchange: Exchange, known: Collection[FeedMapping]) -> OpenedFeed:
    """By the mapping that was accepted; by the guess where there is nothing to choose; else it has to be asked."""
    prices, warehouses = sorted(exchange.prices), sorted(exchange.warehouses)
    names = {**exchange.warehouses, **exchange.prices}
    sight = sight_of_exchange(prices, warehouses, names, _samples(exchange, prices, warehouses))
    by_header = {each.fingerprint: each for each in known}
    mapping = by_header.get(sight.fingerprint)
    if mapping is None and max(len(prices), len(warehouses)) > 1:
        return OpenedFeed(lambda: iter(()), sight)
    chosen = choices(mapping or guessed(sight), prices, warehouses)
    return OpenedFeed(lambda: _rows(exchange, chosen))


def _rows(exchange: Exchange, chosen: Choices) -> Iterator[Read]:
    yield Heading(exchange.dated, exchange.partial)
    for offered in exchange.joined.offers():
        yield _raw_row(offered, chosen, exchange)
    for offer_id, part, line in exchange.joined.named_again():
        yield RawRow(line, offer_id, {}, {}, part=part)
    if exchange.broken:
        yield exchange.broken


def _raw_row(offered: Offered, chosen: Choices, exchange: Exchange) -> RawRow:
    offer, good = offered.offer, offered.good
    price, currency = offer["prices"].get(chosen.price, ("", ""))
    bought, _ = offer["prices"].get(chosen.purchase_price, ("", "")) if chosen.purchase_price else ("", "")
    texts: dict[str, str] = {
        "name": offer["title"] or good.get("title", ""),
        "vendor": good.get("vendor", ""),
        "vendorCode": _article(offered),
        "price": price,
        "currencyId": currency,
        "purchase_price": bought,
        "count": counted_in(offer["stocks"], offer["count"], chosen.warehouses),
    }
    return RawRow(
        line=offered.line,
        code=offered.offer_id,
        attributes={"deleted": "true" if offer["gone"] or good.get("gone") else ""},
        texts={name: (text,) for name, text in texts.items() if text} | {"barcode": _barcodes(offered)},
        category=next((path for each in good.get("groups", ()) if (path := exchange.groups.path(each))), ""),
        params={**good.get("said", {}), **offer["said"]},
        part=offered.part,
    )


def _article(offered: Offered) -> str:
    """All forms of a thing share its article, which then says not which of them it is."""
    return "" if offered.is_variant else offered.offer["article"] or offered.good.get("article", "")


def _barcodes(offered: Offered) -> tuple[str, ...]:
    return tuple(
        offered.offer["barcodes"] or ([] if offered.is_variant else offered.good.get("barcodes", []))
    )


def _samples(exchange: Exchange, prices: Collection[str], warehouses: Collection[str]) -> list[Line]:
    lines: list[Line] = []
    for each in islice(exchange.joined.offers(), SAMPLES):
        raw, offer = _raw_row(each, Choices("", "", None), exchange), each.offer
        fixed = [
            each.offer_id,
            *map(raw.text, ("name", "vendorCode", "vendor")),
            raw.category,
            offer["count"],
        ]
        assert len(fixed) == len(FIXED)
        amounts = (offer["prices"].get(one, ("",))[0] for one in prices)
        stocks = (offer["stocks"].get(one, "") for one in warehouses)
        lines.append(Line(each.line, (*fixed, *amounts, *stocks)))
    return lines
