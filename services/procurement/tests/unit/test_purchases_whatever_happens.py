"""Orders, purchases, deliveries, slow and dying processes in any order: each piece is accounted for, none is anybody else's.

All of procurement runs as composed; every round trip to a store is a place where it may be overtaken or die.
"""

from collections import Counter
from dataclasses import astuple
from datetime import timedelta
from typing import Any

from chassis.handling import Conflict, Occasion
from chassis.listing import Query
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from kernel.actor import Actor, Grade, Role, service
from kernel.refusal import Refusal
from procurement.bootstrap import compose
from procurement.domain.allocation import ENDS, Grip, Stage, Want
from procurement.domain.purchase import Arrival, How, holder
from procurement.domain.purchase import Stage as At
from procurement.domain.purchase_commands import ReceiveGoods, WithdrawPurchase
from procurement.domain.sending_parts import GoodsLeft, Parcel
from procurement.settings import ProcurementSettings
from procurement.testing.interrupting import SlowChassis, Step, finish, stocked

RAISA = Actor("raisa", frozenset({Role.BUYER}), Grade.SENIOR)
COUNTS = {"own:lamp": 1, "brass:lamp": 9, "bolt:lamp": 6, "brass:shade": 5}


class Buying(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.chassis, self.going, self.number = SlowChassis(), list[Step](), 0
        self.placed: dict[str, list[Want]] = {}
        self.cancelled: set[str] = set()
        self.counted: list[ReceiveGoods] = []
        chassis: Any = self.chassis
        self.wired: Any = compose(chassis, ProcurementSettings(purchase_day_limit=10_000_00)).wired

    def occasion(self, actor: Actor = RAISA) -> Occasion:
        self.number += 1
        return Occasion(f"c-{self.number}", self.chassis.clock.now(), actor)

    def states(self, name: str) -> list[Any]:
        return [held.state for held in finish(self.wired[name].inner.page(Query(), 1000)).items]

    @initialize()
    def two_suppliers_and_a_lamp_of_our_own(self) -> None:
        finish(stocked(self.wired, COUNTS, {"brass": 1, "bolt": 2}, self.occasion))

    @rule(carts=st.lists(st.lists(st.tuples(st.sampled_from(["lamp", "lamp", "shade"]), st.integers(1, 2)), min_size=1, max_size=2), min_size=1, max_size=2))  # fmt: skip
    def orders_come(self, carts: list[list[tuple[str, int]]]) -> None:
        for cart in carts:
            lines = [Want(n, product, quantity) for n, (product, quantity) in enumerate(cart, start=1)]
            order = f"o-{len(self.placed)}"
            self.placed[order] = lines
            self.going.append(self.wired["allocating"].seek(order, lines, self.occasion()))

    @rule(back=st.integers(1, 6))
    def an_order_is_cancelled(self, back: int) -> None:
        order = f"o-{max(0, len(self.placed) - back)}"
        self.cancelled.add(order)
        self.going.append(self.wired["allocating"].release(order, (), "changed_mind", self.occasion()))

    @precondition(lambda self: self.placed)
    @rule(back=st.integers(1, 3))
    def goods_leave(self, back: int) -> None:
        order = f"o-{max(0, len(self.placed) - back)}"
        left, why = tuple(Parcel(*astuple(each)) for each in self.placed[order]), self.occasion()
        self.going.append(self.wired["sending"].hear(order, GoodsLeft(f"{order}.1", left, why.at), why))

    @rule(which=st.integers(0, 5), what=st.sampled_from(["place", "place", "send", "withdraw", "wish"]))
    def raisa_buys(self, which: int, what: str) -> None:
        known, buys = self.states("purchases"), self.wired["purchasing"]
        if not known:
            return
        purchase, occasion = known[which % len(known)].purchase_id, self.occasion()
        match what:
            case "place":
                self.going.append(buys.place(purchase, RAISA, occasion))
            case "send":
                self.going.append(buys.mark_sent(purchase, How.EMAIL, RAISA, occasion))
            case "wish":
                wished = {f"{purchase.split('-')[0]}:lamp": which % 3}
                self.going.append(buys.wish(purchase, wished, RAISA, occasion))
            case _:
                self.going.append(buys.act(WithdrawPurchase(purchase, RAISA, occasion.at), occasion))

    @rule()
    def a_quiet_hour_in_which_all_is_bought(self) -> None:
        self.all_goes_on()
        for purchase in self.states("purchases"):
            for step in (
                self.wired["purchasing"].place(purchase.purchase_id, RAISA, self.occasion()),
                self.wired["purchasing"].mark_sent(purchase.purchase_id, How.EMAIL, RAISA, self.occasion()),
            ):
                self.going.append(step)
                self.go_on(step, 1000)

    @rule(which=st.integers(0, 5), good=st.integers(0, 4), wrong=st.integers(0, 1), final=st.booleans())
    def a_delivery_is_counted(self, which: int, good: int, wrong: int, final: bool) -> None:
        sent = [each for each in self.states("purchases") if each.sent]
        if not sent:
            return
        now = sent[which % len(sent)]
        arrivals = tuple(Arrival(line.offer_id, good, wrong) for line in now.lines)
        at, receipt = self.chassis.clock.now(), f"r-{len(self.counted)}"
        self.counted.append(ReceiveGoods(now.purchase_id, receipt, arrivals, final, RAISA, at))
        self.going.append(self.wired["delivering"].receive(self.counted[-1], self.occasion()))

    @precondition(lambda self: self.counted)
    @rule(which=st.integers(0, 9))
    def a_delivery_is_told_again(self, which: int) -> None:
        again = self.counted[which % len(self.counted)]
        self.going.append(self.wired["delivering"].receive(again, self.occasion()))

    @precondition(lambda self: self.going)
    @rule(turns=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 25)), min_size=1, max_size=12))
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

    @rule(seconds=st.sampled_from([1, 1, 11, 3600 * 30]))
    def time_passes(self, seconds: int) -> None:
        self.chassis.clock.forward(timedelta(seconds=seconds))
        self.going += self.due()

    def due(self) -> list[Step]:
        return self.chassis.steps_due(lambda: self.occasion(service("procurement")))

    @invariant()
    def nothing_is_oversold(self) -> None:
        for offer in self.states("offers"):
            there = offer.terms.availability.quantity or 0
            assert offer.held <= (there if offer.supplier_id == "own" else COUNTS[offer.offer_id])

    @invariant()
    def pieces_of_a_purchase_add_up(self) -> None:
        for line in (line for purchase in self.states("purchases") for line in purchase.lines):
            assert line.quantity == line.good + line.wrong + line.cancelled + line.outstanding
            assert min(line.good, line.wrong, line.cancelled, line.over, line.outstanding, line.own_left) >= 0
            assert all(0 <= mark.left <= mark.quantity for mark in line.earmarks)

    @invariant()
    def never_more_is_earmarked_than_came(self) -> None:
        came = Counter({"lamp": COUNTS["own:lamp"]})
        for purchase in self.states("purchases"):
            for line in purchase.lines:
                came[line.product_id] += line.good + line.over
        for offer in self.states("offers"):
            if offer.supplier_id == "own":
                assert offer.held <= came[offer.terms.product_id]

    def all_goes_on(self) -> None:
        for step in [*self.going]:
            self.go_on(step, 1000)
        self.chassis.clock.forward(timedelta(seconds=1))
        for step in self.due():
            finish(step)

    def teardown(self) -> None:
        self.all_goes_on()
        for order in self.cancelled & set(self.placed):
            finish(self.wired["allocating"].release(order, (), "changed_mind", self.occasion()))
        for _ in range(40):
            self.chassis.clock.forward(timedelta(seconds=11))
            for step in self.due():
                finish(step)
        self.everything_came_to_rest()

    def everything_came_to_rest(self) -> None:
        purchases = self.states("purchases")
        assert not [each for each in purchases if each.stage in {At.PLACING, At.UNDOING} or each.to_take_in]
        held, bought = Counter[tuple[str, str]](), Counter[tuple[str, str, str]]()
        for allocation in self.states("allocations"):
            assert allocation.stage in ENDS, allocation
            assert allocation.order_id not in self.cancelled or allocation.stage is not Stage.ALLOCATED
            assert allocation.stage is not Stage.ALLOCATED or not allocation.remaining()
            for part in allocation.parts:
                assert part.grip in {Grip.HELD, Grip.BOUGHT}
                held[allocation.order_id, part.offer_id] += part.quantity
                if part.grip is Grip.BOUGHT:
                    bought[allocation.order_id, part.purchase_id or "", part.offer_id] += part.quantity
        self.holds_are_as_planned(held, purchases)
        marks = [(p.purchase_id, line, mark) for p in purchases for line in p.lines for mark in line.earmarks]
        awaited = Counter({(mark.order_id, place, line.offer_id): mark.left for place, line, mark in marks})
        assert +bought == +awaited

    def holds_are_as_planned(self, held: Counter[tuple[str, str]], purchases: list[Any]) -> None:
        came, found = Counter[str](), Counter[tuple[str, str]]()
        for each in purchases:
            for line in each.lines:
                came[f"own:{line.product_id}"] += line.good + line.over
                if line.own_left and each.extras.get(line.offer_id):
                    held[holder(each.purchase_id), line.offer_id] = line.own_left
        for offer in self.states("offers"):
            found.update({(who, offer.offer_id): hold.quantity for who, hold in offer.holds.items()})
            if offer.supplier_id == "own":
                there = offer.terms.availability.quantity or 0
                begun, left = COUNTS.get(offer.offer_id, 0), sum(offer.sent.values())
                assert there == came[offer.offer_id] + begun - left
        for place in [each for each in held if each[0].startswith("purchase/") and not found[each]]:
            del held[place]  # he had no more to hold; we buy it all the same
        assert +found == +held


TestBuying = Buying.TestCase
TestBuying.settings = settings(
    max_examples=120,
    stateful_step_count=50,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking such a story outlasts the run
)
