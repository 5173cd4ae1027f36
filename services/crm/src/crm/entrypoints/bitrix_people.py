"""The bridge to Bitrix24 as people see it: how far the load is, which contacts have a problem, and who is who there."""

from datetime import datetime
from typing import Annotated

from chassis.http.asking import Asking, asked_by
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Path, Query
from kernel.actor import Actor, Role
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, ConfigDict, Field

from crm.application.bitrix_joining import Joining
from crm.domain.bitrix_card import Card
from crm.domain.bitrix_user import PortalUser
from crm.domain.refusals import UnknownPortalUser, UnknownStaff
from crm.entrypoints.bitrix_hook import joining

router = APIRouter(prefix="/bitrix", tags=["bitrix24"])
Operator = Annotated[Actor, Depends(asked_by(Role.OWNER, Role.OFFICE_ADMINISTRATOR, Role.SERVICE_OWNER))]
Joined = Annotated[Joining, Depends(joining)]
UserId = Annotated[str, Path(pattern=r"^\d{1,15}$")]
Code = Annotated[str | None, Query(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class ProgressOut(BaseModel):
    """The pass that runs, or ended last."""

    began_at: datetime | None = None
    ended_at: datetime | None = None
    changed_since: datetime | None = Field(default=None, description="None: a pass over all contacts.")
    taken: int = 0
    with_problems: int = 0
    total: int | None = None
    whole_at: datetime | None = Field(
        default=None, description="When the last pass over all that ended began."
    )
    trouble: str | None = Field(default=None, description="Why it does not go on; gone when it does.")


class CardOut(BaseModel):
    """A contact of the portal, by its number there. Nothing personal."""

    number: int
    customer_id: str | None
    user_id: str | None
    problems: list[str]
    gone: bool
    waits_for_portal: bool


class PortalUserOut(BaseModel):
    """A proposal where `staff_id` is null: nobody is hired and no role is given by a portal."""

    user_id: str
    active: bool
    name: str | None
    extension: str | None
    mobile: str | None = Field(description="Masked.")
    staff_id: str | None
    by: str | None = Field(description="How we know: `extension`, or who said so.")


class WhoIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    staff_id: Id | None


@router.get("")
async def read_progress(actor: Operator, bridge: Joined) -> ProgressOut:
    """How far the load is."""
    del actor
    load = await bridge.passes.progress()
    if load is None:
        return ProgressOut()
    return ProgressOut(
        began_at=load.began_at,
        ended_at=load.ended_at,
        changed_since=load.since,
        taken=load.taken,
        with_problems=load.bad,
        total=load.total,
        whole_at=load.whole_at,
        trouble=load.trouble,
    )


@router.post("/passes", status_code=202)
async def ask_pass(actor: Operator, bridge: Joined, asked: Asking) -> None:
    """Look at all contacts again, now."""
    del actor
    await bridge.passes.ask_again(asked.occasion())


@router.get("/contacts")
async def list_contacts(
    *,
    actor: Operator,
    page: Paging,
    bridge: Joined,
    problem: Code = None,
    only_bad: bool = True,
) -> PageOut[CardOut]:
    """Contacts with a problem, in the order of their numbers; the report of bad rows."""
    del actor
    equal = {"problems": problem} if problem else {"bad": True} if only_bad else dict[str, str]()
    found = await bridge.following.contacts.cards.page(
        Wanted(equal=equal, order="number"), page.limit, page.cursor
    )
    return PageOut(items=[_card(held.state) for held in found.items if held.state], next=found.next)


@router.get("/users")
async def list_users(actor: Operator, page: Paging, bridge: Joined) -> PageOut[PortalUserOut]:
    """Users of the portal, and who of the staff they are."""
    del actor
    found = await bridge.people.users.page(Wanted(), page.limit, page.cursor)
    return PageOut(items=[_user(held.state) for held in found.items if held.state], next=found.next)


@router.put("/users/{user_id}/staff", responses=refusals(UnknownPortalUser, UnknownStaff, NotYourDuty))
async def say_who(user_id: UserId, body: WhoIn, asked: Asking, bridge: Joined) -> ReceiptOut:
    """Who of the staff he is; contacts that waited for it are read again."""
    why = asked.occasion(body)
    done = await bridge.people.say_who(user_id, body.staff_id, why)
    if not await bridge.following.hint_of(user_id, why):
        await bridge.passes.ask_again(why)
    return receipt(done)


def _card(card: Card) -> CardOut:
    return CardOut(
        number=card.number,
        customer_id=card.customer_id,
        user_id=card.user_id,
        problems=list(card.problems),
        gone=card.gone,
        waits_for_portal=card.wanted is not None,
    )


def _user(user: PortalUser) -> PortalUserOut:
    return PortalUserOut(
        user_id=user.user_id,
        active=user.active,
        name=user.name.value if user.name else None,
        extension=user.extension,
        mobile=str(user.mobile) if user.mobile else None,
        staff_id=user.staff_id,
        by=user.by,
    )
