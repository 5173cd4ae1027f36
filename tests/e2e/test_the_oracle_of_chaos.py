"""What a fault showed, itself tried: calls that are lost or doubled are seen, and recovery is counted from the fault."""

import asyncio
from pathlib import Path

import pytest

from bench.chaos.calling import Calls, calls_wrong
from bench.chaos.showing import compared
from bench.chaos.soundings import Recovery, Sounding, Soundings
from bench.own_stack import OwnStack


@pytest.fixture
def calls(tmp_path: Path) -> Calls:
    """Two calls got a plan, and the end of one was taken."""
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    found = Calls(OwnStack(tmp_path), ["+79160000000"])
    found.answered, found.ended = {"c-1", "c-2"}, {"c-1"}
    return found


def shown(call_id: str, status: str) -> dict[str, str]:
    return {"call_id": call_id, "status": status}


def test_calls_that_are_there_once_with_what_was_said_of_them_are_well(calls: Calls) -> None:
    assert (
        calls_wrong(calls, [shown("c-1", "finished"), shown("c-2", "ringing"), shown("other", "missed")])
        == []
    )


def test_a_call_that_was_answered_and_is_not_there_is_lost(calls: Calls) -> None:
    assert calls_wrong(calls, [shown("c-1", "finished")]) == ["call c-2 was answered and is lost"]


def test_a_call_that_is_there_twice_is_doubled(calls: Calls) -> None:
    twice = [shown("c-1", "finished"), shown("c-2", "ringing"), shown("c-2", "ringing")]

    assert calls_wrong(calls, twice) == ["call c-2 exists 2 times"]


def test_an_end_that_was_taken_and_is_not_in_the_call_is_lost(calls: Calls) -> None:
    assert calls_wrong(calls, [shown("c-1", "ringing"), shown("c-2", "ringing")]) == [
        "call c-1 ended, and is ringing"
    ]


def test_the_first_work_that_is_done_is_not_the_slowest() -> None:
    recovery = Recovery([Sounding(0.0, 4.0), Sounding(0.5, 1.5), Sounding(1.0, 4.5)])

    assert (recovery.first, recovery.slowest) == (1.5, 4.0)


async def test_work_that_is_never_done_is_never_forgotten() -> None:
    soundings = Soundings({"opblok": asyncio.Event().wait}, every=0.01)

    soundings.begin()
    await asyncio.sleep(0.03)
    await soundings.end(within=0.01)

    assert soundings.found["opblok"].unfinished > 0
    assert compared(soundings.found["opblok"].slowest, 1.0) == ("never", "1.00", "-")


async def test_work_begun_before_the_end_is_waited_for() -> None:
    done = asyncio.Event()
    soundings = Soundings({"opblok": done.wait, "bare": lambda: asyncio.sleep(0)}, every=0.01)

    soundings.begin()
    await asyncio.sleep(0.03)
    asyncio.get_running_loop().call_later(0.05, done.set)
    await soundings.end()

    assert len(soundings.found["opblok"].soundings) == len(soundings.found["bare"].soundings) > 1
    assert soundings.found["opblok"].slowest > soundings.found["bare"].slowest
