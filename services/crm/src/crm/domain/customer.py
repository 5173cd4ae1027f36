"""A customer: who he is, how he may be reached, who answers for him (R26, R98)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from kernel.actor import Actor, Role
from kernel.deadline import Deadline
from kernel.duties import DUTIES, Action, may, overridable_by
from kernel.personal import Personal
from kernel.phone import Phone
from kernel.refusal import Decision, Refused

from crm.domain.refusals import NobodyToOwn, NotYourDuty, UnknownCustomer
from crm.domain.staff import DutyRefused


class Preference(StrEnum):
    """Whether he may be called (R26)."""

    ANY = "any"
    NO_CALLS = "no_calls"


class Stage(StrEnum):
    """A lead becomes a customer with the hand-over after the sale (R98)."""

    LEAD = "lead"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Customer:
    """`hashes` are the keyed hashes of his phones, by which he is found."""

    customer_id: str
    shop_id: str
    phones: tuple[Phone, ...]
    hashes: tuple[str, ...]
    name: Personal | None = None
    addresses: tuple[Personal, ...] = ()
    preference: Preference = Preference.ANY
    stage: Stage = Stage.LEAD
    owner_id: str | None = None


@dataclass(frozen=True, slots=True)
class Registering:
    """What is known of a person who got in touch. `owner_id`: who would answer for him, by the rule."""

    customer_id: str
    shop_id: str
    phone: Phone
    hash: str
    name: Personal | None
    address: Personal | None
    preference: Preference | None
    owner_id: str | None
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class HandOver:
    """Somebody else is to answer for him. `able`: the staff who may and are there."""

    customer_id: str
    to_id: str
    reason: str
    able: frozenset[str]
    to_roles: frozenset[Role]
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Prefer:
    customer_id: str
    preference: Preference
    actor: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Unmask:
    """Look at his phone and address, and say why; the look is written down (market-facts 3)."""

    customer_id: str
    reason: str
    actor: Actor
    at: datetime


Command = Registering | HandOver | Prefer | Unmask


@dataclass(frozen=True, slots=True)
class CustomerRegistered:
    customer: Customer


@dataclass(frozen=True, slots=True)
class DetailsLearned:
    name: Personal | None
    address: Personal | None
    preference: Preference | None


@dataclass(frozen=True, slots=True)
class OwnerChanged:
    previous_id: str | None
    owner_id: str
    reason: str
    stage: Stage


@dataclass(frozen=True, slots=True)
class PreferenceChanged:
    preference: Preference


@dataclass(frozen=True, slots=True)
class Unmasked:
    by: str
    reason: str


Change = CustomerRegistered | DetailsLearned | OwnerChanged | PreferenceChanged | Unmasked | DutyRefused


class ImpossibleHistory(Exception):
    """A change that can't have happened to this customer: a defect."""


def decide(command: Command, customer: Customer | None) -> Decision[Change]:
    """The rule of each command."""
    match command:
        case Registering():
            return register(command, customer)
        case HandOver():
            return hand_over(command, customer)
        case Prefer():
            return prefer(command, customer)
        case Unmask():
            return unmask(command, customer)
        case _:
            assert_never(command)


def register(command: Registering, customer: Customer | None) -> Decision[Change]:
    """Found, or registered; what is newly known is added, what is known is not overwritten."""
    if customer is None:
        return [
            CustomerRegistered(
                Customer(
                    customer_id=command.customer_id,
                    shop_id=command.shop_id,
                    phones=(command.phone,),
                    hashes=(command.hash,),
                    name=command.name,
                    addresses=(command.address,) if command.address else (),
                    preference=command.preference or Preference.ANY,
                    owner_id=command.owner_id,
                )
            )
        ]
    name = command.name if customer.name is None else None
    address = command.address if command.address and command.address not in customer.addresses else None
    quieter = command.preference is Preference.NO_CALLS and customer.preference is Preference.ANY
    preference = command.preference if quieter else None
    return [DetailsLearned(name, address, preference)] if name or address or preference else []


def hand_over(command: HandOver, customer: Customer | None) -> Decision[Change]:
    """Lead to the sales manager, customer to the account manager (R98)."""
    found = _known(customer)
    no = _duty(command.actor, Action.HAND_OVER_CUSTOMER)
    if no:
        return no
    if command.to_id == found.owner_id:
        return []
    if command.to_id not in command.able:
        raise NobodyToOwn("The person is not there, or sells nothing.", to_id=command.to_id)
    stage = Stage.CUSTOMER if Role.ACCOUNT_MANAGER in command.to_roles else found.stage
    return [OwnerChanged(found.owner_id, command.to_id, command.reason, stage)]


def prefer(command: Prefer, customer: Customer | None) -> Decision[Change]:
    """He may be called, or he may not (R26)."""
    found = _known(customer)
    no = _duty(command.actor, Action.UNMASK_CUSTOMER)
    if no:
        return no
    return [] if found.preference is command.preference else [PreferenceChanged(command.preference)]


def unmask(command: Unmask, customer: Customer | None) -> Decision[Change]:
    """Each look is written down, with its reason."""
    _known(customer)
    no = _duty(command.actor, Action.UNMASK_CUSTOMER)
    return no or [Unmasked(command.actor.id, command.reason)]


def evolve(customer: Customer | None, change: Change) -> Customer:
    """The customer after the change."""
    if isinstance(change, CustomerRegistered):
        return change.customer
    if customer is None:
        raise ImpossibleHistory(type(change).__name__)
    match change:
        case DetailsLearned():
            addresses = (*customer.addresses, change.address) if change.address else customer.addresses
            preference = change.preference or customer.preference
            return replace(
                customer, name=change.name or customer.name, addresses=addresses, preference=preference
            )
        case OwnerChanged():
            return replace(customer, owner_id=change.owner_id, stage=change.stage)
        case PreferenceChanged():
            return replace(customer, preference=change.preference)
        case Unmasked() | DutyRefused():
            return customer


def least_loaded(able: Collection[tuple[str, int]], otherwise: str | None) -> str | None:
    """Who answers for a new lead: of the sales managers who are there, who answers for the fewest; nobody there: the
    shop's owner (R98).
    """
    return min(able, key=lambda each: (each[1], each[0]))[0] if able else otherwise


def deadlines(customer: Customer) -> Sequence[Deadline]:
    """A customer waits for nothing here; orders and calls do."""
    del customer
    return ()


def _known(customer: Customer | None) -> Customer:
    if customer is None:
        raise UnknownCustomer("There is no such customer.")
    return customer


def _duty(actor: Actor, action: Action) -> Refused[Change] | None:
    if may(actor, action):
        return None
    rule = DUTIES[action].rule
    refused = DutyRefused(action, rule, actor.id, tuple(sorted(actor.roles)))
    no = NotYourDuty(f"Your roles may not do this ({rule}).", may_do_it=", ".join(overridable_by(action)))
    return Refused((refused,), no)
