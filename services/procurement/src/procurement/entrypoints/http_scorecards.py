"""Suppliers' scorecards over HTTP: both sides of the work with them, over whole months (R45, R48)."""

from collections.abc import Mapping
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.problems import refusals
from fastapi import APIRouter
from fastapi import Query as Asks
from kernel.action import Action
from pydantic import BaseModel, Field, StringConstraints

from procurement.application.scoring import Scoring
from procurement.domain.refusals import UnknownSupplier
from procurement.domain.scorecard import Scorecard, Share, reliability
from procurement.entrypoints.http_suppliers import known_supplier
from procurement.entrypoints.supplier_models import SupplierId
from procurement.entrypoints.wired import SuppliersKept, duty, reached

router = APIRouter(tags=["suppliers"])

Scores = Annotated[Scoring, reached("scoring")]
Monthly = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]


class ShareOut(BaseModel):
    good: int
    of: int
    share: float | None


class ScorecardOut(BaseModel):
    """What was counted in these months; sums in kopecks. `own_failures` are ours, and don't count against him (R45)."""

    supplier_id: str
    reliability: float = Field(description="From 0 to 1; about 0.79 for one of whom nothing is known.")
    on_time: ShareOut
    pieces_right: ShareOut
    short: int
    wrong: int
    answered_in_time: ShareOut
    answer_minutes: int | None
    cases: Mapping[str, int]
    cases_closed: int
    at_stake: int
    recovered: int
    own_failures: int


@router.get(
    "/suppliers/{supplier_id}/scorecard",
    dependencies=[duty(Action.RUN_SUPPLIER_CASE)],
    responses=refusals(UnknownSupplier),
)
async def show_scorecard(  # noqa: PLR0917 - what FastAPI fills in
    supplier_id: SupplierId,
    suppliers: SuppliersKept,
    scores: Scores,
    asked: Asking,
    first: Annotated[
        Monthly | None, Asks(alias="from", description="Such as 2026-01; left out: this month.")
    ] = None,
    last: Annotated[Monthly | None, Asks(alias="to", description="Included; at most 36 months.")] = None,
) -> ScorecardOut:
    """How he has kept his word, and how we have kept ours, over whole months."""
    await known_supplier(supplier_id, suppliers)
    this = f"{(await scores.shops.of()).day_of(asked.at):%Y-%m}"
    card = await scores.scorecard(supplier_id, first or this, last or this, asked.at)
    return _card(supplier_id, card)


def _card(supplier_id: str, card: Scorecard) -> ScorecardOut:
    return ScorecardOut(
        supplier_id=supplier_id,
        reliability=round(reliability(card), 4),
        on_time=_share(card.on_time),
        pieces_right=_share(card.right),
        short=card.short,
        wrong=card.wrong,
        answered_in_time=_share(card.answered),
        answer_minutes=card.minutes,
        cases={kind.value: n for kind, n in card.troubles.items()},
        cases_closed=card.closed,
        at_stake=card.at_stake,
        recovered=card.recovered,
        own_failures=card.own_failures,
    )


def _share(share: Share) -> ShareOut:
    return ShareOut(good=share.good, of=share.of, share=share.value)
