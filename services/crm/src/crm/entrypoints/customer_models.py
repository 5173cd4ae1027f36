"""A customer as asked for and shown over HTTP: masked, unless somebody says why he needs more."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from chassis.chassis import Listing
from chassis.http.asking import asked_by
from chassis.http.fields import Id, Line, Words
from fastapi import Depends, Path, Request
from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.duties import may
from kernel.phone import Phone
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from crm.application.knowing import Contact, Knowing
from crm.domain.customer import Customer, Preference
from crm.domain.noting import type_of
from crm.domain.sharing import Candidate
from crm.entrypoints.phones import PhoneIn, personal

READERS = (
    Role.OWNER, Role.SERVICE_OWNER, Role.SALES_MANAGER, Role.ACCOUNT_MANAGER, Role.PHONE_OPERATOR,
    Role.CONFLICT_MANAGER, Role.LOGISTICIAN, Role.QUALITY_CONTROLLER, Role.OFFICE_ADMINISTRATOR, Role.SERVICE,
)  # fmt: skip
RESOLVERS = (
    Role.SERVICE, Role.OWNER, Role.SERVICE_OWNER, Role.SALES_MANAGER, Role.ACCOUNT_MANAGER, Role.PHONE_OPERATOR,
    Role.CONFLICT_MANAGER, Role.CALL_CENTRE_AGENT,
)  # fmt: skip
Reader = Annotated[Actor, Depends(asked_by(*READERS))]
Resolver = Annotated[Actor, Depends(asked_by(*RESOLVERS))]
CustomerId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.:-]{1,120}$")]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PhoneAsked(Asked):
    phone: PhoneIn


class ContactIn(PhoneAsked):
    """Who got in touch. Personal; kept encrypted."""

    shop_id: Id = "main"
    name: Line | None = None
    address: Words | None = None
    contact_preference: Preference | None = None

    def contact(self) -> Contact:
        """As the use case hears it."""
        return Contact(
            self.shop_id,
            Phone.parse(self.phone),
            personal(self.name),
            personal(self.address),
            self.contact_preference,
        )


class CorrectionIn(Asked):
    """What is left out stays."""

    name: Line | None = None
    addresses: list[Line] | None = Field(None, max_length=50)
    contact_preference: Preference | None = None


class BlockingIn(Asked):
    blocked: bool
    reason: Code


class LookIn(Asked):
    """`reason` is kept, sealed, with who looked and when."""

    reason: Line


class CustomerOut(BaseModel):
    """A customer, personal data masked."""

    customer_id: str
    shop_id: str
    stage: str
    owner_id: str | None
    contact_preference: str
    blocked: bool = Field(description="His calls ring nobody (R97).")
    customer_type: str | None = Field(
        None, description="A code of the shop's, where it keeps types and you may note customers (R109)."
    )
    phones: list[str]
    erased: bool = Field(description="The person is gone; his id alone is left.")
    merged_into: str | None = Field(description="Who he is by now: two cards were one person.")
    merged: list[str] = Field(description="Cards that were merged into his.")
    accept_by: datetime | None = Field(
        description="His owner has not said yet that he knows of him, and should by then (R98)."
    )
    handover_late: bool


class CandidateOut(BaseModel):
    """One of several who share a number."""

    customer: CustomerOut
    reason: str = Field(
        description="Why he stands before the next: `not_blocked`, `has_bought`, `in_touch_lately`, `by_id`; `has_this_number` of the last."
    )


class FoundOut(CustomerOut):
    """The likeliest."""

    ambiguous: bool = Field(description="Several share this number; ask who it is.")
    candidates: list[CandidateOut]


class UnmaskedOut(CustomerOut):
    """All of him; the look is written down."""

    name: str | None
    addresses: list[str]


async def knowing(request: Request) -> Knowing:
    """The wired use cases."""
    return request.app.state.knowing


async def kept(request: Request) -> Listing[Customer]:
    """Where customers are kept."""
    return request.app.state.customers


Knows = Annotated[Knowing, Depends(knowing)]
Customers = Annotated[Listing[Customer], Depends(kept)]


def masked(customer: Customer, reader: Actor | None = None) -> CustomerOut:
    """What many may see; his type, who talks with customers."""
    return CustomerOut(
        customer_id=customer.customer_id,
        shop_id=customer.shop_id,
        stage=customer.stage,
        owner_id=customer.owner_id,
        contact_preference=customer.preference,
        blocked=customer.blocked,
        customer_type=type_of(customer) if reader and may(reader, Action.NOTE_CUSTOMER) else None,
        phones=[str(phone) for phone in customer.phones],
        erased=customer.erased is not None,
        merged_into=customer.joined.into if customer.joined else None,
        merged=[each.customer_id for each in customer.taken],
        accept_by=customer.handover.accept_by if customer.handover else None,
        handover_late=customer.handover is not None and customer.handover.late_at is not None,
    )


def found_by_phone(found: Sequence[Candidate], reader: Actor) -> FoundOut:
    """All who may be meant, and the first of them."""
    shown = [CandidateOut(customer=masked(each.customer, reader), reason=each.reason) for each in found]
    first = {name: getattr(shown[0].customer, name) for name in CustomerOut.model_fields}
    return FoundOut(**first, ambiguous=len(shown) > 1, candidates=shown)


def whole(customer: Customer) -> UnmaskedOut:
    """All of him."""
    shown: dict[str, Any] = masked(customer).model_dump() | {
        "phones": [phone.e164 for phone in customer.phones]
    }
    return UnmaskedOut(
        **shown,
        name=customer.name.value if customer.name else None,
        addresses=[address.value for address in customer.addresses],
    )
