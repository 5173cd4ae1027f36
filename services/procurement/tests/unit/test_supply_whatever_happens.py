"""Orders, changed lines, cancellations, suppliers' answers, slow and dying processes in any order: never oversold, always an end.

The real use case runs over real deciders; every round trip to a store is a place where it may be overtaken or die.
"""

import types
from collections.abc import Coroutine, Generator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chassis.clock import StoppedClock
from chassis.documents import Documents
from chassis.handling import Conflict, Handler, Occasion
from chassis.listing import Query
from chassis.memory import MemoryStore
from chassis.shops import Shops, Unheard
from chassis.testing.plugin import MONDAY_MORNING
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from kernel.actor import service
from kernel.money import Money
from kernel.refusal import Refusal
from procurement.adapters import documents, partner_documents
from procurement.application.allocating import Allocating
from procurement.application.candidates import Sourcing
from procurement.application.deciders import ALLOCATIONS, OFFERS, SUPPLIERS
from procurement.application.scoring import Answered
from procurement.application.stopping import ClosedGoods
from procurement.domain.allocation import ENDS, AnswerForSupplier, Grip, Stage, Want
from procurement.domain.availability import UNCOUNTED, Availability, counted
from procurement.domain.offer import ListOffer, Offer, Terms
from procurement.domain.supplier import AgreeConditions, Conditions

Step = Coroutine[Any, Any, object]
CREATED, CANCELLED = 1, 1000
"""Sequences of an order's facts; those of its changed lines are between them."""
GOODS = ["lamp", "lamp", "lamp", "shade"]
LAMPS: Mapping[str, tuple[str, str, Availability]] = {
    "own:lamp": ("own", "lamp", counted(2)),
    "brass:lamp": ("brass", "lamp", counted(4)),
    "slow:lamp": ("slow", "lamp", UNCOUNTED),
    "brass:shade": ("brass", "shade", counted(5)),
    "slow:shade": ("slow", "shade", counted(1)),
}


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


async def nobody_notes(answered: Answered, occasion: Occasion) -> None:
    del answered, occasion


def quiet(key: str, owed: Sequence[Any], *, before: Sequence[str]) -> None:
    del key, owed, before


def finish(step: Step) -> Any:
    """Run it to its end, nobody interfering."""
    try:
        while True:
            step.send(None)
    except StopIteration as end:
        return end.value


class Supply(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = StoppedClock(MONDAY_MORNING)
        self.going: list[Step] = []
        self.placed: dict[str, list[Want]] = {}
        self.changed: dict[str, list[tuple[Want, ...]]] = {}
        self.cancelled: set[str] = set()
        self.number = 0
        self.offers = self.kept(documents.OFFERS)
        self.suppliers = self.kept(documents.SUPPLIERS)
        self.allocations = self.kept(documents.ALLOCATIONS)
        self.to_offers = Handler("procurement", OFFERS, self.offers, quiet, attempts=50, pause=pause)
        self.allocating = Allocating(
            Handler("procurement", ALLOCATIONS, self.allocations, quiet, attempts=50, pause=pause),
            self.to_offers,
            Sourcing(self.offers, self.suppliers),
            self.clock,
            Shops(self.kept(partner_documents.SHOPS), Unheard()),
            ClosedGoods(self.kept(partner_documents.SALES), timedelta()),
            nobody_notes,
        )

    def kept(self, of: Documents[Any]) -> Any:
        return Interrupted(MemoryStore(of))

    def occasion(self, *, remembered: bool = False) -> Occasion:
        self.number += 1
        return Occasion(f"c-{self.number}", self.clock.now(), service("test"), remembered=remembered)

    def told(self, order: str, sequence: int) -> Occasion:
        """A fact of an order: told again it has the same name, told late it is older than what was heard."""
        return replace(
            self.occasion(remembered=True), id=f"{order}-{sequence}", heard=(f"orders/{order}", sequence)
        )

    @initialize()
    def two_suppliers_and_own_stock(self) -> None:
        to_suppliers = Handler("procurement", SUPPLIERS, self.suppliers, quiet)
        for name, lead in (("brass", 1), ("slow", 5)):
            agreed = Conditions(name, None, lead, timedelta(days=30))
            finish(to_suppliers(AgreeConditions(name, agreed, self.clock.now()), self.occasion()))
        for offer_id, (supplier, product, availability) in LAMPS.items():
            self.list_offer(offer_id, supplier, product, availability)

    def list_offer(self, offer_id: str, supplier: str, product: str, availability: Availability) -> None:
        terms = Terms(product, product, Money(100_00), None, availability)
        finish(self.to_offers(ListOffer(offer_id, supplier, terms, self.clock.now()), self.occasion()))

    @rule(
        carts=st.lists(
            st.lists(st.tuples(st.sampled_from(GOODS), st.integers(1, 3)), min_size=1, max_size=3),
            min_size=1,
            max_size=4,
        )
    )
    def orders_come(self, carts: list[list[tuple[str, int]]]) -> None:
        for cart in carts:
            lines = [Want(n, product, quantity) for n, (product, quantity) in enumerate(cart, start=1)]
            order = f"o-{len(self.placed)}"
            self.placed[order] = lines
            self.going.append(self.allocating.seek(order, lines, self.told(order, CREATED)))

    @precondition(lambda self: self.placed)
    @rule(
        back=st.integers(1, 4),
        cart=st.lists(
            st.tuples(st.integers(1, 6), st.sampled_from(GOODS), st.integers(1, 3)), min_size=1, max_size=3
        ),
        forgotten=st.booleans(),
    )
    def the_customer_wants_other_lines(
        self, back: int, cart: list[tuple[int, str, int]], forgotten: bool
    ) -> None:
        order = f"o-{max(0, len(self.placed) - back)}"
        lines = {n: Want(n, product, quantity) for n, product, quantity in cart}
        self.changed.setdefault(order, []).append(tuple(lines.values()))
        if not forgotten:  # else it is heard of only when all is told again
            self.going.append(self.follow(order, len(self.changed[order])))

    def follow(self, order: str, nth: int) -> Step:
        lines = self.changed[order][nth - 1]
        return self.allocating.follow(order, lines, self.told(order, CREATED + nth))

    @rule(back=st.integers(-1, 5))
    def an_order_is_cancelled(self, back: int) -> None:
        order = f"o-{max(0, len(self.placed) - back)}"  # the next one too: it will be heard of only later
        self.cancelled.add(order)
        self.going.append(self.allocating.release(order, (), "changed_mind", self.told(order, CANCELLED)))

    @rule(back=st.integers(1, 8), quantity=st.integers(0, 3))
    def a_supplier_answers(self, back: int, quantity: int) -> None:
        order = f"o-{max(0, len(self.placed) - back)}"
        answer = AnswerForSupplier(order, "slow:lamp", quantity, "anna", self.clock.now())
        self.going.append(self.allocating.answer(answer, self.occasion()))

    @precondition(lambda self: self.going)
    @rule(turns=st.lists(st.tuples(st.integers(0, 3), st.integers(1, 9)), min_size=1, max_size=12))
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

    @rule(seconds=st.sampled_from([1, 11, 3600 * 30]))
    def time_passes(self, seconds: int) -> None:
        self.clock.forward(timedelta(seconds=seconds))
        self.going += self.due()

    def due(self) -> list[Step]:
        found = finish(self.allocations.inner.due(self.clock.now(), 100))
        return [self.allocating.pass_deadline(key, deadline, self.occasion()) for key, deadline in found]

    def states(self, store: Any) -> list[Any]:
        return [held.state for held in finish(store.inner.page(Query(), 1000)).items]

    @invariant()
    def nothing_is_oversold(self) -> None:
        for offer in self.states(self.offers):
            assert offer.terms.availability == UNCOUNTED or offer.held <= (
                offer.terms.availability.quantity or 0
            )

    def teardown(self) -> None:
        for step in self.going:
            try:
                finish(step)
            except (Conflict, Refusal):
                continue
        self.everything_is_told_again()
        for _ in range(60):
            self.clock.forward(timedelta(hours=40))
            for step in self.due():
                finish(step)
        self.everything_came_to_an_end()

    def everything_is_told_again(self) -> None:
        """The newest first, so that the older ones come late."""
        for order in self.cancelled:
            finish(self.allocating.release(order, (), "changed_mind", self.told(order, CANCELLED)))
        for order, changes in self.changed.items():
            for nth in range(len(changes), 0, -1):
                finish(self.follow(order, nth))
        for order, lines in self.placed.items():
            finish(self.allocating.seek(order, lines, self.told(order, CREATED)))

    def everything_came_to_an_end(self) -> None:
        offers: dict[str, Offer] = {offer.offer_id: offer for offer in self.states(self.offers)}
        held = {
            (order, offer.offer_id): hold.quantity
            for offer in offers.values()
            for order, hold in offer.holds.items()
            if hold.quantity
        }
        planned: dict[tuple[str, str], int] = {}
        for allocation in self.states(self.allocations):
            assert allocation.stage in ENDS, allocation
            cancelled = allocation.order_id in self.cancelled
            assert not cancelled or allocation.stage in {Stage.RELEASED, Stage.SHORT}
            assert cancelled or allocation.stage in {Stage.ALLOCATED, Stage.SHORT}
            if not cancelled:
                assert allocation.wanted == self.wanted_in_the_end(allocation.order_id)
            for part in allocation.parts:
                assert (allocation.stage, part.grip) == (Stage.ALLOCATED, Grip.HELD)
                place = (allocation.order_id, part.offer_id)
                planned[place] = planned.get(place, 0) + part.quantity
            if allocation.stage is Stage.ALLOCATED:
                assert not allocation.remaining()
        assert held == planned

    def wanted_in_the_end(self, order: str) -> tuple[Want, ...]:
        return self.changed.get(order, [tuple(self.placed[order])])[-1]


TestSupply = Supply.TestCase
TestSupply.settings = settings(
    max_examples=150,
    stateful_step_count=60,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # shrinking such a story outlasts the run
)
