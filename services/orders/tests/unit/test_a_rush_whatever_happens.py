"""Owners, people and time do anything in any order: never two rushes, one lane a person, no frozen policy changes
without a recorded unlock (R18, R112, R116).

Everything goes through the real handler and store.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from chassis.clock import StoppedClock
from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from chassis.records import Record
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from kernel.actor import Actor, service
from kernel.money import Money
from kernel.refusal import Refusal
from orders.adapters.rush_documents import RUSHES
from orders.application.rushing import RUSH
from orders.domain.rush import Policies, RushBook, Stand
from orders.domain.rush_commands import Plan, RushCommand
from orders.domain.rush_freezing import differing
from orders.domain.rush_words import Lane, Part, PolicyName
from orders.testing.lamps import MONDAY
from orders.testing.people import ANNA, BORIS, OLGA
from orders.testing.rushes import (
    AFTERNOON,
    SHOP_ID,
    approve,
    begin_shift,
    change_plan,
    end,
    end_shift,
    extend,
    passed,
    rank,
    set_policies,
    start,
    unlock,
)

PEOPLE = ("anna", "boris", "oleg", "stepan", "ivan", "fedor", "kira", "petr", "olga", "nobody")
actors = st.sampled_from([OLGA, OLGA, OLGA, ANNA, BORIS])
stands = st.lists(st.builds(Stand, st.sampled_from(PEOPLE), st.sampled_from(Lane)), max_size=4)
parts = st.one_of(st.just(tuple(Part)), st.lists(st.sampled_from(Part), unique=True).map(tuple))
policies = st.builds(
    Policies, st.sampled_from([Money(0), Money(50000)]), st.sampled_from([50, 30]), st.sampled_from([None, "t-2"])
)  # fmt: skip


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Mostly sound: somebody who may is on the phone."""
    phone = (Stand("oleg", Lane.PHONE_ORDERS),) if draw(st.integers(0, 3)) else ()
    return Plan((*phone, *draw(stands)), draw(st.sampled_from([None, AFTERNOON])))


class Season(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.clock = StoppedClock(MONDAY)
        self.store: MemoryStore[RushBook] = MemoryStore(RUSHES)
        self.handle = Handler("orders", RUSH, self.store, self.hear)
        self.told: list[str] = []
        self.number = 0
        self.frozen_changes = 0
        self.unlocks = 0

    def hear(self, key: str, owed: list[Record] | Any, *, before: Any) -> None:
        self.told.extend(record.topic for record in owed)

    @property
    def now(self) -> datetime:
        return self.clock.now()

    @property
    def book(self) -> RushBook:
        return done(self.store.load(SHOP_ID)).state or RushBook(SHOP_ID)

    def asks(self, command: RushCommand) -> None:
        self.number += 1
        occasion = Occasion(f"c-{self.number}", self.now, service("test"), remembered=True)
        before = self.book
        try:
            done(self.handle(command, occasion))
        except Refusal:
            assert self.book == before, "a refusal changes nothing"
            return
        self.watch(before, self.book)
        after, many = self.book, len(self.told)
        done(self.handle(command, occasion))
        assert (self.book, len(self.told)) == (after, many), "the same occasion once more changes nothing"

    def watch(self, before: RushBook, after: RushBook) -> None:
        """What changed of the locked policies, and what was unlocked, while one rush lasted."""
        if before.rush is None or after.rush is None:
            self.frozen_changes = self.unlocks = 0
            return
        locked = set(before.rush.frozen) if before.rush.has(Part.FREEZE) else set[PolicyName]()
        self.frozen_changes += len(locked & set(differing(before.policies, after.policies)))
        self.unlocks += len(after.rush.unlocks) - len(before.rush.unlocks)

    @rule(hours=st.integers(1, 24 * 20))
    def time_goes_by(self, hours: int) -> None:
        self.clock.forward(timedelta(hours=hours))

    @rule(actor=actors, plan=plans(), parts=parts, days=st.integers(-1, 20), name=st.integers(0, 50))
    def somebody_starts(self, actor: Actor, plan: Plan, parts: Any, days: int, name: int) -> None:
        ends_by = self.now + timedelta(days=days)
        self.asks(start(self.now, actor=actor, plan=plan, parts=parts, ends_by=ends_by, rush_id=f"r-{name}"))

    @rule(actor=actors, plan=plans())
    def somebody_redraws(self, actor: Actor, plan: Plan) -> None:
        self.asks(change_plan(plan, self.now, actor))

    @rule(actor=actors, days=st.integers(-1, 20))
    def somebody_extends(self, actor: Actor, days: int) -> None:
        self.asks(extend(self.now + timedelta(days=days), self.now, actor))

    @rule(actor=actors, really=st.integers(0, 3))
    def somebody_ends_it(self, actor: Actor, really: int) -> None:
        if not really:  # seldom, so that rushes are long
            self.asks(end(self.now, actor))

    @rule(actor=actors, staff_id=st.sampled_from(PEOPLE), comes=st.booleans())
    def somebody_comes_or_goes(self, actor: Actor, staff_id: str, comes: bool) -> None:
        self.asks((begin_shift if comes else end_shift)(staff_id, self.now, actor))

    @rule(actor=actors, now=policies)
    def somebody_sets_policies(self, actor: Actor, now: Policies) -> None:
        self.asks(set_policies(now, self.now, actor))

    @rule(actor=actors, policy=st.sampled_from(PolicyName))
    def somebody_unlocks(self, actor: Actor, policy: PolicyName) -> None:
        self.asks(unlock(policy, self.now, actor))

    @rule(actor=actors)
    def somebody_ranks_or_approves(self, actor: Actor) -> None:
        self.asks(rank("lamps", at=self.now, actor=actor))
        for past in self.book.past:
            self.asks(replace(approve(at=self.now, actor=actor), rush_id=past.rush.rush_id))

    @rule()
    def what_is_due_is_handed_over(self) -> None:
        for _, deadline in done(self.store.due(self.now, 10)):
            rush = self.book.rush
            command = passed(deadline.name, self.now)
            done(self.handle.fire(deadline, command, Occasion(f"d-{deadline}", self.now, service("test"))))
            assert (self.book.rush is None) == (rush is None), "a rush never ends by itself"
        assert done(self.store.due(self.now, 10)) == []

    @invariant()
    def never_two_rushes(self) -> None:
        started = {past.rush.rush_id for past in self.book.past}
        assert self.book.rush is None or self.book.rush.rush_id not in started
        assert self.told.count("rush.ended") == len(self.book.past)

    @invariant()
    def one_lane_a_person_and_one_shift_at_a_time(self) -> None:
        rush = self.book.rush
        if rush and rush.has(Part.LANES):
            names = [stand.staff_id for stand in rush.stands]
            assert len(names) == len(set(names))
            assert 1 <= sum(stand.lane is Lane.PHONE_ORDERS for stand in rush.stands) <= 2
        if rush:
            open_ones = [shift.staff_id for shift in rush.shifts if shift.ended_at is None]
            assert len(open_ones) == len(set(open_ones))

    @invariant()
    def no_frozen_policy_changes_without_an_unlock(self) -> None:
        assert self.frozen_changes <= self.unlocks

    @invariant()
    def what_waits_has_a_deadline(self) -> None:
        held = done(self.store.load(SHOP_ID))
        waiting = sum(past.waits_for_approval for past in self.book.past) + (self.book.rush is not None)
        assert len(held.due) == waiting


def done(step: Any) -> Any:
    """The result of something asynchronous that never waits, as nothing in memory does."""
    try:
        step.send(None)
    except StopIteration as end_:
        return end_.value
    raise AssertionError("it waits")


Season.TestCase.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)
TestSeason = Season.TestCase
