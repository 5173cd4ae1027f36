"""A term is kept or not by when things came about, whatever was heard first (R91)."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from chassis.handling import fold
from quality.domain import timing as t
from quality.domain.sla import Milestone

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
TERM = timedelta(hours=1)
LATE = NINE + timedelta(hours=8)
RUNNING = t.Running(1, Milestone.CONTACTED, NINE, NINE + TERM)


def after(*commands: t.TimerCommand) -> t.Timer:
    timer: t.Timer | None = None
    for command in commands:
        timer = fold(t.evolve, t.decide(command, timer), timer)
    assert timer
    return timer


@pytest.mark.parametrize(("minutes", "state"), [(30, "kept"), (60, "kept"), (61, "broken")])
def test_a_clock_ends_the_same_whatever_was_heard_first(minutes: int, state: str) -> None:
    reached = NINE + timedelta(minutes=minutes)
    story = (
        t.Start("first", "o-1", RUNNING, LATE),
        t.Stop("first", "o-1", Milestone.CONTACTED, reached, LATE),
        t.Expire("first", "o-1", LATE),
    )

    begun = [each for each in permutations(story) if not isinstance(each[0], t.Expire)]
    ends = [after(*each) for each in begun]

    assert {each.state for each in ends} == {state}
    assert not any(t.deadlines(each) for each in ends)


def test_it_is_told_as_broken_once_also_when_it_is_heard_later_that_it_was_kept() -> None:
    heard = after(
        t.Start("first", "o-1", RUNNING, NINE),
        t.Expire("first", "o-1", NINE + TERM),
        t.Stop("first", "o-1", Milestone.CONTACTED, NINE, LATE),
    )

    assert (heard.broken_at, heard.state) == (NINE + TERM, "kept")
    assert t.decide(t.Expire("first", "o-1", LATE), heard) == []


def test_what_began_long_ago_and_is_heard_of_now_is_told_as_broken_once_its_end_had_time_to_come() -> None:
    begun = after(t.Start("first", "o-1", RUNNING, LATE))

    (waits,) = t.deadlines(begun)

    assert (begun.state, waits.at) == ("running", LATE + t.CATCHING_UP)
    broken = after(t.Start("first", "o-1", RUNNING, LATE), t.Expire("first", "o-1", waits.at))
    assert (broken.state, broken.broken_at) == ("broken", waits.at)


def test_a_term_that_passed_while_we_were_down_is_told_as_broken_once_its_end_had_time_to_come() -> None:
    begun, back = t.Start("first", "o-1", RUNNING, NINE), t.Expire("first", "o-1", LATE)
    waits = after(begun, back)

    in_time = t.Stop("first", "o-1", Milestone.CONTACTED, NINE + TERM, LATE)
    again = t.Expire("first", "o-1", LATE + 6 * t.CATCHING_UP)

    assert (waits.state, waits.broken_at) == ("running", None)
    assert [each.at for each in t.deadlines(waits)] == [LATE + t.CATCHING_UP]
    assert after(begun, back, in_time, again).broken_at is None
    assert after(begun, back, again).broken_at == again.at
