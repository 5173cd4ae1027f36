"""The rules of erasing a person, and of showing him all that is kept of him (152-FZ art. 14, 21)."""

from dataclasses import replace
from typing import assert_never

from kernel.action import Action
from kernel.deadline import Deadline
from kernel.refusal import Decision
from kernel.refused_duty import duty

from crm.domain import erasure as e
from crm.domain.customer import Change, Customer
from crm.domain.refusals import UnknownCustomer
from crm.domain.whereabouts import there

FREE_PHONES = "free_phones"


def decide(command: e.Command, customer: Customer | None) -> Decision[Change]:
    """The rule of each command."""
    if customer is None:
        raise UnknownCustomer("There is no such customer.")
    match command:
        case e.Erase():
            return erase(command, customer)
        case e.Age():
            return age(command, customer)
        case e.GoWith():
            gone = replace(command.erasure, freeing=customer.hashes, settled=False)
            return [e.PersonErased(gone)] if customer.joined is not None else []
        case e.SettleErasure():
            gone = customer.erased
            return [e.ErasureSettled()] if gone is not None and not gone.settled else []
        case e.Export():
            no = duty(command.actor, Action.EXPORT_PERSON)
            there(customer)
            return no or [e.PersonExported(e.Look(command.at, command.actor.id, command.reason))]
        case _:
            assert_never(command)


def erase(command: e.Erase, customer: Customer) -> Decision[Change]:
    """All that is personal goes; that there was somebody of this id stays, since orders name him. Told once."""
    no = duty(command.actor, Action.ERASE_PERSON)
    if no:
        return no
    if customer.erased is not None:
        return []
    there(customer)
    return [e.PersonErased(e.Erasure(command.at, command.reason, command.actor.id, customer.hashes))]


def age(command: e.Age, customer: Customer) -> Decision[Change]:
    """Who was silent for longer than the shop keeps anybody; a contact meanwhile keeps him (market-facts 3, retention)."""
    silent = customer.heard_at is not None and customer.heard_at < command.before
    if customer.erased is not None or customer.joined is not None or not silent:
        return []
    return [e.PersonErased(e.Erasure(command.at, e.AGE, command.actor.id, customer.hashes))]


def erased(customer: Customer, gone: e.Erasure) -> Customer:
    """What is left of him."""
    return Customer(
        customer.customer_id, customer.shop_id, phones=(), hashes=(), stage=customer.stage, erased=gone
    )


def evolve(customer: Customer, change: e.Change, looks_kept: int) -> Customer:
    """The customer after the change."""
    match change:
        case e.PersonErased():
            return erased(customer, change.erasure)
        case e.ErasureSettled():
            return replace(
                customer, erased=customer.erased and replace(customer.erased, freeing=(), settled=True)
            )
        case e.PersonExported():
            return replace(customer, looks=(*customer.looks, change.look)[-looks_kept:])


def deadlines(customer: Customer) -> list[Deadline]:
    """His phones are given up at once; a crash in between is made up for."""
    gone = customer.erased
    return [Deadline(FREE_PHONES, gone.at)] if gone is not None and not gone.settled else []
