"""A part that dies is started again, with pauses that grow; one that should stop, stops."""

import asyncio
import time
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import pytest
from chassis.embedded.unable import CannotStart
from chassis.testing.waiting import eventually
from opblok.supervision.child import Child, how_it_ended
from opblok.supervision.part import Part
from opblok.supervision.pauses import Pauses
from opblok.supervision.seen import State

from .conftest import DEAF, DIES, MakePart


@asynccontextmanager
async def kept(part: Part, pauses: Pauses | None = None) -> AsyncGenerator[tuple[Child, list[State]]]:
    states: list[State] = []
    child = Child(part, lambda: states.append(child.state), pauses)
    keeping = asyncio.create_task(child.keep())
    yield child, states
    await child.stop()
    await asyncio.wait_for(keeping, 10)


def test_pauses_grow_to_half_a_minute_and_begin_anew_after_a_healthy_minute() -> None:
    pauses = Pauses()

    assert [pauses.after(0.1) for _ in range(7)] == [1, 2, 4, 8, 16, 30, 30]
    assert pauses.after(61) == 1
    assert pauses.after(0.1) == 2


async def test_a_part_that_dies_is_started_again_later_and_later(
    part: MakePart, notes: Callable[[], list[str]]
) -> None:
    begun = time.monotonic()

    async with kept(part("crm", DIES), Pauses(first=0.2, longest=10)) as (child, states):
        await eventually(lambda: len(notes()) == 4, within=10)

        assert time.monotonic() - begun > 0.2 + 0.4 + 0.8
        assert child.restarts >= 3
        assert states[:4] == [State.STARTING, State.PAUSING, State.STARTING, State.PAUSING]


async def test_a_part_killed_from_outside_comes_back(part: MakePart) -> None:
    async with kept(part("orders"), Pauses(first=0.05)) as (child, _):
        await child.come_up()
        first = child.seen()
        process = first.process()
        assert process is not None

        process.kill()

        await eventually(lambda: child.restarts == 1 and child.state is State.READY)
        assert child.seen().pid != first.pid


async def test_a_part_that_never_comes_up_is_given_up_with_its_last_words(part: MakePart) -> None:
    async with kept(part("crm", DIES), Pauses(first=0.02)) as (child, _):
        with pytest.raises(CannotStart) as refused:
            await child.come_up()

    assert "crm does not come up: ended with code 7" in refused.value.what
    assert "the lamp is out" in refused.value.what
    assert "crm.log" in refused.value.remedy


async def test_a_part_that_does_not_listen_is_killed_in_the_end(part: MakePart) -> None:
    async with kept(part("deaf", DEAF, stop_within=0.3)) as (child, _):
        await child.come_up()
        process = child.seen().process()
        begun = time.monotonic()
        await child.stop()

    assert time.monotonic() - begun < 3
    assert process is not None
    assert not process.is_running()


def test_the_way_it_ended_is_told_in_words() -> None:
    assert how_it_ended(3) == "ended with code 3"
    assert how_it_ended(-9) == "killed by SIGKILL"
