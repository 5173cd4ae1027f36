"""The same key again gives the same answer, whatever it was and whatever has happened since."""

from typing import Any

import pytest
from chassis.handling import Handler, KeyReused, Repeated
from chassis.layout import INBOX
from chassis.memory import MemoryStore
from chassis.mongo import MongoStore
from chassis.testing.shelf import (
    MONDAY,
    SHELF,
    SHELVES,
    Change,
    Command,
    NotEnoughBobbins,
    Put,
    Shelf,
    Take,
    occasion,
    tell_nobody,
)
from pymongo.asynchronous.database import AsyncDatabase

Handle = Handler[Command, Shelf, Change]


@pytest.fixture
def in_memory() -> MemoryStore[Shelf]:
    return MemoryStore(SHELVES)


@pytest.fixture
async def in_mongo(database: AsyncDatabase[dict[str, Any]]) -> MongoStore[Shelf]:
    made = MongoStore(database, SHELVES, None)
    await made.prepare()
    return made


@pytest.fixture(params=["in_memory", "in_mongo"])
def handle(request: pytest.FixtureRequest) -> Handle:
    return Handler("warehouse", SHELF, request.getfixturevalue(request.param), tell_nobody)


async def test_a_command_that_left_nothing_to_do_stays_so(handle: Handle) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)
    await handle(Take("s-1", 3, "o-1"), occasion("take"))
    nothing = await handle(Take("s-1", 3, "o-1"), occasion("again", print_="a"))
    await handle(Put("s-1", 10, MONDAY), occasion("more"))

    repeated = await handle(Take("s-1", 3, "o-1"), occasion("again", print_="a"))

    assert nothing.changes == repeated.changes == ()
    assert repeated.repeated
    assert repeated.version == nothing.version
    with pytest.raises(KeyReused):
        await handle(Take("s-1", 1, "o-2"), occasion("again", print_="b"))


async def test_a_command_that_was_refused_stays_refused(handle: Handle) -> None:
    await handle(Put("s-1", 1, MONDAY), occasion("put"), opening=True)
    with pytest.raises(NotEnoughBobbins):
        await handle(Take("s-1", 3, "o-1"), occasion("take", print_="a"))
    await handle(Put("s-1", 10, MONDAY), occasion("more"))

    with pytest.raises(Repeated) as no:
        await handle(Take("s-1", 3, "o-1"), occasion("take", print_="a"))

    assert (no.value.code, no.value.of_rule, no.value.about) == ("not-enough-bobbins", "R28", {"left": 1})
    assert (await handle(Take("s-1", 3, "o-1"), occasion("another key", print_="a"))).changes


async def test_what_opened_a_thing_is_known_for_as_long_as_it_lives(handle: Handle) -> None:
    await handle(Put("s-1", 2 * INBOX, MONDAY), occasion("open", print_="a"), opening=True)
    for n in range(INBOX + 1):
        await handle(Take("s-1", 1, f"o-{n}"), occasion(f"take-{n}"))

    again = await handle(Put("s-1", 2 * INBOX, MONDAY), occasion("open", print_="a"), opening=True)

    assert again.repeated
    assert again.version == 1
    with pytest.raises(KeyReused):
        await handle(Put("s-1", 1, MONDAY), occasion("open", print_="b"), opening=True)
