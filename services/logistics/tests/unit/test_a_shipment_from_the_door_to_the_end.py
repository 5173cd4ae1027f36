"""A shipment's whole life, whatever happens: orders told in any order and twice, people, the carrier, pick-ups, time.

Nothing leaves us unpaid or before its goods are there; what may go is awaited by a pick-up that still comes; every failure is
one incident; what is final stays so; and all of it is told once.
"""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import Any

from contracts.deliveries import (
    DeliveryDeliveredV1,
    DeliveryDispatchedV1,
    DeliveryFailedV1,
    DeliveryReturnedV1,
    DeliveryWindowMissedV1,
    PickupMissedCutoffV1,
)
from contracts.incidents import IncidentOpenedV1
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from logistics.domain import shipment_commands as k
from logistics.domain.moments import day_of
from logistics.domain.pick_up import pick_up_named
from logistics.domain.shipment import Parcel
from logistics.domain.shipment_stage import ShipmentStage
from logistics.domain.shipping_out import waits
from logistics.testing.people import STEPAN
from logistics.testing.shipments import READY, TOMORROW
from logistics.testing.whole_life import ORDER, WholeLife

S = ShipmentStage
FIRST = replace(READY, allocated=False, covered=False)
TURNS: dict[str, dict[str, Any]] = {
    "paid": {"covered": True},
    "not_covered": {"covered": False},
    "allocated": {"allocated": True},
    "short": {"allocated": False},
    "promise_void": {"promised": None},
    "cancelled": {"cancelled": True, "promised": None},
}
TROUBLES = (DeliveryFailedV1, DeliveryWindowMissedV1, PickupMissedCutoffV1)
ONCE = (DeliveryDispatchedV1, DeliveryDeliveredV1, DeliveryReturnedV1)
BY_PEOPLE = [S.OUT_FOR_DELIVERY, S.ATTEMPT_FAILED, S.DELIVERED, S.FAILED, S.RETURNED]
BY_CARRIER = [each for each in S if each not in {S.PLANNED, S.RETURNING}]
minutes = st.integers(0, 600)
numbers = st.integers(0, 50)


class AShipmentsLife(RuleBasedStateMachine):
    """One order; `facts` are what orders told of it, by sequence; `newest` is the newest one heard."""

    @initialize(ready=st.booleans())
    def begins(self, ready: bool) -> None:
        """Half of them are ready and known to their carrier, so that what comes later is met more often."""
        self.life = WholeLife()
        self.facts, self.newest, self.promises = [READY if ready else FIRST], -1, 1
        self.withdrawn: set[str] = set()
        if ready:
            self.a_fact_of_orders_is_heard(0)
            self.people_ship(k.RegisterShipment, 0)

    def teardown(self) -> None:
        if hasattr(self, "life"):
            self._comes_to_rest()
            self.life.close()

    @rule(turn=st.sampled_from([*TURNS, "agreed_anew", "window_moved"]), at_once=st.booleans())
    def orders_tells(self, turn: str, at_once: bool) -> None:
        now = self.facts[-1]
        if now.cancelled:
            return
        if turn in TURNS:
            self.facts.append(replace(now, **TURNS[turn]))
        else:
            self._agreed_anew(turn)
        if at_once:
            self.a_fact_of_orders_is_heard(len(self.facts) - 1)

    def _agreed_anew(self, turn: str) -> None:
        self.promises += 1
        later = timedelta(days=self.promises if turn == "agreed_anew" else 0, hours=1)
        moved = replace(
            TOMORROW,
            reservation_id=f"r-{self.promises}",
            starts_at=self.life.clock.now() + timedelta(days=1) + later,
            ends_at=self.life.clock.now() + timedelta(days=1, hours=4) + later,
        )
        self.facts.append(replace(self.facts[-1], promised=moved))

    @rule(turn=st.sampled_from(["not_covered", "short", "cancelled"]), number=numbers)
    def what_may_not_go_any_more_is_tried(self, turn: str, number: int) -> None:
        self.orders_tells(turn, at_once=True)
        self.people_ship(k.DispatchShipment, number)
        self.people_ship(k.RegisterShipment, number)
        self.people_meet_the_couriers("scan", 0)

    @rule(number=numbers)
    def a_fact_of_orders_is_heard(self, number: int) -> None:
        which = number % len(self.facts)
        arrived = self.life.arrived()
        self.newest = max(self.newest, which)
        self.life.hear(self.facts[which], which + 1)
        self._still(arrived)

    @rule(what=st.sampled_from([k.RegisterShipment, k.DispatchShipment, k.RecallShipment]), number=numbers)
    def people_ship(self, what: Any, number: int) -> None:
        for parcel in self._one(number):
            with_us, arrived = self.life.left_by_us(), self.life.arrived()
            self.life.ask(what(ORDER, parcel.shipment_id, STEPAN, self.life.clock.now()))
            self._allowed(with_us)
            self._still(arrived)

    @rule(stage=st.sampled_from(BY_PEOPLE), ago=minutes, number=numbers)
    def a_person_reports(self, stage: ShipmentStage, ago: int, number: int) -> None:
        for parcel in self._one(number):
            arrived, seen = self.life.arrived(), self.life.seen(stage, ago)
            self.life.run(
                self.life.shipping.report(ORDER, parcel.shipment_id, seen, self.life.occasion(STEPAN))
            )
            self._still(arrived)

    @rule(
        story=st.lists(st.tuples(st.sampled_from(BY_CARRIER), minutes), min_size=1, max_size=4),
        takes_back=st.booleans(),
        number=numbers,
    )
    def the_carrier_tells(
        self, story: list[tuple[ShipmentStage, int]], takes_back: bool, number: int
    ) -> None:
        for parcel in self._one(number):
            reports = tuple(self.life.seen(*each) for each in story)
            gone = (parcel.reports[0].key,) if takes_back and parcel.reports else ()
            now = self.life.clock.now()
            self.life.ask(k.HearCarrier(ORDER, parcel.shipment_id, reports, now, gone))

    @rule(step=st.sampled_from(["ask", "scan", "cancel"]), ahead=st.integers(0, 1))
    def people_meet_the_couriers(self, step: str, ahead: int) -> None:
        day = day_of(self.life.clock.now(), "Europe/Moscow") + timedelta(days=ahead)
        desk, occasion, id_ = self.life.picking_up, self.life.occasion(), pick_up_named("own-couriers", day)
        with_us, arrived = self.life.left_by_us(), self.life.arrived()
        if step == "ask":
            self.life.run(desk.request("own-couriers", day, None, STEPAN, occasion))
        elif step == "cancel":
            self.life.run(desk.cancel(id_, "no_hands", STEPAN, occasion))
        elif self.life.state is not None:
            codes = [each.shipment_id for each in self.life.state.parcels]
            self.life.run(desk.hand_over(id_, codes, STEPAN, occasion))
        self._allowed(with_us)
        self._still(arrived)

    @rule(time=st.sampled_from([20, 120, 480, 1440]))
    def time_goes_by(self, time: int) -> None:
        with_us, arrived = self.life.left_by_us(), self.life.arrived()
        self.life.pass_time(timedelta(minutes=time))
        self._allowed(with_us)
        self._still(arrived)

    @rule(number=numbers)
    def it_hears_itself(self, number: int) -> None:
        if self.life.chassis.told:
            self.life.hear_itself(number % len(self.life.chassis.told))

    @invariant()
    def the_newest_word_of_orders_holds(self) -> None:
        if self.newest >= 0:
            shipping = self.life.state
            assert shipping is not None
            assert shipping.known == self.facts[self.newest]

    @invariant()
    def what_may_go_is_awaited(self) -> None:
        shipping = self.life.state if hasattr(self, "life") else None
        parcel = waits(shipping) if shipping else None
        if parcel is not None:
            assert parcel.plan.pick_up_on is not None
            pick_up = self.life.pick_up(pick_up_named("own-couriers", parcel.plan.pick_up_on))
            assert pick_up is not None
            assert pick_up.open

    @invariant()
    def what_was_withdrawn_stays_so_and_all_is_told_once(self) -> None:
        shipping = self.life.state if hasattr(self, "life") else None
        if shipping is None:
            return
        withdrawn = {each.shipment_id for each in shipping.parcels if each.withdrawn_at is not None}
        assert withdrawn >= self.withdrawn
        self.withdrawn = withdrawn
        told = Counter((each.topic, each.shipment.shipment_id) for each in self.life.told(*ONCE))
        missed = Counter(each.pickup_id for each in self.life.told(PickupMissedCutoffV1))
        assert max([0, *told.values(), *missed.values()]) <= 1

    def _comes_to_rest(self) -> None:
        """All is heard, late and again; days go by: each trouble is one incident, and nothing is left to do."""
        for which in (*range(len(self.facts)), *reversed(range(len(self.facts)))):
            self.life.hear(self.facts[which], which + 1)
        self.life.pass_time(timedelta(days=3))
        for number in (*range(len(self.life.chassis.told)), *range(len(self.life.chassis.told))):
            self.life.hear_itself(number)
        troubles, opened = self.life.told(*TROUBLES), self.life.told(IncidentOpenedV1)
        assert len(opened) == len({each.incident.incident_id for each in opened}) == len(troubles)
        shipping = self.life.state
        assert shipping is not None
        assert shipping.known == self.facts[-1]
        if shipping.known.cancelled:
            assert all(each.withdrawn_at is not None for each in shipping.parcels[-1:])

    def _one(self, number: int) -> list[Parcel]:
        parcels = self.life.state.parcels if self.life.state else ()
        return [parcels[-1 - number % len(parcels)]] if parcels else []

    def _allowed(self, before: set[tuple[str, str]]) -> None:
        """Whatever our hands did since, orders' newest word allows it (R31)."""
        known, new = self.facts[self.newest], self.life.left_by_us() - before
        may = self.newest >= 0 and known.allocated and known.covered and not known.cancelled
        assert may or not new, new

    def _still(self, arrived: set[str]) -> None:
        """Only the carrier himself takes back that it arrived."""
        assert self.life.arrived() >= arrived


TestAShipmentsLife = AShipmentsLife.TestCase
TestAShipmentsLife.settings = settings(max_examples=50, stateful_step_count=30, deadline=None)
