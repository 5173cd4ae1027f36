"""Calls over HTTP: what became of each, its legs, its plan with reasons, its recording for whom it is (R9, R104)."""

from enum import StrEnum
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Path, Query
from kernel.action import Action
from kernel.actor import Actor
from pydantic import BaseModel

from telephony_router.domain.refusals import NoRecording, UnknownCall
from telephony_router.entrypoints.call_models import CallOut, call_out
from telephony_router.entrypoints.wired import CallReader, CallsKept, Looks, who_may

router = APIRouter(prefix="/calls", tags=["calls"])
CallId = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{1,120}$")]
Filter = Annotated[str | None, Query(max_length=120)]
Hearer = Annotated[Actor, who_may(Action.HEAR_RECORDING)]


class Status(StrEnum):
    """How far a call is."""

    RINGING = "ringing"
    TALKING = "talking"
    FINISHED = "finished"
    MISSED = "missed"


class RecordingOut(BaseModel):
    url: str


@router.get("")
async def list_calls(  # noqa: PLR0917 - the filters of a list
    reader: CallReader, page: Paging, calls: CallsKept,
    status: Status | None = None, customer_id: Filter = None, owner_id: Filter = None, staff_id: Filter = None,
) -> PageOut[CallOut]:  # fmt: skip
    """Calls, the newest first."""
    del reader
    asked = {"status": status, "customer_id": customer_id, "owner_id": owner_id, "staff_id": staff_id}
    equal = {name: str(value) for name, value in asked.items() if value}
    found = await calls.page(
        Wanted(equal=equal, order="started_at", descending=True), page.limit, page.cursor
    )
    return PageOut(items=[call_out(each.state) for each in found.items if each.state], next=found.next)


@router.get("/{call_id}", responses=refusals(UnknownCall))
async def read_call(call_id: CallId, reader: CallReader, looking: Looks) -> CallOut:
    """One call."""
    del reader
    return call_out(await looking.call(call_id))


@router.get("/{call_id}/timeline", responses=refusals(UnknownCall))
async def read_timeline(call_id: CallId, reader: CallReader, looking: Looks, calls: CallsKept) -> TimelineOut:
    """What was said of it and told, and who heard its recording."""
    del reader
    await looking.call(call_id)
    return timeline(call_id, await calls.history(call_id))


@router.get("/{call_id}/recording", responses=refusals(UnknownCall, NoRecording))
async def hear_recording(call_id: CallId, hearer: Hearer, asked: Asking, looking: Looks) -> RecordingOut:
    """Where it is, for who checks quality or settles claims; never for who sells (R9). The look is written down."""
    return RecordingOut(url=await looking.recording(call_id, hearer, asked.occasion()))
