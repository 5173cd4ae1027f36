"""What others are told: each change, and the facts it is worth. The only place where domain and contracts meet."""

from collections.abc import Sequence

from chassis.duties_told import duty_refused
from contracts.crm import DutyRefusedV1
from contracts.fact import Fact
from contracts.procurement import (
    StockChangedV1,
    StockStaleV1,
    SupplyAllocatedV1,
    SupplyLineV1,
    SupplyPartV1,
    SupplyReleasedV1,
    SupplyShortV1,
)
from contracts.values import MoneyV1
from kernel.money import Money
from kernel.refused_duty import DutyRefused

from procurement.domain import allocation_changes as allocating
from procurement.domain import feed_import_changes as importing
from procurement.domain import feed_mapping as mapping
from procurement.domain import match as matching
from procurement.domain import offer as offering
from procurement.domain import supplier as supplying
from procurement.domain.allocation import Allocation, Grip, Part, Want
from procurement.domain.allocation_rounds import is_given_up
from procurement.domain.availability import Stock
from procurement.domain.feed_import import FeedImport
from procurement.domain.feed_mapping import SupplierMappings
from procurement.domain.match import Match
from procurement.domain.offer import Offer
from procurement.domain.offer_matching import OfferMatched
from procurement.domain.supplier import Supplier


def of_offer(change: offering.Change, offer: Offer) -> Sequence[Fact]:
    """A free stock, price or title that is different now. Holding uncounted stock leaves as much as before: unknown."""
    match change:
        case offering.OfferListed() | offering.OfferRevised() | OfferMatched():
            return [_stock_changed(offer)]
        case offering.GoodsTakenIn() | offering.GoodsTakenOff():
            return [_stock_changed(offer)]
        case offering.OfferHeld() | offering.OfferFreed():
            counted = offer.terms.availability.stock is Stock.COUNTED
            return [_stock_changed(offer)] if counted else []
        case offering.OfferSent():
            counted = offer.terms.availability.stock is not Stock.UNKNOWN
            return [_stock_changed(offer)] if counted and change.frees else []
        case _:
            return []


def of_supplier(change: supplying.Change, supplier: Supplier) -> Sequence[Fact]:
    """A catalogue that became older than allowed (R22); somebody who took a decision that was not his (R9)."""
    if isinstance(change, DutyRefused):
        return [duty_refused(change, "supplier", supplier.supplier_id)]
    if isinstance(change, supplying.CatalogueWentStale) and supplier.catalogue:
        catalogue = supplier.catalogue
        return [
            StockStaleV1(supplier_id=supplier.supplier_id, as_of=catalogue.as_of, offers=catalogue.offers)
        ]
    return []


def of_allocation(change: allocating.Change, allocation: Allocation) -> Sequence[Fact]:
    """How an allocation ended."""
    order_id, lines = allocation.order_id, tuple(_line(allocation, want) for want in allocation.wanted)
    match change:
        case allocating.SupplyAllocated():
            expected = allocation.expected_on
            return [SupplyAllocatedV1(order_id=order_id, lines=lines, expected_on=expected)]
        case allocating.SupplyWentShort():
            return [SupplyShortV1(order_id=order_id, lines=lines)]
        case allocating.SupplyReleased():
            return [SupplyReleasedV1(order_id=order_id, lines=lines, reason=change.reason)]
        case _:
            return []


def of_import(change: importing.Change, now: FeedImport) -> Sequence[Fact]:
    """An attempt at approving a feed that was not his to approve (R80)."""
    if not isinstance(change, importing.ApprovalRefused):
        return []
    return [
        DutyRefusedV1(
            thing="feed_import",
            thing_id=now.import_id,
            action="approve_feed",
            rule=change.rule,
            actor_id=change.actor.id,
            actor_roles=tuple(sorted(change.actor.roles)),
        )
    ]


def of_mapping(change: mapping.Change, now: SupplierMappings) -> Sequence[Fact]:
    """An attempt at saying what a feed's columns mean that was not his to say (R43)."""
    if not isinstance(change, mapping.MappingRefused):
        return []
    return [duty_refused(change.attempt, "feed_mapping", now.supplier_id)]


def of_match(change: matching.Change, now: Match) -> Sequence[Fact]:
    """An attempt at saying which goods an offer is of that was not his to say (R43). The match itself shows at the offer."""
    return [duty_refused(change, "match", now.offer_id)] if isinstance(change, DutyRefused) else []


def _stock_changed(offer: Offer) -> StockChangedV1:
    free = offer.free
    return StockChangedV1(
        offer_id=offer.offer_id,
        product_id=offer.terms.product_id,
        supplier_id=offer.supplier_id,
        title=offer.terms.title,
        availability=offer.terms.availability.stock.value,
        quantity=free,
        price=_money(offer.terms.price),
        as_of=offer.as_of,
    )


def _line(allocation: Allocation, want: Want) -> SupplyLineV1:
    lack = next((each for each in allocation.lacking if each.line_no == want.line_no), None)
    return SupplyLineV1(
        line_no=want.line_no,
        product_id=want.product_id,
        wanted=want.quantity,
        parts=tuple(
            SupplyPartV1(offer_id=part.offer_id, supplier_id=part.supplier_id, quantity=part.quantity)
            for part in allocation.parts
            if part.line_no == want.line_no and not _is_leftover(allocation, part)
        ),
        missing=lack.missing if lack else 0,
        reason=lack.reason if lack else None,
    )


def _is_leftover(allocation: Allocation, part: Part) -> bool:
    """Bought for an order that gets nothing any more: nobody's, until it comes and is free own stock."""
    return part.grip is Grip.BOUGHT and is_given_up(allocation)


def _money(money: Money) -> MoneyV1:
    return MoneyV1(minor=money.minor, currency=money.currency)
