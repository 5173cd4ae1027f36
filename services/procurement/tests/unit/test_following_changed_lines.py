"""The customer wants other lines: what nobody wants is given back, the rest is sought, and the end is told anew (R30)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from chassis.handling import fold
from procurement.domain.allocation import (
    Allocation,
    Command,
    FollowLines,
    Grip,
    Lack,
    Part,
    PlanSupply,
    RecordFreed,
    RecordHolds,
    ReleaseSupply,
    SeekSupply,
    Stage,
    Want,
)
from procurement.domain.allocation_changes import (
    FreeingBegan,
    LinesConfirmed,
    LinesFollowed,
    SupplyAllocated,
    SupplySought,
)
from procurement.domain.allocation_decider import decide
from procurement.domain.allocation_evolving import evolve

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
LAMPS, SHADE = Want(1, "lamp", 3), Want(2, "shade", 1)


def part(line_no: int, offer: str, quantity: int, *, asked: bool = False) -> Part:
    supplier = offer.partition(":")[0]
    return Part(line_no, offer, supplier, quantity, asked, date(2026, 3, 5), "because", answer_by=None)


seek = SeekSupply("o-1", (LAMPS, SHADE), NOW)
sure = PlanSupply("o-1", 0, (part(1, "own:lamp", 3), part(2, "brass:shade", 1)), (), NOW)
unsure = PlanSupply("o-1", 0, (part(1, "own:lamp", 3), part(2, "slow:shade", 1, asked=True)), (), NOW)
held = RecordHolds("o-1", 1, frozenset(), NOW)
short = PlanSupply("o-1", 0, (), (Lack(1, 3, "nobody_offers_it"),), NOW)
cancel = ReleaseSupply("o-1", (LAMPS, SHADE), "changed_mind", NOW)


def follow(*wanted: Want) -> FollowLines:
    return FollowLines("o-1", wanted, NOW + timedelta(minutes=1))


def given(*commands: Command) -> Allocation:
    state: Allocation | None = None
    for command in commands:
        state = fold(evolve, decide(command, state), state)
    assert state is not None
    return state


def places(allocation: Allocation, grip: Grip) -> set[tuple[str, int]]:
    return {(each.offer_id, each.quantity) for each in allocation.parts if each.grip is grip}


def test_a_line_that_is_gone_is_given_back_and_the_new_one_is_sought() -> None:
    followed = given(seek, sure, held, follow(LAMPS, Want(3, "paper-shade", 1)))

    assert (followed.stage, followed.ending) == (Stage.FREEING, Stage.SOUGHT)
    assert places(followed, Grip.LEAVING) == {("brass:shade", 1)}
    assert places(followed, Grip.HELD) == {("own:lamp", 3)}
    freed = fold(evolve, decide(RecordFreed("o-1", followed.round, NOW), followed), followed)
    assert freed
    assert (freed.stage, freed.remaining()) == (Stage.SOUGHT, (Want(3, "paper-shade", 1),))


def test_fewer_pieces_give_back_only_those_that_are_too_many() -> None:
    followed = given(seek, sure, held, follow(replace(LAMPS, quantity=1), SHADE))

    assert places(followed, Grip.LEAVING) == {("own:lamp", 2)}
    assert places(followed, Grip.HELD) == {("own:lamp", 1), ("brass:shade", 1)}
    assert followed.total_at("own:lamp") == 1


def test_more_pieces_keep_what_is_held_and_seek_the_rest() -> None:
    followed = given(seek, sure, held, follow(replace(LAMPS, quantity=5), SHADE))

    assert (followed.stage, followed.remaining()) == (Stage.SOUGHT, (Want(1, "lamp", 2),))
    assert decide(PlanSupply("o-1", 1, (), (), NOW), followed) == [], "a plan for the lines before is fenced"


def test_another_product_under_the_same_number_is_another_line() -> None:
    followed = given(seek, sure, held, follow(replace(LAMPS, product_id="steel-lamp"), SHADE))

    assert places(followed, Grip.LEAVING) == {("own:lamp", 3)}
    assert followed.remaining() == (Want(1, "steel-lamp", 3),)


def test_what_is_only_planned_is_fenced_since_somebody_may_be_holding_it() -> None:
    followed = given(seek, sure, follow(LAMPS, SHADE, Want(3, "wick", 1)))

    assert places(followed, Grip.LEAVING) == {("own:lamp", 3), ("brass:shade", 1)}
    assert decide(held, followed) == [], "whoever was holding comes too late"


def test_an_awaited_answer_stays_awaited() -> None:
    followed = given(seek, unsure, held, follow(LAMPS, SHADE, Want(3, "wick", 1)))

    assert places(followed, Grip.ASKED) == {("slow:shade", 1)}
    assert (followed.stage, followed.remaining()) == (Stage.SOUGHT, (Want(3, "wick", 1),))


def test_what_was_not_to_be_had_is_sought_again_with_other_lines() -> None:
    followed = given(seek, short, follow(SHADE))

    assert (followed.stage, followed.lacking, followed.wanted) == (Stage.SOUGHT, (), (SHADE,))


def test_the_same_lines_again_seek_nothing_but_are_told_again() -> None:
    allocated = given(seek, sure, held)
    same = follow(LAMPS, SHADE)

    assert decide(same, allocated) == [LinesConfirmed(same.at), SupplyAllocated(same.at)]
    assert decide(same, given(seek)) == [LinesConfirmed(same.at)]
    assert replace(given(seek, sure, held, same), settled_at=allocated.settled_at) == allocated


def test_changed_lines_that_are_heard_of_first_open_the_allocation() -> None:
    asked = follow(SHADE)

    assert decide(asked, None) == [SupplySought("o-1", (SHADE,), asked.at)]


@pytest.mark.parametrize(
    "ended",
    [given(cancel), given(seek, sure, held, cancel), given(seek, short, cancel)],
    ids=["before the order", "being freed", "after a shortage"],
)
def test_a_cancelled_order_wants_nothing_whatever_is_heard_later(ended: Allocation) -> None:
    assert decide(follow(SHADE), ended) == []


def test_lines_that_change_while_parts_are_given_back_begin_that_anew() -> None:
    freeing = given(seek, sure, held, follow(LAMPS))
    asked = follow(SHADE)

    followed = fold(evolve, decide(asked, freeing), freeing)

    assert decide(asked, freeing) == [
        LinesFollowed((SHADE,), asked.at),
        FreeingBegan(False, Stage.SOUGHT, "lines_changed", asked.at),
    ]
    assert followed
    assert places(followed, Grip.LEAVING) == {("brass:shade", 1), ("own:lamp", 3)}
    assert followed.remaining() == (SHADE,)
