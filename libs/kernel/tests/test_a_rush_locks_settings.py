"""What a rush locks stays as it is until it ends, but for the owner, who says why (R116)."""

from datetime import UTC, datetime

import pytest
from kernel.actor import Actor, Role
from kernel.freeze import (
    Change,
    Command,
    Freeze,
    HearOfRush,
    NoteOverride,
    Override,
    Policy,
    SettingsFrozen,
    decide,
    evolve,
    may_change,
)

OWNER = Actor("vera", frozenset({Role.OWNER}))
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
BEGAN = HearOfRush("main", "r-1", ("hours",))
ENDED = HearOfRush("main", "r-1", ())
NOTED = NoteOverride(
    "main", Override("hours", "shops/main", "power_cut", "vera", datetime(2026, 3, 2, tzinfo=UTC))
)


def after(*commands: Command) -> Freeze | None:
    freeze: Freeze | None = None
    for command in commands:
        change: Change
        for change in decide(command, freeze):
            freeze = evolve(freeze, change)
    return freeze


@pytest.mark.parametrize("freeze", [None, after(ENDED), after(HearOfRush("main", "r-1", ("duties",)))])
def test_what_no_rush_locks_is_changed_as_ever(freeze: Freeze | None) -> None:
    may_change(freeze, Policy.HOURS, ANNA, None)


@pytest.mark.parametrize(("actor", "despite"), [(ANNA, None), (ANNA, "dear"), (OWNER, None)])
def test_what_it_locks_is_changed_by_nobody_without_the_owners_reason(
    actor: Actor, despite: str | None
) -> None:
    with pytest.raises(SettingsFrozen) as no:
        may_change(after(BEGAN), Policy.HOURS, actor, despite)

    assert (no.value.rule, no.value.about) == ("R116", {"policy": "hours", "rush_id": "r-1"})


def test_the_owner_says_why() -> None:
    may_change(after(BEGAN), Policy.HOURS, OWNER, "power_cut")


def test_overrides_are_listed_once_and_belong_to_their_rush() -> None:
    listed, ended = after(BEGAN, NOTED, NOTED), after(BEGAN, NOTED, ENDED)
    assert listed is not None
    assert ended is not None
    assert (len(listed.overrides), len(ended.overrides)) == (1, 1)

    newer = after(BEGAN, NOTED, HearOfRush("main", "r-2", ("hours",)))
    assert newer == Freeze("main", "r-2", ("hours",))
