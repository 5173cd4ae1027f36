"""The week's digest: customers' own words, ideas and what troubled them most, for the meeting of the top team (R95)."""

from datetime import date
from typing import Annotated

from chassis.chassis import Listing
from chassis.http.asking import Asking
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.listing import Query as Wanted
from fastapi import APIRouter, Depends, Path, Query, Request
from kernel.refused_duty import NotYourDuty
from pydantic import BaseModel, Field

from quality.application.digesting import Digesting, is_idea
from quality.domain import digest as d
from quality.domain.call import Answered
from quality.domain.refusals import UnknownDigest
from quality.entrypoints.calls import Reader

router = APIRouter(prefix="/digests", tags=["digests"])

Week = Annotated[str, Path(pattern=r"^[0-9]{4}-W(0[1-9]|[1-4][0-9]|5[0-3])$")]
Shop = Annotated[str, Query(max_length=120)]


class DigestOut(BaseModel):
    """A week in figures; `called` of the orders delivered in it."""

    shop_id: str
    week: str
    first_day: date
    delivered: int
    called: int
    answers: int = Field(description="NPS answers.")
    nps: int | None
    problems: dict[str, int] = Field(description="How often each, the most frequent first.")
    ideas: int
    flags: list[str] = Field(
        description="`no_service_owner`; of service levels `<id>.no_metric`, `.no_target`, `.review_due` (R13, R92)."
    )


class VerbatimOut(BaseModel):
    """What one customer said, by question. Whose order it was is not part of it."""

    words: dict[str, str]
    tags: list[str]
    reasons: list[str]
    idea: bool


class DigestReadOut(DigestOut):
    verbatims: list[VerbatimOut]


async def digesting_of(request: Request) -> Digesting:
    """The wired use case."""
    return request.app.state.digesting


async def digests_of(request: Request) -> Listing[d.Digest]:
    """Where digests are kept."""
    return request.app.state.digests


@router.get("")
async def list_digests(
    actor: Reader,
    page: Paging,
    digests: Annotated[Listing[d.Digest], Depends(digests_of)],
    shop_id: Shop = "main",
) -> PageOut[DigestOut]:
    """The weeks that are over, the newest first: figures only."""
    del actor
    wanted = Wanted(equal={"shop_id": shop_id, "made": True}, order="week", descending=True)
    found = await digests.page(wanted, page.limit, page.cursor)
    items = [
        _out(held.state, held.state.contents) for held in found.items if held.state and held.state.contents
    ]
    return PageOut(items=items, next=found.next)


@router.get("/{week}", responses=refusals(UnknownDigest, NotYourDuty))
async def read_digest(
    week: Week, asked: Asking, digesting: Annotated[Digesting, Depends(digesting_of)], shop_id: Shop = "main"
) -> DigestReadOut:
    """With the customers' words, for who may read answers; each look stands in the journal (R8)."""
    digest, said = await digesting.read(shop_id, week, asked.actor, asked.occasion())
    figures = _out(digest, digest.contents or d.Contents())
    return DigestReadOut(**figures.model_dump(), verbatims=[_verbatim(each) for each in said])


def _out(digest: d.Digest, contents: d.Contents) -> DigestOut:
    return DigestOut(
        shop_id=digest.shop_id,
        week=digest.week,
        first_day=d.monday_of(digest.week),
        delivered=contents.delivered,
        called=contents.called,
        answers=contents.figures.answers,
        nps=contents.figures.score if contents.figures.answers else None,
        problems=dict(sorted(contents.problems.items(), key=lambda each: -each[1])),
        ideas=len(contents.ideas),
        flags=list(contents.flags),
    )


def _verbatim(call: Answered) -> VerbatimOut:
    return VerbatimOut(
        words={name: text.value for name, text in call.answers.words.items()},
        tags=list(call.answers.tags),
        reasons=list(call.reasons),
        idea=is_idea(call),
    )
