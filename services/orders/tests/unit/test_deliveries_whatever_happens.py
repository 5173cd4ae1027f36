"""Logistics tells anything of two shipments, in any order, twice and late, while people pay, cancel, agree and pay back: an order
ends completed, cancelled or in somebody's hands, and its money adds up.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from chassis.clock import StoppedClock
from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from kernel.actor import service
from kernel.money import Money
from kernel.refusal import Refusal
from orders.adapters.documents import ORDERS
from orders.application.ordering import ORDER
from orders.domain import journey_commands as k
from orders.domain.commands import Command, DeadlinePassed
from orders.domain.deadlines import deadlines, due
from orders.domain.erasure import ForgetPerson
from orders.domain.forgetting import is_over
from orders.domain.goods_commands import ChangeLines, SetBonuses
from orders.domain.ledger import Method, RefundStage, Terms
from orders.domain.money_commands import PayRefund
from orders.domain.order import Completed, Open, Order
from orders.domain.owing import balance
from orders.domain.words import Supply
from orders.testing.lamps import CLOCKS, MONDAY, NAME, ORDER_ID, cancel, place, reach, supply
from orders.testing.people import ANNA, SELLERS
from orders.testing.promises import EVENING, WEDNESDAY, agree
from orders.testing.purse import pay

keeping = st.sampled_from([(), ((1, 1),), ((1, 2),), ((1, 2), (2, 1)), ((2, 1),)])
sums = st.sampled_from([0, 90_000, 687_000, 1_425_000])


@st.composite
def stories(draw: st.DrawFn) -> Sequence[k.News]:
    """What may be told of one shipment; a delivery and a return are told once of it."""
    at = MONDAY + timedelta(hours=draw(st.integers(1, 60)))
    kept, collected = draw(keeping), draw(sums)
    found: list[k.News] = [k.Scheduled(), k.Dispatched(at), k.Missed(at)]
    found += [
        k.Failed(at, "no_contact", "customer", final, told)
        for told, final in enumerate(draw(st.lists(st.booleans(), max_size=3)), start=1)
    ]
    if draw(st.booleans()):
        found.append(k.Delivered(at, kept, Money(collected) if collected else None))
    if draw(st.booleans()):
        found.append(k.Returned(at))
    return found


class Ways(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = StoppedClock(MONDAY)
        self.store: MemoryStore[Order] = MemoryStore(ORDERS)
        self.told: list[str] = []
        self.handle = Handler("orders", ORDER, self.store, self.hear)
        self.number = 0
        self.news: list[tuple[str, k.News]] = []
        self.heard: set[int] = set()

    def hear(self, key: str, owed: Any, *, before: Any) -> None:
        self.told.extend(record.topic for record in owed)

    @property
    def order(self) -> Order:
        found = done(self.store.load(ORDER_ID)).state
        assert found is not None
        return found

    def asks(self, command: Command, *, twice: bool = True) -> None:
        self.number += 1
        for n in range(1 + twice):
            why = Occasion(f"c-{self.number}-{n}", self.clock.now(), service("test"), remembered=True)
            try:
                done(self.handle(command, why))
            except Refusal:
                return

    @initialize(terms=st.sampled_from(Terms), first=stories(), second=stories())
    def ordered(self, terms: Terms, first: Sequence[k.News], second: Sequence[k.News]) -> None:
        why = Occasion("c-0", MONDAY, service("test"), remembered=True)
        done(self.handle(place(terms=terms), why, opening=True))
        for step in (reach(), supply(Supply.ALLOCATED), agree()):
            self.asks(step)
        self.news = [(f"{ORDER_ID}.{n}", each) for n, told in enumerate((first, second), 1) for each in told]

    @rule(data=st.data())
    def logistics_is_heard(self, data: st.DataObject) -> None:
        self.is_told(data.draw(st.integers(0, len(self.news) - 1)))

    def is_told(self, which: int) -> None:
        shipment_id, news = self.news[which]
        self.heard.add(which)
        self.asks(k.HearShipment(ORDER_ID, shipment_id, news, self.clock.now(), CLOCKS))

    @rule(minutes=st.integers(1, 2 * 24 * 60))
    def time_goes_by(self, minutes: int) -> None:
        self.clock.forward(timedelta(minutes=minutes))
        for _, deadline in done(self.store.due(self.clock.now(), 50)):
            self.number += 1
            why = Occasion(f"d-{self.number}", self.clock.now(), service("orders"))
            command = DeadlinePassed(ORDER_ID, deadline.name, self.clock.now(), CLOCKS, SELLERS)
            done(self.handle.fire(deadline, command, why))

    @rule(amount=st.sampled_from([90_000, 1_425_000]), reference=st.integers(1, 2))
    def money_comes(self, amount: int, reference: int) -> None:
        self.asks(pay(Money(amount), f"t-{reference}", self.clock.now()))

    @rule(nth=st.integers(1, 3))
    def money_goes_back(self, nth: int) -> None:
        now = self.clock.now()
        self.asks(PayRefund(ORDER_ID, f"r-{nth}", Method.TRANSFER, f"out-{nth}", ANNA, now))

    @rule(offered=st.sampled_from([WEDNESDAY, EVENING]))
    def a_delivery_is_agreed(self, offered: Any) -> None:
        self.asks(agree(offered, self.clock.now()))

    @rule(lamps=st.integers(1, 3), bonuses=st.sampled_from([0, 100_001, 693_000]))
    def the_goods_change(self, lamps: int, bonuses: int) -> None:
        away = isinstance(self.order, Open) and self.order.shipping.is_away
        before = self.order.lines
        self.asks(ChangeLines(ORDER_ID, ((1, lamps),), (), ANNA, self.clock.now(), CLOCKS), twice=False)
        self.asks(SetBonuses(ORDER_ID, Money(bonuses), ANNA, self.clock.now(), CLOCKS))
        assert not away or self.order.lines == before

    @rule(really=st.integers(0, 4))
    def somebody_cancels(self, really: int) -> None:
        if really == 0:  # seldom, so that lives are long
            self.asks(cancel(offer_made=True))

    @rule(really=st.integers(0, 3))
    def the_person_is_erased(self, really: int) -> None:
        if really == 0:
            self.asks(ForgetPerson(ORDER_ID, self.clock.now()))

    @rule()
    def somebody_sees_to_it(self) -> None:
        self.asks(k.SeeToDelivery(ORDER_ID, ANNA, self.clock.now()))

    @invariant()
    def the_money_adds_up(self) -> None:
        now = balance(self.order)
        nothing = now.owed * 0

        assert now.paid - now.refunded == now.owed - now.due + now.refund_due
        assert now.refund_due >= max(now.net - now.owed, nothing)
        ours = sum(e.amount.minor for e in self.order.money.refunds if e.stage is RefundStage.PAID)
        assert 0 <= ours <= now.paid.minor

    @invariant()
    def what_was_handed_over_is_completed_and_stays_so(self) -> None:
        handed_over = [
            news for n in self.heard for _, news in [self.news[n]] if isinstance(news, k.Delivered)
        ]
        assert isinstance(self.order, Completed) == any(each.kept for each in handed_over)
        assert bool(self.told.count("order.completed")) == isinstance(self.order, Completed)
        collected = [e for e in self.order.money.payments if e.method is Method.AT_DOOR]
        assert len(collected) == sum(bool(e.kept and e.collected) for e in handed_over)

    @invariant()
    def what_is_not_over_has_a_person_and_a_deadline(self) -> None:
        order = self.order
        held = done(self.store.load(ORDER_ID))
        live = {each.name for each in deadlines(order) if each not in held.fired}
        assert order.responsible_id
        if isinstance(order, Open):
            assert due(order)
            assert order.shipping.task is None or "delivery" in live
        if isinstance(order, Completed) and balance(order).due.minor:
            assert "collect" in live

    @invariant()
    def who_is_erased_is_gone_as_soon_as_it_is_over_and_not_before(self) -> None:
        order = self.order
        gone = order.erasure is not None and order.erasure.gone_at is not None
        assert order.erasure is None or gone or not is_over(order)
        assert gone == (NAME not in str(ORDERS.states.dump_python(order, mode="json")))
        assert not (gone and isinstance(order, Open))

    def teardown(self) -> None:
        """All is told once more, the last first: nothing changes."""
        for which in range(len(self.news)):
            self.is_told(which)
        before = self.order
        for which in reversed(range(len(self.news))):
            self.is_told(which)
        assert self.order == before


def done(step: Any) -> Any:
    """The result of something asynchronous that never waits, as nothing in memory does."""
    try:
        step.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("it waits")


Ways.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestWays = Ways.TestCase
