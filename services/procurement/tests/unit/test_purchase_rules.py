"""The rules of a purchase, its clock and its money."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from chassis.handling import fold
from chassis.testing.plugin import MONDAY_MORNING as NOW
from kernel.actor import Actor, Grade, Role
from kernel.calendar import WorkingCalendar
from kernel.money import Money
from kernel.refusal import Refused
from procurement.domain import budget
from procurement.domain import purchase_changes as c
from procurement.domain import purchase_commands as asks
from procurement.domain import purchase_refusals as no
from procurement.domain.purchase import (
    Agreed,
    Arrival,
    BuyingDay,
    Claim,
    Goods,
    How,
    Purchase,
    Stage,
)
from procurement.domain.purchase_clock import buying_day, deadlines, expected
from procurement.domain.purchase_decider import decide
from procurement.domain.purchase_evolving import evolve

RAISA = Actor("raisa", frozenset({Role.BUYER}), Grade.SENIOR)
JUNIOR = Actor("junior", frozenset({Role.BUYER}), Grade.REGULAR)
OWNER = Actor("owner", frozenset({Role.OWNER}))
HOUR = timedelta(hours=1)
MONDAY = BuyingDay(date(2026, 3, 2), NOW + 4 * HOUR, NOW + 5 * HOUR)
TUESDAY = BuyingDay(date(2026, 3, 3), NOW + 28 * HOUR, NOW + 29 * HOUR)
CLAIMS = (Claim("o-1", "brass:7", 2),)
GOODS = {"brass:7": Goods("lamp", "Lamp", Money(90_00))}
CALENDAR = WorkingCalendar.usual()

opened = asks.OpenPurchase("p-1", "brass", "raisa", MONDAY, Agreed(3), NOW)
place = asks.PlacePurchase("p-1", CLAIMS, GOODS, Agreed(3), None, RAISA, date(2026, 3, 2), NOW)
bound = asks.RecordBound("p-1", 1, CLAIMS, False, NOW)
send = asks.MarkSent("p-1", How.EMAIL, date(2026, 3, 5), NOW + 96 * HOUR, RAISA, NOW)
came = asks.ReceiveGoods("p-1", "r-1", (Arrival("brass:7", 2),), False, RAISA, NOW)


def after(*commands: asks.Command) -> Purchase:
    state: Purchase | None = None
    for command in commands:
        found = decide(command, state)
        state = fold(evolve, found.changes if isinstance(found, Refused) else found, state)
    assert state is not None
    return state


def test_a_draft_is_opened_once_and_its_owner_is_reminded_before_the_cut_off() -> None:
    draft = after(opened)

    assert decide(opened, draft) == []
    assert {(each.name, each.at) for each in deadlines(draft)} == {
        ("remind", NOW + 4 * HOUR),
        ("cut_off", NOW + 5 * HOUR),
    }


def test_a_placed_purchase_waits_for_its_orders_and_then_to_be_sent() -> None:
    placing, ready = after(opened, place), after(opened, place, bound)

    assert (placing.stage, placing.step, [each.name for each in deadlines(placing)]) == (
        Stage.PLACING,
        1,
        ["finish"],
    )
    assert (ready.stage, ready.total, ready.lines[0].earmarks[0].order_id) == (
        Stage.READY,
        Money(180_00),
        "o-1",
    )
    with pytest.raises(no.NotADraft):
        decide(place, ready)


def test_a_step_of_an_older_placing_changes_nothing() -> None:
    again = after(opened, place, bound, asks.WithdrawPurchase("p-1", RAISA, NOW))
    undone = after(
        opened, place, bound, asks.WithdrawPurchase("p-1", RAISA, NOW), asks.RecordUndone("p-1", 2, NOW)
    )

    assert (again.stage, undone.stage, undone.lines) == (Stage.UNDOING, Stage.DRAFT, ())
    assert (
        decide(bound, again) == decide(bound, undone) == decide(asks.RecordUndone("p-1", 1, NOW), again) == []
    )


def test_an_empty_draft_and_one_below_the_minimum_are_refused() -> None:
    draft, low = after(opened), Agreed(3, minimum=Money(200_00))

    with pytest.raises(no.NothingToBuy):
        decide(asks.PlacePurchase("p-1", (), {}, Agreed(3), None, RAISA, NOW.date(), NOW), draft)
    with pytest.raises(no.BelowMinimum) as refused:
        decide(asks.PlacePurchase("p-1", CLAIMS, GOODS, low, None, RAISA, NOW.date(), NOW), draft)
    assert refused.value.about == {"missing": 20_00}


def test_when_an_order_was_cancelled_in_the_moment_of_placing_too_little_is_undone() -> None:
    undoing = after(opened, place, asks.RecordBound("p-1", 1, (), False, NOW))

    assert (undoing.stage, undoing.ending, undoing.reason) == (Stage.UNDOING, Stage.DRAFT, "too_little_left")


def test_only_who_buys_places_and_a_supplier_without_permission_is_never_placed_alone() -> None:
    alone = asks.PlacePurchase("p-1", CLAIMS, GOODS, Agreed(3), None, JUNIOR, NOW.date(), NOW, automatic=True)

    refused = decide(alone, after(opened))

    assert isinstance(refused, Refused)
    assert refused.refusal.rule == "R4"


def test_what_is_above_the_limit_waits_for_somebody_else() -> None:
    dear: Any = asks.PlacePurchase("p-1", CLAIMS, GOODS, Agreed(3), Money(179_99), OWNER, NOW.date(), NOW)
    awaiting = after(opened, dear, bound)

    assert awaiting.stage is Stage.AWAITING
    own = decide(asks.DecidePurchase("p-1", True, OWNER, NOW), awaiting)
    assert isinstance(own, Refused)
    assert own.refusal.rule == "R80"
    with pytest.raises(no.NothingToApprove):
        decide(asks.DecidePurchase("p-1", True, OWNER, NOW), after(opened, place, bound))


def test_it_is_sent_once() -> None:
    sent = after(opened, place, bound, send)

    assert decide(send, sent) == []
    with pytest.raises(no.AlreadySent):
        decide(asks.MarkSent("p-1", How.PHONE, NOW.date(), NOW, RAISA, NOW), sent)
    assert [each.name for each in deadlines(sent)] == ["late"]


def test_a_delivery_counts_once() -> None:
    received = after(opened, place, bound, send, came)

    assert (received.stage, received.step, received.outstanding) == (Stage.RECEIVED, 2, 0)
    assert decide(came, received) == []
    assert [each.name for each in deadlines(received)] == ["finish"]
    assert deadlines(after(opened, place, bound, send, came, asks.RecordTakenIn("p-1", 2, NOW))) == []


def test_a_missed_cut_off_moves_it_to_the_next_day_and_an_unneeded_draft_is_dropped() -> None:
    at = NOW + 5 * HOUR
    needed = asks.PurchaseDeadlinePassed("p-1", "cut_off", "raisa", True, TUESDAY, at)
    unneeded = asks.PurchaseDeadlinePassed("p-1", "cut_off", "raisa", False, TUESDAY, at)

    assert decide(needed, after(opened)) == [c.CutOffMissed(TUESDAY, "raisa", at)]
    assert decide(unneeded, after(opened)) == [c.PurchaseCancelled("nothing_to_buy", at)]
    assert decide(unneeded, after(opened, place, bound)) == [c.CutOffMissed(TUESDAY, "raisa", at)]
    assert decide(needed, None) == []


def test_the_day_of_a_purchase_ends_with_the_suppliers_cut_off() -> None:
    friday = datetime(2026, 3, 6, 11, 59, tzinfo=UTC)

    def day(at: datetime, cut_off: time | None = time(15)) -> BuyingDay:
        return buying_day(at, cut_off, CALENDAR, HOUR)

    assert (day(friday).day, day(friday).cut_off_at) == (
        date(2026, 3, 6),
        datetime(2026, 3, 6, 12, tzinfo=UTC),
    )
    assert day(friday + timedelta(minutes=1)).day == date(2026, 3, 10)
    assert day(friday, None).cut_off_at == datetime(2026, 3, 6, 15, tzinfo=UTC)


def test_goods_are_late_when_the_shop_opens_after_their_day() -> None:
    due, late_at = expected(date(2026, 3, 2), 3, CALENDAR)

    assert (due, late_at) == (date(2026, 3, 5), datetime(2026, 3, 6, 7, tzinfo=UTC))


def test_two_purchases_never_take_the_last_of_a_days_money() -> None:
    day = date(2026, 3, 2)

    def money(*commands: budget.Command) -> budget.Budget:
        state: budget.Budget | None = None
        for command in commands:
            state = fold(budget.evolve, budget.decide(command, state), state) or state
        assert state is not None
        return state

    first = budget.TakeMoney(day, "p-1", 1, 60, 100, NOW)
    second = budget.TakeMoney(day, "p-2", 1, 60, 100, NOW)
    back = budget.GiveBack(day, "p-1", 2, NOW)

    assert money(first, second, first).taken == {"p-1": 60}
    assert money(first, second, back, second).taken == {}
    assert money(first, back, first, budget.TakeMoney(day, "p-2", 3, 60, 100, NOW)).taken == {"p-2": 60}
