"""Reviews of the company, and figures of speed beside quality (R79, R81, R94)."""

from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Annotated

from chassis.http.asking import Asking, Opening
from chassis.http.fields import Id, Words
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.http.receipts import ReceiptOut, receipt
from chassis.http.timeline import TimelineOut, timeline
from chassis.listing import Query
from fastapi import APIRouter
from kernel.action import Action
from kernel.actor import Actor
from kernel.duties import may
from kernel.refused_duty import NotYourDuty, duty
from pydantic import AwareDatetime, BaseModel, Field
from starlette.exceptions import HTTPException

from claims.application.reporting import Report
from claims.domain import review as r
from claims.domain.refusals import UnknownReview
from claims.entrypoints.wired import In, Reader, Reports, Reviews, ReviewsKept

router = APIRouter(prefix="/reviews", tags=["reviews"])
reports = APIRouter(prefix="/reports", tags=["reports"])
LONGEST = timedelta(days=366)


class ReviewIn(In):
    shop_id: Id
    source: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,63}$", description="The site, as a code.")]
    rating: int = Field(ge=1, le=5)
    words: Words = ""
    order_id: Id | None = None


class ReplyIn(In):
    reply: Words = Field(min_length=1)


class ReviewOut(BaseModel):
    """`words` and `reply` for who answers reviews."""

    review_id: str
    source: str
    rating: int
    order_id: str | None
    seen_at: datetime
    reply_by: datetime
    replied_at: datetime | None
    overdue: bool
    claim_id: str | None
    words: str | None
    reply: str | None


@router.post("", status_code=201, responses=refusals(NotYourDuty))
async def see_review(body: ReviewIn, asked: Opening, reviewing: Reviews) -> ReceiptOut:
    """Somebody saw a review on a site; a negative one opens a claim (R81)."""
    command = r.SeeReview(
        asked.derived_id("review"), body.shop_id, body.source, body.rating, body.words, body.order_id,
        asked.actor, asked.at,
    )  # fmt: skip
    return receipt(await reviewing.see(command, asked.occasion(body)))


@router.get("")
async def list_reviews(
    actor: Reader, page: Paging, reviews: ReviewsKept, *, replied: bool = False
) -> PageOut[ReviewOut]:
    """Reviews by their reply's deadline."""
    query = Query(equal={"replied": replied}, order="reply_by")
    found = await reviews.page(query, page.limit, page.cursor)
    return PageOut(items=[_out(each.state, actor) for each in found.items if each.state], next=found.next)


@router.get("/{review_id}/timeline", responses=refusals(UnknownReview))
async def read_timeline(review_id: Id, actor: Reader, reviews: ReviewsKept) -> TimelineOut:
    """What happened to it."""
    del actor
    entries = await reviews.history(review_id)
    if not entries:
        raise UnknownReview("There is no such review.")
    return timeline(review_id, entries)


@router.post("/{review_id}/reply", responses=refusals(UnknownReview, NotYourDuty))
async def reply_to_review(review_id: Id, body: ReplyIn, asked: Asking, reviewing: Reviews) -> ReceiptOut:
    """What was replied on the site (R81)."""
    command = r.ReplyToReview(review_id, body.reply, asked.actor, asked.at)
    return receipt(await reviewing.handle(command, asked.occasion(body)))


@reports.get("", responses=refusals(NotYourDuty))
async def read_report(
    actor: Reader, reporting: Reports, since: AwareDatetime, until: AwareDatetime
) -> Report:
    """How fast claims opened in this time were met and closed, and how often they came back (R79)."""
    no = duty(actor, Action.READ_CLAIM)
    if no is not None:
        raise no.refusal
    if not timedelta() <= until - since <= LONGEST:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY, "`since` to `until` is a year at most.")
    return await reporting.report(since, until)


def _out(review: r.Review, actor: Actor) -> ReviewOut:
    whole = may(actor, Action.ANSWER_CLAIM)
    return ReviewOut(
        review_id=review.review_id, source=review.source, rating=review.rating, order_id=review.order_id,
        seen_at=review.seen_at, reply_by=review.reply_by, replied_at=review.replied_at,
        overdue=review.overdue, claim_id=review.claim_id,
        words=review.words if whole else None, reply=review.reply if whole else None,
    )  # fmt: skip
