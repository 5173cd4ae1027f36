"""Which products go with a product: data that people keep, for cross-selling (R30)."""

from dataclasses import dataclass, replace
from datetime import datetime

from kernel.action import Action
from kernel.actor import Actor
from kernel.refusal import Decision, NotFound, Refusal, Refused
from kernel.refused_duty import DutyRefused, duty


class UnknownLink(NotFound):
    """These two products are not linked."""


class LinkToItself(Refusal):
    """A product is no accessory of itself."""


@dataclass(frozen=True, slots=True)
class Accessory:
    """`title` as it is offered; `by` and `at`: who linked it last, and when (UTC)."""

    accessory_id: str
    title: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProductLinks:
    """The accessories of a product, in the order they are offered in."""

    product_id: str
    accessories: tuple[Accessory, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkProduct:
    product_id: str
    accessory_id: str
    title: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class UnlinkProduct:
    product_id: str
    accessory_id: str
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class ProductLinked:
    product_id: str
    accessory: Accessory


@dataclass(frozen=True, slots=True)
class ProductUnlinked:
    product_id: str
    accessory_id: str


@dataclass(frozen=True, slots=True)
class LinkRefused:
    """An attempt that was somebody else's duty; kept even where there are no links yet (R9, R17)."""

    product_id: str
    refused: DutyRefused


Command = LinkProduct | UnlinkProduct
Change = ProductLinked | ProductUnlinked | LinkRefused


def decide(command: Command, links: ProductLinks | None) -> Decision[Change]:
    """Who looks after products links them; linked or unlinked already, nothing changes (R30)."""
    refused = duty(command.actor, Action.LINK_PRODUCTS)
    if refused:
        kept = tuple(LinkRefused(command.product_id, each) for each in refused.changes)
        return Refused(kept, refused.refusal)
    known = {each.accessory_id: each.title for each in links.accessories} if links else {}
    if isinstance(command, UnlinkProduct):
        if links is None:
            raise UnknownLink("These two products are not linked.")
        linked = command.accessory_id in known
        return [ProductUnlinked(command.product_id, command.accessory_id)] if linked else []
    if command.accessory_id == command.product_id:
        raise LinkToItself("A product is no accessory of itself.")
    if known.get(command.accessory_id) == command.title:
        return []
    accessory = Accessory(command.accessory_id, command.title, command.actor.id, command.at)
    return [ProductLinked(command.product_id, accessory)]


def evolve(links: ProductLinks | None, change: Change) -> ProductLinks:
    """The links after the change."""
    now = links or ProductLinks(change.product_id)
    match change:
        case LinkRefused():
            return now
        case ProductUnlinked():
            return replace(now, accessories=_without(now, change.accessory_id))
        case ProductLinked():
            fresh = change.accessory
            return replace(now, accessories=(*_without(now, fresh.accessory_id), fresh))


def _without(links: ProductLinks, accessory_id: str) -> tuple[Accessory, ...]:
    return tuple(each for each in links.accessories if each.accessory_id != accessory_id)
