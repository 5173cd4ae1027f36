"""Whatever is done with an incident, in whatever order: open, it has an owner and a deadline to come; levels only rise; it
is never closed without cause, measure and source; the money adds up, no penalty is let go in silence, and a large loss was
agreed to by two (R50-R57, R70, R80).
"""

from dataclasses import replace
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from kernel.actor import Actor
from kernel.calendar import WorkingCalendar
from kernel.money import Money
from kernel.refusal import Refusal, Refused
from kernel.window import Window
from logistics.application.announcing_incidents import of_incident
from logistics.domain import incident_commands as asks
from logistics.domain.incident import Incident, Mark, Payer, Stage, Sums
from logistics.domain.incident_changes import CarrierAsked, Change, IncidentClosed
from logistics.domain.incident_decider import decide
from logistics.domain.incident_emergency import AskEmergency, DecideEmergency
from logistics.domain.incident_escalating import chasing, deadlines
from logistics.domain.incident_evolving import evolve
from logistics.domain.incident_stake import claimable
from logistics.domain.incident_trouble import DAMAGE, DELAY, Source, Trouble
from logistics.domain.ladder import Rung
from logistics.domain.penalty import Owed
from logistics.domain.playbook_catalogue import CATALOGUE
from logistics.testing.agreements import MONDAY
from logistics.testing.people import ANNA, KOSTYA, LENA, OLGA, STEPAN, VERA

MOST = Money(5_000_00)
PACE = asks.Pace(WorkingCalendar.usual())
HEIRS = asks.Heirs("kostya", "olga")
RUNGS = (Rung("dispatcher", 60), Rung("director", 240))

people = st.sampled_from([LENA, LENA, KOSTYA, OLGA, VERA, STEPAN, ANNA])
minors = st.sampled_from([0, 1_00, 4_000_00, 20_000_00])
debts = st.sampled_from([None, Owed(Money(4_000_00), 1, 1), Owed(Money(20_000_00), 1, None)])


class Incidents(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = MONDAY
        self.it: Incident | None = None
        self.level = 0
        self.told: list[str] = []
        self.agreed: set[str] = set()

    @property
    def incident(self) -> Incident:
        assert self.it is not None
        return self.it

    def do(self, command: asks.Command) -> None:
        try:
            decision = decide(command, self.it)
        except Refusal:
            return
        changes: tuple[Change, ...] = decision.changes if isinstance(decision, Refused) else tuple(decision)
        for change in changes:
            if isinstance(change, CarrierAsked):
                assert chasing(self.incident, PACE, self.now) is None
            self.it = evolve(self.it, change)
            self.told += [type(fact).__name__ for fact in of_incident(change, self.it)]
            if isinstance(change, IncidentClosed):
                self.agreed = {change.by, change.settlement.by}
        if not isinstance(decision, Refused) and not isinstance(command, asks.Escalate):
            self.asking_twice_changes_nothing(command)

    def asking_twice_changes_nothing(self, command: asks.Command) -> None:
        try:
            again = decide(command, self.it)
        except Refusal:
            return
        assert not again

    @initialize(
        kind=st.sampled_from([DELAY, DAMAGE]), carrier=st.sampled_from(["cdek", None]), by_terms=debts
    )
    def something_goes_wrong(self, kind: str, carrier: str | None, by_terms: Owed | None) -> None:
        window = Window(MONDAY, MONDAY + timedelta(hours=6), "Europe/Moscow")
        trouble = Trouble(kind, Source.COURIER_SERVICE, MONDAY, "main", carrier, "o-1", "s-1", 1, window)
        book = CATALOGUE[kind]
        opening = asks.OpenIncident("i", trouble, kind, book, RUNGS, "lena", PACE, LENA, self.now)
        self.opening = replace(opening, owed=by_terms if carrier else None)
        self.do(self.opening)

    @rule(later=st.booleans())
    def the_same_trouble_is_told_again(self, later: bool) -> None:
        """Late, twice, in other words: it is open already, or was settled, and nothing is changed by it."""
        before = self.it
        self.do(replace(self.opening, at=self.now, owner_id="kostya", note="again" if later else None))
        assert self.it == before

    @rule(at_stake=minors, by_terms=debts)
    def more_is_known_of_the_money(self, at_stake: int, by_terms: Owed | None) -> None:
        self.do(asks.LearnStake("i", Money(at_stake), by_terms))

    @rule(who=people, source=st.sampled_from(Source))
    def its_source_is_thought_again(self, who: Actor, source: Source) -> None:
        self.do(asks.ChangeSource("i", source, "thought_again", who, self.now))

    @rule(
        who=people, mark=st.sampled_from(Mark), reason=st.sampled_from(["no_need", None]), n=st.integers(0, 9)
    )
    def a_step_is_marked(self, who: Actor, mark: Mark, reason: str | None, n: int) -> None:
        steps = self.incident.steps
        self.do(asks.MarkStep("i", steps[n % len(steps)].code, mark, reason, who, self.now))

    @rule(who=people, text=st.sampled_from(["Where is it?", "And now?"]))
    def the_carrier_is_asked(self, who: Actor, text: str) -> None:
        self.do(asks.AskCarrier("i", text, PACE, who, self.now))

    @rule(who=people)
    def the_carrier_answers(self, who: Actor) -> None:
        self.do(asks.NoteAnswer("i", "In the wrong van.", who, self.now))

    @rule(who=people)
    def it_is_escalated(self, who: Actor) -> None:
        self.do(asks.Escalate("i", "not_settled", HEIRS, PACE, who, self.now))

    @rule(who=people, to=st.sampled_from(["lena", "kostya", "stepan"]))
    def it_is_handed_over(self, who: Actor, to: str) -> None:
        self.do(asks.HandOver("i", to, to != "stepan", who, self.now))

    @rule(gone=st.sampled_from(["lena", "kostya"]))
    def somebody_leaves(self, gone: str) -> None:
        self.do(asks.TakeFromWhoLeft("i", gone, "olga", self.now))

    @rule(who=people, payer=st.sampled_from(Payer), lost=minors, recovered=minors, penalty=minors)
    def money_is_written_down(
        self, who: Actor, payer: Payer, lost: int, recovered: int, penalty: int
    ) -> None:
        sums = Sums(Money(lost), payer, Money(lost), Money(recovered), Money(penalty))
        self.do(asks.SetMoney("i", sums, who, self.now))

    @rule(who=people, source=st.sampled_from(Source), deviation=st.sampled_from(["settled_sooner", None]))
    def somebody_closes_it(self, who: Actor, source: Source, deviation: str | None) -> None:
        self.close(who, source, deviation)

    @rule(who=st.sampled_from([LENA, OLGA]))
    def it_is_closed_properly(self, who: Actor) -> None:
        self.close(who, self.incident.source, "settled_sooner")

    @rule(who=st.sampled_from([LENA, OLGA]))
    def it_is_closed_and_a_penalty_let_go(self, who: Actor) -> None:
        self.close(who, self.incident.source, "settled_sooner", "he_came_at_night")

    def close(self, who: Actor, source: Source, deviation: str | None, let_go: str | None = None) -> None:
        closing = asks.CloseIncident(
            "i", "overloaded", "earlier_pickup", True, source, deviation, MOST, who, self.now
        )
        self.do(replace(closing, let_go=let_go))

    @rule(who=st.sampled_from([OLGA, OLGA, VERA, LENA]), agrees=st.sampled_from([True, True, False]))
    def a_second_person_decides(self, who: Actor, agrees: bool) -> None:
        self.do(asks.DecideClosing("i", agrees, PACE, who, self.now))

    @rule(who=people, cost=minors)
    def somebody_would_drive_at_once(self, who: Actor, cost: int) -> None:
        self.do(AskEmergency("i", "olga", Money(cost), who, self.now))

    @rule(who=st.sampled_from([OLGA, VERA, LENA]), agrees=st.booleans())
    def a_second_person_lets_him(self, who: Actor, agrees: bool) -> None:
        before, run = self.incident.sums.lost, self.incident.emergency
        self.do(DecideEmergency("i", agrees, run.cost if run else Money(1), who, self.now))
        run = self.incident.emergency
        if run is not None and self.incident.sums.lost != before:
            assert self.incident.sums.lost == before + run.cost
            assert run.decided_by not in {None, run.by}

    @rule(who=people)
    def it_is_opened_again(self, who: Actor) -> None:
        self.do(asks.ReopenIncident("i", "lena", "not_settled", PACE, who, self.now))

    @rule(hours=st.integers(1, 90))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)
        for due in deadlines(self.incident):
            if due.at <= self.now:
                self.do(asks.IncidentDeadlinePassed("i", due.name, HEIRS, PACE, self.now))

    @invariant()
    def an_open_one_has_an_owner_and_a_deadline_to_come(self) -> None:
        if self.it is None:
            return
        due = deadlines(self.it)
        assert self.it.owner_id in {"lena", "kostya", "olga"}
        assert bool(due) is self.it.is_open
        assert all(each.at > self.now for each in due)

    @invariant()
    def levels_only_rise_and_end_with_the_ladder(self) -> None:
        if self.it is not None:
            assert self.level <= self.it.level <= len(RUNGS)
            self.level = self.it.level

    @invariant()
    def a_closed_one_has_cause_measure_source_and_a_checklist_gone_through(self) -> None:
        if self.it is None or self.it.is_open:
            return
        ended = self.it.settlement
        assert ended is not None
        assert ended.cause
        assert ended.measure
        assert self.it.source_confirmed
        assert all(each.reason for each in self.it.steps if each.mark is Mark.SKIPPED)
        assert all(each.mark is not Mark.AHEAD for each in self.it.steps)

    @invariant()
    def the_money_adds_up_and_a_large_loss_has_two_names(self) -> None:
        if self.it is None:
            return
        sums = self.it.sums
        assert Money(0) <= sums.recovered <= sums.lost
        assert Money(0) <= sums.penalty <= claimable(self.it)
        assert sums.payer is not Payer.US or sums.recovered == Money(0)
        if self.it.stage is Stage.CLOSED:
            gone = claimable(self.it) - sums.penalty
            assert sums.borne + gone <= MOST or len(self.agreed) == 2
            assert not gone.minor or (self.it.settlement and self.it.settlement.let_go)
            assert self.agreed <= {"lena", "kostya", "olga", "vera"}

    @invariant()
    def opened_and_closed_are_told_in_turn(self) -> None:
        heard = [name for name in self.told if name in ("IncidentOpenedV1", "IncidentClosedV1")]
        assert heard == (["IncidentOpenedV1", "IncidentClosedV1"] * len(heard))[: len(heard)]


TestIncidents = Incidents.TestCase
TestIncidents.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
