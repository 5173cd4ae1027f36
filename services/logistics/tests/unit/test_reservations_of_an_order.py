"""What is reserved is held for a while, firm once the order is confirmed, free once it is not needed (R65)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import reduce

import pytest
from kernel.refusal import Refused
from kernel.refused_duty import NotYourDuty
from logistics.domain import reservation as r
from logistics.domain.refusals import OrderIsCancelled
from logistics.domain.reservation import Reserved, Stage, Step
from logistics.domain.reservation_changes import Change
from logistics.domain.reservation_decider import deadlines, decide
from logistics.domain.reservation_evolving import ENDED_KEPT, evolve
from logistics.testing.agreements import MONDAY, OWN, promises, wish
from logistics.testing.people import ANNA, LENA, ORDERS

PROMISE = promises(OWN, wish())[0]
EXPIRES = MONDAY + timedelta(minutes=15)
LATER = MONDAY + timedelta(minutes=16)


def reserve(name: str = "r-1") -> r.Reserve:
    return r.Reserve("o-1", name, PROMISE, EXPIRES, ORDERS, MONDAY)


def note(name: str = "r-1", round_: int = 1, *, has_place: bool = True) -> r.NoteAnswer:
    return r.NoteAnswer("o-1", name, round_, has_place, MONDAY, None if has_place else "full_day")


def confirm(name: str = "r-1") -> r.ConfirmDelivery:
    return r.ConfirmDelivery("o-1", name, LATER)


def passed(what: str, name: str = "r-1") -> r.DeadlinePassed:
    return r.DeadlinePassed("o-1", f"{what}:{name}", LATER)


CANCEL = r.CancelDelivery("o-1", LATER)
HELD = (reserve(), note())


def did(command: r.Command, reserved: Reserved | None) -> Sequence[Change]:
    changes = decide(command, reserved)
    assert not isinstance(changes, Refused)
    return changes


def given(*commands: r.Command) -> Reserved:
    reserved: Reserved | None = None
    for command in commands:
        reserved = reduce(evolve, did(command, reserved), reserved)
    assert reserved is not None
    return reserved


def stages(*commands: r.Command) -> dict[str, tuple[Stage, Step | None]]:
    found = given(*commands).reservations
    return {name: (each.stage, each.owes) for name, each in found.items()}


@pytest.mark.parametrize(
    ("commands", "stage", "owes"),
    [
        ((reserve(),), Stage.SOUGHT, Step.BOOK),
        (HELD, Stage.HELD, None),
        ((reserve(), note(has_place=False)), Stage.GONE, None),
        ((*HELD, passed("expire")), Stage.EXPIRED, Step.FREE),
        ((*HELD, confirm()), Stage.FIRM, Step.FIRM),
        ((*HELD, confirm(), note(round_=2)), Stage.FIRM, None),
        ((*HELD, confirm(), passed("expire")), Stage.FIRM, Step.FIRM),
        ((reserve(), CANCEL), Stage.FREED, Step.FREE),
        ((*HELD, CANCEL), Stage.FREED, Step.FREE),
        ((*HELD, CANCEL, note(round_=2)), Stage.FREED, None),
        ((*HELD, CANCEL, confirm()), Stage.FREED, Step.FREE),
        ((reserve(), confirm()), Stage.FIRM, Step.FIRM),
        ((reserve(), confirm(), note()), Stage.FIRM, Step.FIRM),
        ((*HELD, passed("expire"), confirm()), Stage.FIRM, Step.FIRM),
    ],
)
def test_a_reservation_goes_its_way(commands: tuple[r.Command, ...], stage: Stage, owes: Step | None) -> None:
    assert stages(*commands) == {"r-1": (stage, owes)}


def test_a_late_confirmation_is_firm_all_the_same_and_known_as_late() -> None:
    assert given(*HELD, passed("expire"), confirm()).reservations["r-1"].late
    assert not given(*HELD, confirm(), confirm()).reservations["r-1"].late


def test_confirming_one_frees_the_others() -> None:
    both = (*HELD, reserve("r-2"), note("r-2"))

    assert stages(*both, confirm("r-2")) == {
        "r-1": (Stage.FREED, Step.FREE),
        "r-2": (Stage.FIRM, Step.FIRM),
    }
    assert stages(*both, confirm("r-2"), note("r-2", 2), confirm("r-1"))["r-1"] == (Stage.FIRM, Step.FIRM)


def test_a_confirmation_is_remembered_even_when_it_says_what_was_known() -> None:
    again = did(confirm(), given(*HELD, confirm()))

    assert [type(each).__name__ for each in again] == ["DeliveryConfirmed"]


def test_a_confirmation_of_what_nobody_reserved_here_frees_the_rest() -> None:
    reserved = given(*HELD, confirm("r-9"))

    assert (reserved.confirmed_id, reserved.reservations["r-1"].stage) == ("r-9", Stage.FREED)


def test_an_order_whose_cancellation_came_first_reserves_nothing() -> None:
    with pytest.raises(OrderIsCancelled):
        decide(reserve(), given(CANCEL))
    assert did(CANCEL, given(CANCEL)) == []


def test_reserving_twice_is_reserving_once() -> None:
    assert did(reserve(), given(*HELD)) == []
    assert did(note(), given(*HELD)) == []


def test_what_can_not_be_kept_is_gone_at_once() -> None:
    barred = replace(reserve(), barred="past_cut_off")

    found = given(barred).reservations["r-1"]

    assert (found.stage, found.owes, found.refused) == (Stage.GONE, None, "past_cut_off")


def test_reserving_is_a_duty() -> None:
    with pytest.raises(NotYourDuty):
        decide(replace(reserve(), actor=ANNA), None)
    assert isinstance(decide(replace(reserve(), actor=ANNA), given(*HELD)), Refused)
    assert did(replace(reserve(), actor=LENA), None)


def test_what_is_held_is_due_at_its_end_and_an_unanswered_step_soon() -> None:
    sought, held, firm = given(reserve()), given(*HELD), given(*HELD, confirm(), note(round_=2))

    assert [(each.name, each.at) for each in deadlines(sought)] == [
        ("settle:r-1", MONDAY + timedelta(seconds=10))
    ]
    assert [(each.name, each.at) for each in deadlines(held)] == [("expire:r-1", EXPIRES)]
    assert deadlines(firm) == []


def test_a_step_that_nobody_finished_is_due_again() -> None:
    (due,) = deadlines(given(reserve(), passed("settle")))

    assert due.at == LATER + timedelta(seconds=10)
    assert did(passed("settle"), given(*HELD)) == []
    assert did(passed("settle", "r-9"), given(*HELD)) == []


def test_of_an_order_that_tries_and_tries_only_the_newest_are_remembered() -> None:
    tries = [each for n in range(40) for each in (reserve(f"r-{n}"), note(f"r-{n}", has_place=False))]

    reserved = given(*tries)

    assert list(reserved.reservations)[-1] == "r-39"
    assert len(reserved.reservations) == ENDED_KEPT + 1
