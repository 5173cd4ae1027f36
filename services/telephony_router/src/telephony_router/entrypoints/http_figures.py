"""Missed calls by hour with the share of lunch; who is reached at the first try (R99, R104)."""

from datetime import timedelta

from chassis.http.asking import Asking
from fastapi import APIRouter
from pydantic import BaseModel, Field

from telephony_router.entrypoints.wired import CallReader, Counts, Instant, ShopAsked, TheShop

router = APIRouter(prefix="/reports", tags=["reports"])
USUAL = timedelta(days=30)


class HourOut(BaseModel):
    hour: int = Field(description="Local time of the shop.")
    calls: int
    missed: int


class FiguresOut(BaseModel):
    """Of the calls that are over. Shares are none where there is nothing to share."""

    calls: int
    missed: int
    missed_at_lunch: int
    lunch_share: float | None = Field(description="Of what was missed, how much at lunch.")
    missed_of_lunch: float | None = Field(description="Of what came at lunch, how much was missed.")
    answered: int
    first_try: int
    owner_first_share: float | None = Field(
        description="Of calls whose owner is known, how many reached him at the first telephone that rang."
    )
    mean_wait_seconds: float | None
    transfers: int
    hours: list[HourOut]


@router.get("/calls")
async def count_calls(  # noqa: PLR0917 - the filters of a report
    reader: CallReader,
    asked: Asking,
    counting: Counts,
    shop: TheShop,
    since: Instant | None = None,
    until: Instant | None = None,
    shop_id: ShopAsked = None,
) -> FiguresOut:
    """The last thirty days, where nothing else is asked."""
    del reader
    end = until or asked.at
    found = await counting.figures(shop_id or shop, since or asked.at - USUAL, end)
    return FiguresOut(
        calls=found.calls,
        missed=found.missed,
        missed_at_lunch=found.missed_at_lunch,
        lunch_share=found.lunch_share,
        missed_of_lunch=found.missed_of_lunch,
        answered=found.answered,
        first_try=found.first_try,
        owner_first_share=found.owner_first_share,
        mean_wait_seconds=found.mean_wait,
        transfers=found.transfers,
        hours=[HourOut(hour=each.hour, calls=each.calls, missed=each.missed) for each in found.hours],
    )
