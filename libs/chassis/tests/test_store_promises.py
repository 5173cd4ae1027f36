"""One list of promises, kept by every store."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from chassis.deciding import decided
from chassis.handling import Conflict, Handler, KeyReused, OutboxFull, Repeated, Taken
from chassis.layout import MOST_OWED
from chassis.listing import BadCursor, Query
from chassis.memory import MemoryStore
from chassis.mongo import MongoStore
from chassis.records import Record
from chassis.testing.shelf import (
    MONDAY,
    SHELF,
    SHELVES,
    Change,
    Command,
    Count,
    NotEnoughBobbins,
    Put,
    Seize,
    Shelf,
    Take,
    fact,
    occasion,
    shelf_of,
)
from chassis.vault import Vault
from kernel.deadline import Deadline
from pymongo.asynchronous.database import AsyncDatabase

Store = MongoStore[Shelf] | MemoryStore[Shelf]


@dataclass
class Told:
    """The relay's ear, as a list."""

    records: list[Record] = field(default_factory=list[Record])

    def __call__(self, key: str, owed: Sequence[Record], *, before: Sequence[str]) -> None:
        del key, before
        self.records.extend(owed)


VAULT = Vault.of({"k1": Vault.generate_key()})


@pytest.fixture
def memory_store() -> Store:
    return MemoryStore(SHELVES, VAULT)


@pytest.fixture
async def mongo_store(database: AsyncDatabase[dict[str, Any]]) -> Store:
    made = MongoStore(database, SHELVES, VAULT)
    await made.prepare()
    return made


@pytest.fixture(params=["memory", "mongo"])
def store(request: pytest.FixtureRequest) -> Store:
    return request.getfixturevalue(f"{request.param}_store")


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def handle(store: Store, told: Told) -> Handler[Command, Shelf, Change]:
    return Handler("warehouse", SHELF, store, told)


Handle = Handler[Command, Shelf, Change]


async def test_a_state_and_the_facts_it_owes_are_written_together(handle: Handle, store: Store) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)

    await handle(Take("s-1", 3, "o-1"), occasion("take"))

    held = await store.load("s-1")
    assert shelf_of(held).bobbins == 7
    assert [dict(each.headers)["ce_sequence"] for each in await store.owed("s-1")] == ["1", "2"]
    assert held.sequence == held.version == 2


async def test_of_two_who_save_at_once_one_decides_again(handle: Handle, store: Store) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)

    tries = [handle(Take("s-1", 1, f"o-{n}"), occasion(f"take-{n}")) for n in range(16)]
    results = await asyncio.gather(*tries, return_exceptions=True)

    assert (
        sum(isinstance(each, NotEnoughBobbins) for each in results)
        + sum(not isinstance(each, BaseException) for each in results)
        + sum(isinstance(each, Conflict) for each in results)
        == 16
    )
    left = shelf_of(await store.load("s-1"))
    assert left.bobbins == 10 - len(left.taken_for) >= 0


async def test_a_save_over_somebody_elses_is_a_conflict(handle: Handle, store: Store) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)
    stale = await store.load("s-1")
    await handle(Take("s-1", 1, "o-1"), occasion("take"))

    writing = decided(SHELF, "warehouse", Take("s-1", 1, "o-2"), occasion("late"), stale).writing

    assert writing
    with pytest.raises(Conflict):
        await store.save(stale, writing)


async def test_what_is_opened_twice_at_once_is_opened_once(handle: Handle, store: Store) -> None:
    same = [handle(Put("s-1", 10, MONDAY), occasion("put", print_="a"), opening=True) for _ in range(8)]

    outcomes = await asyncio.gather(*same)

    assert shelf_of(await store.load("s-1")).bobbins == 10
    assert sum(each.repeated for each in outcomes) == 7
    assert len(await store.owed("s-1")) == 1


async def test_the_same_key_with_another_body_is_refused(handle: Handle) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put", print_="a"), opening=True)

    with pytest.raises(KeyReused):
        await handle(Put("s-1", 99, MONDAY), occasion("put", print_="b"), opening=True)


async def test_a_remembered_refusal_is_saved_and_told_before_it_is_heard(
    handle: Handle, store: Store, told: Told
) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)

    with pytest.raises(Repeated):
        await handle(Seize("s-1"), occasion("seize"))
    with pytest.raises(Repeated) as no:
        await handle(Seize("s-1"), occasion("seize"))

    assert shelf_of(await store.load("s-1")).refused == 1
    assert (no.value.code, no.value.base, no.value.of_rule) == ("not-your-shelf", "not-allowed", "R9")
    assert len(told.records) == 2


async def test_a_fact_told_twice_changes_nothing(handle: Handle, store: Store) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)

    await handle(Take("s-1", 3, "o-1"), fact(1))
    again = await handle(Take("s-1", 3, "o-2"), fact(1))

    assert again.repeated
    assert shelf_of(await store.load("s-1")).bobbins == 7


async def test_an_older_fact_never_overwrites_a_newer_one(handle: Handle, store: Store) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)
    await handle(Take("s-1", 3, "o-1"), fact(5))

    passed_over = await handle(Take("s-1", 3, "o-2"), fact(4))
    taken_in = await handle(Take("s-1", 1, "o-3"), fact(3, late=True))
    twin = await handle(Take("s-1", 1, "o-4"), fact(3, id_="the v1 of it", late=True))

    assert passed_over.repeated
    assert taken_in.changes
    assert twin.repeated
    held = await store.load("s-1")
    assert shelf_of(held).bobbins == 6
    assert held.heard == {"orders/o-1": 5}


async def test_a_deadline_fires_once_whatever_the_decider_says(handle: Handle, store: Store) -> None:
    await handle(Put("s-1", 0, MONDAY), occasion("put"), opening=True)
    due = Deadline("count", MONDAY + timedelta(days=1))
    assert await store.due(MONDAY, 10) == []
    assert await store.due(MONDAY + timedelta(days=1), 10) == [("s-1", due)]

    quiet = await handle.fire(due, Count("s-1", due.at), occasion("due", remembered=False))

    assert not quiet.changes
    assert await store.due(MONDAY + timedelta(days=9), 10) == []


async def test_a_deadline_that_moved_fires_again(handle: Handle, store: Store) -> None:
    await handle(Put("s-1", 0, MONDAY), occasion("put"), opening=True)
    first = Deadline("count", MONDAY + timedelta(days=1))
    await handle.fire(first, Count("s-1", first.at), occasion("due"))

    await handle(Put("s-1", 5, MONDAY + timedelta(hours=1)), occasion("put-2"))

    moved = Deadline("count", MONDAY + timedelta(days=1, hours=1))
    assert await store.due(moved.at, 10) == [("s-1", moved)]


async def test_acknowledged_facts_leave_the_outbox_and_newer_ones_stay(handle: Handle, store: Store) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)
    await handle(Take("s-1", 3, "o-1"), occasion("take"))
    first, second = await store.owed("s-1")
    _, owing_since = await store.backlog()
    await asyncio.sleep(0.002)  # MongoDB keeps milliseconds

    await store.forget({"s-1": [first.id]})
    assert [each.id for each in await store.owed("s-1")] == [second.id]
    many, since = await store.backlog()
    assert (many, since != owing_since) == (1, True)
    await store.forget({"s-1": [second.id]})

    assert await store.owed("s-1") == []
    assert (await store.backlog())[0] == 0


async def test_a_full_outbox_refuses_commands_and_loses_nothing(handle: Handle, store: Store) -> None:
    await handle(Put("s-1", 1000, MONDAY), occasion("put"), opening=True)
    for n in range(MOST_OWED - 1):
        await handle(Take("s-1", 1, f"o-{n}"), occasion(f"t-{n}", remembered=False))

    with pytest.raises(OutboxFull):
        await handle(Take("s-1", 1, "one too many"), occasion("last"))

    assert len(await store.owed("s-1")) == MOST_OWED


async def test_many_things_are_saved_in_one_go_and_a_conflict_is_decided_again(
    handle: Handle, store: Store
) -> None:
    await handle.many([(Put(f"s-{n}", n, MONDAY), occasion(f"put-{n}")) for n in range(50)])
    batch = [(Put(f"s-{n}", 1, MONDAY), occasion(f"more-{n}")) for n in range(60)]

    await asyncio.gather(
        handle.many(batch), *(handle(Put(f"s-{n}", 1, MONDAY), occasion(f"x-{n}")) for n in range(10))
    )

    held = await store.load_many([f"s-{n}" for n in range(60)])
    expected = [n + 2 if n < 10 else n + 1 if n < 50 else 1 for n in range(60)]
    assert [each.state and each.state.bobbins for each in held] == expected


async def test_a_list_is_paged_to_its_end_with_nothing_twice(handle: Handle, store: Store) -> None:
    await handle.many([(Put(f"s-{n:02}", n % 5, MONDAY), occasion(f"put-{n}")) for n in range(23)])
    for descending in (False, True):
        query = Query(at_least={"bobbins": 1}, order="bobbins", descending=descending)
        seen: list[tuple[int, str]] = []
        after: str | None = None
        while True:
            page = await store.page(query, 4, after)
            seen += [(each.state.bobbins, each.key) for each in page.items if each.state]
            after = page.next
            if after is None:
                break

        assert seen == sorted(seen, reverse=descending)
        assert len(set(seen)) == len(seen) == await store.count(query) == 18


async def test_a_list_field_contains_and_a_list_asks_for_one_of(handle: Handle, store: Store) -> None:
    await handle.many([(Put(f"s-{n}", 9, MONDAY), occasion(f"put-{n}")) for n in range(3)])
    await handle(Take("s-1", 2, "o-7"), occasion("take"))

    found = await store.page(Query(equal={"taken_for": "o-7"}), 10)
    either = await store.page(Query(equal={"taken_for": ["o-7", "o-8"]}), 10)

    assert [each.key for each in found.items] == [each.key for each in either.items] == ["s-1"]


async def test_a_cursor_made_up_by_the_caller_is_refused(store: Store) -> None:
    with pytest.raises(BadCursor):
        await store.page(Query(), 10, "bm90IGEgY3Vyc29y")


async def test_history_says_what_when_who_why_and_what_was_told(handle: Handle, store: Store) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)
    await handle(Take("s-1", 3, "o-1"), occasion("take"))

    put, take = await store.history("s-1")

    assert (put.number, put.what, put.who, put.why, put.at) == (1, ("BobbinsPut",), "anna", "put", MONDAY)
    assert [*put.told, *take.told] == [each.id for each in await store.owed("s-1")]


async def test_opening_an_existing_thing_without_its_key_is_decided_on_what_is_there(
    handle: Handle, store: Store
) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)

    await handle(Put("s-1", 5, MONDAY), occasion("another"), opening=True)

    assert shelf_of(await store.load("s-1")).bobbins == 15


async def test_a_taken_id_is_told_from_a_conflict(handle: Handle, store: Store) -> None:
    fresh = await store.load("s-1")
    writing = decided(SHELF, "warehouse", Put("s-1", 1, MONDAY), occasion("a"), fresh).writing
    assert writing
    await store.save(fresh, writing)

    with pytest.raises(Taken):
        await store.save(fresh, writing)


async def test_personal_fields_lie_sealed(
    handle: Handle, store: Store, request: pytest.FixtureRequest
) -> None:
    await handle(Put("s-1", 10, MONDAY), occasion("put"), opening=True)

    if isinstance(store, MemoryStore):
        raw = store.raw("s-1")
    else:
        raw = await request.getfixturevalue("database")["shelves"].find_one({"_id": "s-1"})

    assert "Pelageya" not in repr(raw)
    assert shelf_of(await store.load("s-1")).keeper == "Pelageya Ivanovna"
