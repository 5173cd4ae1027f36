"""Whatever is done with a sale: closed, it has a reason and an end to come; told in turn, newest holds (R46)."""

from datetime import timedelta

from chassis.testing.plugin import MONDAY_MORNING
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from kernel.actor import Actor, Grade, Role
from kernel.refusal import Refusal, Refused
from procurement.application.announcing_partners import of_sale
from procurement.domain.sale import (
    Change,
    CloseSale,
    Command,
    Reason,
    ReopenSale,
    Sale,
    SaleDeadlinePassed,
)
from procurement.domain.sale_decider import deadlines, decide, evolve

ANNA = Actor("anna", frozenset({Role.BUYER}), Grade.SENIOR)
SONYA = Actor("sonya", frozenset({Role.SALES_MANAGER}))
people = st.sampled_from([ANNA, ANNA, SONYA])


class Sales(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = MONDAY_MORNING
        self.sale: Sale | None = None
        self.told = "ItemSaleReopenedV1"

    def do(self, command: Command) -> None:
        try:
            decision = decide(command, self.sale)
        except Refusal:
            return
        changes: tuple[Change, ...] = decision.changes if isinstance(decision, Refused) else tuple(decision)
        for change in changes:
            self.sale = evolve(self.sale, change)
            facts = [type(fact).__name__ for fact in of_sale(change, self.sale)]
            self.told = next((name for name in facts if name.startswith("Item")), self.told)
        if not isinstance(decision, Refused):
            assert not decide(command, self.sale)

    @rule(who=people, reason=st.sampled_from(Reason), days=st.integers(-1, 400))
    def it_is_closed(self, who: Actor, reason: Reason, days: int) -> None:
        at = self.now + timedelta(days=days)
        self.do(CloseSale("lamp", reason, at.date(), at, who, self.now))

    @rule(who=people)
    def it_is_reopened(self, who: Actor) -> None:
        self.do(ReopenSale("lamp", who, self.now))

    @rule(hours=st.integers(1, 24 * 60))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        for due in deadlines(self.sale) if self.sale else []:
            if due.at <= self.now:
                self.do(SaleDeadlinePassed("lamp", "service:procurement", self.now))

    @invariant()
    def a_stop_has_an_end_to_come(self) -> None:
        if self.sale is None:
            return
        due = deadlines(self.sale)
        assert bool(due) is (self.sale.closure is not None)
        assert all(self.now < each.at <= self.now + timedelta(days=366) for each in due)

    @invariant()
    def what_was_told_last_is_so(self) -> None:
        closed = self.sale is not None and self.sale.closure is not None
        assert closed is (self.told == "ItemSaleClosedV1")

    @invariant()
    def orders_placed_before_are_supplied(self) -> None:
        if self.sale and self.sale.closure:
            assert not self.sale.is_closed_for(self.sale.closure.closed_at - timedelta(seconds=1))
            assert self.sale.is_closed_for(self.now)


TestSales = Sales.TestCase
TestSales.settings = settings(max_examples=80, stateful_step_count=25, deadline=None)
