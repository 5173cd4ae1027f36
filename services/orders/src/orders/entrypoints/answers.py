"""Answering an offer by its signed link: public, without an account; looking never changes anything (R25).

Forms are answered with the page, JSON with JSON. The token is all that is needed, so it is written into no log.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from chassis.handling import Occasion
from chassis.http.asking import Now
from chassis.http.problems import refusals
from fastapi import APIRouter, Depends, Header, Path, Request
from fastapi.responses import HTMLResponse, Response
from kernel.refusal import Refusal
from uuid_utils.compat import uuid7

from orders.application.answering import Answering, LinkExpired, LinkUnreadable, Sight
from orders.application.substituting import WHO_HOLDS_THE_LINK
from orders.application.working_time import Situations
from orders.domain.goods_refusals import (
    NotInTheOffer,
    OfferAnsweredAlready,
    OfferExpiredAlready,
    OfferWithdrawn,
)
from orders.domain.refusals import OrderCancelledAlready
from orders.domain.words import Language
from orders.entrypoints.answer_page import HEADERS, Reader, page_of, page_saying
from orders.entrypoints.answer_reading import FORM, LinkAnswerOut, is_json, read_answer, told
from orders.entrypoints.answer_words import language_of, words_in

router = APIRouter(prefix="/answers", tags=["answers"])

SAID: Mapping[type[Refusal], str] = {OfferAnsweredAlready: "otherwise", NotInTheOffer: "which"}
"""What the page says to an answer that is not taken; to the others it says how the offer stands."""
Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.\-]{1,1000}$")]
Accepted = Annotated[str | None, Header(alias="Accept-Language", max_length=200)]


async def answering_of(request: Request) -> Answering:
    """The wired use case."""
    return request.app.state.answering


async def situations_of(request: Request) -> Situations:
    """Shops, for the clock on the page."""
    return request.app.state.situations


Answers = Annotated[Answering, Depends(answering_of)]
Shops = Annotated[Situations, Depends(situations_of)]
PAGE: dict[str, Any] = {"text/html": {}}
PAGES: dict[int | str, dict[str, Any]] = {
    HTTPStatus.NOT_FOUND: {"description": "The link is cut short or not ours.", "content": PAGE},
    HTTPStatus.GONE: {"description": "The link has passed its hour.", "content": PAGE},
}
NOES = refusals(
    LinkUnreadable,
    LinkExpired,
    OfferAnsweredAlready,
    OfferExpiredAlready,
    OfferWithdrawn,
    OrderCancelledAlready,
    NotInTheOffer,
)
ANSWERED: dict[int | str, dict[str, Any]] = {
    HTTPStatus.OK: {"content": PAGE},
    HTTPStatus.GONE: PAGES[HTTPStatus.GONE],
    **{status: {**no, "content": {**no["content"], **PAGE}} for status, no in NOES.items()},
}
"""A form is answered with a page, JSON with JSON or a problem."""


@router.get("/{token}", response_class=HTMLResponse, responses=PAGES)
async def look_at_offer(
    token: Token, at: Now, answers: Answers, shops: Shops, accepted: Accepted = None
) -> HTMLResponse:
    """The page of the offer. It changes nothing, so a program that follows links in mails answers nothing."""
    try:
        sight = await answers.look(token, at)
    except (LinkUnreadable, LinkExpired) as no:
        return _sorry(no, accepted)
    return await _page(sight, answers, shops, accepted)


@router.post(
    "/{token}",
    response_model=LinkAnswerOut,
    responses=ANSWERED,
    openapi_extra=FORM,
)
async def answer_by_link(  # noqa: PLR0917 - what a page needs
    request: Request, token: Token, at: Now, answers: Answers, shops: Shops, accepted: Accepted = None
) -> Response:
    """Yes or no. The same answer again is taken as the first time; another one is refused."""
    body = await read_answer(request)
    as_page = not is_json(request)
    why = Occasion(f"command:{uuid7()}", at, WHO_HOLDS_THE_LINK)
    try:
        sight = await answers.answer(token, body.answer, body.product_id, why)
    except Refusal as no:
        if not as_page:
            raise
        return await _no(no, token, at, answers, shops, accepted)
    if as_page:
        return await _page(sight, answers, shops, accepted)
    return Response(told(sight).model_dump_json(), media_type="application/json", headers=HEADERS)


async def _no(  # noqa: PLR0917 - as above
    no: Refusal, token: str, at: Now, answers: Answering, shops: Situations, accepted: str | None
) -> HTMLResponse:
    """The offer as it stands, with a kind word why the answer was not taken."""
    if isinstance(no, LinkUnreadable | LinkExpired):
        return _sorry(no, accepted)
    sight = await answers.look(token, at)
    says = SAID.get(type(no))
    page = await _page(sight, answers, shops, accepted, says)
    page.status_code = HTTPStatus.CONFLICT
    return page


async def _page(
    sight: Sight, answers: Answering, shops: Situations, accepted: str | None, says: str | None = None
) -> HTMLResponse:
    order = sight.order
    language = language_of(accepted, order.placing.language)
    zone = (await shops.of_order(order)).clocks.calendar.zone
    message = words_in(language)[says] if says else None
    order_id = order.placing.order_id
    return page_of(sight, Reader(language, zone), lambda offer: answers.links.token(order_id, offer), message)


def _sorry(no: Refusal, accepted: str | None) -> HTMLResponse:
    language = language_of(accepted, Language.RU)
    if isinstance(no, LinkExpired):
        return page_saying("expired", language, HTTPStatus.GONE)
    return page_saying("unreadable", language, HTTPStatus.NOT_FOUND)
