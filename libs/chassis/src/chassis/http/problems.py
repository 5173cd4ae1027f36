"""Problem details (RFC 9457): what went wrong, which rule said no, who may override it.

422 is for malformed input alone and names the fields, never their values, which may be personal. A refusal is 409, 403
or 404; a fault is 503 with Retry-After; a defect is 500.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from kernel.refusal import NotAllowed, NotFound, Refusal
from opentelemetry import trace
from pydantic import BaseModel, Field
from pymongo.errors import ConnectionFailure, ExecutionTimeout, WTimeoutError
from starlette.exceptions import HTTPException

from chassis.faults import Fault
from chassis.handling import Conflict, OutboxFull, Repeated
from chassis.listing import BadCursor

log = structlog.get_logger(__name__)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = {"Retry-After": "2"}
FAULTS = (Fault, OutboxFull, ConnectionFailure, ExecutionTimeout, WTimeoutError, TimeoutError, OSError)


class ProblemOut(BaseModel):
    """RFC 9457."""

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
    errors: list[dict[str, Any]] | None = Field(
        None, description="Malformed fields: where and why, never the value."
    )


def problem(
    request: Request, status: int, code: str, detail: str | None = None, *, headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> JSONResponse:  # fmt: skip
    """A problem as an answer."""
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
    return JSONResponse(kept, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def status_of(refusal: Refusal) -> int:
    """403 when another may, 404 when there is none, else 409."""
    base = refusal.base if isinstance(refusal, Repeated) else ""
    if isinstance(refusal, NotFound) or base == "not-found":
        return HTTPStatus.NOT_FOUND
    if isinstance(refusal, NotAllowed) or base == "not-allowed":
        return HTTPStatus.FORBIDDEN
    return HTTPStatus.CONFLICT


async def refused(request: Request, no: Exception) -> JSONResponse:
    """The business said no."""
    assert isinstance(no, Refusal)
    rule = no.of_rule if isinstance(no, Repeated) else no.rule
    about: dict[str, Any] = {
        name: value for name, value in no.about.items() if name not in ProblemOut.model_fields
    }
    about |= {"rule": rule, "overridable_by": [str(role) for role in no.overridable_by]}
    return problem(request, status_of(no), no.code, no.detail, more=about)


async def overtaken(request: Request, no: Exception) -> JSONResponse:
    """Somebody saved first, again and again."""
    del no
    detail = "Others changed the same thing at the same moment, several times. Read it again and repeat."
    return problem(request, HTTPStatus.CONFLICT, "changed-meanwhile", detail, headers=RETRY_AFTER)


async def at_fault(request: Request, fault: Exception) -> JSONResponse:
    """Something outside is down; nothing was lost by it."""
    log.warning("a request met a fault", path=request.url.path, fault=type(fault).__name__)
    detail = (
        "Something this service needs is down or slow. Nothing is lost; repeat with the same Idempotency-Key."
    )
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", detail, headers=RETRY_AFTER)


async def malformed(request: Request, wrong: Exception) -> JSONResponse:
    """Input that can't be read: where and why, never the value."""
    errors: Sequence[Any] = wrong.errors() if isinstance(wrong, RequestValidationError) else ()
    told = [
        {"where": [str(step) for step in each["loc"]], "why": each["type"], "text": _words(each)}
        for each in errors
    ]
    detail = str(wrong) if isinstance(wrong, BadCursor) else "The request can't be read; see `errors`."
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "malformed", detail, more={"errors": told})


async def of_framework(request: Request, wrong: Exception) -> JSONResponse:
    """404, 405, 413 and their like, in the same clothes."""
    assert isinstance(wrong, HTTPException)
    status = HTTPStatus(wrong.status_code)
    code = status.phrase.lower().replace(" ", "-")
    return problem(request, status, code, wrong.detail, headers=wrong.headers)


async def defect(request: Request, wrong: Exception) -> JSONResponse:
    """A bug. The trace id finds it."""
    log.error("a defect", path=request.url.path, exc_info=wrong)
    detail = "A defect of this service. It is written down under the trace id."
    return problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "defect", detail)


def _words(error: Mapping[str, Any]) -> str:
    """A refusal of a value in our own words may stand; pydantic's own may quote the input."""
    kind = str(error["type"])
    return "" if kind in {"value_error", "assertion_error"} else kind.replace("_", " ")


def install(app: FastAPI) -> None:
    """Every way a request can fail answers with a problem."""
    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(Conflict, overtaken)
    for fault in FAULTS:
        app.add_exception_handler(fault, at_fault)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(BadCursor, malformed)
    app.add_exception_handler(HTTPException, of_framework)
    app.add_exception_handler(Exception, defect)


def declared(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route or router for these problems."""
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemOut"}}}
    return {status: {"description": HTTPStatus(status).phrase, "content": content} for status in statuses}


def refusals(*kinds: type[Refusal]) -> dict[int | str, dict[str, Any]]:
    """`responses=` of a route whose command may be refused so."""
    texts: dict[int, list[str]] = {}
    for kind in kinds:
        status = (
            HTTPStatus.NOT_FOUND
            if issubclass(kind, NotFound)
            else HTTPStatus.FORBIDDEN
            if issubclass(kind, NotAllowed)
            else HTTPStatus.CONFLICT
        )
        texts.setdefault(status, []).append(
            f"{kind.__name__}: {(kind.__doc__ or '').strip().splitlines()[0]}"
        )
    found = declared(*texts)
    for status, told in texts.items():
        found[status]["description"] = "\n".join(told)
    return found


EVERYWHERE = declared(400, 401, 403, 404, 405, 409, 413, 422, 429, 500, 503)
"""What any route may answer besides its own."""
