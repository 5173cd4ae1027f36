"""Those who are difficult, over HTTP: proposed, signed by another, lifted (R74)."""

from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking
from chassis.http.fields import Id
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel

from logistics.application.warning_of_difficult import Cautioning
from logistics.domain.difficult import (
    Difficult,
    FlagOutOfSight,
    LiftDifficult,
    NobodyProposed,
    Party,
    ProposeDifficult,
    SecondSignatureMissing,
    SignDifficult,
    key_of,
)
from logistics.entrypoints.difficult_models import DifficultOut, difficult_out
from logistics.entrypoints.incident_models import Code
from logistics.entrypoints.values import Moment
from logistics.entrypoints.wired import Reader, reached

router = APIRouter(prefix="/difficult", tags=["incidents"])

Cautions = Annotated[Cautioning, reached("cautioning")]
FlagsKept = Annotated[Listing[Difficult], reached("difficult")]


class ProposalIn(BaseModel):
    reason: Code
    until: Moment


class SignatureIn(ProposalIn):
    """To what was read: this reason, this end."""

    agrees: bool


@router.get("")
async def list_difficult(
    actor: Reader, kept: FlagsKept, page: Paging, waits: bool | None = None
) -> PageOut[DifficultOut]:
    """All that was ever proposed, the next to end first; `waits`: for a second signature."""
    del actor
    query = Query({} if waits is None else {"waits": waits}, order="until")
    found = await kept.page(query, page.limit, page.cursor)
    return PageOut(items=[difficult_out(each.state) for each in found.items if each.state], next=found.next)


@router.get("/{party}/{party_id}", responses=refusals(NobodyProposed))
async def read_difficult(party: Party, party_id: Id, actor: Reader, kept: FlagsKept) -> DifficultOut:
    """One of them."""
    del actor
    found = (await kept.load(key_of(party, party_id))).state
    if found is None:
        raise NobodyProposed("Nobody proposed this.")
    return difficult_out(found)


@router.get("/{party}/{party_id}/timeline", responses=refusals(NobodyProposed))
async def read_difficult_timeline(party: Party, party_id: Id, actor: Reader, kept: FlagsKept) -> TimelineOut:
    """Who proposed, signed and lifted it."""
    del actor
    entries = await kept.history(key_of(party, party_id))
    if not entries:
        raise NobodyProposed("Nobody proposed this.")
    return timeline(key_of(party, party_id), entries)


@router.put("/{party}/{party_id}", responses=refusals(FlagOutOfSight, NotYourDuty))
async def propose_difficult(
    party: Party, party_id: Id, body: ProposalIn, asked: Asking, cautioning: Cautions
) -> ReceiptOut:
    """Propose it, with a reason and an end; other words need another signature."""
    command = ProposeDifficult(party, party_id, body.reason, body.until, asked.actor, asked.at)
    return receipt(await cautioning.handle(command, asked.occasion(body)))


@router.post(
    "/{party}/{party_id}/signature", responses=refusals(NobodyProposed, SecondSignatureMissing, NotYourDuty)
)
async def sign_difficult(
    party: Party, party_id: Id, body: SignatureIn, asked: Asking, cautioning: Cautions
) -> ReceiptOut:
    """The second signature, or a no, which ends it."""
    command = SignDifficult(party, party_id, body.agrees, body.reason, body.until, asked.actor, asked.at)
    return receipt(await cautioning.handle(command, asked.occasion(body)))


@router.post("/{party}/{party_id}/lifting", responses=refusals(NobodyProposed, NotYourDuty))
async def lift_difficult(party: Party, party_id: Id, asked: Asking, cautioning: Cautions) -> ReceiptOut:
    """It is not so any more."""
    command = LiftDifficult(party, party_id, asked.actor, asked.at)
    return receipt(await cautioning.handle(command, asked.occasion()))
