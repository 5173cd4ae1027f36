"""Answering by a signed link: public, without an account; looking never changes anything (R26)."""

from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import parse_qsl

from chassis.handling import Occasion
from chassis.http.asking import Now
from fastapi import APIRouter, Depends, Header, Path, Request
from fastapi.responses import HTMLResponse
from kernel.actor import Actor
from pydantic import ValidationError
from uuid_utils.compat import uuid7

from quality.application.calling import is_by_link
from quality.application.linking import LinkUnreadable, SurveyLinks
from quality.domain.call import Answered, Call
from quality.domain.deciding import CUSTOMER
from quality.domain.forgetting import is_erased
from quality.domain.refusals import CallClosed, UnknownCall
from quality.domain.script import OPEN_QUESTIONS
from quality.entrypoints.calls import Callings, links_of
from quality.entrypoints.models import AnswersIn
from quality.entrypoints.scripts import Scripts
from quality.entrypoints.survey_page import language_of, questions, saying

router = APIRouter(prefix="/survey", tags=["survey"])

Token = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.\-]{1,1000}$")]
Accepted = Annotated[str | None, Header(alias="Accept-Language", max_length=200)]
Links = Annotated[SurveyLinks, Depends(links_of)]
WHO_HOLDS_THE_LINK = Actor(CUSTOMER, frozenset())
LONGEST = 65536
CHOICES = ("in_order", "content", "manners_good", "promise_kept")
HTML: dict[int | str, dict[str, Any]] = {
    status: {"description": HTTPStatus(status).phrase, "content": {"text/html": {}}}
    for status in (HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
}
FORM = {
    "requestBody": {
        "required": True,
        "content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}},
    }
}


@router.get("/{token}", response_class=HTMLResponse, responses=HTML)
async def look_at_survey(  # noqa: PLR0917 - what a page is made of
    token: Token, at: Now, calling: Callings, links: Links, scripting: Scripts, accepted: Accepted = None
) -> HTMLResponse:
    """The questions. It changes nothing, so a program that follows links answers nothing."""
    language = language_of(accepted)
    try:
        call = await _meant(token, calling, links)
    except (LinkUnreadable, UnknownCall):
        return saying("unreadable", language, HTTPStatus.NOT_FOUND)
    if isinstance(call, Answered):
        return saying("answered", language, HTTPStatus.OK)
    why = Occasion("look", at, WHO_HOLDS_THE_LINK)
    script = await scripting.questions(language)
    return questions(token, language, script, nps=await calling.asks_nps(call.asking, why))


@router.post("/{token}", response_class=HTMLResponse, responses=HTML, openapi_extra=FORM)
async def answer_survey(  # noqa: PLR0917 - as above
    request: Request, token: Token, at: Now, calling: Callings, links: Links, accepted: Accepted = None
) -> HTMLResponse:
    """His answers; the same again are taken as the first time, others are not."""
    language = language_of(accepted)
    try:
        call = await _meant(token, calling, links)
        body = read(await request.body())
        why = Occasion(f"command:{uuid7()}", at, WHO_HOLDS_THE_LINK)
        await calling.by_link(call.asking.call_id, body.answers(), why)
    except (LinkUnreadable, UnknownCall):
        return saying("unreadable", language, HTTPStatus.NOT_FOUND)
    except ValidationError:
        return saying("malformed", language, HTTPStatus.UNPROCESSABLE_ENTITY)
    except CallClosed:
        return saying("answered", language, HTTPStatus.CONFLICT)
    return saying("thanks", language, HTTPStatus.OK)


async def _meant(token: str, calling: Callings, links: SurveyLinks) -> Call:
    call = await calling.call(links.call_id(token))
    if not is_by_link(call) or is_erased(call):
        raise LinkUnreadable("This customer is asked by phone, or not any more.")
    return call


def read(raw: bytes) -> AnswersIn:
    """A form as answers; raise `ValidationError` for one that is none."""
    fields = dict(parse_qsl(raw[:LONGEST].decode(errors="replace")))
    given: dict[str, Any] = {name: fields[name] for name in CHOICES if name in fields}
    if fields.get("nps", "").isdecimal():
        given["nps"] = int(fields["nps"][:3])
    given["words"] = {name: fields[name] for name in OPEN_QUESTIONS if fields.get(name)}
    return AnswersIn.model_validate(given)
