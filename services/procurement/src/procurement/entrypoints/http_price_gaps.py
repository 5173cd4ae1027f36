"""Our prices beside what others ask for the same goods, over HTTP (R40)."""

from collections.abc import AsyncIterator, Callable
from typing import Annotated, Any, Literal

from chassis.http.asking import Asking
from chassis.http.paging import PageOut, Paging
from fastapi import APIRouter
from fastapi import Query as Asks
from fastapi.responses import StreamingResponse
from kernel.action import Action
from pydantic import BaseModel, Field

from procurement.application.comparing_prices import ComparingPrices
from procurement.domain.price_gap import PriceGap
from procurement.entrypoints.models import MoneyIO, amount
from procurement.entrypoints.wired import duty, reached

router = APIRouter(prefix="/price-gaps", tags=["prices"], dependencies=[duty(Action.STOP_SALE)])

Compares = Annotated[ComparingPrices, reached("comparing_prices")]
Heading = Annotated[Callable[[str], bytes], reached("price_gap_heading")]
Row = Annotated[Callable[[PriceGap], bytes], reached("price_gap_row")]
Percent = Annotated[
    int | None,
    Asks(ge=0, le=10_000, description="How far off, this way or that; left out: OPBLOK_PRICE_GAP."),
]
CSV = "text/csv; charset=utf-8"
WRITTEN: dict[int | str, dict[str, Any]] = {200: {"content": {CSV: {}}, "description": "The whole range."}}


class GapOut(BaseModel):
    """A product whose price customers may wonder about."""

    product_id: str
    title: str
    ours: MoneyIO | None
    lowest: MoneyIO | None
    lowest_at: str = Field(description="The supplier who asks least.")
    highest: MoneyIO | None
    offers: int = Field(description="How many others ask a price.")
    percent: int = Field(
        description="How much dearer than the lowest we are; below zero: cheaper than everybody."
    )


@router.get("")
async def list_price_gaps(
    asked: Asking, compares: Compares, page: Paging, at_least: Percent = None
) -> PageOut[GapOut]:
    """Products of our own range that are far off what others ask. A page may be short, or empty, and still have a next one: so
    many products were looked at.
    """
    limit = compares.limit if at_least is None else at_least
    found = await compares.page(limit, page.limit, page.cursor, asked.at)
    return PageOut(items=[_out(each) for each in found.items], next=found.next)


@router.get("/table", responses=WRITTEN, response_class=StreamingResponse)
async def export_price_gaps(  # noqa: PLR0917 - what FastAPI fills in
    asked: Asking,
    compares: Compares,
    heading: Heading,
    row: Row,
    at_least: Percent = None,
    language: Literal["ru", "en"] = "ru",
) -> StreamingResponse:
    """All of them as a table (CSV), written as they are found."""
    limit = compares.limit if at_least is None else at_least

    async def table() -> AsyncIterator[bytes]:
        yield heading(language)
        async for gap in compares.all(limit, asked.at):
            yield row(gap)

    name = {"Content-Disposition": 'attachment; filename="price-gaps.csv"'}
    return StreamingResponse(table(), media_type=CSV, headers=name)


def _out(gap: PriceGap) -> GapOut:
    return GapOut(
        product_id=gap.product_id,
        title=gap.title,
        ours=amount(gap.ours),
        lowest=amount(gap.lowest),
        lowest_at=gap.lowest_at,
        highest=amount(gap.highest),
        offers=gap.offers,
        percent=gap.percent,
    )
