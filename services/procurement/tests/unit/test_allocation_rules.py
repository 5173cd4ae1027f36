from datetime import UTC, date, datetime, timedelta

import pytest
from chassis.handling import fold
from kernel.deadline import Deadline
from procurement.domain.allocation import (
    Allocation,
    AllocationDeadlinePassed,
    AnswerForSupplier,
    Command,
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
from procurement.domain.allocation_changes import SupplyAllocated, SupplyReleased, SupplyWentShort
from procurement.domain.allocation_clock import ANSWER, BUY, FINISH, deadlines
from procurement.domain.allocation_decider import decide
from procurement.domain.allocation_evolving import evolve
from procurement.domain.allocation_rounds import PATIENCE
from procurement.domain.refusals import NoAnswerAwaited, UnknownAllocation

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
BY_NOON = NOW + timedelta(hours=5)
LAMPS = (Want(1, "lamp", 3),)


def part(offer: str, quantity: int, *, needs_yes: bool = False) -> Part:
    supplier = offer.partition(":")[0]
    by = BY_NOON if needs_yes else None
    return Part(1, offer, supplier, quantity, needs_yes, date(2026, 3, 5), "because", answer_by=by)


seek = SeekSupply("o-1", LAMPS, NOW)
sure = PlanSupply("o-1", 0, (part("own:lamp", 1), part("brass:1", 2)), (), NOW)
unsure = PlanSupply("o-1", 0, (part("own:lamp", 1), part("slow:1", 2, needs_yes=True)), (), NOW)
held = RecordHolds("o-1", 1, frozenset(), NOW)
cancel = ReleaseSupply("o-1", LAMPS, "changed_mind", NOW)


def given(*commands: Command) -> Allocation:
    state: Allocation | None = None
    for command in commands:
        state = fold(evolve, decide(command, state), state)
    assert state is not None
    return state


def answer(quantity: int, offer: str = "slow:1") -> AnswerForSupplier:
    return AnswerForSupplier("o-1", offer, quantity, "anna", NOW)


def test_what_is_all_held_is_allocated() -> None:
    allocation = given(seek, sure, held)

    assert (allocation.stage, allocation.expected_on) == (Stage.ALLOCATED, date(2026, 3, 5))
    assert decide(seek, allocation) == decide(sure, allocation) == decide(held, allocation) == []
    assert [each.name for each in deadlines(allocation)] == [BUY]


def test_what_somebody_quicker_took_is_sought_again_beside_what_is_held() -> None:
    allocation = given(seek, sure, RecordHolds("o-1", 1, frozenset({"brass:1"}), NOW))

    assert (allocation.stage, allocation.remaining()) == (Stage.SOUGHT, (Want(1, "lamp", 2),))
    assert allocation.offers(Grip.HELD) == ["own:lamp"]
    again = given(
        seek, sure, RecordHolds("o-1", 1, frozenset({"brass:1"}), NOW),
        PlanSupply("o-1", 1, (part("own:lamp", 2),), (), NOW),
    )  # fmt: skip
    assert (again.stage, again.total_at("own:lamp")) == (Stage.HOLDING, 3)


def test_a_shortage_gives_back_what_is_held_before_it_is_told() -> None:
    lacking = PlanSupply("o-1", 1, (), (Lack(1, 2, "not_enough_anywhere"),), NOW)
    allocation = given(seek, sure, RecordHolds("o-1", 1, frozenset({"brass:1"}), NOW), lacking)
    assert (allocation.stage, allocation.offers(Grip.LEAVING)) == (Stage.FREEING, ["own:lamp"])

    short = decide(RecordFreed("o-1", allocation.round, NOW), allocation)

    assert isinstance(short[-1], SupplyWentShort)
    assert given(seek, PlanSupply("o-1", 0, (), (Lack(1, 3, "nobody_offers_it"),), NOW)).stage is Stage.SHORT


def test_a_plan_made_on_an_old_state_changes_nothing() -> None:
    allocation = given(seek, sure)

    assert decide(sure, allocation) == []
    assert decide(RecordHolds("o-1", 0, frozenset(), NOW), allocation) == []
    assert decide(RecordFreed("o-1", 1, NOW), allocation) == []


def test_uncounted_parts_wait_for_a_yes_until_their_deadline() -> None:
    allocation = given(seek, unsure, held)

    assert (allocation.stage, deadlines(allocation)) == (Stage.ASKING, [Deadline(ANSWER, BY_NOON)])
    assert isinstance(decide(answer(2), allocation)[-1], SupplyAllocated)
    assert decide(answer(2), given(seek, unsure, held, answer(2))) == []


def test_a_no_and_a_missed_deadline_exclude_the_offer() -> None:
    missed = AllocationDeadlinePassed("o-1", ANSWER, BY_NOON)
    for no in (answer(0), missed):
        allocation = given(seek, unsure, held, no)

        assert (allocation.stage, allocation.ending) == (Stage.FREEING, Stage.SOUGHT)
        assert allocation.excluded == {"slow:1"}
        assert decide(answer(0), allocation) == []


def test_a_yes_to_fewer_keeps_those_and_gives_the_rest_back() -> None:
    allocation = given(seek, unsure, held, answer(1))

    assert (allocation.total_at("slow:1"), allocation.offers(Grip.LEAVING)) == (1, ["slow:1"])
    after = given(seek, unsure, held, answer(1), RecordFreed("o-1", allocation.round, NOW))
    assert (after.stage, after.remaining()) == (Stage.SOUGHT, (Want(1, "lamp", 1),))


def test_an_answer_nobody_awaits_is_refused() -> None:
    with pytest.raises(NoAnswerAwaited):
        decide(answer(1, "brass:1"), given(seek, unsure, held))
    with pytest.raises(NoAnswerAwaited):
        decide(answer(1), given(cancel))
    with pytest.raises(UnknownAllocation):
        decide(answer(1), None)


def test_a_cancelled_order_gives_everything_back_from_any_stage() -> None:
    for story in ((seek, sure), (seek, sure, held), (seek, unsure, held), (seek, unsure, held, answer(0))):
        allocation = given(*story, cancel)

        assert (allocation.stage, allocation.ending) == (Stage.FREEING, Stage.RELEASED)
        assert decide(cancel, allocation) == []
        released = decide(RecordFreed("o-1", allocation.round, NOW), allocation)
        assert isinstance(released[-1], SupplyReleased)


def test_a_cancellation_that_comes_first_stays() -> None:
    allocation = given(cancel)

    assert (allocation.stage, allocation.wanted) == (Stage.RELEASED, LAMPS)
    assert decide(seek, allocation) == []
    assert given(seek, cancel).stage is Stage.RELEASED


def test_a_step_that_nobody_finished_is_taken_up_in_a_new_round() -> None:
    allocation = given(seek, sure)
    assert deadlines(allocation) == [Deadline(FINISH, NOW + PATIENCE)]
    late = AllocationDeadlinePassed("o-1", FINISH, NOW + PATIENCE)

    again = given(seek, sure, late)

    assert (again.stage, again.round) == (Stage.HOLDING, allocation.round + 1)
    assert deadlines(again) == [Deadline(FINISH, NOW + 2 * PATIENCE)]
    assert decide(late, given(seek, sure, held)) == []
