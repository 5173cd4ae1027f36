"""Who guesses waits, longer each time; who remembers is let in."""

from datetime import UTC, datetime, timedelta

from crm.domain.lockout import (
    FIRST_WAIT,
    FORGOTTEN_AFTER,
    FREE_FAILURES,
    LONGEST_WAIT,
    Lockout,
    NoteAttempt,
    decide,
    evolve,
)
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)


def tried(
    lockout: Lockout | None, at: datetime, *, succeeded: bool = False, free: int = FREE_FAILURES
) -> Lockout:
    for change in decide(NoteAttempt("door", succeeded, at, free), lockout):
        lockout = evolve(lockout, change)
    return lockout or Lockout("door")


def failed(times: int, lockout: Lockout | None = None, at: datetime = NOW) -> Lockout:
    for _ in range(times):
        lockout = tried(lockout, at)
    return lockout or Lockout("door")


def test_some_failures_are_free() -> None:
    assert not failed(FREE_FAILURES).is_locked(NOW)


def test_the_next_one_costs_time_and_each_more_twice_as_much() -> None:
    first, second = failed(FREE_FAILURES + 1), failed(FREE_FAILURES + 2)

    assert first.locked_until == NOW + FIRST_WAIT
    assert second.locked_until == NOW + 2 * FIRST_WAIT
    assert not first.is_locked(NOW + FIRST_WAIT)


def test_no_wait_is_longer_than_the_longest() -> None:
    assert failed(1000).locked_until == NOW + LONGEST_WAIT


def test_a_success_forgets_the_failures_and_a_second_success_changes_nothing() -> None:
    opened = tried(failed(FREE_FAILURES), NOW, succeeded=True)

    assert opened.failures == 0
    assert decide(NoteAttempt("door", succeeded=True, at=NOW), opened) == []


def test_a_day_of_quiet_forgets_them_too() -> None:
    later = NOW + FORGOTTEN_AFTER + timedelta(seconds=1)

    assert tried(failed(50), later).failures == 1


@given(st.lists(st.tuples(st.integers(0, 7200), st.booleans()), max_size=60))
def test_however_it_is_tried_guesses_in_a_row_are_bounded_by_time(story: list[tuple[int, bool]]) -> None:
    """A guesser who tries at every moment the door is open gets in five free tries, then ever fewer."""
    lockout, at, counted = Lockout("door"), NOW, 0
    waits: list[timedelta] = []
    for pause, knows in story:
        at += timedelta(seconds=pause)
        if lockout.is_locked(at):
            continue
        lockout = tried(lockout, at, succeeded=knows)
        counted = 0 if knows else counted + 1
        if knows:
            waits = []
        elif lockout.locked_until:
            waits.append(lockout.locked_until - at)

        assert lockout.failures <= counted
        assert lockout.is_locked(at) == (lockout.failures > FREE_FAILURES)
        assert waits == sorted(waits) or lockout.failures <= FREE_FAILURES + 1
