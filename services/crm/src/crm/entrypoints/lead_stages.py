"""The stages of a shop's leads over HTTP: their order, their words, how long a lead may wait in each (R98)."""

from datetime import timedelta
from typing import Annotated

from chassis.handling import Handler
from chassis.http.asking import Asking
from chassis.http.fields import Line
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Depends, Request
from kernel.refused_duty import NotYourDuty
from pydantic import Field

from crm.domain import lead_stages as ls
from crm.domain.refusals import StagesMakeNoSense
from crm.entrypoints.customer_models import Asked, Code
from crm.entrypoints.lead_models import Leads
from crm.entrypoints.shops import ShopId
from crm.entrypoints.staff_models import Reader

router = APIRouter(prefix="/shops/{shop_id}/lead-stages", tags=["leads"])
Describe = Handler[ls.DescribeStages, ls.LeadStages, ls.Change]
MINUTES_OF_A_YEAR = 525_600


class StageIO(Asked):
    """`within_minutes` of working time a lead in it may wait for its next step, where nobody says a moment."""

    code: Code
    ru: Line
    en: Line
    within_minutes: int = Field(ge=1, le=MINUTES_OF_A_YEAR)


class StagesIO(Asked):
    """In order; a lead begins in the first."""

    stages: list[StageIO] = Field(min_length=1, max_length=ls.MOST_STAGES)
    climbs_after_minutes: int = Field(
        default=120,
        ge=1,
        le=MINUTES_OF_A_YEAR,
        description="Working time that each rung of the ladder has: the owner, his superior, the shop's last resort.",
    )
    furthest_days: int = Field(
        default=30, ge=1, le=400, description="No next step is planned later than this."
    )


async def described(request: Request) -> Describe:
    """The wired handler."""
    return request.app.state.describe_stages


Describes = Annotated[Describe, Depends(described)]


@router.get("")
async def read_stages(shop_id: ShopId, actor: Reader, leads: Leads) -> StagesIO:
    """As the shop described them, else the usual ones."""
    del actor
    found = await leads.stages_of(shop_id)
    return StagesIO(
        stages=[
            StageIO(code=each.code, ru=each.ru, en=each.en, within_minutes=_minutes(each.within))
            for each in found.stages
        ],
        climbs_after_minutes=_minutes(found.climbs_after),
        furthest_days=found.furthest.days,
    )


@router.put("", responses=refusals(NotYourDuty, StagesMakeNoSense))
async def describe_stages(shop_id: ShopId, body: StagesIO, asked: Asking, describe: Describes) -> ReceiptOut:
    """The stages from now on, whole. A lead in one that is gone stays there until it is moved on."""
    stages = ls.LeadStages(
        shop_id,
        tuple(
            ls.LeadStage(each.code, each.ru, each.en, timedelta(minutes=each.within_minutes))
            for each in body.stages
        ),
        timedelta(minutes=body.climbs_after_minutes),
        timedelta(days=body.furthest_days),
    )
    return receipt(await describe(ls.DescribeStages(stages, asked.actor), asked.occasion(body)))


def _minutes(term: timedelta) -> int:
    return int(term.total_seconds() // 60)
