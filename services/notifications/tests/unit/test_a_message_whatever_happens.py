"""A message lives through anything, and keeps its promises: it is never forgotten, and a delivered one stays so."""

from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from kernel.refusal import Refusal, Refused
from notifications.domain import changes as c
from notifications.domain import commands as o
from notifications.domain.changes import Change
from notifications.domain.deadlines import deadlines
from notifications.domain.decider import decide
from notifications.domain.evolving import evolve
from notifications.domain.message import Delivered, Message, Sending, Sent, Waiting, key_of
from notifications.domain.words import Report
from notifications.testing.letters import ANNA, MONDAY, STEPAN, begin, later, reported, resend, taken, write


class AMessage(RuleBasedStateMachine):
    """Commands in any order, from clocks, gateways and people."""

    @initialize()
    def is_written(self) -> None:
        self.at = MONDAY
        self.message: Message | None = None
        self.changes: list[Change] = []
        self.ask(write())

    def ask(self, command: o.Command) -> list[Change]:
        try:
            decision = decide(command, self.message)
        except Refusal:
            return []
        changes = list(decision.changes if isinstance(decision, Refused) else decision)
        for change in changes:
            self.message = evolve(self.message, change)
        self.changes += changes
        return changes

    @rule(span=st.integers(1, 500))
    def time_passes(self, span: int) -> None:
        self.at += timedelta(minutes=span)

    @rule()
    def it_is_written_again(self) -> None:
        assert self.ask(write()) == []

    @rule(
        command=st.sampled_from(
            [o.Drop("m-1", "order_cancelled", MONDAY), o.GiveUp("m-1", "expired", MONDAY), later(), begin()]
        )
    )
    def a_deadline_decides(self, command: o.Command) -> None:
        self.ask(command)

    @rule(perhaps=st.booleans())
    def a_try_fails(self, *, perhaps: bool) -> None:
        self.ask(later(at=self.at + timedelta(minutes=1), perhaps=perhaps))

    @rule()
    def it_is_put_off(self) -> None:
        self.ask(o.PutOff("m-1", self.at + timedelta(hours=1)))

    @rule()
    def the_gateway_takes_it(self) -> None:
        assert self.message
        self.ask(begin(self.at))
        self.ask(taken(self.at, key_of(self.message)))

    @rule(report=st.sampled_from(list(Report)), old=st.booleans())
    def the_gateway_reports(self, report: Report, *, old: bool) -> None:
        assert self.message
        self.ask(reported(report, self.at, "m-1" if old else key_of(self.message)))

    @rule(by=st.sampled_from([ANNA, STEPAN]))
    def a_person_sends_it_again(self, by: object) -> None:
        self.ask(resend(ANNA if by is ANNA else STEPAN, self.at))

    @rule()
    def the_customer_is_erased(self) -> None:
        self.ask(o.Forget("m-1", self.at))
        assert self.message
        assert self.message.trail.masked is None
        assert not isinstance(self.message, Waiting | Sending)
        assert self.ask(o.Forget("m-1", self.at)) == []

    @invariant()
    def what_is_on_its_way_has_a_deadline(self) -> None:
        if isinstance(self.message, Waiting | Sending):
            assert len(deadlines(self.message)) == 1
            if isinstance(self.message, Waiting):
                assert deadlines(self.message)[0].at <= self.message.expires_at

    @invariant()
    def a_round_is_told_as_sent_at_most_once(self) -> None:
        sent = sum(isinstance(each, c.MessageSent) for each in self.changes)
        rounds = 1 + sum(isinstance(each, c.MessageResent) for each in self.changes)
        assert sent <= rounds

    @invariant()
    def what_was_delivered_is_delivered_until_somebody_sends_it_again(self) -> None:
        last = [each for each in self.changes if isinstance(each, c.MessageDelivered | c.MessageResent)]
        if last and isinstance(last[-1], c.MessageDelivered):
            assert isinstance(self.message, Delivered)

    @invariant()
    def what_was_taken_names_its_gateway(self) -> None:
        if isinstance(self.message, Sent | Delivered):
            assert self.message.gateway == "smsc"


TestAMessage = AMessage.TestCase
TestAMessage.settings = settings(max_examples=150, stateful_step_count=30, deadline=None)
