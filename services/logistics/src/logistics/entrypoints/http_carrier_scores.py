"""Carriers' scorecards over HTTP (R70-R72)."""

from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.problems import refusals
from fastapi import APIRouter
from fastapi import Query as Asks
from pydantic import BaseModel, Field, StringConstraints

from logistics.domain.moments import month_span
from logistics.domain.refusals import UnknownCarrier
from logistics.entrypoints.incident_wired import IncidentReader, Scores
from logistics.entrypoints.wired import CarrierId, CarriersKept

router = APIRouter(prefix="/carriers/{carrier_id}", tags=["carriers"])

MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
Monthly = Annotated[
    str,
    StringConstraints(pattern=MONTH),
    Field(description="Such as 2026-03; left out: this month.", examples=["2026-03"]),
]


class ScorecardOut(BaseModel):
    """What was counted of this month; sums in kopecks, shares from 0 to 1. `breaches` are windows that were not kept: an
    excuse does not make one good (R70).
    """

    carrier_id: str
    month: str
    shipments: int
    delivered: int
    on_time: int
    breaches: int
    on_time_share: float | None
    losses: int
    damages: int
    incidents: int
    asked: int
    complaints: int
    complaint_share: float | None
    lost: int
    recovered: int
    penalties: int


@router.get("/scorecard", responses=refusals(UnknownCarrier))
async def read_scorecard(  # noqa: PLR0917 - what FastAPI fills in
    carrier_id: CarrierId,
    actor: IncidentReader,
    carriers: CarriersKept,
    scores: Scores,
    asked: Asking,
    month: Annotated[Monthly | None, Asks()] = None,
) -> ScorecardOut:
    """How he kept his word in a month: promised against real times, losses, damages, manners."""
    del actor
    await known_carrier(carriers, carrier_id)
    named = month or f"{(await scores.shops.of()).day_of(asked.at):%Y-%m}"
    card = await scores.card(carrier_id, *month_span(named))
    return ScorecardOut(
        carrier_id=carrier_id,
        month=named,
        shipments=card.shipments,
        delivered=card.delivered,
        on_time=card.on_time,
        breaches=card.breaches,
        on_time_share=card.on_time_share,
        losses=card.losses,
        damages=card.damages,
        incidents=card.incidents,
        asked=card.asked,
        complaints=card.complaints,
        complaint_share=card.complaint_share,
        lost=card.lost,
        recovered=card.recovered,
        penalties=card.penalties,
    )


async def known_carrier(carriers: CarriersKept, carrier_id: str) -> None:
    if (await carriers.load(carrier_id)).state is None:
        raise UnknownCarrier("There is no such carrier.")
