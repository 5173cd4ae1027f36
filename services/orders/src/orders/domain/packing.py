"""Wrapping is sometimes worth more than the content (R36)."""

from kernel.refusal import Decision

from orders.domain.changes import Change
from orders.domain.goods_changes import WrapSet
from orders.domain.goods_commands import SetWrap
from orders.domain.guarding import changeable
from orders.domain.order import Order


def set_wrap(command: SetWrap, order: Order | None) -> Decision[Change]:
    """Gift packing on or off, with a note for the packer; without it there is nothing to note."""
    found, refused = changeable(order, command.actor)
    if refused:
        return refused
    return [] if command.wrap == found.wrap else [WrapSet(command.wrap)]
