"""What others tell, in the router's own words."""

from datetime import datetime

from contracts.claims import ClaimV1
from contracts.crm import CustomerNotedV1, CustomerV1, StaffChangedV1
from contracts.incidents import IncidentV1
from contracts.order_state import OrderV1

from telephony_router.domain.directory import KnownOrder, KnownTrouble
from telephony_router.domain.learning_customers import HearCustomer
from telephony_router.domain.learning_notes import HearNotes, KnownNotes
from telephony_router.domain.people import Person

OVER = frozenset({"cancelled", "completed"})


def person_of(told: StaffChangedV1) -> Person:
    """A member of the staff as told."""
    away = told.absence
    return Person(
        staff_id=told.staff_id,
        shop_id=told.shop_id,
        roles=tuple(told.roles),
        active=told.active,
        presence=told.presence,
        absent_since=away.since if away else None,
        absent_until=away.until if away else None,
        deputy_id=told.deputy_id,
    )


def customer_of(told: CustomerV1, at: datetime) -> HearCustomer:
    """A customer as told."""
    return HearCustomer(
        customer_id=told.customer_id,
        stage=told.stage,
        owner_id=told.owner_id,
        no_calls=told.contact_preference == "no_calls",
        at=at,
    )


def notes_of(told: CustomerNotedV1, at: datetime) -> HearNotes:
    """What is noted of a customer, as told."""
    who = told.customer.customer_id
    now = KnownNotes(
        who, told.shop_id, at, told.customer_type, tuple(told.notes), noted_at=told.at, noted_by=told.by
    )
    return HearNotes(who, now)


def order_of(order: OrderV1, at: datetime) -> KnownOrder:
    """An order as told."""
    promise = order.promise
    return KnownOrder(
        order_id=order.order_id,
        number=order.number,
        shop_id=order.shop_id,
        stage=order.stage,
        is_open=order.stage not in OVER and not order.is_test,
        placed_at=order.placed_at,
        changed_at=at,
        customer_id=order.customer_id,
        responsible_id=order.responsible_id,
        starts_at=promise.starts_at if promise else None,
        ends_at=promise.ends_at if promise else None,
        time_zone=promise.time_zone if promise else None,
        carrier_id=promise.carrier_id if promise else None,
    )


def incident_of(incident: IncidentV1, at: datetime, *, is_open: bool) -> KnownTrouble:
    """An incident as told."""
    return KnownTrouble(
        trouble_id=incident.incident_id,
        kind="incident",
        what=incident.kind,
        is_open=is_open,
        changed_at=at,
        order_id=incident.order_id,
        keeper_id=incident.owner_id,
        due_at=incident.due_at,
    )


def claim_of(claim: ClaimV1, at: datetime, *, is_open: bool) -> KnownTrouble:
    """A claim as told."""
    return KnownTrouble(
        trouble_id=claim.claim_id,
        kind="claim",
        what=claim.kind,
        is_open=is_open,
        changed_at=at,
        order_id=claim.order_id,
        customer_id=claim.customer_id,
        keeper_id=claim.owner_id,
    )
