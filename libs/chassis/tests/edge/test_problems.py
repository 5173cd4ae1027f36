"""Whatever goes wrong, the answer is a problem: its type names it, and it says what the caller can do."""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import httpx
import pytest
from chassis.auth.verifier import NoKeys
from chassis.faults import BusDown
from chassis.handling import Conflict, KeyReused, OutboxFull, Repeated, Taken
from chassis.http.problems import refusals
from chassis.listing import BadCursor
from chassis.peers import PeerDown
from chassis.testing.kiosk import Kiosk
from fastapi import APIRouter, HTTPException
from kernel.refusal import NotAllowed, NotFound, Refusal
from pymongo.errors import AutoReconnect, OperationFailure, ServerSelectionTimeoutError
from starlette.exceptions import HTTPException as StarletteException


class StallShut(Refusal):
    """The stall is shut at this hour."""

    rule = "R27"
    overridable_by: ClassVar[tuple[str, ...]] = ("owner",)


class NoSuchTea(NotFound):
    """There is no such tea."""


class NotYourStall(NotAllowed):
    """Another keeps this stall."""

    rule = "R5"


def raising(what: Exception) -> APIRouter:
    router = APIRouter()

    @router.get("/tea")
    async def tea() -> None:
        raise what

    return router


WRONG: Mapping[str, tuple[Exception, int, str]] = {
    "a refusal": (StallShut("Shut until ten."), 409, "stall-shut"),
    "nothing there": (NoSuchTea("No such tea."), 404, "no-such-tea"),
    "another may": (NotYourStall("Boris keeps it."), 403, "not-your-stall"),
    "refused before": (Repeated("stall-shut", "Shut.", "R27", base="", about={}), 409, "stall-shut"),
    "not allowed before": (Repeated("not-your-stall", "No.", "R5", base="not-allowed", about={}), 403, "not-your-stall"),
    "not found before": (Repeated("no-such-tea", "No.", "", base="not-found", about={}), 404, "no-such-tea"),
    "a key with another body": (KeyReused("Used before."), 409, "key-reused"),
    "overtaken": (Conflict("tea"), 409, "changed-meanwhile"),
    "overtaken when opening": (Taken("tea"), 409, "changed-meanwhile"),
    "the outbox is full": (OutboxFull("tea"), 503, "unavailable"),
    "Kafka is down": (BusDown("no ack"), 503, "unavailable"),
    "a peer is down": (PeerDown("crm"), 503, "unavailable"),
    "the issuer was never reached": (NoKeys("no keys"), 503, "unavailable"),
    "MongoDB is down": (ServerSelectionTimeoutError("none"), 503, "unavailable"),
    "MongoDB changes its primary": (AutoReconnect("stepped down"), 503, "unavailable"),
    "a time-out": (TimeoutError(), 503, "unavailable"),
    "a connection lost": (ConnectionResetError(), 503, "unavailable"),
    "a bad cursor": (BadCursor("This cursor is not of this list."), 422, "malformed"),
    "the framework's own": (HTTPException(418, "Short and stout."), 418, "i'm-a-teapot"),
    "a defect": (ValueError("Ivan Petrov, +79161234567"), 500, "defect"),
    "a defect of ours with MongoDB": (OperationFailure("bad pipeline", 9), 500, "defect"),
}  # fmt: skip


@pytest.mark.parametrize(("raised", "status", "code"), WRONG.values(), ids=WRONG.keys())
async def test_an_exception_is_answered_with_its_problem(
    raised: Exception, status: int, code: str, kiosk: Kiosk
) -> None:
    async with kiosk(raising(raised)) as client:
        answer = await client.get("/tea?phone=+79161234567")

    problem = answer.json()
    assert (answer.status_code, problem["type"], problem["status"]) == (status, f"/problems/{code}", status)
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["instance"] == "/tea"
    assert problem["title"]


async def test_a_refusal_names_the_rule_and_who_may_override_and_what_it_is_about(kiosk: Kiosk) -> None:
    no = StallShut("Shut until ten.", opens_at="10:00", status=200, type="mine")

    async with kiosk(raising(no)) as client:
        problem = (await client.get("/tea")).json()

    assert problem["detail"] == "Shut until ten."
    assert (problem["rule"], problem["overridable_by"], problem["opens_at"]) == ("R27", ["owner"], "10:00")
    assert (problem["status"], problem["type"]) == (409, "/problems/stall-shut")


@pytest.mark.parametrize("fault", [PeerDown("crm"), Conflict("tea"), OutboxFull("tea")])
async def test_what_passes_says_when_to_come_again(fault: Exception, kiosk: Kiosk) -> None:
    async with kiosk(raising(fault)) as client:
        assert (await client.get("/tea")).headers["retry-after"] == "2"


async def test_a_defect_is_written_down_with_its_place_and_without_what_it_quotes(
    kiosk: Kiosk, written: Callable[[], list[dict[str, Any]]]
) -> None:
    async with kiosk(raising(ValueError("Ivan Petrov, +79161234567"))) as client:
        answer = await client.get("/tea")

    defect = next(line for line in written() if line["event"] == "a defect")
    assert re.search(r"test_problems.py:\d+ in tea\nValueError$", defect["exception"])
    assert "Petrov" not in answer.text + str(written())


FRAMEWORK: Mapping[str, tuple[str, str, int, str]] = {
    "an unknown path": ("GET", "/coffee", 404, "not-found"),
    "an unknown method": ("DELETE", "/tea", 405, "method-not-allowed"),
    "a made-up method": ("BREW", "/tea", 405, "method-not-allowed"),
    "a path of odd bytes": ("GET", "/%ff%00%ed%a0%80", 404, "not-found"),
}


@pytest.mark.parametrize(("method", "path", "status", "code"), FRAMEWORK.values(), ids=FRAMEWORK.keys())
async def test_the_framework_says_no_in_the_same_clothes(
    method: str, path: str, status: int, code: str, kiosk: Kiosk
) -> None:
    async with kiosk(raising(Conflict())) as client:
        answer = await client.request(method, path)

    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{code}")
    assert answer.headers["content-type"] == "application/problem+json"


async def test_headers_of_the_framework_stay(kiosk: Kiosk) -> None:
    async with kiosk(raising(Conflict())) as client:
        assert (await client.delete("/tea")).headers["allow"] == "GET"


async def test_a_broken_stream_is_broken_off_and_not_answered_twice(kiosk: Kiosk) -> None:
    from fastapi.responses import StreamingResponse

    router = APIRouter()

    @router.get("/leaves")
    async def leaves() -> StreamingResponse:
        async def poured():  # noqa: ANN202
            yield b"one"
            raise StarletteException(500)

        return StreamingResponse(poured())

    async with kiosk(router) as client:
        with pytest.raises((StarletteException, RuntimeError, httpx.HTTPError)):
            await client.get("/leaves")


def test_routes_declare_how_they_may_refuse() -> None:
    class Undocumented(Refusal):
        pass

    told = refusals(StallShut, NoSuchTea, NotYourStall, Undocumented)

    assert told[409]["description"] == "StallShut: The stall is shut at this hour.\nUndocumented"
    assert told[404]["description"] == "NoSuchTea: There is no such tea."
    assert told[403]["description"] == "NotYourStall: Another keeps this stall."
