"""The rules of a customer. Pure: state and command in, changes out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from kernel.action import Action
from kernel.actor import Role
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import duty

from crm.domain import erasing, handing_over, merging, noting
from crm.domain import erasure as e
from crm.domain import handover as h
from crm.domain import notes as n
from crm.domain.customer import (
    AddPhone,
    Block,
    BlockingChanged,
    Change,
    Command,
    Correct,
    Customer,
    CustomerRegistered,
    DetailsChanged,
    Heard,
    PhoneAdded,
    Preference,
    Registering,
    Unmask,
    Unmasked,
)
from crm.domain.erasure import Look
from crm.domain.refusals import NoRoomOnCard, UnknownCustomer
from crm.domain.whereabouts import there

MOST_PHONES = 10
MOST_ADDRESSES = 20
HEARD_TO = timedelta(days=30)
"""How exactly it is kept when he was last in touch: a write a month at most."""


def decide(command: Command, customer: Customer | None) -> Decision[Change]:  # noqa: C901, PLR0911 - one case a command
    """The rule of each command."""
    if isinstance(command, h.Command):
        return handing_over.decide(command, _known(customer))
    match command:
        case Registering():
            return register(command, customer)
        case AddPhone():
            return add_phone(command, _known(customer))
        case Correct():
            return correct(command, _known(customer))
        case Unmask():
            return unmask(command, _known(customer))
        case Block():
            return block(command, _known(customer))
        case n.WriteNotes() | n.ReadNotes() | n.DropNotes():
            return noting.decide(command, customer)
        case e.Erase() | e.Age() | e.GoWith() | e.SettleErasure() | e.Export():
            return erasing.decide(command, customer)
        case _:
            return merging.decide(command, customer)


def register(command: Registering, customer: Customer | None) -> Decision[Change]:
    """Found, or registered; what is newly known is added, what is known is not overwritten."""
    if customer is None:
        return [CustomerRegistered(_new(command))]
    there(customer)
    lately = customer.heard_at is not None and command.at - customer.heard_at < HEARD_TO
    changes: list[Change] = [] if lately else [Heard(command.at)]
    new = command.hash not in customer.hashes and not command.by_another_card
    if new and len(customer.hashes) < MOST_PHONES:
        changes.append(PhoneAdded(command.phone, command.hash))
    return [*changes, *_otherwise(_learned(command, customer), customer)]


def add_phone(command: AddPhone, customer: Customer) -> Decision[Change]:
    """Another phone of the same person; that it is nobody else's was made sure before. That two people share one is said by
    whose duty it is to know who is who.
    """
    no = duty(command.actor, Action.MERGE_CUSTOMERS if command.shared else Action.WORK_ORDER)
    if no:
        return no
    if command.hash in customer.hashes:
        return []
    if len(customer.hashes) >= MOST_PHONES:
        raise NoRoomOnCard(f"A customer has {MOST_PHONES} phones at most.")
    return [PhoneAdded(command.phone, command.hash)]


def correct(command: Correct, customer: Customer) -> Decision[Change]:
    """His name, his addresses, whether he may be called (R26)."""
    no = duty(command.actor, Action.WORK_ORDER)
    if no:
        return no
    if len(command.addresses or ()) > MOST_ADDRESSES:
        raise NoRoomOnCard(f"A customer has {MOST_ADDRESSES} addresses at most.")
    wanted = DetailsChanged(
        command.name if command.name is not None else customer.name,
        command.addresses if command.addresses is not None else customer.addresses,
        command.preference or customer.preference,
    )
    return _otherwise(wanted, customer)


def unmask(command: Unmask, customer: Customer) -> Decision[Change]:
    """Each look is written down, with its reason; a service that calls or writes to him looks, too."""
    del customer
    no = None if command.actor.has(Role.SERVICE) else duty(command.actor, Action.UNMASK_CUSTOMER)
    return no or [Unmasked(Look(command.at, command.actor.id, command.reason))]


def block(command: Block, customer: Customer) -> Decision[Change]:
    """His calls ring nobody, or do again."""
    no = duty(command.actor, Action.MERGE_CUSTOMERS)
    if no:
        return no
    return [] if command.blocked == customer.blocked else [BlockingChanged(command.blocked, command.reason)]


def deadlines(customer: Customer) -> Sequence[Deadline]:
    """What is due at him."""
    due = (erasing.deadlines, merging.deadlines, handing_over.deadlines)
    return [deadline for each in due for deadline in each(customer)]


def _known(customer: Customer | None) -> Customer:
    if customer is None:
        raise UnknownCustomer("There is no such customer.")
    return there(customer)


def _new(command: Registering) -> Customer:
    return Customer(
        customer_id=command.customer_id,
        shop_id=command.shop_id,
        phones=(command.phone,),
        hashes=(command.hash,),
        name=command.name,
        addresses=(command.address,) if command.address else (),
        preference=command.preference or Preference.ANY,
        owner_id=command.owner_id,
        heard_at=command.at,
    )


def _details(customer: Customer) -> DetailsChanged:
    return DetailsChanged(customer.name, customer.addresses, customer.preference)


def _otherwise(wanted: DetailsChanged, customer: Customer) -> list[Change]:
    """What is known of him, where it is not what was known before."""
    if wanted == _details(customer):
        return []
    return [replace(wanted, preference_changed=wanted.preference is not customer.preference)]


def _learned(command: Registering, customer: Customer) -> DetailsChanged:
    """A wish not to be called is heard at once; a form without it is no wish to be called (R26)."""
    addresses = customer.addresses
    if command.address and command.address not in addresses and len(addresses) < MOST_ADDRESSES:
        addresses = (*addresses, command.address)
    quiet = command.preference is Preference.NO_CALLS
    return DetailsChanged(
        customer.name or command.name, addresses, Preference.NO_CALLS if quiet else customer.preference
    )
