"""Goods leave with shipments, are kept, lost, or come back while orders come and are cancelled, told late, twice, in any order, by
processes that are slow or die: every piece is where the count says, and none is taken out or put back twice.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from procurement.bootstrap import compose
from procurement.domain.allocation import ENDS, Grip, Stage, Want
from procurement.domain.sending_parts import GoodsCameBack, GoodsKept, GoodsLeft, GoodsSpoiled, Parcel
from procurement.settings import ProcurementSettings
from procurement.testing.interrupting import finish, stocked
from procurement.testing.retelling import Retold

COUNTS = {"own:lamp": 4, "own:shade": 2, "brass:lamp": 3}
PRODUCTS = ("lamp", "shade")
Lines = dict[int, int]


@dataclass
class Shipped:
    """What became of a shipment."""

    name: str
    left: Lines
    sound: Lines = field(default_factory=dict[int, int])
    kept: bool = False
    over: bool = False
    spoiled: bool = False


class Leaving(Retold, RuleBasedStateMachine):
    def __init__(self) -> None:
        Retold.__init__(self, lambda chassis: compose(chassis, ProcurementSettings()))
        RuleBasedStateMachine.__init__(self)
        self.placed: dict[str, list[Want]] = {}
        self.cancelled: set[str] = set()
        self.shipped: dict[str, list[Shipped]] = {}

    @initialize()
    def a_supplier_and_a_few_lamps_of_our_own(self) -> None:
        finish(stocked(self.wired, COUNTS, {"brass": 1}, self.occasion))

    @rule(
        cart=st.lists(st.tuples(st.sampled_from(PRODUCTS), st.integers(1, 2)), min_size=1, max_size=2),
        late=st.booleans(),
    )
    def an_order_comes(self, cart: list[tuple[str, int]], late: bool) -> None:
        order = f"o-{len(self.placed)}"
        self.placed[order] = [Want(n, product, many) for n, (product, many) in enumerate(cart, start=1)]
        seek, lines = self.wired["allocating"].seek, self.placed[order]
        self.happens(lambda: seek(order, lines, self.occasion(f"{order}-new")), late=late)

    @precondition(lambda self: self.placed)
    @rule(back=st.integers(1, 4), late=st.booleans())
    def one_is_cancelled(self, back: int, late: bool) -> None:
        order = f"o-{max(0, len(self.placed) - back)}"
        release, lines = self.wired["allocating"].release, self.placed[order]
        if order not in self.cancelled:
            self.cancelled.add(order)
            self.happens(
                lambda: release(order, lines, "changed_mind", self.occasion(f"{order}-no")), late=late
            )

    @precondition(lambda self: self.placed)
    @rule(back=st.integers(1, 4), short=st.integers(0, 1), late=st.booleans())
    def goods_leave(self, back: int, short: int, late: bool) -> None:
        order = f"o-{max(0, len(self.placed) - back)}"
        before = self.shipped.setdefault(order, [])
        if any(each.kept or not each.over for each in before):
            return
        name = f"{order}.{len(before) + 1}"
        left = {want.line_no: max(1, want.quantity - short) for want in self.placed[order]}
        before.append(Shipped(name, left))
        news = GoodsLeft(name, self.parcels(order, left), self.chassis.clock.now())
        self.happens(
            lambda: self.wired["sending"].hear(order, news, self.occasion(f"{name}-left")), late=late
        )

    def parcels(self, order: str, lines: Lines) -> tuple[Parcel, ...]:
        products = {want.line_no: want.product_id for want in self.placed[order]}
        return tuple(Parcel(n, products[n], many) for n, many in lines.items() if many)

    @precondition(lambda self: any(self.shipped.values()))
    @rule(which=st.integers(0, 9), how=st.sampled_from(["kept", "lost"]), late=st.booleans())
    def they_are_kept_or_lost(self, which: int, how: str, late: bool) -> None:
        order, each = self.one_of(which)
        if each.over or each.kept or each.spoiled:
            return
        news: Any = (GoodsKept if how == "kept" else GoodsSpoiled)(each.name, self.chassis.clock.now())
        each.kept, each.spoiled = how == "kept", how == "lost"
        each.over = each.spoiled
        self.happens(
            lambda: self.wired["sending"].hear(order, news, self.occasion(f"{each.name}-{how}")), late=late
        )

    @precondition(lambda self: any(self.shipped.values()))
    @rule(which=st.integers(0, 9), lost=st.integers(0, 1), late=st.booleans())
    def some_come_back(self, which: int, lost: int, late: bool) -> None:
        order, each = self.one_of(which)
        if each.sound or (each.over and not each.spoiled):
            return
        each.over = True
        each.sound = {n: max(0, many - lost - each.kept) for n, many in each.left.items()}
        parcels = self.parcels(order, each.sound)
        news = GoodsCameBack(each.name, parcels, each.kept, self.chassis.clock.now())
        hear = self.wired["sending"].hear_back
        self.happens(lambda: hear(order, news, self.occasion(f"{each.name}-back")), late=late)

    def one_of(self, which: int) -> tuple[str, Shipped]:
        all_ = [(order, each) for order, shipped in sorted(self.shipped.items()) for each in shipped]
        return all_[which % len(all_)]

    @precondition(lambda self: self.going)
    @rule(turns=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 15)), min_size=1, max_size=10))
    def some_go_on(self, turns: list[tuple[int, int]]) -> None:
        for which, many in turns:
            if self.going:
                self.go_on([*self.going][-1 - which % len(self.going)], many)

    @precondition(lambda self: self.going)
    @rule(which=st.integers(0, 20))
    def somebody_dies(self, which: int) -> None:
        step = [*self.going][which % len(self.going)]
        step.close()
        self.stop(step)

    @rule(seconds=st.sampled_from([1, 11, 400]))
    def time_passes(self, seconds: int) -> None:
        self.chassis.clock.forward(timedelta(seconds=seconds))
        self.going |= dict.fromkeys(self.due())

    @invariant()
    def nothing_is_oversold_nor_below_nothing(self) -> None:
        for offer in self.states("offers"):
            assert 0 <= offer.held <= (offer.terms.availability.quantity or 0)

    def teardown(self) -> None:
        self.all_goes_on()
        self.all_is_told(self.untold)
        self.every_piece_is_accounted_for()
        before = (self.states("offers"), self.states("allocations"))
        self.all_is_told(self.facts)
        assert before == (self.states("offers"), self.states("allocations"))

    def every_piece_is_accounted_for(self) -> None:
        taken, planned = Counter[str](), Counter[tuple[str, str]]()
        for allocation in self.states("allocations"):
            assert allocation.stage in ENDS, allocation
            order = allocation.order_id
            assert order not in self.cancelled or allocation.stage is not Stage.ALLOCATED
            for part in allocation.parts:
                assert part.grip is Grip.HELD, allocation
                planned[order, part.offer_id] += part.quantity
            for each in self.shipped.get(order, ()):
                sent = allocation.sent[each.name]
                for n, product in sent.products.items():
                    taken[product] += sent.gone.get(n, 0) - sent.put.get(n, 0)
                self.is_settled(allocation, sent, each)
            self.nothing_is_held_for_nobody(allocation)
        offers = self.states("offers")
        held = {(o, x.offer_id): h.quantity for x in offers for o, h in x.holds.items() if h.quantity}
        assert held == planned
        for product in PRODUCTS:
            there = sum(x.terms.availability.quantity or 0 for x in offers if x.terms.product_id == product)
            begun = sum(many for offer, many in COUNTS.items() if offer.endswith(product))
            assert there == begun - taken[product], product

    def is_settled(self, allocation: Any, sent: Any, each: Shipped) -> None:
        """Just what left and did not come back sound is out of stock; of an order that is not supplied, as far as there was any."""
        for n, many in each.left.items():
            away = many if each.spoiled else many - each.sound.get(n, 0)
            out = sent.gone.get(n, 0) - sent.put.get(n, 0)
            assert 0 <= sent.put.get(n, 0) <= sent.gone.get(n, 0)
            assert out <= away
            if allocation.stage is Stage.ALLOCATED and len(self.shipped[allocation.order_id]) == 1:
                assert out == away or not sent.tries

    def nothing_is_held_for_nobody(self, allocation: Any) -> None:
        """Who has what he keeps has nothing held besides; who waits has all of it held, or on its way."""
        if allocation.stage is not Stage.ALLOCATED or allocation.is_kept:
            assert not allocation.parts
            return
        for want in allocation.wanted:
            held = sum(part.quantity for part in allocation.parts if part.line_no == want.line_no)
            assert held + allocation.gone_of(want.line_no) == want.quantity


TestLeaving = Leaving.TestCase
TestLeaving.settings = settings(
    max_examples=150,
    stateful_step_count=50,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking such a story outlasts the run
)
