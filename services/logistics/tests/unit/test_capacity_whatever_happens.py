"""Reservations, confirmations, cancellations, slow and dying processes in any order: never overbooked, nothing leaks.

The real use case runs over real deciders; every round trip to a store is a place where it may be overtaken or die.
"""

import types
from collections.abc import Coroutine, Generator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chassis.clock import StoppedClock
from chassis.documents import Documents
from chassis.handling import Conflict, Handler, Occasion
from chassis.listing import Query
from chassis.memory import MemoryStore
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from kernel.deadline import Deadline
from kernel.refusal import Refusal
from logistics.adapters.documents import AGREEMENTS, CARRIERS, DAYS, RESERVATIONS
from logistics.application import deciders
from logistics.application.agreeing import Agreeing
from logistics.application.reserving import Reserving
from logistics.application.standing import Standing
from logistics.domain.agreement import DailyLimit
from logistics.domain.carrier import ApproveTerms, DescribeCarrier, Mode, Profile
from logistics.domain.day import Booking, Day, Slot
from logistics.domain.moments import local
from logistics.domain.promise import NamedPromise
from logistics.domain.reservation import Reserved, Stage
from logistics.testing.agreements import (
    AFTERNOON,
    IVAN,
    MONDAY,
    MORNING,
    PETR,
    TUESDAY,
    WEDNESDAY,
    own,
    own_zone,
    promises,
    wish,
)
from logistics.testing.people import LENA, ORDERS, VERA

Step = Coroutine[Any, Any, object]
NARROW = own(
    zones=own_zone(limit=DailyLimit(3), frames=(replace(MORNING, most=2), AFTERNOON)).zones,
    couriers=(replace(IVAN, stops=2), replace(PETR, stops=2)),
)
PROMISED = [each.named for day in (TUESDAY, WEDNESDAY) for each in promises(NARROW, wish(day))]


@types.coroutine
def turn() -> Generator[None, None, None]:
    """Others may come first now."""
    yield


class Interrupted:
    """A store in which every round trip takes its time."""

    def __init__(self, inner: MemoryStore[Any]) -> None:
        self.inner = inner

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self.inner, name)

        async def slowly(*given: Any) -> Any:
            await turn()
            return await asked(*given)

        return slowly


async def pause(_: float) -> None:
    await turn()


def quiet(key: str, owed: Sequence[Any], *, before: Sequence[str]) -> None:
    del key, owed, before


def finish(step: Step) -> Any:
    """Run it to its end, nobody interfering."""
    try:
        while True:
            step.send(None)
    except StopIteration as end:
        return end.value


def hours(slot: Slot) -> str:
    """Clocks of Moscow."""
    return "-".join(f"{local(each, 'Europe/Moscow'):%H:%M}" for each in (slot.starts_at, slot.ends_at))


def orders_of(bookings: Sequence[Booking]) -> int:
    return len({each.order_id for each in bookings})  # promised anew it has two places for a moment


class Capacity(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = StoppedClock(MONDAY)
        self.going: list[Step] = []
        self.told: dict[str, int] = {}
        self.number = 0
        carriers, agreements = MemoryStore(CARRIERS), MemoryStore(AGREEMENTS)
        self.days, self.reserved = self.kept(DAYS), self.kept(RESERVATIONS)
        standing = Standing(carriers, agreements, passed=lambda: 0.0)
        self.agreeing = Agreeing(
            self.handler(deciders.CARRIERS, carriers),
            self.handler(deciders.AGREEMENTS, agreements),
            standing.forget,
        )
        self.reserving = Reserving(
            self.handler(deciders.RESERVATIONS, self.reserved),
            self.handler(deciders.DAYS, self.days),
            standing,
            timedelta(minutes=15),
        )

    def kept(self, of: Documents[Any]) -> Any:
        return Interrupted(MemoryStore(of))

    def handler(self, decider: Any, store: Any) -> Any:
        return Handler("logistics", decider, store, quiet, attempts=50, pause=pause)

    def occasion(self, order: str | None = None) -> Occasion:
        """Of a fact of orders, when an order is named."""
        self.number += 1
        occasion = Occasion(f"c-{self.number}", self.clock.now(), ORDERS)
        if order is None:
            return occasion
        self.told[order] = self.told.get(order, 0) + 1
        return replace(occasion, heard=(f"orders/{order}", self.told[order]), remembered=True)

    @initialize()
    def terms_are_agreed(self) -> None:
        profile = Profile("Свои", Mode.OWN_STAFF, "lena")
        described = DescribeCarrier("own-couriers", profile, LENA, MONDAY)
        finish(self.agreeing.describe(described, self.occasion()))
        for number in (1, 2, 3):  # promises of the small world name version 3
            agreed = replace(NARROW, ahead_days=10 + number)
            finish(self.agreeing.write(agreed, LENA, self.occasion()))
            approved = ApproveTerms("own-couriers", number, 1, VERA, MONDAY)
            finish(self.agreeing.settle(approved, self.occasion()))

    @rule(order=st.integers(0, 3), which=st.integers(0, 9), many=st.integers(1, 3))
    def orders_reserves(self, order: int, which: int, many: int) -> None:
        for n in range(many):
            named: NamedPromise = PROMISED[(which + n) % len(PROMISED)]
            id_ = f"r-{order}-{self.number}"
            self.going.append(self.reserving.reserve(f"o-{order}", id_, named, self.occasion()))

    @rule(order=st.integers(0, 3), which=st.integers(0, 5))
    def orders_confirms(self, order: int, which: int) -> None:
        made = sorted(self.state(f"o-{order}").reservations)
        if made:
            confirmed = (f"o-{order}", made[which % len(made)], self.occasion(f"o-{order}"))
            self.going.append(self.reserving.confirm(*confirmed))

    @rule(order=st.integers(0, 3))
    def orders_cancels(self, order: int) -> None:
        self.going.append(self.reserving.cancel(f"o-{order}", self.occasion(f"o-{order}")))

    @precondition(lambda self: self.going)
    @rule(turns=st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9)), min_size=1, max_size=12))
    def some_go_on(self, turns: list[tuple[int, int]]) -> None:
        for which, many in turns:
            if self.going:
                self.go_on(self.going[-1 - which % len(self.going)], many)

    def go_on(self, step: Step, turns: int) -> None:
        try:
            for _ in range(turns):
                step.send(None)
        except (StopIteration, Conflict, Refusal):
            self.going.remove(step)

    @precondition(lambda self: self.going)
    @rule(which=st.integers(0, 20))
    def somebody_dies(self, which: int) -> None:
        self.going.pop(which % len(self.going)).close()

    @rule(minutes=st.sampled_from([1, 6, 16]))
    def time_passes(self, minutes: int) -> None:
        self.clock.forward(timedelta(minutes=minutes))
        self.going += self.due()

    def due(self) -> list[Step]:
        return [self.fire(*each) for each in finish(self.reserved.inner.due(self.clock.now(), 100))]

    def fire(self, key: str, deadline: Deadline) -> Step:
        return self.reserving.on_deadline(key, deadline, self.occasion())

    def state(self, order: str) -> Reserved:
        return finish(self.reserved.inner.load(order)).state or Reserved(order)

    def all_days(self) -> list[Day]:
        return [held.state for held in finish(self.days.inner.page(Query(), 50)).items]

    @invariant()
    def no_day_is_overbooked(self) -> None:
        for day in self.all_days():
            kept = [each for each in day.booked if not each.over]
            mornings = [each for each in kept if each.slot and hours(each.slot) == "09:00-15:00"]
            assert (orders_of(kept) <= 3, orders_of(mornings) <= 2) == (True, True)
            stops = [[each for each in kept if each.courier_id == courier] for courier in ("ivan", "petr")]
            assert max(map(orders_of, stops)) <= 2

    def teardown(self) -> None:
        """All that died or slept is followed by deadlines; then every place is somebody's and nobody lacks his."""
        while self.going:
            self.go_on(self.going[-1], 10_000)
        for _ in range(6):
            self.clock.forward(timedelta(minutes=20))
            for step in self.due():
                self.going.append(step)
                self.go_on(step, 10_000)
        orders = [held.state for held in finish(self.reserved.inner.page(Query(), 50)).items]
        everything = [each for order in orders for each in order.reservations.values()]
        wanted = {each.reservation_id for each in everything if each.stage is Stage.FIRM}
        assert not any(each.owes for each in everything)
        placed = {name for day in self.all_days() for name, each in day.bookings.items() if each.slot}
        assert placed == wanted
        for order in orders:
            firm = {name for name, each in order.reservations.items() if each.stage is Stage.FIRM}
            assert firm <= {order.confirmed_id}
            assert not (firm and order.cancelled_at)
        super().teardown()


TestCapacity = Capacity.TestCase
TestCapacity.settings = settings(
    max_examples=150,
    stateful_step_count=50,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking such a story outlasts the run
)
