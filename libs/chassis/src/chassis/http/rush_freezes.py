"""What a rush locks in this service, and what the owner changed all the same, over HTTP (R17, R116)."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from kernel.refusal import NotFound
from pydantic import BaseModel, Field

from chassis.freezing import Freezing
from chassis.http.asking import Who
from chassis.http.fields import Id
from chassis.http.problems import refusals
from chassis.http.timeline import TimelineOut, timeline

router = APIRouter(prefix="/rush-freezes", tags=["rush"])

Despite = Annotated[
    str | None,
    Query(
        alias="despite_rush",
        pattern=r"^[a-z][a-z0-9_]{0,63}$",
        description="The owner's alone: why this is changed although a rush locks it, in one word; it is listed (R116).",
    ),
]


class NoFreeze(NotFound):
    """Nobody has told this service of a rush in this shop."""


class OverrideOut(BaseModel):
    policy: str
    what: str = Field(description="The path of the thing that was changed.")
    reason: str
    by: str
    at: datetime


class FreezeOut(BaseModel):
    """`locked` are the policies that a rush locks now; `overrides` those of the newest rush, oldest first."""

    shop_id: str
    rush_id: str
    locked: list[str]
    overrides: list[OverrideOut]


async def reached(request: Request) -> Freezing:
    """The wired use case."""
    return request.app.state.freezing


Freezes = Annotated[Freezing, Depends(reached)]


@router.get("/{shop_id}", responses=refusals(NoFreeze))
async def read_freeze(shop_id: Id, actor: Who, freezes: Freezes) -> FreezeOut:
    """What is locked here by the shop's rush, and each change that was made all the same."""
    del actor
    freeze = (await freezes.kept.load(shop_id)).state
    if freeze is None:
        raise NoFreeze("No rush is known of this shop.")
    return FreezeOut(
        shop_id=freeze.shop_id,
        rush_id=freeze.rush_id,
        locked=list(freeze.policies),
        overrides=[
            OverrideOut(policy=each.policy, what=each.what, reason=each.reason, by=each.by, at=each.at)
            for each in freeze.overrides
        ],
    )


@router.get("/{shop_id}/timeline", responses=refusals(NoFreeze))
async def read_freeze_timeline(shop_id: Id, actor: Who, freezes: Freezes) -> TimelineOut:
    """When what was locked and overridden, by whom."""
    del actor
    entries = await freezes.kept.history(shop_id)
    if not entries:
        raise NoFreeze("No rush is known of this shop.")
    return timeline(shop_id, entries)
