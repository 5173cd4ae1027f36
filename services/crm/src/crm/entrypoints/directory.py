"""The directory that telephony keeps a copy of (R96, R97): numbers of customers as keyed hashes only, numbers of staff in the
clear, for services alone.
"""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Annotated

from chassis.handling import Held
from chassis.http.asking import asked_by
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends
from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.duties import DUTIES
from pydantic import BaseModel, Field, StringConstraints

from crm.application.noting import Noting
from crm.domain.customer import Customer
from crm.domain.doubles import Joined, Phase
from crm.domain.note_form import NoteForm
from crm.domain.noting import notes_of
from crm.domain.staff import Staff
from crm.entrypoints.customer_models import Customers
from crm.entrypoints.note_models import NotedOut, Notes, noted_out
from crm.entrypoints.staff_models import Asked, Kept

router = APIRouter(tags=["directory"])
Teller = Annotated[Actor, Depends(asked_by(*DUTIES[Action.READ_DIRECTORY].roles - {Role.OWNER}))]
"""A service: a person looks at numbers one by one, and says why."""

MOST = 200
Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class HashesIn(Asked):
    """HMAC-SHA256 of E.164 numbers, hex, by the phone key that both sides share."""

    hashes: Annotated[list[Hash], Field(min_length=1, max_length=MOST)]


class IdsIn(Asked):
    ids: Annotated[list[Id], Field(min_length=1, max_length=MOST)]


class CardOut(BaseModel):
    """A customer as far as telephony may know him; no number and no name."""

    customer_id: str
    shop_id: str
    stage: str
    owner_id: str | None
    contact_preference: str
    blocked: bool
    hashes: list[str]
    merged_into: str | None = Field(description="Who he is by now, where two cards were one person.")
    noted: NotedOut | None = Field(
        description="His type, and which notes of his needs there are (R109, R111)."
    )


class FoundOut(BaseModel):
    """Who has this number; several may."""

    hash: str
    customers: list[CardOut]


class LookupOut(BaseModel):
    items: list[FoundOut]


class CardsOut(BaseModel):
    items: list[CardOut]


class ReachOut(BaseModel):
    """How a colleague is rung. `hidden`: what nobody is put through to."""

    staff_id: str
    shop_id: str
    extension: str | None
    sip: str | None
    mobile: str | None = Field(description="E.164, in the clear.")
    hidden: list[str]


class ReachesOut(BaseModel):
    items: list[ReachOut]


@router.post("/directory:lookup")
async def look_up(body: HashesIn, actor: Teller, customers: Customers, notes: Notes) -> LookupOut:
    """Each asked hash once, with all who have this number."""
    del actor
    found: dict[str, Customer] = {}
    cursor: str | None = None
    while True:
        page = await customers.page(Wanted(equal={"hashes": list(body.hashes)}), MOST, cursor)
        found |= {held.state.customer_id: held.state for held in page.items if held.state}
        if (cursor := page.next) is None:
            break
    shown = await cards([each for each in found.values() if not _whose(each)], notes)
    return LookupOut(
        items=[
            FoundOut(hash=one, customers=[each for each in shown if one in each.hashes])
            for one in dict.fromkeys(body.hashes)
        ]
    )


@router.post("/directory/customers:read")
async def read_customers(body: IdsIn, actor: Teller, customers: Customers, notes: Notes) -> CardsOut:
    """Those of them that are known."""
    del actor
    found = await asyncio.gather(*(customers.load(each) for each in dict.fromkeys(body.ids)))
    return CardsOut(items=await cards(_there(found), notes))


@router.get("/directory/customers")
async def list_customers(actor: Teller, page: Paging, customers: Customers, notes: Notes) -> PageOut[CardOut]:
    """All of them, page by page: the first load, and to make sure."""
    del actor
    found = await customers.page(Wanted(), page.limit, page.cursor)
    return PageOut(items=await cards(_there(found.items), notes), next=found.next)


@router.get("/directory/staff")
async def list_staff(actor: Teller, page: Paging, staff: Kept) -> PageOut[ReachOut]:
    """Everybody who works here."""
    del actor
    found = await staff.page(Wanted(equal={"active": True}), page.limit, page.cursor)
    return PageOut(items=[reach(held.state) for held in found.items if held.state], next=found.next)


@router.post("/directory/staff:read")
async def read_staff(body: IdsIn, actor: Teller, staff: Kept) -> ReachesOut:
    """Those of them who work here."""
    del actor
    found = await asyncio.gather(*(staff.load(each) for each in dict.fromkeys(body.ids)))
    return ReachesOut(items=[reach(held.state) for held in found if held.state and held.state.active])


def _there(found: Iterable[Held[Customer]]) -> list[Customer]:
    return [held.state for held in found if held.state and not held.state.erased]


async def cards(found: Sequence[Customer], notes: Noting) -> list[CardOut]:
    """As telephony knows them; a form is looked up only where something is noted."""
    forms = await notes.forms_of([each for each in found if notes_of(each)])
    return [card(each, forms.get(each.shop_id)) for each in found]


def card(customer: Customer, form: NoteForm | None) -> CardOut:
    """As telephony knows him."""
    joined = _whose(customer)
    return CardOut(
        customer_id=customer.customer_id,
        shop_id=customer.shop_id,
        stage=customer.stage,
        owner_id=customer.owner_id,
        contact_preference=customer.preference,
        blocked=customer.blocked,
        hashes=[] if joined else list(customer.hashes),
        merged_into=joined.into if joined else None,
        noted=noted_out(customer, form) if form else None,
    )


def _whose(customer: Customer) -> Joined | None:
    """Whose card his is; one that is on its way out is his own: that it parted may be told before its last step is done."""
    joined = customer.joined
    return None if joined is None or joined.phase is Phase.LEAVING else joined


def reach(staff: Staff) -> ReachOut:
    """As telephony rings him."""
    phones = staff.phones
    return ReachOut(
        staff_id=staff.staff_id,
        shop_id=staff.shop_id,
        extension=phones.extension,
        sip=phones.sip,
        mobile=phones.mobile.e164 if phones.mobile else None,
        hidden=sorted(phones.hidden),
    )
