"""From a change of product links to the facts told of it: only an attempt that was somebody else's duty."""

from chassis.duties_told import duty_refused
from contracts.fact import Fact

from orders.domain.product_links import Change, LinkRefused, ProductLinks


def announce_links(change: Change, links: ProductLinks) -> list[Fact]:
    """Which products go together is the shop's own affair."""
    if not isinstance(change, LinkRefused):
        return []
    return [duty_refused(change.refused, "product_links", links.product_id)]
