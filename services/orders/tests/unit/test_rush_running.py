"""A rush is started, changed and ended by the owner alone, and never ends by itself (R18, R116)."""

from datetime import timedelta

import pytest
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.refusal import Refused
from kernel.refused_duty import DutyRefused
from orders.application.announcing_rush import announce_rush
from orders.domain.rush import Policies, RushBook
from orders.domain.rush_commands import Plan, RushCommand
from orders.domain.rush_deadlines import rush_deadlines
from orders.domain.rush_decider import decide_rush
from orders.domain.rush_evolving import evolve_rush
from orders.domain.rush_refusals import NoRush, RushEndsOutOfSight, RushRunsAlready
from orders.domain.rush_words import Part, PolicyName
from orders.testing.lamps import MONDAY
from orders.testing.people import ANNA, IVAN, KIRA
from orders.testing.rushes import (
    AFTERNOON,
    ENDS_BY,
    SHOP_ID,
    STANDS,
    approve,
    begin_shift,
    change_plan,
    did,
    end,
    extend,
    given,
    on,
    passed,
    rank,
    set_policies,
    start,
    unlock,
)

LATER = MONDAY + timedelta(days=3)
OWNERS: list[RushCommand] = [
    start(actor=ANNA),
    change_plan(actor=ANNA),
    extend(LATER, actor=ANNA),
    end(actor=ANNA),
    approve(actor=ANNA),
    set_policies(Policies(bonus_max_share=10), actor=ANNA),
    unlock(PolicyName.HOURS, actor=ANNA),
    rank("lamps", actor=ANNA),
]


def test_the_owner_starts_it_with_its_plan() -> None:
    rush = on()

    assert (rush.stands, rush.phone_hours, rush.ends_by) == (STANDS, AFTERNOON, ENDS_BY)
    assert all(rush.has(part) for part in Part)


@pytest.mark.parametrize("command", OWNERS, ids=lambda each: type(each).__name__)
@pytest.mark.parametrize("known", [True, False])
def test_nobody_else_does_and_the_attempt_is_remembered(command: RushCommand, known: bool) -> None:
    book = given(start()) if known else None
    decision = decide_rush(command, book)

    assert isinstance(decision, Refused)
    *opened, attempt = decision.changes
    assert isinstance(attempt, DutyRefused)
    assert (attempt.actor_id, attempt.rule, bool(opened)) == ("anna", "R18", not known)


@pytest.mark.parametrize("somebody", [ANNA, IVAN, KIRA])
def test_a_refused_attempt_is_told(somebody: Actor) -> None:
    decision = decide_rush(start(actor=somebody), None)
    assert isinstance(decision, Refused)
    book = RushBook(SHOP_ID)

    (fact,) = [fact for change in decision.changes for fact in announce_rush(change, book)]

    assert fact.model_dump(include={"thing", "thing_id", "actor_id", "rule"}) == {
        "thing": "rush",
        "thing_id": SHOP_ID,
        "actor_id": somebody.id,
        "rule": "R18",
    }


def test_one_rush_at_a_time() -> None:
    with pytest.raises(RushRunsAlready):
        did(start(rush_id="rush-2"), given(start()))


def test_asked_twice_it_starts_once_even_after_its_end() -> None:
    assert did(start(), given(start())) == ()
    assert did(start(), given(start(), end())) == ()


def test_after_its_end_another_may_begin() -> None:
    book = given(start(), end(), start(rush_id="rush-2"))

    assert book is not None
    assert book.rush is not None
    assert [past.rush.rush_id for past in book.past] == ["rush-1"]


@pytest.mark.parametrize("ends_by", [MONDAY, MONDAY - timedelta(days=1), MONDAY + timedelta(days=367)])
def test_its_end_lies_ahead_and_in_sight(ends_by: object) -> None:
    with pytest.raises(RushEndsOutOfSight):
        did(start(ends_by=ends_by), None)


def test_its_plan_is_redrawn_and_told_again() -> None:
    book = given(start())
    (change,) = did(change_plan(Plan(STANDS[:2], AFTERNOON)), book)

    (fact,) = announce_rush(change, evolve_rush(book, change))

    assert [lane["staff_id"] for lane in fact.model_dump()["lanes"]] == ["oleg", "anna"]
    assert did(change_plan(), book) == ()


def test_it_may_be_used_in_part() -> None:
    book = given(start(parts=(Part.FREEZE,), plan=Plan()))

    assert book is not None
    assert book.rush_with(Part.FREEZE)
    assert not book.rush_with(Part.REQUESTS)
    assert not book.rush_with(Part.LANES)


def test_at_its_planned_end_the_owner_is_reminded_and_it_goes_on() -> None:
    book = given(start())
    assert book is not None
    assert rush_deadlines(book) == [Deadline("rush_end", ENDS_BY)]

    reminded = given(start(), passed("rush_end", ENDS_BY))

    assert reminded is not None
    assert reminded.rush is not None
    (again,) = rush_deadlines(reminded)
    assert again.name == "rush_end"
    assert again.at > ENDS_BY


def test_it_is_extended_and_the_reminder_moves_along() -> None:
    book = given(start(), passed("rush_end", ENDS_BY), extend(ENDS_BY + timedelta(days=7), at=ENDS_BY))

    assert book is not None
    assert rush_deadlines(book) == [Deadline("rush_end", ENDS_BY + timedelta(days=7))]
    assert did(extend(ENDS_BY), given(start())) == ()
    with pytest.raises(RushEndsOutOfSight):
        did(extend(MONDAY, at=LATER), given(start()))


def test_it_is_ended_by_hand_once_and_told() -> None:
    book = given(start(), begin_shift("anna"))
    (change,) = did(end(MONDAY + timedelta(hours=2)), book)
    ended = evolve_rush(book, change)

    (fact,) = announce_rush(change, ended)

    assert ended.rush is None
    assert fact.topic == "rush.ended"
    assert fact.model_dump()["attendance"] == ({"staff_id": "anna", "hours": 2},)
    assert did(end(), ended) == ()


@pytest.mark.parametrize(
    "command", [end(), extend(LATER), change_plan(), unlock(PolicyName.HOURS), approve()]
)
def test_without_a_rush_there_is_nothing_to_do(command: RushCommand) -> None:
    with pytest.raises(NoRush):
        did(command, None)


def test_a_deadline_that_means_nothing_any_more_is_quiet() -> None:
    assert did(passed("rush_end", ENDS_BY), given(start(), end())) == ()
    assert did(passed("bonuses:rush-1", ENDS_BY), given(start())) == ()
    assert did(passed("rush_end", ENDS_BY), None) == ()


def test_shifts_and_reminders_are_the_shops_own_affair() -> None:
    book = given(start())
    assert book is not None

    for command in (begin_shift("anna"), passed("rush_end", ENDS_BY)):
        (change,) = did(command, book)
        assert announce_rush(change, evolve_rush(book, change)) == []
