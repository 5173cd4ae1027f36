"""Offers, answers by link and by people at once, changed lines, supply and time in any order: the goods add up, and no line is
replaced without the customer's consent.

Everything goes through the real handler; every round trip to the store is a place where somebody else may come first.
"""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chassis.clock import StoppedClock
from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from kernel.actor import service
from kernel.money import Money
from orders.adapters.documents import ORDERS
from orders.application.ordering import ORDER
from orders.domain import goods_commands as g
from orders.domain.bonuses import most_bonuses
from orders.domain.commands import Command, DeadlinePassed
from orders.domain.goods import total_of
from orders.domain.offers import Said, Substitute
from orders.domain.order import Open, Order
from orders.domain.words import CancelReason, Channel, Supply
from orders.testing.interrupted import Asking, Interrupted, at_once, finish, pause
from orders.testing.lamps import CLOCKS, MONDAY, ORDER_ID, apologise, cancel, place, supply
from orders.testing.people import SELLERS
from orders.testing.substitutes import answer, bonuses, change, make, suggest

PRODUCTS = ["brass-lamp", "green-shade", "steel-lamp", "copper-lamp", "wick"]
products = st.sampled_from(PRODUCTS)
prices = st.integers(0, 2_000_000).map(Money)
line_nos = st.integers(1, 6)


class GoodsLife(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = StoppedClock(MONDAY)
        self.told: list[dict[str, Any]] = []
        self.accepted = 0
        self.added: dict[int, tuple[str, Money]] = {}
        self.store = MemoryStore(ORDERS)
        interrupted: Any = Interrupted(self.store)
        self.handle = Handler("orders", ORDER, interrupted, self.hear, attempts=50, pause=pause)
        self.number = 0

    def hear(self, key: str, owed: Any, *, before: Any) -> None:
        del key, before
        bodies = [json.loads(record.value) for record in owed]
        self.told += [body["order"] for body in bodies if "order" in body]
        self.accepted += sum("substitute_accepted" in body.get("what", ()) for body in bodies)

    def asking(self, command: Command) -> Asking:
        self.number += 1
        why = Occasion(f"c-{self.number}", self.clock.now(), service("test"), remembered=True)
        return self.handle(command, why)

    def asks(self, command: Command) -> Any:
        came = finish(self.asking(command))
        self.look()
        return came

    def look(self) -> None:
        self.order: Order = finish(self.store.load(ORDER_ID)).state

    @initialize()
    def ordered(self) -> None:
        self.asks(place())

    @rule(missing=st.sets(products, max_size=2), all_of_it=st.booleans())
    def procurement_tells(self, missing: set[str], all_of_it: bool) -> None:
        about = tuple((each.line_no, each.product_id, each.quantity) for each in self.order.lines)
        now = Supply.SHORT if missing else Supply.ALLOCATED
        told = supply(now, *sorted(missing), at=self.clock.now())
        self.asks(replace(told, about=about if all_of_it else about[:1]))

    @rule(
        line_no=line_nos,
        what=st.lists(st.tuples(products, prices), min_size=1, max_size=2, unique_by=lambda each: each[0]),
    )
    def somebody_offers(self, line_no: int, what: list[tuple[str, Money]]) -> None:
        substitutes = tuple(Substitute(product, product, price) for product, price in what)
        self.asks(make(*substitutes, line_no=line_no, at=self.clock.now()))

    @rule(
        offer_no=st.integers(1, 8),
        said=st.sampled_from(Said),
        product=st.none() | products,
        by_link=st.booleans(),
    )
    def the_customer_answers(self, offer_no: int, said: Said, product: str | None, by_link: bool) -> None:
        self.asks(self.says(offer_no, said, product, by_link=by_link))

    @precondition(lambda self: any(each.waits for each in self.order.goods.offers))
    @rule(
        said=st.tuples(st.sampled_from(Said), st.sampled_from(Said)),
        which=st.tuples(st.integers(0, 1), st.integers(0, 1)),
        turns=st.lists(st.integers(0, 1), max_size=8),
    )
    def link_and_person_answer_at_once(
        self, said: tuple[Said, Said], which: tuple[int, int], turns: list[int]
    ) -> None:
        offer = next(each for each in self.order.goods.offers if each.waits)
        picked = [offer.substitutes[n % len(offer.substitutes)].product_id for n in which]
        at_once(
            [
                self.asking(self.says(offer.offer_no, each, product, by_link=by_link))
                for each, product, by_link in zip(said, picked, (True, False), strict=True)
            ],
            turns,
        )
        self.look()

    def says(self, offer_no: int, said: Said, product: str | None, *, by_link: bool) -> g.AnswerOffer:
        channel = None if by_link else Channel.PHONE
        return answer(said, product, offer_no=offer_no, channel=channel, at=self.clock.now())

    @rule(
        counted=st.dictionaries(line_nos, st.integers(0, 3), max_size=2),
        add=st.lists(st.tuples(products, prices, st.integers(1, 3)), max_size=1),
    )
    def the_customer_wants_other_lines(
        self, counted: dict[int, int], add: list[tuple[str, Money, int]]
    ) -> None:
        before = self.order.lines
        added = tuple(g.Added(product, product, many, price) for product, price, many in add)
        done = self.asks(change(*counted.items(), add=added, at=self.clock.now()))
        if done is None or "LinesChanged" not in done.changes:
            return
        known = {each.line_no: each for each in before}
        for each in done.state.lines:
            if each.line_no not in known:
                self.added[each.line_no] = (each.product_id, each.unit_price)
            else:
                assert replace(each, quantity=known[each.line_no].quantity) == known[each.line_no]

    @rule(minor=st.integers(0, 2_000_000))
    def bonuses_pay(self, minor: int) -> None:
        self.asks(bonuses(minor))

    @rule()
    def an_apology_is_written(self) -> None:
        self.asks(apologise(self.clock.now()))

    @rule()
    def wicks_are_suggested(self) -> None:
        self.asks(suggest(at=self.clock.now()))

    @rule(hours=st.integers(1, 80))
    def time_goes_by(self, hours: int) -> None:
        self.clock.forward(timedelta(hours=hours))
        for _, deadline in finish(self.store.due(self.clock.now(), 50)):
            now = self.clock.now()
            command: Command = DeadlinePassed(ORDER_ID, deadline.name, now, CLOCKS, SELLERS)
            if deadline.name.startswith("tally:"):
                command = g.ForgetTallies(ORDER_ID, self.order.goods.highest_tally_no, now)
            self.number += 1
            why = Occasion(f"c-{self.number}", now, service("orders"))
            finish(self.handle.fire(deadline, command, why))
            self.look()

    @rule(really=st.integers(0, 9))
    def it_is_cancelled(self, really: int) -> None:
        if really == 0:
            self.asks(cancel(CancelReason.CHANGED_MIND))

    @invariant()
    def goods_add_up_here_and_in_every_fact(self) -> None:
        order = self.order
        assert order.goods_total == total_of(order.lines)
        assert len({each.line_no for each in order.lines}) == len(order.lines)
        for told in self.told:
            total = sum(each["quantity"] * each["unit_price"]["minor"] for each in told["lines"])
            assert told["total"]["minor"] == total
        self.told.clear()

    @invariant()
    def no_line_is_replaced_without_consent(self) -> None:
        order = self.order
        consents = {
            each.answer.line_no: (each, each.answer)
            for each in order.goods.offers
            if each.answer and each.answer.line_no
        }
        placed = {each.line_no for each in order.placing.lines}
        for line in order.lines:
            if line.line_no in placed:
                (original,) = [each for each in order.placing.lines if each.line_no == line.line_no]
                assert (line.product_id, line.unit_price) == (original.product_id, original.unit_price)
            elif line.line_no in self.added:
                assert (line.product_id, line.unit_price) == self.added[line.line_no]
            else:
                offer, said = consents[line.line_no]
                taken = offer.substitute(said.product_id)
                assert taken
                assert said.said is Said.YES
                assert (line.product_id, line.unit_price) == (taken.product_id, taken.unit_price)

    @invariant()
    def an_offer_has_one_answer_and_is_told_once(self) -> None:
        yes = [each for each in self.order.goods.offers if each.answer and each.answer.said is Said.YES]
        assert self.accepted == len(yes)
        waiting = [each.line_no for each in self.order.goods.offers if each.waits]
        assert len(waiting) == len(set(waiting)), "one offer a line"

    @invariant()
    def bonuses_stay_within_the_share(self) -> None:
        order = self.order
        most = most_bonuses(order.goods_total, CLOCKS.policy.bonus_max_share)
        assert (order.goods.bonuses or Money(0)) <= most

    @invariant()
    def goods_that_are_missing_are_somebodys_task(self) -> None:
        order = self.order
        if isinstance(order, Open) and order.in_vain:
            assert (
                order.goods.next_offer_at is not None or order.owes_apology or order.goods.next_offer_overdue
            )


GoodsLife.TestCase.settings = settings(max_examples=120, stateful_step_count=40, deadline=None)
TestGoodsLife = GoodsLife.TestCase
