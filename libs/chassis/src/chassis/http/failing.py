"""Every way a request can fail, and the problem it is answered with.

422 is for malformed input alone and names the fields, never their values, which may be personal. A refusal is 409, 403
or 404; a fault is 503 with Retry-After; a defect is 500.
"""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from kernel.refusal import Refusal
from pymongo.errors import ConnectionFailure, ExecutionTimeout, WTimeoutError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.faults import Fault
from chassis.handling import Conflict, OutboxFull, Repeated
from chassis.http.problems import RETRY_AFTER, ProblemOut, problem, status_of
from chassis.http.watching import shown
from chassis.listing import BadCursor
from chassis.masking import masked

log = structlog.get_logger(__name__)

FAULTS = (Fault, OutboxFull, ConnectionFailure, ExecutionTimeout, WTimeoutError, OSError)
NAMED = (Fault, OutboxFull, ConnectionFailure, ConnectionError, TimeoutError)
"""Faults whose name says enough; of the others the log keeps where they came from."""
CODES = {
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "content-too-large",
    HTTPStatus.UNPROCESSABLE_ENTITY: "malformed",
}
"""Statuses that Python's versions call differently."""
UNREADABLE = "There was an error parsing the body"
LONGEST_STEP = 80


async def refused(request: Request, no: Exception) -> Response:
    """The business said no."""
    assert isinstance(no, Refusal)
    rule = no.of_rule if isinstance(no, Repeated) else no.rule
    about: dict[str, Any] = {
        name: value for name, value in no.about.items() if name not in ProblemOut.model_fields
    }
    about |= {"rule": rule, "overridable_by": [str(role) for role in no.overridable_by]}
    return problem(request, status_of(no), no.code, no.detail, more=about)


async def overtaken(request: Request, no: Exception) -> Response:
    """Somebody saved first, again and again."""
    del no
    detail = "Others changed the same thing at the same moment, several times. Read it again and repeat."
    return problem(request, HTTPStatus.CONFLICT, "changed-meanwhile", detail, headers=RETRY_AFTER)


async def at_fault(request: Request, fault: Exception) -> Response:
    """Something outside is down; nothing was lost by it."""
    where = None if isinstance(fault, NAMED) else fault
    log.warning(
        "a request met a fault", path=_shown(request.scope), fault=type(fault).__name__, exc_info=where
    )
    detail = (
        "Something this service needs is down or slow. Nothing is lost; repeat with the same Idempotency-Key."
    )
    return problem(request, HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", detail, headers=RETRY_AFTER)


async def malformed(request: Request, wrong: Exception) -> Response:
    """Input that can't be read: where and why, never the value."""
    errors: Sequence[Any] = wrong.errors() if isinstance(wrong, RequestValidationError) else ()
    told = [_told(each) for each in errors]
    detail = str(wrong) if isinstance(wrong, BadCursor) else "The request can't be read; see `errors`."
    return problem(request, HTTPStatus.UNPROCESSABLE_ENTITY, "malformed", detail, more={"errors": told})


async def of_framework(request: Request, wrong: Exception) -> Response:
    """404, 405, 413 and their like, in the same clothes. A body that is no text, or no number Python takes, is malformed
    like one that is no JSON.
    """
    assert isinstance(wrong, HTTPException)
    status = HTTPStatus(wrong.status_code)
    if status == HTTPStatus.BAD_REQUEST and wrong.detail == UNREADABLE:
        told = [{"where": ["body"], "why": "unreadable"}]
        return problem(
            request, HTTPStatus.UNPROCESSABLE_ENTITY, "malformed", wrong.detail, more={"errors": told}
        )
    code = CODES.get(status, status.phrase.lower().replace(" ", "-"))
    return problem(request, status, code, str(wrong.detail), headers=wrong.headers)


class Defects:
    """A bug is answered here, with the trace id that finds it, before the server writes down what it may quote."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = False

        async def sent(message: Message) -> None:
            nonlocal began
            began = began or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, sent)
        except Exception as wrong:
            if began or scope["type"] != "http":
                raise
            log.exception("a defect", path=_shown(scope), exc_info=wrong)
            detail = "A defect of this service. It is written down under the trace id."
            await problem(Request(scope), 500, "defect", detail)(scope, receive, send)


def _shown(scope: Scope) -> str:
    """A secret in a path is written down as little by who fails as by who serves."""
    return shown(scope["path"], getattr(scope.get("route"), "path_format", None))


def _told(error: Mapping[str, Any]) -> dict[str, Any]:
    """Pydantic's message may quote the input, so its kind is told; and a step may be the name of a field made up by the
    caller.
    """
    steps = [masked(str(step))[:LONGEST_STEP] for step in error["loc"]]
    return {"where": steps, "why": str(error["type"])}


def install(app: FastAPI) -> None:
    """Every way a request can fail answers with a problem."""
    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(Conflict, overtaken)
    for fault in FAULTS:
        app.add_exception_handler(fault, at_fault)
    app.add_exception_handler(RequestValidationError, malformed)
    app.add_exception_handler(BadCursor, malformed)
    app.add_exception_handler(HTTPException, of_framework)
