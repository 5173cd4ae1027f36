"""How far the directory is, over HTTP: numbers of things, nobody's number."""

from datetime import datetime

from fastapi import APIRouter
from pydantic import BaseModel, Field

from telephony_router.application.loading import Load
from telephony_router.entrypoints.wired import Loads, Memory, Reader

router = APIRouter(prefix="/directory", tags=["directory"])


class LoadOut(BaseModel):
    kind: str
    read: int
    done_at: datetime | None = Field(
        description="When all of it was here last; none while the first load runs."
    )


class DirectoryOut(BaseModel):
    """What this replica holds in memory."""

    customers: int
    staff: int
    open_orders: int
    loads: list[LoadOut]


@router.get("")
async def read_directory(reader: Reader, memory: Memory, loads: Loads) -> DirectoryOut:
    """How many are known, and how far the load from crm is."""
    del reader
    found = [(await loads.load(kind)).state or None for kind in ("staff", "customers")]
    return DirectoryOut(
        customers=sum(not each.erased for each in memory.cards.items.values()),
        staff=sum(each.person.active for each in memory.people.items.values()),
        open_orders=sum(each.is_open for each in memory.orders.items.values()),
        loads=[_load(each) for each in found if each],
    )


def _load(load: Load) -> LoadOut:
    return LoadOut(kind=load.kind, read=load.read, done_at=load.done_at)
