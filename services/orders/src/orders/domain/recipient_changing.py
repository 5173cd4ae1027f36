"""Somebody else gets the goods, or they go elsewhere (R69)."""

from dataclasses import replace

from kernel.refusal import Decision

from orders.domain.changes import Change
from orders.domain.goods_changes import AddressChanged, RecipientChanged
from orders.domain.goods_commands import ChangeAddress, ChangeRecipient
from orders.domain.guarding import changeable
from orders.domain.order import Order
from orders.domain.promising import void


def change_recipient(command: ChangeRecipient, order: Order | None) -> Decision[Change]:
    """Another name, number, e-mail or remark; what is not named stays. It costs nothing and touches no promise."""
    found, refused = changeable(order, command.actor)
    if refused:
        return refused
    now = found.recipient
    after = replace(
        now,
        name=command.name or now.name,
        phone=command.phone or now.phone,
        email=command.email or now.email,
        comment=command.comment or now.comment,
    )
    return [] if after == now else [RecipientChanged(after)]


def change_address(command: ChangeAddress, order: Order | None) -> Decision[Change]:
    """Before a promise it is free; after one the promise is made anew, unless the carrier keeps it there as it is (R69)."""
    found, refused = changeable(order, command.actor)
    if refused:
        return refused
    after = replace(found.recipient, address=command.address)
    if after == found.recipient:
        return []
    moved = [] if command.keeps_promise else void(found, "address", command.clocks, command.at)
    return [AddressChanged(after), *moved]
