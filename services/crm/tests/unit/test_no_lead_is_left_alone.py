"""Whatever is done with a lead, an open one is somebody's and waits for a moment that somebody is told of; one that is over
stays over (R98).
"""

from datetime import UTC, datetime, timedelta

from crm.domain import lead as le
from crm.domain.lead import Lead, Open, Source, Won
from crm.domain.lead_decider import deadlines, decide
from crm.domain.lead_evolving import evolve
from crm.domain.lead_ladder import Rung
from crm.domain.lead_stages import usual
from crm.domain.refusals import LeadClosed, StepMakesNoSense, UnknownStage
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from kernel.actor import Actor, Role
from kernel.calendar import WorkingCalendar
from kernel.personal import Personal
from kernel.refusal import Refused

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
CALENDAR, STAGES = WorkingCalendar.usual(), usual("igla")
PEOPLE = {
    "anna": Actor("anna", frozenset({Role.SALES_MANAGER})),
    "boris": Actor("boris", frozenset({Role.ACCOUNT_MANAGER})),
    "kira": Actor("kira", frozenset({Role.QUALITY_CONTROLLER})),
    "vera": Actor("vera", frozenset({Role.OWNER})),
}
whoever = st.sampled_from(sorted(PEOPLE))
a_stage = st.none() | st.sampled_from([*(each.code for each in STAGES.stages), "haggling"])
a_while = st.timedeltas(timedelta(hours=-2), timedelta(days=40))


class ALead(RuleBasedStateMachine):
    @initialize()
    def opened(self) -> None:
        self.at = NOW
        due_at = CALENDAR.after(NOW, STAGES.first.within)
        self.lead = Lead(
            "l-1",
            "igla",
            "c-1",
            Source.CALL,
            NOW,
            "anna",
            Open("new", "contact", due_at),
            wants=Personal("silk"),
        )

    def told(self, command: le.Command) -> None:
        before = self.lead
        try:
            decision = decide(command, before)
        except (LeadClosed, StepMakesNoSense, UnknownStage):
            return
        for change in decision.changes if isinstance(decision, Refused) else decision:
            self.lead = evolve(self.lead, change)
        if isinstance(decision, Refused):
            assert self.lead == before
        else:
            assert decide(command, self.lead) == [] or isinstance(command, le.Step | le.Climb)
        if not isinstance(before.course, Open):
            assert type(self.lead.course) is type(before.course)

    @rule(ahead=st.timedeltas(timedelta(0), timedelta(days=3)))
    def time_passes(self, ahead: timedelta) -> None:
        self.at += ahead

    @rule(who=whoever, stage=a_stage, ahead=st.none() | a_while)
    def step(self, who: str, stage: str | None, ahead: timedelta | None) -> None:
        due_at = self.at + ahead if ahead is not None else None
        self.told(le.Step("l-1", STAGES, CALENDAR, stage, None, due_at, None, PEOPLE[who], self.at))

    @rule(who=whoever)
    def win(self, who: str) -> None:
        self.told(le.Win("l-1", "o-1", PEOPLE[who], self.at))

    @rule(who=whoever)
    def lose(self, who: str) -> None:
        self.told(le.Lose("l-1", "not_reached", PEOPLE[who], self.at))

    @rule(to=whoever)
    def customer_goes_to(self, to: str) -> None:
        self.told(le.Follow("l-1", to))

    @rule(to=whoever, ahead=st.timedeltas(timedelta(minutes=1), timedelta(days=1)))
    def climb(self, to: str, ahead: timedelta) -> None:
        rung = self.lead.course.rung if isinstance(self.lead.course, Open) else Rung.SUPERIOR
        over = None if rung in (Rung.SUPERIOR, Rung.LAST_RESORT) else self.at + ahead
        self.told(le.Climb("l-1", to, over, self.at))

    @rule()
    def settle(self) -> None:
        self.told(le.SettleWin("l-1"))

    @rule()
    def forget(self) -> None:
        self.told(le.Forget("l-1", self.at, "clerk"))
        assert self.lead.wants is None

    @invariant()
    def nobody_is_left_alone(self) -> None:
        waits, course = deadlines(self.lead), self.lead.course
        assert self.lead.owner_id
        if not isinstance(course, Open):
            assert len(waits) == (isinstance(course, Won) and not course.settled)
        elif course.rung is Rung.LAST_RESORT:
            assert (waits, bool(course.turned_to)) == ([], True)
        else:
            assert len(waits) == 1


TestALead = ALead.TestCase
TestALead.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
