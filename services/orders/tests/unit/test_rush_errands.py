"""Favours and help: each promise besides the order has an owner and a due time, and none is made in a rush (R16, R32)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.refusal import Refused
from orders.application.announcing_rush import announce_errand
from orders.domain.rush_errands import (
    AskErrand,
    DueOutOfSight,
    Errand,
    ErrandAsked,
    ErrandChange,
    ErrandCommand,
    FinishErrand,
    NoExtrasInRush,
    PassErrandDeadline,
    Sort,
    UnknownErrand,
    decide_errand,
    errand_deadlines,
    evolve_errand,
)
from orders.testing.lamps import CLOCKS, MONDAY, ORDER_ID, minutes
from orders.testing.people import ANNA, BORIS, OLGA

DUE = minutes(120)
WEIGH = Errand("e-1", ORDER_ID, "main", Sort.FAVOUR, "weigh_it", "anna", "boris", MONDAY, DUE, DUE)
JOIN = Errand("e-2", ORDER_ID, "main", Sort.HELP, "important_customer", "olga", "anna", MONDAY, DUE, DUE)


def did(command: ErrandCommand, errand: Errand | None) -> list[ErrandChange]:
    decision = decide_errand(command, errand)
    assert not isinstance(decision, Refused)
    return list(decision)


def after(command: ErrandCommand, errand: Errand) -> Errand:
    (change,) = did(command, errand)
    return evolve_errand(errand, change)


@pytest.mark.parametrize("errand", [WEIGH, JOIN])
def test_it_is_asked_once_and_is_due(errand: Errand) -> None:
    assert did(AskErrand(errand, in_rush=False), None) == [ErrandAsked(errand)]
    assert did(AskErrand(errand, in_rush=False), errand) == []
    assert errand_deadlines(errand) == [Deadline("errand", DUE)]


def test_in_a_rush_no_favour_is_promised_and_polite_words_say_so() -> None:
    with pytest.raises(NoExtrasInRush) as no:
        did(AskErrand(WEIGH, in_rush=True), None)

    assert no.value.rule == "R32"
    assert str(no.value.about["words_ru"]).startswith("К сожалению")
    assert str(no.value.about["words_en"]).startswith("We are sorry")


def test_the_director_may_be_asked_at_any_time() -> None:
    assert did(AskErrand(JOIN, in_rush=True), None) == [ErrandAsked(JOIN)]


@pytest.mark.parametrize("due_at", [MONDAY, MONDAY - timedelta(days=1), MONDAY + timedelta(days=367)])
def test_nothing_is_promised_for_yesterday_or_for_ever(due_at: datetime) -> None:
    with pytest.raises(DueOutOfSight):
        did(AskErrand(replace(WEIGH, due_at=due_at), in_rush=False), None)


def test_it_is_overdue_until_it_is_done_and_reminded_again() -> None:
    overdue = after(PassErrandDeadline("e-1", DUE, CLOCKS), WEIGH)

    assert overdue.overdue
    (again,) = errand_deadlines(overdue)
    assert again.at > DUE

    done = after(FinishErrand("e-1", ANNA, again.at), overdue)
    assert errand_deadlines(done) == []
    assert did(PassErrandDeadline("e-1", again.at, CLOCKS), done) == []
    assert did(PassErrandDeadline("e-9", again.at, CLOCKS), None) == []


@pytest.mark.parametrize("somebody", [ANNA, OLGA])
def test_whose_it_is_says_that_it_is_done_or_the_owner(somebody: Actor) -> None:
    done = after(FinishErrand("e-1", somebody, DUE), WEIGH)

    assert (done.done_by, done.done_at) == (somebody.id, DUE)
    assert did(FinishErrand("e-1", somebody, DUE + timedelta(hours=1)), done) == []


@pytest.mark.parametrize(("errand", "somebody", "rule"), [(WEIGH, BORIS, "R32"), (JOIN, ANNA, "R16")])
def test_nobody_else_does_and_the_attempt_is_told(errand: Errand, somebody: Actor, rule: str) -> None:
    decision = decide_errand(FinishErrand(errand.errand_id, somebody, DUE), errand)
    assert isinstance(decision, Refused)
    (change,) = decision.changes

    (fact,) = announce_errand(change, evolve_errand(errand, change))

    assert fact.model_dump(include={"thing", "order_id", "rule", "actor_id"}) == {
        "thing": "errand",
        "order_id": ORDER_ID,
        "rule": rule,
        "actor_id": somebody.id,
    }


def test_an_errand_that_is_not_there_is_not_done() -> None:
    with pytest.raises(UnknownErrand):
        did(FinishErrand("e-9", OLGA, DUE), None)
