"""A customer after each change."""

from dataclasses import replace

from kernel.refused_duty import DutyRefused

from crm.domain import doubles as d
from crm.domain import erasing, handing_over, merging, noting
from crm.domain import handover as h
from crm.domain import notes as n
from crm.domain.customer import (
    BlockingChanged,
    Change,
    Customer,
    CustomerRegistered,
    DetailsChanged,
    Heard,
    PhoneAdded,
    Unmasked,
)

LOOKS_KEPT = 50


class ImpossibleHistory(Exception):
    """A change that can't have happened to this customer: a defect."""


def evolve(customer: Customer | None, change: Change) -> Customer:  # noqa: C901, PLR0911, PLR0912 - one case a change
    """The customer after the change."""
    if isinstance(change, CustomerRegistered):
        return change.customer
    if customer is None:
        raise ImpossibleHistory(type(change).__name__)
    match change:
        case PhoneAdded():
            return replace(
                customer, phones=(*customer.phones, change.phone), hashes=(*customer.hashes, change.hash)
            )
        case DetailsChanged():
            return replace(
                customer, name=change.name, addresses=change.addresses, preference=change.preference
            )
        case h.OwnerChanged():
            return handing_over.owned(customer, change)
        case h.HandoverAccepted() | h.HandoverLate() | h.FirstOrderNoted():
            return handing_over.evolve(customer, change)
        case BlockingChanged():
            return replace(customer, blocked=change.blocked)
        case Unmasked():
            return replace(customer, looks=(*customer.looks, change.look)[-LOOKS_KEPT:])
        case Heard():
            return replace(customer, heard_at=change.at)
        case DutyRefused():
            return customer
        case n.NotesWritten() | n.NotesCarried():
            return noting.evolve(customer, change)
        case d.JoinBegun() | d.PartBegun() | d.TakenIn() | d.LetGone() | d.Settled():
            return merging.evolve(customer, change)
        case _:
            return erasing.evolve(customer, change, LOOKS_KEPT)
