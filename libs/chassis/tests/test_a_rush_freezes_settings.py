"""A command to a thing that a rush locks: refused when it would change it, listed when the owner overrides (R116)."""

import json
from collections.abc import Sequence
from typing import Any

import pytest
from chassis.documents import Codec, Documents
from chassis.following import nothing_due, tell_nobody
from chassis.freezing import FREEZES, Freezing, Lock, freezing
from chassis.handling import Decider, Handler, Occasion, Outcome
from chassis.testing.memory import MemoryChassis
from kernel.actor import Actor, Role
from kernel.freeze import Policy, SettingsFrozen
from kernel.refusal import Refusal
from pydantic import TypeAdapter

OWNER = Actor("vera", frozenset({Role.OWNER}))
CLERK = Actor("clerk", frozenset({Role.OFFICE_ADMINISTRATOR}))
SCHEMA_1 = {
    "shop_id": "main",
    "rush_id": "r-1",
    "policies": ["hours"],
    "overrides": [
        {
            "policy": "hours",
            "what": "signs/door",
            "reason": "power_cut",
            "by": "vera",
            "at": "2026-03-02T07:00:00Z",
        }
    ],
}
"""As it was written; never changed, only joined by the next schema's (wire.md 4)."""


class TooLoud(Refusal):
    """A sign has its rules, too."""


def decide(words: str, sign: str | None) -> Sequence[str]:
    """A sign on the door says something else."""
    if words.isupper():
        raise TooLoud("No shouting.")
    return [] if words == sign else [words]


SIGNS: Decider[str, str, str] = Decider(
    lambda _: "door", decide, lambda _, words: words, tell_nobody, nothing_due
)


class Door:
    """The sign on the door of a shop in a rush."""

    def __init__(self) -> None:
        self.chassis = MemoryChassis("crm")
        kept = self.chassis.store(Documents("signs", TypeAdapter(str), 1, lambda _: {}))
        self.signs: Handler[str, str, str] = self.chassis.handler(SIGNS, kept)
        self.freezing: Freezing = freezing(self.chassis)

    def why(self, name: str, actor: Actor, **more: Any) -> Occasion:
        return Occasion(name, self.chassis.clock.now(), actor, **more)

    async def write(
        self, words: str, by: Actor, despite: str | None = None, name: str = "w", **more: Any
    ) -> Outcome[str]:
        lock = Lock(Policy.HOURS, "signs/door", "main", despite)
        return await self.freezing.through(self.signs, words, self.why(name, by, **more), lock)

    async def listed(self) -> list[str]:
        state = (await self.freezing.kept.load("main")).state
        return [each.reason for each in state.overrides] if state else []


@pytest.fixture
async def door() -> Door:
    it = Door()
    await it.write("10-18", CLERK, name="k-1", remembered=True, fingerprint="f")
    await it.freezing.hear("main", "r-1", ("hours",), it.why("fact", OWNER))
    return it


async def test_what_would_change_it_is_refused_and_changes_nothing(door: Door) -> None:
    with pytest.raises(SettingsFrozen):
        await door.write("9-20", CLERK)

    assert (await door.signs.store.load("door")).state == "10-18"


async def test_what_changes_nothing_what_is_refused_anyway_and_what_was_done_is_answered_as_ever(
    door: Door,
) -> None:
    assert (await door.write("10-18", CLERK)).changes == ()
    assert (await door.write("10-18", CLERK, name="k-1", remembered=True, fingerprint="f")).repeated
    with pytest.raises(TooLoud):
        await door.write("OPEN", OWNER, despite="sale")
    assert await door.listed() == []


async def test_an_override_is_listed_once_and_only_where_it_has_an_effect(door: Door) -> None:
    with pytest.raises(SettingsFrozen):
        await door.write("9-20", CLERK, despite="sale")
    assert await door.listed() == []

    await door.write("9-20", OWNER, despite="sale")
    await door.write("9-20", OWNER, despite="sale")

    assert await door.listed() == ["sale"]


def test_what_an_older_version_wrote_is_read() -> None:
    state = Codec(FREEZES, None).load("main", 1, json.loads(json.dumps(SCHEMA_1)))

    assert FREEZES.states.dump_python(state, mode="json") == SCHEMA_1
