"""Alive, ready, and figures: what a supervisor and an operator ask."""

import asyncio

import pytest
from chassis.clock import StoppedClock
from chassis.testing.kiosk import Kiosk
from prometheus_client import Counter


async def well() -> str | None:
    return None


async def lagging() -> str | None:
    return "12 records behind"


async def broken() -> str | None:
    raise ConnectionError("mongodb://user:secret@db")


async def hanging() -> str | None:
    await asyncio.sleep(60)


async def test_a_service_is_alive_as_soon_as_it_answers(kiosk: Kiosk) -> None:
    async with kiosk(checks={"mongo": broken}) as client:
        answer = await client.get("/health/live")

    assert (answer.status_code, answer.json()) == (200, {"status": "alive"})


async def test_a_service_is_ready_when_all_it_needs_is_there(kiosk: Kiosk) -> None:
    async with kiosk(checks={"mongo": well, "kafka": well}) as client:
        answer = await client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json() == {"status": "ready", "service": "kiosk", "checks": {"mongo": "ok", "kafka": "ok"}}


@pytest.mark.parametrize(
    ("check", "told"),
    [(lagging, "12 records behind"), (broken, "ConnectionError"), (hanging, "no answer in time")],
    ids=["lagging", "broken", "hanging"],
)
async def test_it_says_what_is_missing(check: object, told: str, kiosk: Kiosk) -> None:
    async with kiosk(checks={"mongo": well, "kafka": check}) as client:
        answer = await client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json()["status"] == "not ready"
    assert answer.json()["checks"] == {"mongo": "ok", "kafka": told}


async def test_only_in_development_it_tells_its_time(kiosk: Kiosk, clock: StoppedClock) -> None:
    async with kiosk(shows_time=True) as client:
        assert (await client.get("/health/ready")).json()["now"] == "2026-03-02T07:00:00Z"
    async with kiosk() as client:
        assert "now" not in (await client.get("/health/ready")).json()


async def test_figures_are_those_of_this_application(kiosk: Kiosk) -> None:
    Counter("cups", "Cups of tea.", registry=kiosk.figures).inc(3)

    async with kiosk() as client:
        answer = await client.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert "cups_total 3.0" in answer.text
