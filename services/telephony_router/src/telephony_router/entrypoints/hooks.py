"""What all webhooks have in common: the raw body is read once, looked at by the provider's own scheme, then parsed."""

import json
from http import HTTPStatus
from typing import Annotated, Any, TypeVar

from chassis.http.problems import declared
from fastapi import Depends, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.exceptions import HTTPException

from telephony_router.application.believing import LARGEST, WEBHOOKS, NotBelieved
from telephony_router.application.remembering import Remembered
from telephony_router.application.taking_calls import Taking
from telephony_router.entrypoints.wired import reached

M = TypeVar("M", bound=BaseModel)
Takes = Annotated[Taking, reached("taking")]
Directory = Annotated[Remembered, reached("memory")]
PROBLEMS = declared(401, 404, 413, 422)
PROBLEMS[401]["description"] = "Forged, late, seen before or unsigned; which of it is not told."
PROBLEMS[404]["description"] = "No secret of this provider is set."


async def raw_body(request: Request) -> bytes:
    """The bytes as they came; 413 when there are too many."""
    raw = await request.body()
    if len(raw) > LARGEST:
        count(request, "oversized")
        raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"A webhook has at most {LARGEST} bytes.")
    return raw


Raw = Annotated[bytes, Depends(raw_body)]


def refuse(request: Request, no: NotBelieved) -> HTTPException:
    """Counted with its reason; whoever knocked hears none."""
    count(request, no.why)
    if no.why == "unset":
        return HTTPException(HTTPStatus.NOT_FOUND)
    return HTTPException(HTTPStatus.UNAUTHORIZED, "This webhook is not believed.")


def read(request: Request, model: type[M], raw: bytes) -> M:
    """The body; 422 names the fields that can't be read, never their values."""
    try:
        found = model.model_validate_json(raw)
    except ValidationError as wrong:
        count(request, "malformed")
        raise RequestValidationError(wrong.errors(include_input=False, include_url=False)) from None
    count(request, "taken")
    return found


def count(request: Request, outcome: str) -> None:
    """By the provider's part of the path."""
    provider = request.url.path.split("/")[2] if request.url.path.count("/") > 1 else "none"
    WEBHOOKS.add(1, {"provider": provider, "outcome": outcome})


def documented(model: type[BaseModel], media_type: str = "application/json") -> dict[str, Any]:
    """`openapi_extra` for a body that is read raw."""
    schema = model.model_json_schema(by_alias=True)
    parts: dict[str, Any] = schema.pop("$defs", {})
    text = json.dumps(schema)
    for _ in parts:
        for name, part in parts.items():
            text = text.replace(json.dumps({"$ref": f"#/$defs/{name}"}), json.dumps(part))
    return {"requestBody": {"required": True, "content": {media_type: {"schema": json.loads(text)}}}}
