"""Customers over HTTP: found or registered, handed over, looked at."""

from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking, Now, asked_by
from chassis.http.fields import Id, Line, Words
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Path, Query, Request
from kernel.actor import Actor, Role
from kernel.personal import Personal
from kernel.phone import Phone
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from crm.application.knowing import Contact, Knowing
from crm.domain import customer as c
from crm.domain.customer import Customer, Preference
from crm.domain.refusals import NobodyToOwn, NotYourDuty, UnknownCustomer
from crm.entrypoints.phones import PhoneIn

router = APIRouter(prefix="/customers", tags=["customers"])
resolving = APIRouter(tags=["customers"])

READERS = (
    Role.OWNER, Role.SERVICE_OWNER, Role.SALES_MANAGER, Role.ACCOUNT_MANAGER, Role.PHONE_OPERATOR,
    Role.CONFLICT_MANAGER, Role.LOGISTICIAN, Role.QUALITY_CONTROLLER, Role.OFFICE_ADMINISTRATOR, Role.SERVICE,
)  # fmt: skip
RESOLVERS = (Role.SERVICE, Role.OWNER, Role.SALES_MANAGER, Role.ACCOUNT_MANAGER, Role.PHONE_OPERATOR)
Reader = Annotated[Actor, Depends(asked_by(*READERS))]
Resolver = Annotated[Actor, Depends(asked_by(*RESOLVERS))]
CustomerId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,120}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ContactIn(Asked):
    """Who got in touch. Personal; kept encrypted."""

    shop_id: Id = "main"
    phone: PhoneIn
    name: Line | None = None
    address: Words | None = None
    contact_preference: Preference | None = None


class ResolvedOut(BaseModel):
    customer_id: str
    owner_id: str | None
    contact_preference: str
    registered: bool = Field(description="Whether he is new.")


class CustomerOut(BaseModel):
    """A customer, personal data masked."""

    customer_id: str
    shop_id: str
    stage: str
    owner_id: str | None
    contact_preference: str
    phones: list[str]


class UnmaskedOut(CustomerOut):
    """All of him; the look is written down."""

    name: str | None
    addresses: list[str]


class OwnerIn(Asked):
    to_id: Id
    reason: Code = "handed_over"


class PreferenceIn(Asked):
    contact_preference: Preference


class LookIn(Asked):
    reason: Line


def knowing(request: Request) -> Knowing:
    """The wired use cases."""
    return request.app.state.knowing


def kept(request: Request) -> Listing[Customer]:
    """Where customers are kept."""
    return request.app.state.customers


Knows = Annotated[Knowing, Depends(knowing)]
Customers = Annotated[Listing[Customer], Depends(kept)]


@resolving.post("/customers:resolve")
async def resolve_customer(body: ContactIn, actor: Resolver, at: Now, knows: Knows) -> ResolvedOut:
    """The customer of this phone, registered if he is new. Asked twice, or by many at once: the same one."""
    contact = Contact(
        body.shop_id,
        Phone.parse(body.phone),
        Personal(body.name) if body.name else None,
        Personal(body.address) if body.address else None,
        body.contact_preference,
    )
    found, registered = await knows.resolve(contact, actor, at)
    return ResolvedOut(
        customer_id=found.customer_id,
        owner_id=found.owner_id,
        contact_preference=found.preference,
        registered=registered,
    )


@router.get("")
async def list_customers(
    actor: Reader,
    page: Paging,
    customers: Customers,
    owner_id: Annotated[str | None, Query(max_length=120)] = None,
    shop_id: Annotated[str | None, Query(max_length=120)] = None,
) -> PageOut[CustomerOut]:
    """Customers, masked; by who answers for them."""
    del actor
    equal = {n: v for n, v in (("owner_id", owner_id), ("shop_id", shop_id)) if v is not None}
    found = await customers.page(Wanted(equal=equal), page.limit, page.cursor)
    return PageOut(items=[_masked(held.state) for held in found.items if held.state], next=found.next)


@router.get("/{customer_id}", responses=refusals(UnknownCustomer))
async def read_customer(customer_id: CustomerId, actor: Reader, customers: Customers) -> CustomerOut:
    """One customer, masked."""
    del actor
    return _masked(await _found(customer_id, customers))


@router.post("/{customer_id}/unmasking", responses=refusals(UnknownCustomer, NotYourDuty))
async def unmask_customer(customer_id: CustomerId, body: LookIn, asked: Asking, knows: Knows) -> UnmaskedOut:
    """Phone, name and addresses, for who needs them and says why; each look is written down."""
    command = c.Unmask(customer_id, body.reason, asked.actor, asked.at)
    done = await knows.handle(command, asked.occasion(body))
    assert done.state is not None
    return _whole(done.state)


@router.post("/{customer_id}/owner", responses=refusals(UnknownCustomer, NotYourDuty, NobodyToOwn))
async def hand_over(customer_id: CustomerId, body: OwnerIn, asked: Asking, knows: Knows) -> ReceiptOut:
    """Somebody else answers for him from now on (R98)."""
    return receipt(await knows.hand_over(customer_id, body.to_id, body.reason, asked.occasion(body)))


@router.put("/{customer_id}/preference", responses=refusals(UnknownCustomer, NotYourDuty))
async def prefer(customer_id: CustomerId, body: PreferenceIn, asked: Asking, knows: Knows) -> ReceiptOut:
    """Whether he may be called (R26)."""
    command = c.Prefer(customer_id, body.contact_preference, asked.actor, asked.at)
    return receipt(await knows.handle(command, asked.occasion(body)))


@router.get("/{customer_id}/timeline", responses=refusals(UnknownCustomer))
async def read_timeline(customer_id: CustomerId, actor: Reader, customers: Customers) -> TimelineOut:
    """What happened to him in crm, looks included."""
    del actor
    await _found(customer_id, customers)
    return timeline(customer_id, await customers.history(customer_id))


async def _found(customer_id: str, customers: Listing[Customer]) -> Customer:
    found = (await customers.load(customer_id)).state
    if found is None:
        raise UnknownCustomer("There is no such customer.")
    return found


def _masked(customer: Customer) -> CustomerOut:
    return CustomerOut(
        customer_id=customer.customer_id,
        shop_id=customer.shop_id,
        stage=customer.stage,
        owner_id=customer.owner_id,
        contact_preference=customer.preference,
        phones=[str(phone) for phone in customer.phones],
    )


def _whole(customer: Customer) -> UnmaskedOut:
    known = _masked(customer)
    return UnmaskedOut(
        customer_id=known.customer_id,
        shop_id=known.shop_id,
        stage=known.stage,
        owner_id=known.owner_id,
        contact_preference=known.contact_preference,
        phones=[phone.e164 for phone in customer.phones],
        name=customer.name.value if customer.name else None,
        addresses=[address.value for address in customer.addresses],
    )
