"""What the routes reach of the composed service, and who may ask."""

from typing import Annotated, Any

from chassis.chassis import Listing
from chassis.http.asking import Who, asked_by
from fastapi import Depends, Request
from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.duties import overridable_by, rule_against

from procurement.application.allocating import Allocating
from procurement.application.candidates import Sourcing
from procurement.application.mapping_feeds import MappingFeeds
from procurement.application.matching_goods import MatchingGoods
from procurement.application.receiving import Receiving
from procurement.application.stocking import Stocking
from procurement.application.taking_in import Imports as ToImports
from procurement.application.taking_in import Suppliers as ToSuppliers
from procurement.application.waking import Waking
from procurement.domain.allocation import Allocation
from procurement.domain.feed_import import FeedImport
from procurement.domain.feed_mapping import SupplierMappings
from procurement.domain.match import Match
from procurement.domain.offer import Offer
from procurement.domain.refusals import NotYourDuty
from procurement.domain.supplier import Supplier


def reached(name: str) -> Any:
    """A dependency: the wired thing of this name."""

    async def reach(request: Request) -> Any:
        return getattr(request.app.state, name)

    return Depends(reach)


def duty(action: Action, *others: Action) -> Any:
    """A dependency: 403 for who may do none of these, by the rule that says so of the first."""

    async def permitted(actor: Who) -> None:
        rules = [rule_against(actor, each) for each in (action, *others)]
        rule = rules[0]
        if rule is not None and None not in rules:
            names = ", ".join(overridable_by(action))
            raise NotYourDuty(f"This is for one of: {names}; a buyer is a senior.").by(rule)

    return Depends(permitted)


OUTSIDE = frozenset({Role.PARTNER, Role.LAWYER})
STAFF = tuple(sorted(set(Role) - OUTSIDE - {Role.SITE, Role.CALL_CENTRE_AGENT}))
ASKERS = tuple(sorted(set(Role) - OUTSIDE))
Reader = Annotated[Actor, Depends(asked_by(*STAFF))]
"""Everybody on the staff, and services. A partner is a supplier: what others sell us, and what we buy, is not his to see
(R59), nor an outside agent's (R115).
"""
Asker = Annotated[Actor, Depends(asked_by(*ASKERS))]
"""Who may ask what there is to be had: the site too, and agents who take orders."""
READS, ASKS = Depends(asked_by(*STAFF)), Depends(asked_by(*ASKERS))

BUYS = frozenset({Role.BUYER, Role.OWNER})
MayBuy = Depends(asked_by(*sorted(BUYS)))


def buys(actor: Actor) -> bool:
    """Whether he may see what goods cost us."""
    return actor.has(*BUYS)


SuppliersKept = Annotated[Listing[Supplier], reached("suppliers")]
OffersKept = Annotated[Listing[Offer], reached("offers")]
ImportsKept = Annotated[Listing[FeedImport], reached("imports")]
AllocationsKept = Annotated[Listing[Allocation], reached("allocations")]
HandleSupplier = Annotated[ToSuppliers, reached("to_suppliers")]
HandleImport = Annotated[ToImports, reached("to_imports")]
Sources = Annotated[Sourcing, reached("sourcing")]
Stocks = Annotated[Stocking, reached("stocking")]
Allocates = Annotated[Allocating, reached("allocating")]
Receives = Annotated[Receiving, reached("receiving")]
MapsFeeds = Annotated[MappingFeeds, reached("mapping")]
MappingsKept = Annotated[Listing[SupplierMappings], reached("mappings")]
MatchesGoods = Annotated[MatchingGoods, reached("matching")]
MatchesKept = Annotated[Listing[Match], reached("matches")]
Wakes = Annotated[Waking, reached("waking")]
LargestFeed = Annotated[int, reached("feed_max_bytes")]
