"""The rules of several cards of one person. Nothing is moved that could not be given back."""

from dataclasses import replace
from typing import assert_never

from kernel.action import Action
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import duty

from crm.domain import doubles as d
from crm.domain.customer import Change, Customer, Preference
from crm.domain.noting import carried, notes_of
from crm.domain.refusals import SameCustomer, UnknownCustomer
from crm.domain.whereabouts import there

SETTLE = "settle_merge"


def decide(command: d.Command, customer: Customer | None) -> Decision[Change]:
    """The rule of each command."""
    if customer is None:
        raise UnknownCustomer("There is no such customer.")
    match command:
        case d.Join():
            return join(command, customer)
        case d.Part():
            return part(command, customer)
        case d.TakeIn():
            return take_in(command, customer)
        case d.LetGo():
            return let_go(command, customer)
        case d.Settle():
            settling = customer.joined is not None and customer.joined.phase is not d.Phase.JOINED
            return [d.Settled()] if settling else []
        case _:
            assert_never(command)


def join(command: d.Join, customer: Customer) -> Decision[Change]:
    """From here on this card answers with whose it is."""
    no = duty(command.actor, Action.MERGE_CUSTOMERS)
    if no:
        return no
    if command.into == customer.customer_id:
        raise SameCustomer("A customer is not merged with himself.")
    now = customer.joined
    if now is not None and now.into == command.into and now.phase is not d.Phase.LEAVING:
        return []
    there(customer)
    return [d.JoinBegun(d.Joined(command.into, command.actor.id, command.at))]


def part(command: d.Part, customer: Customer) -> Decision[Change]:
    """He is to be somebody of his own again."""
    no = duty(command.actor, Action.MERGE_CUSTOMERS)
    if no:
        return no
    now = customer.joined
    if now is None or now.phase is d.Phase.LEAVING:
        return []
    return [d.PartBegun(d.Joined(now.into, command.actor.id, command.at, d.Phase.LEAVING))]


def take_in(command: d.TakeIn, customer: Customer) -> Decision[Change]:
    """What is known here stays; what is not is gained. A wish not to be called is heard (R26)."""
    if any(each.customer_id == command.other_id for each in customer.taken):
        return []
    there(customer)
    said = command.said
    new = tuple(hash_ for hash_ in said.hashes if hash_ not in customer.hashes)
    gained = d.Marks(
        hashes=new,
        addresses=tuple(each for each in said.addresses if each not in customer.addresses),
        name=said.name if customer.name is None else None,
        quiet=said.quiet and customer.preference is not Preference.NO_CALLS,
    )
    phones = tuple(phone for phone, hash_ in zip(command.phones, said.hashes, strict=True) if hash_ in new)
    taken = d.TakenIn(d.Taken(command.other_id, said, gained), phones, command.by)
    return [taken, *carried(customer, _with(customer, taken), command.by, command.at)]


def let_go(command: d.LetGo, customer: Customer) -> Decision[Change]:
    """What came with the card goes."""
    if all(each.customer_id != command.other_id for each in customer.taken):
        return []
    after = _without(customer, command.other_id)
    return [d.LetGone(command.other_id, command.by), *carried(customer, after, command.by, command.at)]


def marks(customer: Customer) -> d.Marks:
    """What his card says of him."""
    quiet = customer.preference is Preference.NO_CALLS
    return d.Marks(customer.hashes, customer.addresses, customer.name, quiet, notes_of(customer))


def deadlines(customer: Customer) -> list[Deadline]:
    """What a crash left half done is done at once."""
    now = customer.joined
    return [Deadline(SETTLE, now.at)] if now is not None and now.phase is not d.Phase.JOINED else []


def evolve(customer: Customer, change: d.Change) -> Customer:
    """The customer after the change."""
    match change:
        case d.JoinBegun() | d.PartBegun():
            return replace(customer, joined=change.joined)
        case d.TakenIn():
            return _with(customer, change)
        case d.LetGone():
            return _without(customer, change.other_id)
        case d.Settled():
            now = customer.joined
            stays = now is not None and now.phase is not d.Phase.LEAVING
            return replace(customer, joined=replace(now, phase=d.Phase.JOINED) if now and stays else None)
        case _:
            assert_never(change)


def _with(customer: Customer, change: d.TakenIn) -> Customer:
    gained = change.taken.gained
    return replace(
        customer,
        phones=(*customer.phones, *change.phones),
        hashes=(*customer.hashes, *gained.hashes),
        addresses=(*customer.addresses, *gained.addresses),
        name=customer.name or gained.name,
        preference=Preference.NO_CALLS if gained.quiet else customer.preference,
        taken=(*customer.taken, change.taken),
    )


def _without(customer: Customer, other_id: str) -> Customer:
    """What it brought goes, unless another card that was taken in says the same: then that one has brought it."""
    gone = next(each for each in customer.taken if each.customer_id == other_id)
    rest, going = list[d.Taken](), gone.gained
    for each in customer.taken:
        if each is not gone:
            kept, going = _inherit(each, going)
            rest.append(kept)
    pairs = [
        pair for pair in zip(customer.phones, customer.hashes, strict=True) if pair[1] not in going.hashes
    ]
    renamed = going.name is not None and customer.name == going.name
    return replace(
        customer,
        phones=tuple(phone for phone, _ in pairs),
        hashes=tuple(hash_ for _, hash_ in pairs),
        addresses=tuple(each for each in customer.addresses if each not in going.addresses),
        name=None if renamed else customer.name,
        preference=Preference.ANY if going.quiet else customer.preference,
        taken=tuple(rest),
    )


def _inherit(heir: d.Taken, going: d.Marks) -> tuple[d.Taken, d.Marks]:
    """What the heir says, too, is his to bring; and what still goes."""
    hashes = tuple(each for each in going.hashes if each in heir.said.hashes)
    addresses = tuple(each for each in going.addresses if each in heir.said.addresses)
    named = going.name is not None and heir.said.name == going.name
    quiet = going.quiet and heir.said.quiet
    gained = d.Marks(
        (*heir.gained.hashes, *hashes),
        (*heir.gained.addresses, *addresses),
        going.name if named else heir.gained.name,
        quiet or heir.gained.quiet,
    )
    left = d.Marks(
        tuple(each for each in going.hashes if each not in hashes),
        tuple(each for each in going.addresses if each not in addresses),
        None if named else going.name,
        going.quiet and not quiet,
    )
    return replace(heir, gained=gained), left
