"""Names of receivers are looked up beside everything else, and each once at a time."""

import asyncio
import threading
from collections.abc import Sequence
from socket import gaierror

import pytest
from notifications.adapters.resolving import Resolving


class Names:
    """Servers of the name `dead` keep silent until they are let speak; `none` is no name."""

    def __init__(self) -> None:
        self.asked = list[str]()
        self.speak = threading.Event()

    def look(self, host: str, port: int) -> Sequence[str]:
        del port
        self.asked.append(host)
        if host == "dead":
            self.speak.wait(30)
        if host == "none":
            raise gaierror
        return ["93.184.216.34"]


async def test_a_name_whose_servers_are_silent_keeps_no_other_waiting() -> None:
    names = Names()
    resolve = Resolving(names.look, threads=2)

    dead = [asyncio.create_task(resolve("dead", 443)) for _ in range(20)]
    await asyncio.sleep(0)
    alive = await asyncio.wait_for(resolve("alive", 443), 10)
    dead.pop().cancel()  # who gives up takes the answer from nobody
    names.speak.set()

    assert alive == ["93.184.216.34"]
    assert await asyncio.gather(*dead) == [["93.184.216.34"]] * 19
    assert names.asked.count("dead") == 1


async def test_an_answer_is_not_kept() -> None:
    names = Names()
    resolve = Resolving(names.look)

    for _ in range(2):
        with pytest.raises(gaierror):
            await resolve("none", 443)
    await resolve("alive", 443)
    await resolve("alive", 443)

    assert names.asked == ["none", "none", "alive", "alive"]
