"""Problem details (RFC 9457): what went wrong, which rule said no, who may override it; and how routes declare them."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import Request, Response
from kernel.refusal import NotAllowed, NotFound, Refusal
from opentelemetry import trace
from pydantic import BaseModel, Field

from chassis.handling import Repeated

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = {"Retry-After": "2"}
REFERENCE = {"$ref": "#/components/schemas/ProblemOut"}


class FieldProblemOut(BaseModel):
    """A part of the request that can't be read; never its value, which may be personal."""

    where: list[str] = Field(
        description="The way to it: body, query, path or header, then names and numbers."
    )
    why: str = Field(description="The kind of what is wrong with it, as `string_too_long`.")


class ProblemOut(BaseModel):
    """RFC 9457. A refusal adds what the caller can act on, under names of its own."""

    type: str = Field(
        description="Names the problem: `/problems/<code>`.", examples=["/problems/offer-already-sold"]
    )
    title: str
    status: int
    detail: str | None = None
    instance: str | None = None
    trace_id: str | None = Field(None, description="Quote it to the operators.")
    rule: str | None = Field(
        None, description="The rule that refused, by its number in the rules of the domain."
    )
    overridable_by: list[str] | None = Field(None, description="Roles that may do it all the same.")
    errors: list[FieldProblemOut] | None = Field(None, description="What is malformed.")


def problem(
    request: Request, status: int, code: str, detail: str | None = None, *, headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:  # fmt: skip
    """A problem as an answer. What the caller sent may stand in it, so it is written in plain ASCII: no character that
    a request can hold breaks the answer.
    """
    context = trace.get_current_span().get_span_context()
    body = {
        "type": f"/problems/{code}",
        "title": code.replace("-", " ").capitalize(),
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "trace_id": f"{context.trace_id:032x}" if context.is_valid else None,
        **(more or {}),
    }
    kept = {name: value for name, value in body.items() if value not in (None, "", [], ())}
    return Response(json.dumps(kept), status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def status_of(refusal: Refusal) -> int:
    """403 when another may, 404 when there is none, else 409."""
    base = refusal.base if isinstance(refusal, Repeated) else ""
    return {"not-found": HTTPStatus.NOT_FOUND, "not-allowed": HTTPStatus.FORBIDDEN}.get(
        base, status_of_kind(type(refusal))
    )


def status_of_kind(kind: type[Refusal]) -> int:
    """The status that refusals of this kind are answered with."""
    if issubclass(kind, NotFound):
        return HTTPStatus.NOT_FOUND
    return HTTPStatus.FORBIDDEN if issubclass(kind, NotAllowed) else HTTPStatus.CONFLICT


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route or router for these problems."""
    content = {MEDIA_TYPE: {"schema": REFERENCE}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def refusals(*kinds: type[Refusal]) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route whose command may be refused so."""
    texts: dict[int, list[str]] = {}
    for kind in kinds:
        meaning = (kind.__doc__ or "").strip().partition("\n")[0]
        texts.setdefault(status_of_kind(kind), []).append(f"{kind.__name__}: {meaning}".rstrip(": "))
    found = declared(*texts)
    for status, told in texts.items():
        found[status]["description"] = "\n".join(told)
    return found


EVERYWHERE = declared(400, 401, 403, 404, 409, 413, 422, 500, 503)
"""What any route may answer besides its own; the OpenAPI document leaves out what this one can't."""
