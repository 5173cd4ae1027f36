"""Whatever happens: a delivered order has one call, which ends answered, or not called with a reason; while it is open it has
an owner and a deadline.
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from kernel.deadline import Deadline
from kernel.refusal import Refusal, Refused
from quality.domain import changes as c
from quality.domain import commands as o
from quality.domain.answers import Answers
from quality.domain.call import Answered, Call, Channel, NotCalled, Open, Result
from quality.domain.changes import Change
from quality.domain.deadlines import deadlines
from quality.domain.deciding import Deciding
from quality.domain.evolving import evolve
from quality.domain.hours import may_call
from quality.domain.policies import USUAL
from quality.testing.asked import FINE, answered, by_link, due, opening, passed, tried
from quality.testing.news import ANNA, KIRA, KSENIA, MONDAY, MOSCOW

DECIDE = Deciding(replace(USUAL, check_share=100))
PEOPLE = st.sampled_from([KIRA, KSENIA, ANNA])


class ACall(RuleBasedStateMachine):
    """Commands in any order, from facts, people and clocks."""

    @initialize(channel=st.sampled_from(list(Channel)))
    def is_due(self, channel: Channel) -> None:
        self.at, self.channel = MONDAY, channel
        self.call: Call | None = None
        self.fired: set[Deadline] = set()
        self.changes: list[Change] = []
        self.ask(due(channel))

    def ask(self, command: o.Command) -> None:
        try:
            decision = DECIDE(command, self.call)
        except Refusal:
            return
        for change in decision.changes if isinstance(decision, Refused) else decision:
            self.call = evolve(self.call, change)
            self.changes.append(change)

    @rule(hours=st.integers(1, 30))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        for deadline in sorted(self.open_deadlines(), key=lambda each: each.at):
            if deadline.at <= self.at:
                self.fired.add(deadline)
                self.ask(passed(deadline.name, self.at))

    def open_deadlines(self) -> set[Deadline]:
        assert self.call
        return set(deadlines(self.call)) - self.fired

    @rule()
    def it_is_told_again(self) -> None:
        self.ask(due(self.channel))

    @rule(who=PEOPLE)
    def somebody_opens_it(self, who: object) -> None:
        self.ask(replace(opening(at=self.at), actor=who))

    @rule(who=PEOPLE, result=st.sampled_from(list(Result)))
    def nobody_answers(self, who: object, result: Result) -> None:
        self.ask(replace(tried(result, at=self.at), actor=who))

    @rule(who=PEOPLE, nps=st.none() | st.integers(0, 10), content=st.booleans())
    def she_answers(self, who: object, nps: int | None, *, content: bool) -> None:
        said: Answers = replace(FINE, nps=nps, content=content)
        self.ask(replace(answered(said, at=self.at), actor=who))

    @rule(content=st.booleans())
    def she_writes(self, *, content: bool) -> None:
        if self.channel is not Channel.CALL:
            self.ask(by_link(replace(FINE, content=content), self.at))

    @rule(
        command=st.sampled_from(
            [
                o.MarkCounted("q-1"),
                o.MarkJournalled("q-1", 99),
                o.Assign("q-1", "ksenia"),
                o.ForgetCustomer("q-1", MONDAY),
            ]
        )
    )
    def it_is_followed_up(self, command: o.Command) -> None:
        self.ask(command)

    @invariant()
    def an_open_call_has_an_owner_a_deadline_and_an_end(self) -> None:
        if isinstance(self.call, Open):
            assert self.call.assignee
            assert self.open_deadlines()
            assert self.at < self.call.asking.ends_at

    @invariant()
    def it_is_planned_in_calling_hours(self) -> None:
        if isinstance(self.call, Open):
            assert may_call(self.call.next_at, MOSCOW, USUAL.hours)

    @invariant()
    def it_is_due_once_and_answered_once(self) -> None:
        assert sum(isinstance(each, c.CallDue) for each in self.changes) == 1
        assert sum(isinstance(each, c.CustomerAnswered) for each in self.changes) <= 1

    @invariant()
    def what_ended_unasked_says_why_and_what_was_answered_stays(self) -> None:
        if isinstance(self.call, NotCalled):
            assert self.call.reason
        if any(isinstance(each, c.CustomerAnswered) for each in self.changes):
            assert isinstance(self.call, Answered)

    @invariant()
    def nobody_who_sells_ever_had_a_hand_in_it(self) -> None:
        assert self.call
        assert all(each.by != ANNA.id for each in self.call.tries)


TestACall = ACall.TestCase
TestACall.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)
