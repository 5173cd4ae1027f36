"""How much a caller may ask: bytes, requests at once, time."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from chassis.settings import EdgeSettings
from chassis.testing.kiosk import ANNA, Kiosk
from chassis.testing.waiting import eventually
from fastapi import APIRouter, Request, UploadFile
from pydantic import BaseModel

router = APIRouter()
SMALL = EdgeSettings(max_body_bytes=1024)


class Leaves(BaseModel):
    leaves: str


@router.post("/tea")
async def brew(tea: Leaves) -> int:
    return len(tea.leaves)


@router.post("/stalls/{stall_id}/leaves")
async def bring(stall_id: str, file: UploadFile) -> int:
    del stall_id
    return len(await file.read())


def tea(length: int) -> bytes:
    return b'{"leaves": "' + b"x" * length + b'"}'


async def in_pieces(body: bytes) -> AsyncIterator[bytes]:
    """A body of undeclared length."""
    for at in range(0, len(body), 500):
        yield body[at : at + 500]


JSON = {"content-type": "application/json"}


async def test_a_body_up_to_the_limit_is_taken(kiosk: Kiosk) -> None:
    async with kiosk(router, edge=SMALL) as client:
        assert (await client.post("/tea", content=tea(1010), headers=JSON)).json() == 1010
        assert (await client.post("/tea", content=in_pieces(tea(1010)), headers=JSON)).json() == 1010


async def test_a_body_beyond_the_limit_is_refused_before_it_is_read(kiosk: Kiosk) -> None:
    async with kiosk(router, edge=SMALL) as client:
        answer = await client.post("/tea", content=tea(1011), headers=JSON)

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/content-too-large")
    assert answer.json()["detail"] == "A request body may have 1024 bytes here."


async def test_a_body_that_grows_beyond_the_limit_is_refused_too(kiosk: Kiosk) -> None:
    async with kiosk(router, edge=SMALL) as client:
        answer = await client.post("/tea", content=in_pieces(tea(5_000)), headers=JSON)

    assert (answer.status_code, answer.json()["type"]) == (413, "/problems/content-too-large")


LARGER = {"/stalls/{stall_id}/leaves": 10_000}
UPLOAD = {"file": ("leaves.txt", b"x" * 5_000)}


async def test_a_route_may_take_more_from_somebody_we_know(kiosk: Kiosk) -> None:
    async with kiosk(router, edge=SMALL, larger=LARGER) as client:
        answer = await client.post("/stalls/1/leaves", files=UPLOAD, headers=kiosk.as_(ANNA))
        elsewhere = await client.post("/tea", content=tea(2_000), headers={**JSON, **kiosk.as_(ANNA)})

    assert answer.json() == 5_000
    assert elsewhere.status_code == 413


@pytest.mark.parametrize("shown", [{}, {"authorization": "Bearer forged"}, {"authorization": "Basic eDp5"}])
async def test_and_not_from_somebody_we_do_not(shown: dict[str, str], kiosk: Kiosk) -> None:
    async with kiosk(router, edge=SMALL, larger=LARGER) as client:
        assert (await client.post("/stalls/1/leaves", files=UPLOAD, headers=shown)).status_code == 413


async def test_a_path_below_one_that_takes_more_does_not(kiosk: Kiosk) -> None:
    async with kiosk(router, edge=SMALL, larger=LARGER) as client:
        answer = await client.post("/stalls/1/leaves/x", content=b"x" * 2_000, headers=kiosk.as_(ANNA))

    assert answer.status_code == 413


class Queue:
    """A route that answers when the door opens."""

    def __init__(self) -> None:
        self.door = asyncio.Event()
        self.inside = 0
        self.router = APIRouter()
        self.router.add_api_route("/queue", self.wait)

    async def wait(self) -> int:
        self.inside += 1
        await self.door.wait()
        return self.inside


async def test_more_requests_than_we_work_on_at_once_are_sent_away(kiosk: Kiosk) -> None:
    queue = Queue()

    async with kiosk(queue.router, edge=EdgeSettings(max_in_flight=2)) as client:
        waiting = [asyncio.create_task(client.get("/queue")) for _ in range(2)]
        await eventually(lambda: queue.inside == 2)

        sent_away = await client.get("/queue")
        alive = await client.get("/health/live")
        queue.door.set()

        assert (sent_away.status_code, sent_away.json()["type"]) == (503, "/problems/too-busy")
        assert sent_away.headers["retry-after"] == "2"
        assert alive.status_code == 200
        assert [each.status_code for each in await asyncio.gather(*waiting)] == [200, 200]
        assert (await client.get("/queue")).status_code == 200


async def test_a_request_that_takes_too_long_is_given_up(kiosk: Kiosk) -> None:
    queue = Queue()

    async with kiosk(queue.router, edge=EdgeSettings(request_timeout=0.05, max_in_flight=1)) as client:
        answer = await client.get("/queue")
        queue.door.set()

        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/timed-out")
        assert "repeat with the same Idempotency-Key" in answer.json()["detail"]
        assert (await client.get("/queue")).status_code == 200


async def test_one_who_hangs_up_leaves_his_place(kiosk: Kiosk) -> None:
    queue = Queue()

    async with kiosk(queue.router, edge=EdgeSettings(max_in_flight=1)) as client:
        waiting = asyncio.create_task(client.get("/queue"))
        await eventually(lambda: queue.inside == 1)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        queue.door.set()

        assert (await client.get("/queue")).status_code == 200


async def test_a_time_out_inside_a_route_is_a_fault_of_what_it_asked(kiosk: Kiosk) -> None:
    router = APIRouter()

    @router.get("/slow")
    async def slow(_: Request) -> None:
        async with asyncio.timeout(0):
            await asyncio.sleep(1)

    async with kiosk(router) as client:
        assert (await client.get("/slow")).json()["type"] == "/problems/unavailable"
