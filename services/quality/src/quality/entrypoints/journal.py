"""The journal of who did what in quality: it is read and verified; there is no way to change it (R11)."""

from datetime import datetime
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import asked_by
from chassis.http.paging import PageOut, Paging
from chassis.listing import Query
from fastapi import APIRouter, Depends, Request
from kernel.actor import Actor, Role
from pydantic import BaseModel, Field

from quality.application.journalling import Journalling
from quality.domain.journal import Entry

router = APIRouter(tags=["journal"])

Reader = Annotated[Actor, Depends(asked_by(Role.OWNER, Role.QUALITY_CONTROLLER))]
Owner = Annotated[Actor, Depends(asked_by(Role.OWNER))]


class JournalEntryOut(BaseModel):
    """`digest` is the SHA-256 of `previous` and the entry."""

    number: int
    thing: str
    thing_id: str
    what: str
    about: str
    by: str
    at: datetime
    previous: str
    digest: str


class VerdictOut(BaseModel):
    """Note `head` somewhere else: whoever cuts the end off can't give it back."""

    holds: bool
    entries: int = Field(description="How many hold, from the first.")
    head: str = Field(description="The digest of the last that holds.")
    broken_at: int | None = Field(description="The number of the first that is not as it was written.")


async def entries_of(request: Request) -> Listing[Entry]:
    """Where entries are kept."""
    return request.app.state.journal_entries


async def journalling_of(request: Request) -> Journalling:
    """The wired use case."""
    return request.app.state.journalling


@router.get("/journal")
async def read_journal(
    actor: Reader, page: Paging, entries: Annotated[Listing[Entry], Depends(entries_of)]
) -> PageOut[JournalEntryOut]:
    """Who did what, oldest first."""
    del actor
    found = await entries.page(Query(order="number"), page.limit, page.cursor)
    return PageOut(items=[_out(held.state) for held in found.items if held.state], next=found.next)


@router.post("/journal:verify")
async def verify_journal(
    actor: Owner, journalling: Annotated[Journalling, Depends(journalling_of)]
) -> VerdictOut:
    """Walk the whole chain, and say where it is broken first."""
    del actor
    verdict = await journalling.verified()
    return VerdictOut(
        holds=verdict.broken_at is None,
        entries=verdict.entries,
        head=verdict.head,
        broken_at=verdict.broken_at,
    )


def _out(entry: Entry) -> JournalEntryOut:
    return JournalEntryOut(
        number=entry.number,
        thing=entry.thing,
        thing_id=entry.thing_id,
        what=entry.what,
        about=entry.about,
        by=entry.by,
        at=entry.at,
        previous=entry.previous,
        digest=entry.digest,
    )
