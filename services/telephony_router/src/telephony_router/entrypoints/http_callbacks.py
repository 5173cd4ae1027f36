"""Callbacks over HTTP: whom to ring back, tries, the outcome; a wish from the site or the duty person (R96, R106, R107)."""

from enum import StrEnum
from typing import Annotated

from chassis.http.asking import Asking, Opening, asked_by
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Path
from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.duties import DUTIES
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from telephony_router.domain import callback as k
from telephony_router.domain.refusals import CallbackSettled, NotTriedEnough, UnknownCallback
from telephony_router.entrypoints.call_models import CallbackOut, callback_out
from telephony_router.entrypoints.wired import (
    CallbacksKept,
    CallersKnown,
    CallingBacks,
    CallReader,
    In,
    Looks,
    who_may,
)

router = APIRouter(prefix="/callbacks", tags=["callbacks"])
CallbackId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,120}$")]
Ringer = Annotated[Actor, who_may(Action.CALL_BACK)]
Wisher = Annotated[Actor, Depends(asked_by(*sorted(DUTIES[Action.CALL_BACK].roles | {Role.SITE})))]
OF_A_CALLBACK = (UnknownCallback, NotYourDuty, CallbackSettled)


class View(StrEnum):
    """Lists to work from; what is due first comes first."""

    MINE = "mine"
    OPEN = "open"
    ALL = "all"


class Outcome(StrEnum):
    """How it ended, as a person may say."""

    TALKED = "talked"
    GAVE_UP = "gave_up"
    NO_NUMBER = "no_number"


class WishIn(In):
    """Somebody wants to be rung back: the widget of the site, or the duty person noted it."""

    from_: str = Field(alias="from", min_length=1, max_length=120, description="His number, in any spelling.")
    to: str = Field("", max_length=120, description="Which of our numbers it is about.")


class SettlementIn(In):
    outcome: Outcome


class NumberOut(BaseModel):
    number: str | None = Field(description="None: it was hidden, or crm has it by the customer's id.")


@router.post("", status_code=201)
async def wish(
    body: WishIn, actor: Wisher, asked: Opening, backs: CallingBacks, callers: CallersKnown
) -> ReceiptOut:
    """To his owner, by the rule of the last step of a plan (R106, R107)."""
    caller, line = callers.caller(body.from_), callers.line(body.to)
    step, customer_id = backs.who(caller.hash, line.shop_id, asked.at)
    origin = "site" if actor.has(Role.SITE) else "duty_note"
    number = caller.phone.e164 if caller.phone else None
    manner = "call" if number else "find_out"
    wished = k.Wish(line.shop_id, origin, manner, None, customer_id, caller.hash, number)
    callback_id = asked.derived_id("callback")
    return receipt(await backs.open(callback_id, wished, step, actor, asked.occasion(body)))


@router.get("")
async def list_callbacks(
    reader: CallReader, page: Paging, callbacks: CallbacksKept, view: View = View.OPEN
) -> PageOut[CallbackOut]:
    """Whom to ring back, what is due first."""
    equal: dict[str, str | bool] = {} if view is View.ALL else {"open": True}
    if view is View.MINE:
        equal["owner_id"] = reader.id
    found = await callbacks.page(Wanted(equal=equal, order="due_at"), page.limit, page.cursor)
    return PageOut(items=[callback_out(each.state) for each in found.items if each.state], next=found.next)


@router.get("/{callback_id}", responses=refusals(UnknownCallback))
async def read_callback(callback_id: CallbackId, reader: CallReader, callbacks: CallbacksKept) -> CallbackOut:
    """One callback."""
    del reader
    return callback_out(_known((await callbacks.load(callback_id)).state))


@router.get("/{callback_id}/timeline", responses=refusals(UnknownCallback))
async def read_timeline(callback_id: CallbackId, reader: CallReader, callbacks: CallbacksKept) -> TimelineOut:
    """Who had it, who tried, how it ended."""
    del reader
    _known((await callbacks.load(callback_id)).state)
    return timeline(callback_id, await callbacks.history(callback_id))


@router.post("/{callback_id}/number", responses=refusals(UnknownCallback))
async def see_number(
    callback_id: CallbackId, ringer: Ringer, asked: Asking, backs: CallingBacks, looking: Looks
) -> NumberOut:
    """The number to ring; the look is written down in the timeline of the call, or of the wish where there was none."""
    callback = _known((await backs.callbacks.load(callback_id)).state)
    if callback.wish.call_id is None:
        look = k.NoteLook(callback_id=callback_id, actor=ringer, at=asked.at)
        await backs.handle(look, asked.occasion())
        return NumberOut(number=callback.wish.number)
    return NumberOut(number=await looking.number(callback.wish.call_id, ringer, asked.occasion()))


@router.post("/{callback_id}/tries", responses=refusals(*OF_A_CALLBACK))
async def note_try(callback_id: CallbackId, asked: Asking, backs: CallingBacks) -> ReceiptOut:
    """Rung, and not reached."""
    command = k.NoteTry(callback_id=callback_id, actor=asked.actor, at=asked.at)
    return receipt(await backs.handle(command, asked.occasion()))


@router.post("/{callback_id}/settlement", responses=refusals(*OF_A_CALLBACK, NotTriedEnough))
async def settle(
    callback_id: CallbackId, body: SettlementIn, asked: Asking, backs: CallingBacks
) -> ReceiptOut:
    """Talked to, and so about all that he waits for; or given up after enough tries; or nobody can tell whose number it was."""
    command = k.Settle(callback_id=callback_id, actor=asked.actor, at=asked.at, outcome=body.outcome)
    return receipt(await backs.settle(command, asked.occasion(body)))


def _known(callback: k.Callback | None) -> k.Callback:
    if callback is None:
        raise UnknownCallback("There is no such callback.")
    return callback
