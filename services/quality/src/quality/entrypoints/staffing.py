"""The promise beside own resources, over HTTP (R93)."""

from datetime import date
from typing import Annotated

from chassis.http.asking import Asking
from chassis.http.fields import Id
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field

from quality.application.staffing import Staffing
from quality.domain.staffing import Outlook
from quality.entrypoints.slas import Staff

router = APIRouter(tags=["figures"])


class OutlookOut(BaseModel):
    """A day of the shop. `short` > 0: so many customers will not be asked in time unless somebody helps."""

    day: date
    due: int
    carried: int = Field(description="Left over from the days before.")
    controllers: int = Field(description="To be expected at work; today those who are here.")
    possible: int
    short: int


class StaffingOut(BaseModel):
    shop_id: str
    warns: bool = Field(
        description="The standard of asking everybody the day after cannot be met (R82, R93)."
    )
    days: list[OutlookOut]


async def staffing_of(request: Request) -> Staffing:
    """The wired use case."""
    return request.app.state.staffing


@router.get("/staffing")
async def read_staffing(
    asked: Asking,
    actor: Staff,
    staffing: Annotated[Staffing, Depends(staffing_of)],
    shop_id: Annotated[Id, Query()] = "main",
    days: Annotated[int, Query(ge=1, le=31)] = 7,
) -> StaffingOut:
    """Calls planned for the days to come beside those that the controllers can make, so that a standard which cannot be met is
    known before it is missed.
    """
    del actor
    found = await staffing.ahead(shop_id, days, asked.at)
    return StaffingOut(
        shop_id=shop_id, warns=any(each.short for each in found), days=[_out(each) for each in found]
    )


def _out(it: Outlook) -> OutlookOut:
    return OutlookOut(
        day=it.day,
        due=it.due,
        carried=it.carried,
        controllers=it.controllers,
        possible=it.possible,
        short=it.short,
    )
