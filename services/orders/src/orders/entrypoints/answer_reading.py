"""Reading an answer that came by the link, out of a form or of JSON, and telling how the offer stands after it."""

from collections.abc import Mapping
from urllib.parse import parse_qsl

from chassis.http.fields import Id
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

from orders.application.answering import Sight
from orders.domain.offers import Said
from orders.entrypoints.models import Asked

LONGEST = 4096


class LinkAnswerIn(Asked):
    """Yes or no; with several products also which."""

    answer: Said
    product_id: Id | None = None


class LinkAnswerOut(BaseModel):
    """How the offer stands now: `accepted`, `declined`."""

    number: str
    standing: str
    product_id: str | None
    total: int
    currency: str


_FIELDS = {
    "type": "object",
    "properties": {
        "answer": {"type": "string", "enum": [each.value for each in Said]},
        "product_id": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.:@-]{0,119}$"},
    },
    "required": ["answer"],
    "additionalProperties": False,
}
FORM = {
    "requestBody": {
        "required": True,
        "content": {
            kind: {"schema": _FIELDS} for kind in ("application/json", "application/x-www-form-urlencoded")
        },
    }
}


def told(sight: Sight) -> LinkAnswerOut:
    """How the offer stands now."""
    answer, total = sight.offer.answer, sight.order.goods_total
    return LinkAnswerOut(
        number=sight.order.placing.number,
        standing=sight.standing,
        product_id=answer.product_id if answer else None,
        total=total.minor,
        currency=total.currency,
    )


def is_json(request: Request) -> bool:
    """Whether a program asks; else a page is answered."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"


async def read_answer(request: Request) -> LinkAnswerIn:
    """The answer out of a form or JSON; malformed like any other body."""
    raw = (await request.body())[: LONGEST + 1]
    try:
        if len(raw) <= LONGEST and is_json(request):
            return LinkAnswerIn.model_validate_json(raw)
        fields: Mapping[str, str] = (
            dict(parse_qsl(raw.decode(errors="replace"))) if len(raw) <= LONGEST else {}
        )
        return LinkAnswerIn.model_validate(fields)
    except ValidationError as wrong:
        errors = wrong.errors(include_input=False, include_url=False)
        raise RequestValidationError([{**each, "loc": ("body", *each["loc"])} for each in errors]) from wrong
