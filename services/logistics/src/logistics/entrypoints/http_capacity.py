"""How full carriers' days are, over HTTP (R64)."""

from datetime import date, timedelta
from typing import Annotated, Any

from chassis.http.asking import Asking
from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from logistics.domain.counting import Count, DayCount, WindowCount, counted
from logistics.domain.day import day_key
from logistics.entrypoints.values import OnDay, clock_out
from logistics.entrypoints.wired import CarrierName, DaysKept, Reader, Stands

router = APIRouter(tags=["places"])
MOST_DAYS = 62


class CountOut(BaseModel):
    """null: no limit."""

    name: str
    limit: int | None
    booked: int = Field(description="Confirmed.")
    held: int = Field(description="Waiting for their order's confirmation.")
    over: int = Field(description="Of these, beyond the limit.")
    left: int | None


class WindowCountOut(BaseModel):
    begins: str = Field(serialization_alias="from")
    ends: str = Field(serialization_alias="to")
    limit: int | None
    taken: int
    left: int | None


class ZoneCountOut(CountOut):
    windows: list[WindowCountOut]


class DayOut(BaseModel):
    """A day by the terms in force on it."""

    date: date
    terms_version: int
    zones: list[ZoneCountOut]
    points: list[CountOut]
    couriers: list[CountOut]


class CapacityOut(BaseModel):
    """Days without terms in force are left out."""

    carrier_id: str
    days: list[DayOut]


@router.get("/capacity")
async def read_capacity(
    *,
    actor: Reader,
    asked: Asking,
    carrier_id: CarrierName,
    since: Annotated[OnDay, Query(alias="from")],
    until: Annotated[OnDay, Query(alias="to", description="Included; at most 62 days are answered.")],
    standing: Stands,
    days: DaysKept,
) -> CapacityOut:
    """How full a carrier's days are: booked, held and left by zone, window, courier and point (R64)."""
    del actor
    shelf = await standing.shelf(asked.at)
    spanned = [since + timedelta(days=n) for n in range(min((until - since).days + 1, MOST_DAYS))]
    holding = [(on, terms) for on in spanned for terms in shelf.on(on) if terms.carrier_id == carrier_id]
    kept = await days.load_many([day_key(carrier_id, on) for on, _ in holding]) if holding else []
    counts = [counted(terms, held.state, on) for (on, terms), held in zip(holding, kept, strict=True)]
    return CapacityOut(carrier_id=carrier_id, days=[_day(each) for each in counts])


def _day(count: DayCount) -> DayOut:
    return DayOut(
        date=count.on,
        terms_version=count.version,
        zones=[
            ZoneCountOut(**_count(each.count), windows=[_window(one) for one in each.windows])
            for each in count.zones
        ],
        points=[CountOut(**_count(each)) for each in count.points],
        couriers=[CountOut(**_count(each)) for each in count.couriers],
    )


def _count(count: Count) -> dict[str, Any]:
    return {
        "name": count.name,
        "limit": count.limit,
        "booked": count.booked,
        "held": count.held,
        "over": count.over,
        "left": count.left,
    }


def _window(count: WindowCount) -> WindowCountOut:
    frame = count.frame
    return WindowCountOut(
        begins=clock_out(frame.begins),
        ends=clock_out(frame.ends),
        limit=frame.most,
        taken=count.taken,
        left=count.left,
    )
