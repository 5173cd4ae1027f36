"""What was written to customers, and sending it once more."""

from enum import StrEnum
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking, asked_by
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Path, Query, Request
from kernel.actor import Actor, Role
from kernel.refused_duty import NotYourDuty

from notifications.application.resending import Resending
from notifications.domain.message import Message
from notifications.domain.refusals import MessageNoLongerSo, MessageOnItsWay, UnknownMessage
from notifications.entrypoints.models import MessageOut, message_out

router = APIRouter(prefix="/messages", tags=["messages"])

STAFF = tuple(sorted(set(Role) - {Role.SITE, Role.PARTNER, Role.LAWYER, Role.CALL_CENTRE_AGENT}))
"""Outside agents see no customers (R115)."""
Reader = Annotated[Actor, Depends(asked_by(*STAFF))]
MessageId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,120}$")]
Text = Annotated[str | None, Query(max_length=200)]


async def messages_of(request: Request) -> Listing[Message]:
    """Where messages are kept."""
    return request.app.state.messages


async def resending(request: Request) -> Resending:
    """The wired use case."""
    return request.app.state.resending


Messages = Annotated[Listing[Message], Depends(messages_of)]


class State(StrEnum):
    """How far a message is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    DROPPED = "dropped"


@router.get("")
async def list_messages(
    actor: Reader, page: Paging, messages: Messages, order_id: Text = None, state: State | None = None
) -> PageOut[MessageOut]:
    """Messages, oldest first, addresses masked."""
    del actor
    equal = {
        name: value for name, value in (("order_id", order_id), ("state", state and state.value)) if value
    }
    found = await messages.page(Wanted(equal=equal, order="written_at"), page.limit, page.cursor)
    return PageOut(items=[message_out(held.state) for held in found.items if held.state], next=found.next)


@router.get("/{message_id}", responses=refusals(UnknownMessage))
async def read_message(message_id: MessageId, actor: Reader, messages: Messages) -> MessageOut:
    """One message, its address masked; its words are kept nowhere."""
    del actor
    message = (await messages.load(message_id)).state
    if message is None:
        raise UnknownMessage("There is no such message.")
    return message_out(message)


@router.get("/{message_id}/timeline", responses=refusals(UnknownMessage))
async def read_timeline(message_id: MessageId, actor: Reader, messages: Messages) -> TimelineOut:
    """What happened to the message, when, why, and the facts told of it."""
    del actor
    entries = await messages.history(message_id)
    if not entries:
        raise UnknownMessage("There is no such message.")
    return timeline(message_id, entries)


@router.post(
    "/{message_id}:resend",
    responses=refusals(UnknownMessage, MessageOnItsWay, MessageNoLongerSo, NotYourDuty),
)
async def resend_message(
    message_id: MessageId, asked: Asking, resend: Annotated[Resending, Depends(resending)]
) -> ReceiptOut:
    """Send it once more (R31), by day, and only if it is still so."""
    return receipt(await resend(message_id, asked.actor, asked.occasion()))
