"""Claims over HTTP: opening, reading, taking, closing, opening again."""

from enum import StrEnum
from typing import Annotated

from chassis.documents import Listed
from chassis.http.asking import Asked, Asking, Opening
from chassis.http.fields import Id, Words
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Query
from kernel.action import Action
from kernel.actor import Actor, Role
from kernel.duties import may
from kernel.refused_duty import NotYourDuty
from pydantic import Field

from claims.domain import commands as o
from claims.domain.claim import Cause, Claim
from claims.domain.inviting import ROLES, brought_in, sees
from claims.domain.refusals import (
    ClaimStillOpen,
    InstructionFirst,
    MentorNeeded,
    NotConfirmed,
    UnknownClaim,
)
from claims.domain.words import Kind, Origin, Outcome, Stage
from claims.entrypoints.law_table import RowOut, law_out
from claims.entrypoints.models import ClaimOut, claim_out
from claims.entrypoints.wired import (
    OF_A_CLAIM,
    Assigns,
    ClaimId,
    Claims,
    ClaimsKept,
    In,
    Reader,
    done,
)

router = APIRouter(prefix="/claims", tags=["claims"])


class View(StrEnum):
    """Lists to work from; the nearest deadline first."""

    MINE = "mine"
    OPEN = "open"
    TO_APPROVE = "to_approve"
    UNDELIVERED = "undelivered"
    BROUGHT_IN = "brought_in"
    ALL = "all"


class ClaimIn(In):
    shop_id: Id
    kind: Kind
    order_id: Id | None = None
    customer_id: Id | None = None
    words: Words = Field("", description="What the customer said; sealed.")


class TakeIn(In):
    mentor_id: Id | None = Field(None, description="Who stands by you in your first cases (R77).")


class CloseIn(In):
    outcome: Outcome


class ReopenIn(In):
    reason: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


@router.post("", status_code=201, responses=refusals(NotYourDuty))
async def open_claim(body: ClaimIn, asked: Opening, claiming: Claims) -> ReceiptOut:
    """Somebody is not content; a conflict manager answers for it from now on (R5, R76)."""
    claim_id = asked.derived_id("claim")
    origin = Origin.SITE if asked.actor.has(Role.SITE) else Origin.PERSON
    cause = Cause(
        body.kind, origin, claim_id, body.shop_id, body.order_id, body.customer_id, words=body.words or None
    )
    occasion = asked.occasion(body, story=body.order_id)
    return receipt(await claiming.open(claim_id, cause, asked.actor, occasion))


@router.get("")
async def list_claims(  # noqa: PLR0917 - the filters of a list
    actor: Reader, asked: Asking, page: Paging, claims: ClaimsKept,
    view: View = View.OPEN,
    stage: Stage | None = None,
    order_id: Annotated[str | None, Query(max_length=120)] = None,
) -> PageOut[ClaimOut]:  # fmt: skip
    """Claims, the nearest deadline first; without the customer's words."""
    asks = {View.TO_APPROVE: Action.APPROVE_CLAIM, View.BROUGHT_IN: Action.ADVISE_CLAIM}
    if not (may(actor, Action.READ_CLAIM) or may(actor, asks.get(view, Action.READ_CLAIM))):
        return PageOut(items=[])
    equal = _equal(view, actor)
    equal |= {name: value for name, value in (("stage", stage), ("order_id", order_id)) if value}
    found = await claims.page(Wanted(equal=equal, order="due_at"), page.limit, page.cursor)
    mine = [each.state for each in found.items if each.state]
    if view is View.BROUGHT_IN:
        mine = [each for each in mine if brought_in(each, actor, asked.at)]
    shown = [claim_out(each, asked.at, whole=False) for each in mine]
    return PageOut(items=shown, next=found.next)


@router.get("/law")
async def read_law(actor: Reader) -> list[RowOut]:
    """The statutory terms, each version with the day it holds from."""
    del actor
    return law_out()


@router.get("/{claim_id}", responses=refusals(UnknownClaim))
async def read_claim(claim_id: ClaimId, actor: Reader, asked: Asking, claims: ClaimsKept) -> ClaimOut:
    """One claim; the customer's words only for who settles it or was brought in (R7)."""
    claim = _readable((await claims.load(claim_id)).state, actor, asked)
    looking = o.LookAtEvidence(claim_id=claim_id, actor=actor, at=asked.at, evidence_id="")
    return claim_out(claim, asked.at, whole=sees(claim, looking))


@router.get("/{claim_id}/timeline", responses=refusals(UnknownClaim))
async def read_timeline(claim_id: ClaimId, actor: Reader, asked: Asking, claims: ClaimsKept) -> TimelineOut:
    """What happened to it, who looked at what, and the facts told of it."""
    _readable((await claims.load(claim_id)).state, actor, asked)
    return timeline(claim_id, await claims.history(claim_id))


@router.post("/{claim_id}/taking", responses=refusals(*OF_A_CLAIM, MentorNeeded))
async def take_claim(
    claim_id: ClaimId, body: TakeIn, asked: Asking, claiming: Claims, assigning: Assigns
) -> ReceiptOut:
    """Make it yours. A role that sells is refused, and the attempt written down (R5, R6)."""
    trained = await assigning.trained(asked.actor.id, asked.actor.grade, claim_id)
    command = o.TakeClaim(
        claim_id=claim_id, actor=asked.actor, at=asked.at, trained=trained, mentor_id=body.mentor_id,
        mentor_fits=trained or await assigning.may_mentor(body.mentor_id, claim_id),
    )  # fmt: skip
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/closing", responses=refusals(*OF_A_CLAIM, NotConfirmed, InstructionFirst))
async def close_claim(claim_id: ClaimId, body: CloseIn, asked: Asking, claiming: Claims) -> ReceiptOut:
    """The customer confirmed, or was tried on enough days (R79)."""
    command = o.Close(claim_id=claim_id, actor=asked.actor, at=asked.at, outcome=body.outcome)
    return await done(claiming, command, asked, body)


@router.post("/{claim_id}/reopening", responses=refusals(UnknownClaim, NotYourDuty, ClaimStillOpen))
async def reopen_claim(claim_id: ClaimId, body: ReopenIn, asked: Asking, claiming: Claims) -> ReceiptOut:
    """It was not settled after all (R79)."""
    command = o.Reopen(claim_id=claim_id, actor=asked.actor, at=asked.at, reason=body.reason)
    return await done(claiming, command, asked, body)


def _equal(view: View, actor: Actor) -> dict[str, Listed]:
    words = [word.value for word, role in ROLES.items() if actor.has(role)]
    wanted: dict[View, dict[str, Listed]] = {
        View.MINE: {"open": True, "keeper_id": actor.id},
        View.OPEN: {"open": True},
        View.TO_APPROVE: {"open": True, "approval": True},
        View.UNDELIVERED: {"undelivered": True},
        View.BROUGHT_IN: {"open": True, "brought_in": [actor.id, *words]},
        View.ALL: {},
    }
    return wanted[view]


def _readable(claim: Claim | None, actor: Actor, asked: Asked) -> Claim:
    if claim is None or not (may(actor, Action.READ_CLAIM) or brought_in(claim, actor, asked.at)):
        raise UnknownClaim("There is no such claim.")
    return claim
