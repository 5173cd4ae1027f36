"""Which goods an offer is of, over HTTP: proposed with confidence and reasons, decided by a buyer, undoable (R43)."""

from datetime import datetime
from typing import Self

from chassis.http.asking import Asking
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from procurement.domain.match import DecideMatch, Match, Standing, UndoMatch
from procurement.domain.refusals import MatchNotOpen, MatchNotProposed, UnknownMatch
from procurement.entrypoints.http_offers import OfferId, ProductId
from procurement.entrypoints.supplier_models import SupplierId
from procurement.entrypoints.wired import MatchesGoods, MatchesKept, Reader

router = APIRouter(prefix="/matches", tags=["matches"])


class LikenessOut(BaseModel):
    """Goods that it might be, and why: `same_` or `other_` marks (models, sizes), vendor, price, attributes."""

    product_id: str
    title: str
    confidence: float
    reasons: list[str]
    rejected: bool


class MatchOut(BaseModel):
    """An offer that only its supplier can name, and the goods it might be of, the likeliest first."""

    offer_id: str
    supplier_id: str
    title: str
    state: Standing
    product_id: str | None = Field(description="What a person said yes to.")
    likenesses: list[LikenessOut]
    by: str | None
    decided_at: datetime | None

    @classmethod
    def of(cls, now: Match) -> Self:
        return cls(
            offer_id=now.offer_id,
            supplier_id=now.supplier_id,
            title=now.title,
            state=now.standing,
            product_id=now.product_id,
            likenesses=[
                LikenessOut(
                    product_id=each.product_id,
                    title=each.title,
                    confidence=each.confidence,
                    reasons=list(each.reasons),
                    rejected=each.product_id in now.rejected,
                )
                for each in now.likenesses
            ],
            by=now.by,
            decided_at=now.decided_at,
        )


class JudgementIn(BaseModel):
    accept: bool
    product_id: ProductId | None = Field(
        None, description="Left out: a yes is to the likeliest, a no to all that were proposed."
    )


@router.get("")
async def list_matches(
    _: Reader,
    matches: MatchesKept,
    page: Paging,
    supplier_id: SupplierId | None = None,
    state: Standing | None = None,
) -> PageOut[MatchOut]:
    """Matches, the likeliest first."""
    asked = {"supplier_id": supplier_id, "state": state.value if state else None}
    equal = {name: value for name, value in asked.items() if value is not None}
    found = await matches.page(Query(equal, order="best", descending=True), page.limit, page.cursor)
    return PageOut(items=[MatchOut.of(each.state) for each in found.items if each.state], next=found.next)


@router.get("/{offer_id:path}/timeline", responses=refusals(UnknownMatch))
async def show_match_timeline(_: Reader, offer_id: OfferId, matches: MatchesKept) -> TimelineOut:
    """What was proposed for an offer, and who decided."""
    entries = await matches.history(offer_id)
    if not entries:
        raise UnknownMatch("Nothing was ever proposed for this offer.")
    return timeline(offer_id, entries)


@router.get("/{offer_id:path}", responses=refusals(UnknownMatch))
async def show_match(_: Reader, offer_id: OfferId, matches: MatchesKept) -> MatchOut:
    """One match."""
    state = (await matches.load(offer_id)).state
    if state is None:
        raise UnknownMatch("Nothing was ever proposed for this offer.")
    return MatchOut.of(state)


@router.post("/{offer_id:path}/undo", responses=refusals(UnknownMatch, NotYourDuty))
async def undo_match(offer_id: OfferId, asked: Asking, matches: MatchesGoods) -> ReceiptOut:
    """It was a mistake: the offer is again of the goods that its feed says, and what was proposed is open."""
    command = UndoMatch(offer_id, asked.actor, asked.at)
    return receipt(await matches.undo(command, asked.occasion(None)))


@router.post(
    "/{offer_id:path}", responses=refusals(UnknownMatch, MatchNotProposed, MatchNotOpen, NotYourDuty)
)
async def decide_match(
    offer_id: OfferId, body: JudgementIn, asked: Asking, matches: MatchesGoods
) -> ReceiptOut:
    """Say yes or no. A yes moves the offer to these goods, now and with every feed to come; what orders hold of it they
    hold on.
    """
    command = DecideMatch(offer_id, body.accept, body.product_id, False, asked.actor, asked.at)
    return receipt(await matches.decide(command, asked.occasion(body)))
