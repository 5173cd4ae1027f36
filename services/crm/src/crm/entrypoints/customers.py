"""Customers over HTTP: found or registered, listed, shown masked."""

from dataclasses import replace
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from chassis.http.asking import Now
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Query
from kernel.action import Action
from kernel.duties import may
from kernel.phone import Phone
from starlette.exceptions import HTTPException

from crm.domain.customer import Customer
from crm.domain.handover import Stage
from crm.domain.refusals import UnknownCustomer
from crm.entrypoints.customer_models import (
    Code,
    ContactIn,
    CustomerId,
    CustomerOut,
    Customers,
    FoundOut,
    Knows,
    PhoneAsked,
    Reader,
    Resolver,
    found_by_phone,
    masked,
)
from crm.entrypoints.resolved_models import ResolvedOut, resolved

router = APIRouter(prefix="/customers", tags=["customers"])
asking = APIRouter(tags=["customers"])


class HandoverState(StrEnum):
    WAITING = "waiting"
    LATE = "late"


Equal = Annotated[str | None, Query(max_length=120)]


@asking.post("/customers:resolve")
async def resolve_customer(body: ContactIn, actor: Resolver, at: Now, knows: Knows) -> ResolvedOut:
    """The customer of this phone, registered if he is new. Asked twice, or by many at once: the same one. Where several share the
    phone it is who was known by it first, and all of them are named, the likeliest first and each with why; a name or address is
    then noted of nobody, since it is not known whose it is.
    """
    contact = body.contact()
    if len(await knows.by_phone(contact.phone)) > 1:
        contact = replace(contact, name=None, address=None, preference=None)
    found, registered = await knows.resolve(contact, actor, at)
    return resolved(found, await knows.by_phone(contact.phone), registered=registered)


@asking.post("/customers:find", responses=refusals(UnknownCustomer))
async def find_customer(body: PhoneAsked, actor: Reader, knows: Knows) -> FoundOut:
    """The customer of this phone, masked; nobody is registered. A phone does not stand in an address, hence POST.

    Where several share it, the likeliest, with all of them and why each stands before the next.
    """
    found = await knows.by_phone(Phone.parse(body.phone))
    if not found:
        raise UnknownCustomer("Nobody is known by this phone.")
    return found_by_phone(found, actor)


@router.get("")
async def list_customers(
    *,
    actor: Reader,
    page: Paging,
    customers: Customers,
    owner_id: Equal = None,
    shop_id: Equal = None,
    stage: Stage | None = None,
    handover: HandoverState | None = None,
    customer_type: Code | None = None,
) -> PageOut[CustomerOut]:
    """Customers, masked; by who answers for them, whose hand-over is not accepted yet, or late (R98), and, for who may note
    customers, of which type they are (R109).
    """
    if customer_type is not None and not may(actor, Action.NOTE_CUSTOMER):
        raise HTTPException(HTTPStatus.FORBIDDEN, "Your roles don't read the types of customers (R109).")
    given = {
        "owner_id": owner_id,
        "shop_id": shop_id,
        "stage": stage,
        "handover": handover,
        "customer_type": customer_type,
    }
    equal = {name: value for name, value in given.items() if value is not None}
    found = await customers.page(Wanted(equal=equal), page.limit, page.cursor)
    return PageOut(items=[masked(held.state, actor) for held in found.items if held.state], next=found.next)


@router.get("/{customer_id}", responses=refusals(UnknownCustomer))
async def read_customer(customer_id: CustomerId, actor: Reader, customers: Customers) -> CustomerOut:
    """One customer, masked."""
    return masked(await _found(customer_id, customers), actor)


@router.get("/{customer_id}/timeline", responses=refusals(UnknownCustomer))
async def read_timeline(customer_id: CustomerId, actor: Reader, customers: Customers) -> TimelineOut:
    """What happened to him in crm, looks included."""
    del actor
    await _found(customer_id, customers)
    return timeline(customer_id, await customers.history(customer_id))


async def _found(customer_id: str, customers: Customers) -> Customer:
    found = (await customers.load(customer_id)).state
    if found is None:
        raise UnknownCustomer("There is no such customer.")
    return found
