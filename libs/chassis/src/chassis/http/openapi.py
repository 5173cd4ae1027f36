"""The OpenAPI document of a service, true to what it answers: problems instead of the framework's own, and no answer that
an operation can't give.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, cast

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from chassis.http.problems import MEDIA_TYPE, REFERENCE, ProblemOut

ITS_OWN = ("HTTPValidationError", "ValidationError")
READS = ("get", "head")
HEADERS = {
    "401": {"WWW-Authenticate": {"description": "How to show who you are.", "schema": {"type": "string"}}},
    "503": {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}},
}

Json = dict[str, Any]


def document(app: FastAPI) -> Json:
    """Made once."""
    if app.openapi_schema is None:
        made = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        for method, operation in _operations(made):
            _tell_the_truth(method, operation)
        schemas: Json = made.setdefault("components", {}).setdefault("schemas", {})
        for unused in ITS_OWN:
            schemas.pop(unused, None)
        problem = ProblemOut.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas.update(problem.pop("$defs"), ProblemOut=problem)
        app.openapi_schema = made
    return app.openapi_schema


def _operations(made: Json) -> Iterator[tuple[str, Json]]:
    for path in cast("dict[str, Json]", made.get("paths", {})).values():
        yield from path.items()


def _tell_the_truth(method: str, operation: Json) -> None:
    responses: Json = operation["responses"]
    if "422" in responses:
        responses["422"]["content"] = {MEDIA_TYPE: {"schema": REFERENCE}}
    for status in _impossible(method, operation):
        if responses.get(status, {}).get("description") == HTTPStatus(int(status)).phrase:
            del responses[status]
    for status, headers in HEADERS.items():
        if status in responses:
            responses[status].setdefault("headers", headers)


def _impossible(method: str, operation: Json) -> Iterator[str]:
    """What the declared-everywhere can't be here; what a route declares in its own words stays."""
    if not operation.get("security"):
        yield from ("401", "403")
    if "requestBody" not in operation:
        yield from ("400", "413")
    if "requestBody" not in operation and not operation.get("parameters"):
        yield "422"
    if method in READS:
        yield "409"
    if not any(each["in"] == "path" for each in operation.get("parameters", ())):
        yield "404"
