"""People, crm, procurement and time do anything in any order: an open order always has a person and a deadline.

Everything goes through the real handler and store, so that told twice, told late and fired twice mean what they mean in
production.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chassis.clock import StoppedClock
from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from chassis.records import Record
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from kernel.actor import Actor, service
from kernel.deadline import Deadline
from kernel.refusal import Refusal
from orders.adapters.documents import ORDERS
from orders.application.ordering import ORDER
from orders.domain import commands as c
from orders.domain.commands import Command
from orders.domain.deadlines import deadlines, due
from orders.domain.order import Cancelled, Open, Order
from orders.domain.team import Team
from orders.domain.words import AttemptOutcome, CancelReason, Channel, Preference, Supply
from orders.testing.lamps import CLOCKS, MONDAY, ORDER_ID, place
from orders.testing.people import AGENT, ANNA, KIRA, OLEG, OLGA, SITE, member, team

AFTER_THE_END = {"duty.refused"}
SELLERS = ("anna", "boris", "vera")
people = st.builds(
    team,
    *(st.builds(member, st.just(name), active=st.booleans(), deputy=st.sampled_from([None, *SELLERS])) for name in SELLERS),
)  # fmt: skip
actors = st.sampled_from([ANNA, OLEG, KIRA, SITE, AGENT, OLGA])
News = tuple[str, int, Supply, tuple[str, ...]]


class Life(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = StoppedClock(MONDAY)
        self.team: Team = team()
        self.told: list[str] = []
        self.after_the_end: list[str] = []
        self.store: MemoryStore[Order] = MemoryStore(ORDERS)
        self.handle = Handler("orders", ORDER, self.store, self.hear)
        self.number = 0
        self.newest = 0
        self.news: list[News] = []

    def hear(self, key: str, owed: list[Record] | Any, *, before: Any) -> None:
        self.told.extend(record.topic for record in owed)

    @property
    def order(self) -> Order:
        found = done(self.store.load(ORDER_ID)).state
        assert found is not None
        return found

    def occasion(self, **more: Any) -> Occasion:
        self.number += 1
        return replace(Occasion(f"c-{self.number}", self.clock.now(), service("test")), **more)

    def asks(self, command: Command, occasion: Occasion | None = None) -> None:
        ended = isinstance(self.order, Cancelled)
        many = len(self.told)
        occasion = occasion or self.occasion(remembered=True)
        try:
            done(self.handle(command, occasion))
        except Refusal:
            pass
        else:
            self.again(command, occasion)
        if ended:
            self.after_the_end += self.told[many:]

    def again(self, command: Command, occasion: Occasion) -> None:
        """The same occasion once more changes nothing."""
        order, many = self.order, len(self.told)
        done(self.handle(command, occasion))
        assert (self.order, len(self.told)) == (order, many)

    @initialize(preference=st.sampled_from(Preference), people=people)
    def ordered(self, preference: Preference, people: Team) -> None:
        self.team = people
        command = place(team=people, preference=preference)
        done(self.handle(command, self.occasion(remembered=True), opening=True))

    @rule(minutes=st.integers(1, 3 * 24 * 60))
    def time_goes_by(self, minutes: int) -> None:
        self.clock.forward(timedelta(minutes=minutes))

    @rule(people=people)
    def people_come_and_go(self, people: Team) -> None:
        self.team = people

    @rule(data=st.data(), twice=st.booleans())
    def what_is_due_is_handed_over(self, data: st.DataObject, twice: bool) -> None:
        waiting = done(self.store.due(self.clock.now(), 10))
        if not waiting:
            return
        _, deadline = data.draw(st.sampled_from(waiting))
        before = self.order
        for _ in range(1 + twice):
            self.fires(deadline)
        assert deadline not in [each for _, each in done(self.store.due(self.clock.now(), 10))]
        assert isinstance(before, Open), "a cancelled order has nothing due"

    def fires(self, deadline: Deadline) -> None:
        command: Command = (
            c.PostponeNaming(ORDER_ID, self.clock.now())
            if deadline.name == "resolve_customer"
            else c.DeadlinePassed(ORDER_ID, deadline.name, self.clock.now(), CLOCKS, self.team)
        )
        done(self.handle.fire(deadline, command, self.occasion()))

    @rule(channel=st.sampled_from(Channel), outcome=st.sampled_from(AttemptOutcome), actor=actors)
    def somebody_tries_to_reach_her(self, channel: Channel, outcome: AttemptOutcome, actor: Actor) -> None:
        self.asks(c.RecordAttempt(ORDER_ID, channel, outcome, None, actor, self.clock.now(), CLOCKS))

    @rule(actor=actors, which=st.sampled_from(["apologise", "offer", "lapse"]))
    def somebody_works_on_it(self, actor: Actor, which: str) -> None:
        now = self.clock.now()
        commands: dict[str, Callable[[], Command]] = {
            "apologise": lambda: c.SendApology(ORDER_ID, Channel.EMAIL, actor, now),
            "offer": lambda: c.OfferSubstitute(ORDER_ID, ("steel-lamp",), None, actor, now),
            "lapse": lambda: c.LapseOrder(ORDER_ID, actor, now, CLOCKS),
        }
        self.asks(commands[which]())

    @rule(actor=actors, reason=st.sampled_from(CancelReason), offered=st.booleans(), really=st.integers(0, 4))
    def somebody_cancels(self, actor: Actor, reason: CancelReason, offered: bool, really: int) -> None:
        if really == 0:  # seldom, so that lives are long
            self.asks(c.CancelOrder(ORDER_ID, reason, offered, actor, self.clock.now()))

    @rule(actor=actors, to_id=st.sampled_from([*SELLERS, "olga", "nobody"]))
    def somebody_gives_it_away(self, actor: Actor, to_id: str) -> None:
        self.asks(c.ReassignOrder(ORDER_ID, to_id, "by_hand", actor, self.clock.now(), self.team))

    @rule(owner=st.sampled_from([None, *SELLERS]), no_calls=st.booleans())
    def crm_names_the_customer(self, owner: str | None, no_calls: bool) -> None:
        self.asks(c.LinkCustomer(ORDER_ID, "c-maria", owner, self.clock.now(), self.team, no_calls))

    @rule(
        supply=st.sampled_from([Supply.ALLOCATED, Supply.SHORT, Supply.RELEASED]),
        missing=st.sets(st.sampled_from(["brass-lamp", "green-shade"]), min_size=1),
    )
    def procurement_decides(self, supply: Supply, missing: set[str]) -> None:
        lacking = tuple(sorted(missing)) if supply is Supply.SHORT else ()
        self.news.append((f"n-{len(self.news)}", len(self.news) + 1, supply, lacking))

    @rule(data=st.data())
    def news_of_supply_arrives_in_any_order(self, data: st.DataObject) -> None:
        if not self.news:
            return
        id_, sequence, supply, missing = data.draw(st.sampled_from(self.news))
        occasion = self.occasion(id=id_, heard=("procurement/supply:order-1", sequence), remembered=True)
        self.asks(c.HearSupply(ORDER_ID, supply, missing, self.clock.now(), CLOCKS), occasion)
        if isinstance(self.order, Open):
            self.newest = max(self.newest, sequence)

    @invariant()
    def an_open_order_has_a_person_and_a_deadline(self) -> None:
        held = done(self.store.load(ORDER_ID))
        if isinstance(held.state, Open):
            assert held.state.responsible_id
            assert due(held.state)
            live = [each for each in deadlines(held.state) if each not in held.fired]
            assert {each.name for each in due(held.state)} <= {each.name for each in live}

    @invariant()
    def the_newest_news_of_supply_is_what_counts(self) -> None:
        order = done(self.store.load(ORDER_ID)).state
        if isinstance(order, Open) and self.newest:
            _, _, supply, missing = self.news[self.newest - 1]
            assert (order.supply, order.missing) == (supply, missing)

    @invariant()
    def nothing_is_told_after_the_end_but_refused_duties(self) -> None:
        assert set(self.after_the_end) <= AFTER_THE_END
        assert self.told.count("order.cancelled") <= 1


def done(step: Any) -> Any:
    """The result of something asynchronous that never waits, as nothing in memory does."""
    try:
        step.send(None)
    except StopIteration as end:
        return end.value
    raise AssertionError("it waits")


Life.TestCase.settings = settings(max_examples=100, stateful_step_count=40, deadline=None)
TestLife = Life.TestCase
