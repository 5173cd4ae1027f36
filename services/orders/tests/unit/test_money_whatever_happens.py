"""People, the bank, procurement and time do anything in any order, told twice and late: an order's money always adds up.

paid - refunded = owed - due + refund_due, after every save; nobody gets back more than he paid, and nothing that is owed back
is forgotten. Everything goes through the real handler and store.
"""

from collections import Counter
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
from orders.domain import money_commands as c
from orders.domain.commands import CancelOrder, Command, DeadlinePassed
from orders.domain.deadlines import due
from orders.domain.goods_commands import ChangeLines, SetBonuses
from orders.domain.ledger import BankState, Method, RefundReason, RefundStage, Terms
from orders.domain.order import Cancelled, Order
from orders.domain.owing import balance, may_be_shipped
from orders.domain.words import CancelReason, Supply
from orders.testing.lamps import CLOCKS, LAMPS, MONDAY, ORDER_ID, SHADE, place, reach, supply
from orders.testing.people import ANNA, BORIS, IVAN, NINA, OLGA, SELLERS, SITE
from orders.testing.promises import EVENING, POINT, WEDNESDAY, agree
from orders.testing.purse import BANK, pay

LINKS = ("link-1", "link-2")
sums = st.sampled_from([1, 5_000, 90_000, 639_999, 1_000_001, 1_386_000]).map(Money)
people = st.sampled_from([ANNA, BORIS, NINA, OLGA, IVAN])
refund_ids = st.integers(1, 6).map(lambda n: f"r-{n}")


class Purse(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = StoppedClock(MONDAY)
        self.store: MemoryStore[Order] = MemoryStore(ORDERS)
        self.told: list[str] = []
        self.handle = Handler("orders", ORDER, self.store, self.hear)
        self.number = 0
        self.at_bank: dict[str, Money] = {}

    def hear(self, key: str, owed: Any, *, before: Any) -> None:
        self.told.extend(record.topic for record in owed)

    @property
    def order(self) -> Order:
        found = done(self.store.load(ORDER_ID)).state
        assert found is not None
        return found

    def asks(self, command: Command, twice: bool) -> None:
        self.number += 1
        for n in range(1 + twice):  # told again by another request, as people and banks do
            occasion = Occasion(f"c-{self.number}-{n}", self.clock.now(), service("test"), remembered=True)
            try:
                done(self.handle(command, occasion))
            except Refusal:
                return

    @initialize(terms=st.sampled_from(Terms))
    def ordered(self, terms: Terms) -> None:
        occasion = Occasion("c-0", MONDAY, service("test"), remembered=True)
        done(self.handle(place(terms=terms), occasion, opening=True))

    @rule(minutes=st.integers(1, 4 * 24 * 60))
    def time_goes_by(self, minutes: int) -> None:
        self.clock.forward(timedelta(minutes=minutes))

    @rule(data=st.data(), twice=st.booleans())
    def what_is_due_is_handed_over(self, data: st.DataObject, twice: bool) -> None:
        passed = done(self.store.due(self.clock.now(), 50))
        if passed:
            _, deadline = data.draw(st.sampled_from(passed))
            command = DeadlinePassed(ORDER_ID, deadline.name, self.clock.now(), CLOCKS, SELLERS)
            self.number += 1
            for n in range(1 + twice):
                occasion = Occasion(f"d-{self.number}-{n}", self.clock.now(), service("orders"))
                done(self.handle.fire(deadline, command, occasion))

    @rule(amount=sums, reference=st.integers(1, 4), actor=people, twice=st.booleans())
    def money_is_found(self, amount: Money, reference: int, actor: Any, twice: bool) -> None:
        self.asks(pay(amount, f"t-{reference}", self.clock.now(), actor), twice)

    @rule(link=st.sampled_from(LINKS), amount=st.none() | sums, twice=st.booleans())
    def a_link_is_made(self, link: str, amount: Money | None, twice: bool) -> None:
        self.asks(c.AskForLink(ORDER_ID, link, amount, ANNA, self.clock.now()), twice)
        self.asks(c.OpenLink(ORDER_ID, link, f"bank-{link}", "https://bank.test", self.clock.now()), twice)

    @rule(link=st.sampled_from(LINKS), state=st.sampled_from(BankState), twice=st.booleans())
    def the_bank_says_anything(self, link: str, state: BankState, twice: bool) -> None:
        known = self.order.money.link(link)
        amount = known.amount if known else Money(1)
        self.asks(c.HearBank(ORDER_ID, link, f"bank-{link}", state, amount, BANK, self.clock.now()), twice)

    @rule(refund_id=refund_ids, actor=people, twice=st.booleans())
    def somebody_says_yes(self, refund_id: str, actor: Any, twice: bool) -> None:
        self.asks(c.ApproveRefund(ORDER_ID, refund_id, actor, self.clock.now()), twice)

    @rule(refund_id=refund_ids, reference=st.integers(1, 9), actor=people, twice=st.booleans())
    def somebody_pays_back(self, refund_id: str, reference: int, actor: Any, twice: bool) -> None:
        method = Method.TRANSFER
        out = c.PayRefund(ORDER_ID, refund_id, method, f"out-{reference}", actor, self.clock.now())
        self.asks(out, twice)

    @rule(refund_id=refund_ids, actor=people, twice=st.booleans())
    def the_acquirer_is_to_pay_back(self, refund_id: str, actor: Any, twice: bool) -> None:
        self.asks(c.StartPayout(ORDER_ID, refund_id, actor, self.clock.now()), twice)

    @rule(refund_id=refund_ids, how=st.sampled_from(["paid", "silent", "no"]), twice=st.booleans())
    def the_acquirer_answers(self, refund_id: str, how: str, twice: bool) -> None:
        now = self.clock.now()
        answers: dict[str, Command] = {
            "paid": c.FinishPayout(ORDER_ID, refund_id, "key", now),
            "silent": c.PostponePayout(ORDER_ID, refund_id, now),
            "no": c.FailPayout(ORDER_ID, refund_id, "bank_4", now),
        }
        self.asks(answers[how], twice)

    @rule(amount=sums, payment=st.integers(1, 3), reference=st.integers(1, 3), twice=st.booleans())
    def somebody_looks_into_the_cabinet(
        self, amount: Money, payment: int, reference: int, twice: bool
    ) -> None:
        seen = c.RecordReturn(ORDER_ID, f"p-{payment}", amount, f"cab-{reference}", ANNA, self.clock.now())
        self.asks(seen, twice)

    @rule(amount=sums, actor=people)
    def somebody_is_generous(self, amount: Money, actor: Any) -> None:
        self.asks(c.GrantGoodwill(ORDER_ID, amount, actor, self.clock.now()), twice=False)

    @rule(refund_id=refund_ids, actor=people, twice=st.booleans())
    def somebody_is_refused_goodwill(self, refund_id: str, actor: Any, twice: bool) -> None:
        self.asks(c.RefuseGoodwill(ORDER_ID, refund_id, actor, self.clock.now()), twice)

    @rule(offered=st.sampled_from([WEDNESDAY, EVENING, POINT]), twice=st.booleans())
    def a_delivery_of_another_price_is_agreed(self, offered: Any, twice: bool) -> None:
        for step in (reach(self.clock.now()), supply(Supply.ALLOCATED, at=self.clock.now())):
            self.asks(step, twice=False)
        self.asks(agree(offered, self.clock.now()), twice)

    @rule(lamps=st.integers(0, 3), shades=st.integers(0, 2), bonuses=sums, twice=st.booleans())
    def the_goods_change(self, lamps: int, shades: int, bonuses: Money, twice: bool) -> None:
        now, wanted = self.clock.now(), ((LAMPS.line_no, lamps), (SHADE.line_no, shades))
        self.asks(ChangeLines(ORDER_ID, wanted, (), ANNA, now, CLOCKS), twice)
        self.asks(SetBonuses(ORDER_ID, bonuses, ANNA, now, CLOCKS), twice)

    @rule(
        really=st.integers(0, 6),
        reason=st.sampled_from(CancelReason),
        actor=st.sampled_from([ANNA, SITE, NINA]),
    )
    def somebody_cancels(self, really: int, reason: CancelReason, actor: Any) -> None:
        if really == 0:  # seldom, so that lives are long
            self.asks(CancelOrder(ORDER_ID, reason, True, actor, self.clock.now()), twice=True)

    @invariant()
    def the_money_adds_up(self) -> None:
        now = balance(self.order)
        nothing = now.owed * 0

        assert now.paid - now.refunded == now.owed - now.due + now.refund_due
        assert now.refund_due >= max(now.net - now.owed, nothing)

    @invariant()
    def we_never_pay_back_more_than_came(self) -> None:
        """The bank's cabinet can: then it is noted as it is, and the customer owes it."""
        ours = [each for each in self.order.money.refunds if each.reason is not RefundReason.AT_BANK]
        paid = sum(each.amount.minor for each in ours if each.stage is RefundStage.PAID)

        assert 0 <= paid <= balance(self.order).paid.minor

    @invariant()
    def the_same_reference_counts_once(self) -> None:
        references = Counter(each.reference for each in self.order.money.payments)

        assert set(references.values()) <= {1}

    @invariant()
    def above_the_limit_two_people_had_a_hand_in_it(self) -> None:
        for refund in self.order.money.refunds:
            if refund.stage is RefundStage.PAID and refund.needs_approval:
                assert refund.approved_by
                assert refund.payout
                assert refund.approved_by not in (refund.asked_by, refund.payout.by)

    @invariant()
    def through_a_payment_goes_no_more_than_came(self) -> None:
        money = self.order.money
        for payment in money.payments:
            assert money.gone_through(payment.payment_id) <= payment.amount.minor

    @invariant()
    def what_is_owed_back_has_a_person_and_a_deadline(self) -> None:
        order = self.order
        if balance(order).refund_due.minor:
            assert order.responsible_id
            assert "refund" in {each.name for each in due(order)}

    @invariant()
    def every_refund_that_was_owed_was_told(self) -> None:
        assert self.told.count("order.refund_due") == len(self.order.money.refunds)
        paid = [each for each in self.order.money.refunds if each.stage is RefundStage.PAID]
        assert self.told.count("order.refunded") == len(paid)
        assert self.told.count("order.paid") == len(self.order.money.payments)

    @invariant()
    def a_prepaid_order_is_shipped_only_when_nothing_is_due(self) -> None:
        order = self.order
        if may_be_shipped(order):
            assert not isinstance(order, Cancelled)
            assert order.money.terms is Terms.ON_DELIVERY or balance(order).due.minor == 0


def done(step: Any) -> Any:
    """The result of something asynchronous that never waits, as nothing in memory does."""
    try:
        step.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("it waits")


Purse.TestCase.settings = settings(max_examples=80, stateful_step_count=40, deadline=None)
TestPurse = Purse.TestCase
