"""What an exchange says of a call, for the portal: noted at once, told the portal when it can. Said twice, it happens once."""

from datetime import datetime
from typing import Annotated

from chassis.http.asking import Asking, asked_by
from chassis.http.fields import Id
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Depends, Path, Request
from kernel.actor import Role
from kernel.personal import Personal
from kernel.phone import Phone
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from crm.application.bitrix_calling import Caller, PortalCalls
from crm.domain.bitrix_call import Ending, Want
from crm.domain.refusals import NoPortalUser, PortalReadsOnly
from crm.entrypoints.phones import PhoneIn

CallId = Annotated[
    str,
    Path(pattern=r"^[A-Za-z0-9._-]{1,100}$", description="Yours; the same for all that is said of the call."),
]
MOST_SHOWN = 20


async def portal_calls(request: Request) -> PortalCalls:
    """The wired bridge."""
    return request.app.state.bitrix24_calls


Calls = Annotated[PortalCalls, Depends(portal_calls)]
router = APIRouter(prefix="/bitrix/calls", tags=["bitrix24"], dependencies=[Depends(asked_by(Role.SERVICE))])


class RingIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    phone: PhoneIn
    kind: int = Field(
        default=2, ge=1, le=5, description="1 outgoing, 2 incoming, 3 redirected, 4 callback, 5 information."
    )
    staff_id: Id | None = Field(
        default=None, description="For whom it rings first; none: the technical user."
    )
    customer_id: Id | None = Field(
        default=None, description="Who calls, if known: the call stands on his card."
    )
    line: str | None = Field(default=None, max_length=40, description="Our number that was dialled.")
    started_at: AwareDatetime


class ShownIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    staff_ids: tuple[Id, ...] = Field(min_length=1, max_length=MOST_SHOWN)


class EndingIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    staff_id: Id | None = Field(
        default=None, description="Who talked, or who answers for the customer; none: the technical user."
    )
    seconds: int = Field(default=0, ge=0, le=86_400, description="Seconds of talk.")
    status: str = Field(
        pattern=r"^(\d{3}(-S)?|OTHER)$",
        description="The portal's word: 200 talked, 304 missed, 486 busy, ...",
    )


class RecordIn(BaseModel):
    model_config = ConfigDict(extra="forbid")
    url: str = Field(
        pattern=r"^https?://\S+$", max_length=2000, description="Where the portal may fetch it from."
    )


@router.post("/{call_id}:register", status_code=202, responses=refusals(NoPortalUser, PortalReadsOnly))
async def register_call(call_id: CallId, body: RingIn, asked: Asking, calls: Calls) -> ReceiptOut:
    """It rings."""
    started_at: datetime = body.started_at
    caller = Caller(
        Phone.parse(body.phone), body.kind, body.staff_id, body.customer_id, body.line, started_at
    )
    return receipt(await calls.ring(call_id, caller, asked.occasion(body)))


@router.post("/{call_id}:show", status_code=202, responses=refusals(PortalReadsOnly))
async def show_call(call_id: CallId, body: ShownIn, asked: Asking, calls: Calls) -> ReceiptOut:
    """The card pops up with them; with whom the portal does not know, it does not."""
    want = Want(call_id, asked.at, show=await calls.users_of(body.staff_ids))
    return receipt(await calls.want(want, asked.occasion(body)))


@router.post("/{call_id}:hide", status_code=202, responses=refusals(PortalReadsOnly))
async def hide_call(call_id: CallId, body: ShownIn, asked: Asking, calls: Calls) -> ReceiptOut:
    """It goes away with them."""
    want = Want(call_id, asked.at, hide=await calls.users_of(body.staff_ids))
    return receipt(await calls.want(want, asked.occasion(body)))


@router.post("/{call_id}:finish", status_code=202, responses=refusals(NoPortalUser, PortalReadsOnly))
async def finish_call(call_id: CallId, body: EndingIn, asked: Asking, calls: Calls) -> ReceiptOut:
    """It is over."""
    ending = Ending(await calls.user_of(body.staff_id), body.seconds, body.status)
    return receipt(await calls.want(Want(call_id, asked.at, ending=ending), asked.occasion(body)))


@router.post("/{call_id}:record", status_code=202, responses=refusals(PortalReadsOnly))
async def attach_record(call_id: CallId, body: RecordIn, asked: Asking, calls: Calls) -> ReceiptOut:
    """Its record; the portal is told after the end."""
    return receipt(await calls.want(Want(call_id, asked.at, record=Personal(body.url)), asked.occasion(body)))
