"""From a change of a customer to the facts told of it. Nobody's name, phone or address, and nobody's words."""

from datetime import datetime

from chassis.duties_told import duty_refused
from contracts.fact import Fact
from kernel.refused_duty import DutyRefused

from contracts import crm as told
from crm.domain import customer as c
from crm.domain import doubles as d
from crm.domain import erasure as e
from crm.domain import handover as h
from crm.domain import notes as n
from crm.domain import noting


def announce_customer(change: c.Change, customer: c.Customer) -> list[Fact]:  # noqa: C901, PLR0911, PLR0912 - one case a change
    """Registered, handed over, otherwise reached; names, addresses, looks and what notes say are nobody else's business."""
    state = _state(customer)
    match change:
        case c.CustomerRegistered():
            return [told.CustomerRegisteredV1(customer=state)]
        case h.OwnerChanged():
            return [
                told.CustomerOwnerChangedV1(
                    customer=state, previous_owner_id=change.previous_id, reason=change.reason
                )
            ]
        case h.HandoverAccepted():
            return [
                told.CustomerHandoverAcceptedV1(
                    customer=state, previous_owner_id=change.previous_id, at=change.at
                )
            ]
        case h.HandoverLate():
            return [told.CustomerChangedV1(customer=state, what=("handover_late",))]
        case DutyRefused():
            return [duty_refused(change, "customer", customer.customer_id)]
        case c.PhoneAdded():
            return [told.CustomerChangedV1(customer=state, what=("phones",))]
        case c.BlockingChanged():
            return [told.CustomerChangedV1(customer=state, what=("blocked",))]
        case c.DetailsChanged():
            quiet = told.CustomerChangedV1(customer=state, what=("contact_preference",))
            return [quiet] if change.preference_changed else []
        case e.PersonErased():
            gone = change.erasure
            return [told.CustomerErasedV1(customer=state, reason=gone.reason, by=gone.by, at=gone.at)]
        case n.NotesWritten() | n.NotesCarried():
            return [_noted(customer, change.by, change.at)]
        case d.TakenIn():
            return [told.CustomerMergedV1(customer=state, merged_id=change.taken.customer_id, by=change.by)]
        case d.LetGone():
            return [told.CustomerUnmergedV1(customer=state, merged_id=change.other_id, by=change.by)]
        case _:
            return []


def _state(customer: c.Customer) -> told.CustomerV1:
    return told.CustomerV1(
        customer_id=customer.customer_id,
        stage=customer.stage,
        owner_id=customer.owner_id,
        contact_preference=customer.preference,
    )


def _noted(customer: c.Customer, by: str, at: datetime) -> Fact:
    """The type as a code, and which notes there are."""
    notes = noting.notes_of(customer)
    return told.CustomerNotedV1(
        customer=_state(customer),
        shop_id=customer.shop_id,
        customer_type=noting.type_of(customer),
        notes=tuple(part.value for part in n.SPIN if part in notes),
        by=by,
        at=at,
    )
