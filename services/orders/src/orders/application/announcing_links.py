"""From a change of product links to the facts told of it: only an attempt that was somebody else's duty."""

from contracts.crm import DutyRefusedV1
from contracts.fact import Fact

from orders.domain.product_links import Change, LinkRefused, ProductLinks


def announce_links(change: Change, links: ProductLinks) -> list[Fact]:
    """Which products go together is the shop's own affair."""
    if not isinstance(change, LinkRefused):
        return []
    refused = change.refused
    return [
        DutyRefusedV1(
            thing="product_links",
            thing_id=links.product_id,
            action=refused.action,
            rule=refused.rule,
            actor_id=refused.actor_id,
            actor_roles=refused.actor_roles,
        )
    ]
