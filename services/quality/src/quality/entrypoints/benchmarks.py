"""Others' NPS, to compare with (R88)."""

from typing import Annotated

from chassis.http.asking import Asking, Who
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from fastapi import APIRouter, Depends, Path, Request
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from quality.application.comparing import Comparing
from quality.domain.benchmarks import SetBenchmark
from quality.entrypoints.models import Asked

router = APIRouter(prefix="/benchmarks", tags=["figures"])

Name = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,63}$")]


class BenchmarkIn(Asked):
    """None: it is compared with no more."""

    score: int | None = Field(ge=-100, le=100)


class BenchmarksOut(BaseModel):
    scores: dict[str, int]


async def comparing_of(request: Request) -> Comparing:
    """The wired use case."""
    return request.app.state.comparing


Compares = Annotated[Comparing, Depends(comparing_of)]


@router.get("")
async def read_benchmarks(actor: Who, comparing: Compares) -> BenchmarksOut:
    """All of them."""
    del actor
    return BenchmarksOut(scores=dict((await comparing.table()).scores))


@router.put("/{name}", responses=refusals(NotYourDuty))
async def set_benchmark(name: Name, body: BenchmarkIn, asked: Asking, comparing: Compares) -> ReceiptOut:
    """Edited by who answers for service."""
    command = SetBenchmark(name, body.score, asked.actor, asked.at)
    return receipt(await comparing(command, asked.occasion(body)))
