"""An order's parts while they are bought, moved and brought in; and the offers that hold them."""

from dataclasses import replace
from datetime import date

from chassis.handling import fold
from chassis.testing.plugin import MONDAY_MORNING as NOW
from kernel.money import Money
from procurement.domain import buying_parts as asks
from procurement.domain.allocation import (
    Allocation,
    FollowLines,
    Grip,
    Part,
    RecordHolds,
    ReleaseSupply,
    Stage,
    Want,
)
from procurement.domain.allocation import Command as Asked
from procurement.domain.allocation_clock import deadlines
from procurement.domain.allocation_decider import decide
from procurement.domain.allocation_evolving import evolve
from procurement.domain.availability import counted
from procurement.domain.offer import Command as OfferAsked
from procurement.domain.offer import FreeOffer, HoldOffer, ListOffer, Offer, Terms
from procurement.domain.offer_arriving import TakeIn, TakeOff
from procurement.domain.offer_decider import decide as decide_offer
from procurement.domain.offer_decider import evolve as evolve_offer
from procurement.domain.purchase import holder

DAY = date(2026, 3, 5)
HELD = Allocation(
    "o-1",
    (Want(1, "lamp", 3),),
    Stage.ALLOCATED,
    round=1,
    parts=(Part(1, "brass:7", "brass", 3, False, DAY, "cheap", Grip.HELD),),
    settled_at=NOW,
)
BUY = asks.BuyParts("o-1", "p-1", 1, ("brass:7",), NOW)
MOVE = asks.MoveParts("o-1", "s-1", (asks.Move(1, 2, "brass:7", "bolt:7", "bolt", DAY, "better"),), NOW)


def then(now: Allocation, *commands: Asked) -> Allocation:
    for command in commands:
        now = fold(evolve, decide(command, now), now) or now
    return now


def came(good: int, fell: int = 0, step: int = 2) -> asks.TakeDelivery:
    pieces = (asks.Came("brass:7", "own:lamp", good, fell),)
    return asks.TakeDelivery("o-1", "p-1", step, pieces, DAY, NOW)


def grips(now: Allocation) -> list[tuple[str, int, Grip]]:
    return sorted((part.offer_id, part.quantity, part.grip) for part in now.parts)


def test_what_is_held_at_suppliers_is_due_to_be_bought_and_bought_once() -> None:
    bought = then(HELD, BUY)

    assert [each.name for each in deadlines(HELD)] == ["buy"]
    assert (grips(bought), deadlines(bought)) == ([("brass:7", 3, Grip.BOUGHT)], [])
    assert decide(BUY, bought) == []
    other = then(bought, replace(BUY, purchase_id="p-2"))
    assert {part.purchase_id for part in other.parts} == {"p-1"}


def test_a_purchase_that_asks_too_early_gets_nothing_then_or_later() -> None:
    asking = replace(HELD, stage=Stage.ASKING)

    fenced = replace(then(asking, BUY), stage=Stage.ALLOCATED)

    assert grips(then(fenced, BUY)) == [("brass:7", 3, Grip.HELD)]


def test_what_was_unbought_is_due_again_and_a_late_buying_is_void() -> None:
    again = then(HELD, BUY, asks.UnbuyParts("o-1", "p-1", 2, NOW), BUY)

    assert (grips(again), again.settled_at) == ([("brass:7", 3, Grip.HELD)], NOW)
    assert [each.name for each in deadlines(again)] == ["buy"]


def test_what_came_is_to_be_held_at_our_own_and_leaves_the_supplier() -> None:
    moving = then(HELD, BUY, came(2))

    assert (moving.stage, moving.round) == (Stage.HOLDING, 2)
    assert grips(moving) == [
        ("brass:7", 1, Grip.BOUGHT),
        ("brass:7", 2, Grip.LEAVING),
        ("own:lamp", 2, Grip.PLANNED),
    ]
    assert decide(came(2), moving) == []
    freeing = then(moving, RecordHolds("o-1", 2, frozenset(), NOW))
    assert (freeing.stage, freeing.total_at("own:lamp"), freeing.total_at("brass:7")) == (Stage.FREEING, 2, 1)


def test_what_fell_is_sought_elsewhere() -> None:
    freeing = then(HELD, BUY, came(0, 3))

    assert (freeing.stage, freeing.ending, freeing.excluded) == (Stage.FREEING, Stage.SOUGHT, {"brass:7"})


def test_a_cancelled_order_leaves_what_is_on_its_way_held_until_it_comes() -> None:
    released = then(HELD, BUY, ReleaseSupply("o-1", (), "changed_mind", NOW))

    assert (released.stage, grips(released)) == (Stage.FREEING, [("brass:7", 3, Grip.BOUGHT)])
    ended = replace(released, stage=Stage.RELEASED, ending=None)
    gone = then(ended, came(2))
    assert (gone.stage, gone.total_at("brass:7"), gone.round) == (Stage.RELEASED, 1, ended.round + 1)


def test_pieces_that_nobody_wants_any_more_stay_bought_and_do_not_go_to_the_order() -> None:
    fewer = then(HELD, BUY, FollowLines("o-1", (Want(1, "lamp", 1),), NOW))

    assert grips(fewer) == [("brass:7", 3, Grip.BOUGHT)]
    moving = then(fewer, came(3))
    assert [(part.offer_id, part.quantity) for part in moving.parts if part.grip is Grip.PLANNED] == [
        ("own:lamp", 1)
    ]


def test_a_better_place_is_held_before_the_old_one_leaves() -> None:
    moving = then(HELD, MOVE)
    assert (moving.stage, grips(moving)) == (
        Stage.HOLDING,
        [("bolt:7", 2, Grip.PLANNED), ("brass:7", 3, Grip.HELD)],
    )

    got = then(moving, RecordHolds("o-1", 2, frozenset(), NOW))
    lost = then(moving, RecordHolds("o-1", 2, frozenset({"bolt:7"}), NOW))

    assert grips(got) == [("bolt:7", 2, Grip.HELD), ("brass:7", 1, Grip.HELD), ("brass:7", 2, Grip.LEAVING)]
    assert (lost.stage, grips(lost)) == (Stage.ALLOCATED, [("brass:7", 3, Grip.HELD)])
    assert decide(MOVE, got) == decide(MOVE, lost) == []


def test_what_is_bought_does_not_move() -> None:
    assert grips(then(HELD, BUY, MOVE)) == [("brass:7", 3, Grip.BOUGHT)]


TERMS = Terms("lamp", "Lamp", Money(100_00), Money(90_00), counted(0))
IN = TakeIn("own:lamp", "p-1", holder("p-1"), 2, 4, 3, 2, TERMS, NOW)


def told(*commands: OfferAsked) -> Offer:
    state: Offer | None = None
    for command in commands:
        state = fold(evolve_offer, decide_offer(command, state), state) or state
    assert state is not None
    return state


def test_goods_come_in_once_and_those_of_orders_are_nobody_elses() -> None:
    own = told(IN, IN)
    other = HoldOffer("own:lamp", "o-9", 2, 1, NOW, NOW)
    mine = HoldOffer("own:lamp", "o-1", 2, 1, NOW, NOW, (holder("p-1"),))

    assert (own.terms.availability.quantity, own.held, own.free) == (3, 2, 1)
    assert told(IN, other).holds["o-9"].quantity == 0
    drawn = told(IN, mine)
    assert {who: hold.quantity for who, hold in drawn.holds.items()} == {"o-1": 2, holder("p-1"): 0}
    assert told(IN, mine, FreeOffer("own:lamp", holder("p-1"), 0, 5, NOW)).free == 1


def test_what_came_is_no_more_the_suppliers_unless_he_counted_since() -> None:
    listed = ListOffer("brass:7", "brass", replace(TERMS, availability=counted(5)), NOW)
    gone = TakeOff("brass:7", "p-1", 2, 3, NOW)

    assert told(listed, gone, gone).free == 2
    assert told(replace(listed, as_of=NOW.replace(hour=9)), gone).free == 5
