"""Playbooks and ladders over HTTP: what to do about what, and whom to turn to (R51, R53, R54)."""

from datetime import datetime
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.fields import Id, Line
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from logistics.domain.ladder import Ladder, Rung, WriteLadder
from logistics.domain.playbook import (
    ApprovePlaybook,
    NoDraft,
    OwnPlaybookApproved,
    Playbook,
    Step,
    UnknownPlaybook,
)
from logistics.domain.refusals import UnknownCarrier
from logistics.entrypoints.incident_models import Code
from logistics.entrypoints.incident_wired import KnowsMethods, LaddersKept, PlaybooksKept
from logistics.entrypoints.wired import CarrierId, CarriersKept, Reader

router = APIRouter(tags=["playbooks"])


class StepIO(BaseModel):
    code: Code
    ru: Line
    en: Line


class PlaybookIn(BaseModel):
    steps: Annotated[list[StepIO], Field(min_length=1, max_length=20)]


class PlaybookOut(BaseModel):
    """`version` 0: the kind itself waits for a yes. `draft` are the steps that wait."""

    kind: str
    version: int
    steps: list[StepIO]
    draft: list[StepIO] | None
    draft_revision: int | None
    draft_by: str | None


class PlaybooksOut(BaseModel):
    items: list[PlaybookOut]


class ApprovalIn(BaseModel):
    revision: Annotated[int, Field(ge=1, le=1_000_000)] = Field(description="As read.")


class RungIO(BaseModel):
    contact_ref: Id = Field(description="Whom it means lies in the shop's own book: no name, no phone.")
    wait_minutes: Annotated[int, Field(ge=1, le=60 * 24 * 7)] = Field(description="Of working time.")


class LadderIn(BaseModel):
    """The first level first."""

    levels: Annotated[list[RungIO], Field(min_length=1, max_length=10)]


class LadderOut(LadderIn):
    carrier_id: str
    version: int = Field(description="0: nobody wrote one, the usual one holds.")
    by: str | None
    at: datetime | None


@router.get("/playbooks")
async def list_playbooks(actor: Reader, methods: KnowsMethods) -> PlaybooksOut:
    """The whole catalogue of kinds, each with its method; it is short (R51)."""
    del actor
    return PlaybooksOut(items=[_book(each) for _, each in sorted((await methods.all()).items())])


@router.put("/playbooks/{kind}", responses=refusals(NotYourDuty))
async def write_playbook(kind: Code, body: PlaybookIn, asked: Asking, methods: KnowsMethods) -> ReceiptOut:
    """Write the draft of a kind's next version; a new kind begins so, too."""
    steps = tuple(Step(each.code, each.ru, each.en) for each in body.steps)
    return receipt(await methods.write(kind, steps, asked.actor, asked.occasion(body)))


@router.post(
    "/playbooks/{kind}/approval",
    responses=refusals(UnknownPlaybook, NoDraft, OwnPlaybookApproved, NotYourDuty),
)
async def approve_playbook(kind: Code, body: ApprovalIn, asked: Asking, methods: KnowsMethods) -> ReceiptOut:
    """The second person's yes; incidents that are open go on by the version they began with."""
    command = ApprovePlaybook(kind, body.revision, asked.actor, asked.at)
    return receipt(await methods.to_playbooks(command, asked.occasion(body)))


@router.get("/playbooks/{kind}/timeline", responses=refusals(UnknownPlaybook))
async def read_playbook_timeline(kind: Code, actor: Reader, kept: PlaybooksKept) -> TimelineOut:
    """Who wrote and approved it; of one we began with, nothing yet."""
    del actor
    entries = await kept.history(kind)
    if not entries:
        raise UnknownPlaybook("Nobody wrote a playbook for this kind.")
    return timeline(kind, entries)


@router.get("/ladders")
async def list_ladders(actor: Reader, kept: LaddersKept, page: Paging) -> PageOut[LadderOut]:
    """Ladders that were written, by carrier."""
    del actor
    found = await kept.page(Query(), page.limit, page.cursor)
    items = [_ladder(each.key, each.state, ()) for each in found.items if each.state]
    return PageOut(items=items, next=found.next)


@router.get("/ladders/{carrier_id}", responses=refusals(UnknownCarrier))
async def read_ladder(
    carrier_id: CarrierId, actor: Reader, methods: KnowsMethods, carriers: CarriersKept
) -> LadderOut:
    """The carrier's ladder of escalation, or the usual one (R54)."""
    del actor
    await _known(carriers, carrier_id)
    ladder = (await methods.ladders.load(carrier_id)).state
    return _ladder(carrier_id, ladder, await methods.rungs_of(carrier_id))


@router.put("/ladders/{carrier_id}", responses=refusals(UnknownCarrier, NotYourDuty))
async def write_ladder(
    carrier_id: CarrierId, body: LadderIn, asked: Asking, methods: KnowsMethods, carriers: CarriersKept
) -> ReceiptOut:
    """Write it anew; incidents that are open go on by the one they began with."""
    await _known(carriers, carrier_id)
    rungs = tuple(Rung(each.contact_ref, each.wait_minutes) for each in body.levels)
    command = WriteLadder(carrier_id, rungs, asked.actor, asked.at)
    return receipt(await methods.to_ladders(command, asked.occasion(body)))


@router.get("/ladders/{carrier_id}/timeline", responses=refusals(UnknownCarrier))
async def read_ladder_timeline(
    carrier_id: CarrierId, actor: Reader, kept: LaddersKept, carriers: CarriersKept
) -> TimelineOut:
    """Who wrote the ladder, and when."""
    del actor
    await _known(carriers, carrier_id)
    return timeline(carrier_id, await kept.history(carrier_id))


async def _known(carriers: CarriersKept, carrier_id: str) -> None:
    if (await carriers.load(carrier_id)).state is None:
        raise UnknownCarrier("There is no such carrier.")


def _book(book: Playbook) -> PlaybookOut:
    draft = book.draft
    return PlaybookOut(
        kind=book.kind,
        version=book.version,
        steps=_steps(book.steps),
        draft=_steps(draft.steps) if draft else None,
        draft_revision=draft.revision if draft else None,
        draft_by=draft.by if draft else None,
    )


def _steps(steps: tuple[Step, ...]) -> list[StepIO]:
    return [StepIO(code=each.code, ru=each.ru, en=each.en) for each in steps]


def _ladder(carrier_id: str, ladder: Ladder | None, usual: tuple[Rung, ...]) -> LadderOut:
    rungs = ladder.rungs if ladder else usual
    return LadderOut(
        carrier_id=carrier_id,
        version=ladder.version if ladder else 0,
        levels=[RungIO(contact_ref=each.contact_ref, wait_minutes=each.wait_minutes) for each in rungs],
        by=ladder.by if ladder else None,
        at=ladder.at if ladder else None,
    )
