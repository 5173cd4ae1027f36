"""The OpenAPI document tells the truth: what an operation answers is in it, and what it can't is not."""

from importlib import import_module
from typing import Any

import pytest
import schemathesis
from chassis.http.asking import Asking, Opening, Who
from chassis.http.fields import Count, Id, Line, Words
from chassis.http.paging import PageOut, Paging
from chassis.http.problems import refusals
from chassis.testing.kiosk import ANNA, Kiosk
from fastapi import APIRouter, UploadFile
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from kernel.refusal import NotFound, Refusal
from pydantic import BaseModel
from schemathesis import GenerationMode

router = APIRouter()
Json = dict[str, Any]
CHECKS: Any = import_module("schemathesis.specs.openapi.checks")
UNFIT = [CHECKS.negative_data_rejection]  # it takes any file of a form for a text
OURS = [("/orders", "get"), ("/orders", "post"), ("/orders/{order_id}", "get"), ("/leaves", "post")]


class SoldOut(Refusal):
    """There is none left."""


class NoSuchOrder(NotFound):
    """No order has this number."""


class Ordered(BaseModel):
    tea: Line
    note: Words = ""
    cups: Count = 1


@router.post("/orders", status_code=201, responses=refusals(SoldOut))
async def order(ordered: Ordered, asked: Opening) -> Ordered:
    if not ordered.tea.isascii():
        raise SoldOut("None left.", tea=ordered.tea)
    asked.occasion(ordered)
    return ordered


@router.post("/orders/{order_id}/note")
async def note(order_id: Id, words: Ordered, asked: Asking) -> str:
    return asked.derived_id(order_id + words.note)


@router.get("/orders")
async def orders(page: Paging, actor: Who, tea: str | None = None) -> PageOut[str]:
    return PageOut(items=[actor.id, tea or ""][: page.limit])


@router.get("/orders/{order_id}", responses=refusals(NoSuchOrder))
async def one(order_id: Id) -> Ordered:
    raise NoSuchOrder("None.", order=order_id)


@router.post("/leaves", status_code=204)
async def leaves(file: UploadFile, actor: Who) -> None:
    del file, actor


@pytest.fixture
def document(kiosk: Kiosk) -> Json:
    return kiosk.app(router).openapi()


def statuses(document: Json, path: str, method: str) -> set[int]:
    return {int(each) for each in document["paths"][path][method]["responses"]}


def test_an_operation_declares_what_it_can_answer(document: Json) -> None:
    assert statuses(document, "/orders", "post") == {201, 400, 401, 403, 409, 413, 422, 500, 503}
    assert statuses(document, "/orders", "get") == {200, 401, 403, 422, 500, 503}
    assert statuses(document, "/orders/{order_id}", "get") == {200, 404, 422, 500, 503}
    assert statuses(document, "/health/live", "get") == {200}
    assert statuses(document, "/health/ready", "get") == {200, 503}


def test_every_problem_is_declared_as_one(document: Json) -> None:
    operations = [document["paths"][path][method] for path, method in OURS]

    answers = [answer for each in operations for answer in each["responses"].items()]

    assert all(
        "application/problem+json" in answer["content"] for status, answer in answers if int(status) >= 400
    )
    assert "HTTPValidationError" not in document["components"]["schemas"]
    assert "FieldProblemOut" in document["components"]["schemas"]


def test_refusals_are_told_in_words(document: Json) -> None:
    told = document["paths"]["/orders"]["post"]["responses"]["409"]["description"]

    assert told == "SoldOut: There is none left."


def test_when_to_come_again_and_how_to_show_oneself_are_declared(document: Json) -> None:
    responses = document["paths"]["/orders"]["post"]["responses"]

    assert "Retry-After" in responses["503"]["headers"]
    assert "WWW-Authenticate" in responses["401"]["headers"]
    assert document["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"


@pytest.mark.parametrize("headers", ["shown", "none"])
def test_whatever_is_sent_the_answer_is_in_the_document(headers: str, kiosk: Kiosk) -> None:
    schema: Any = schemathesis.openapi.from_asgi("/openapi.json", kiosk.app(router))
    shown = dict(kiosk.as_(ANNA)) if headers == "shown" else {}

    for found in schema.get_all_operations():
        operation = found.ok()
        if not operation.path.startswith("/health") and operation.path != "/metrics":
            tried(operation, shown)


def tried(operation: Any, headers: dict[str, str]) -> None:
    modes = [operation.as_strategy(generation_mode=mode) for mode in GenerationMode]

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much, HealthCheck.data_too_large],
    )
    @given(case=st.one_of(modes))
    def sent(case: Any) -> None:
        case.validate_response(case.call(headers=headers), excluded_checks=UNFIT)

    sent()
