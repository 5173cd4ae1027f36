"""Whatever is done with a case, in whatever order: open, it has an owner and a deadline; closed, its money adds up and a
large loss was agreed to by two (R44, R80).
"""

from datetime import timedelta

from chassis.testing.plugin import MONDAY_MORNING
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from kernel.actor import Actor, Grade, Role
from kernel.money import Money
from kernel.refusal import Refusal, Refused
from procurement.application.announcing_partners import of_case
from procurement.domain.case_changes import CaseClosed, Change
from procurement.domain.case_clock import deadlines
from procurement.domain.case_commands import (
    AddEntry,
    CaseDeadlinePassed,
    CloseCase,
    Command,
    DecideClosing,
    EscalateCase,
    HandOver,
    OpenCase,
    ProposeSettlement,
    ReopenCase,
    TakeFromWhoLeft,
)
from procurement.domain.case_decider import decide
from procurement.domain.case_evolving import evolve
from procurement.domain.supplier_case import (
    Clock,
    Ending,
    Entry,
    Ladder,
    Level,
    Linked,
    Said,
    Stage,
    SupplierCase,
    Trouble,
)

MOST_LOST = Money(5_000_00)
ANNA = Actor("anna", frozenset({Role.BUYER}), Grade.SENIOR)
PETYA = Actor("petya", frozenset({Role.BUYER}))
SONYA = Actor("sonya", frozenset({Role.SALES_MANAGER}))
VERA = Actor("vera", frozenset({Role.SERVICE_OWNER}))
OWNER = Actor("owner", frozenset({Role.OWNER}))
LADDER = Ladder("vera", "owner", most_told=2)
people = st.sampled_from([ANNA, ANNA, OWNER, VERA, PETYA, SONYA])
sums = st.sampled_from([Money(0), Money(1), Money(15_000_00), Money(20_000_00)])
approvers = st.sampled_from([OWNER, OWNER, VERA, ANNA])
endings = st.sampled_from(Ending)


class Cases(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.now = MONDAY_MORNING
        self.case: SupplierCase | None = None
        self.told: list[str] = []
        self.agreed: set[str] = set()

    def clock(self) -> Clock:
        return Clock(self.now + timedelta(days=3), self.now + timedelta(days=5))

    def do(self, command: Command) -> None:
        self.now += timedelta(minutes=1)
        try:
            decision = decide(command, self.case)
        except Refusal:
            return
        changes: tuple[Change, ...] = decision.changes if isinstance(decision, Refused) else tuple(decision)
        for change in changes:
            self.case = evolve(self.case, change)
            self.told += [type(fact).__name__ for fact in of_case(change, self.case)]
            if isinstance(change, CaseClosed):
                self.agreed = {change.by, change.settlement.by}
        if not isinstance(decision, Refused) and not isinstance(command, AddEntry | HandOver):
            self.asking_twice_changes_nothing(command)

    def asking_twice_changes_nothing(self, command: Command) -> None:
        try:
            again = decide(command, self.case)
        except Refusal:
            return
        assert not again

    @initialize(stake=st.sampled_from([Money(20_000_00), Money(4_000_00)]))
    def something_goes_wrong(self, stake: Money) -> None:
        self.do(
            OpenCase("c", "brass", Trouble.DEFECT, stake, Linked(), "anna", "anna", self.clock(), self.now)
        )

    @rule(who=people, kind=st.sampled_from(Said))
    def somebody_writes(self, who: Actor, kind: Said) -> None:
        self.do(AddEntry("c", Entry(self.now, who.id, kind, "words"), who))

    @rule(who=people, to=st.sampled_from(["anna", "boris", "petya"]))
    def it_is_handed_over(self, who: Actor, to: str) -> None:
        self.do(HandOver("c", to, to != "petya", self.clock(), who, self.now))

    @rule(gone=st.sampled_from(["anna", "boris"]))
    def somebody_leaves(self, gone: str) -> None:
        self.do(TakeFromWhoLeft("c", gone, "owner", self.clock(), self.now))

    @rule(who=people, ending=endings, recovered=sums)
    def an_end_is_proposed(self, who: Actor, ending: Ending, recovered: Money) -> None:
        self.do(ProposeSettlement("c", ending, recovered, who, self.now))

    @rule(
        who=st.sampled_from([ANNA, OWNER, SONYA]), ending=endings, recovered=sums, then=st.none() | approvers
    )
    def it_is_closed(self, who: Actor, ending: Ending, recovered: Money, then: Actor | None) -> None:
        self.do(CloseCase("c", ending, recovered, MOST_LOST, who, self.now))
        if then is not None:
            self.do(DecideClosing("c", agrees=True, clock=self.clock(), actor=then, at=self.now))

    @rule(who=approvers, agrees=st.sampled_from([True, True, False]))
    def a_second_person_decides(self, who: Actor, agrees: bool) -> None:
        self.do(DecideClosing("c", agrees, self.clock(), who, self.now))

    @rule(who=people)
    def it_is_opened_again(self, who: Actor) -> None:
        self.do(ReopenCase("c", "anna", self.clock(), who, self.now))

    @rule(days=st.integers(1, 9))
    def time_passes(self, days: int) -> None:
        self.now += timedelta(days=days)
        assert self.case is not None
        for due in deadlines(self.case):
            if due.at <= self.now:
                self.do(CaseDeadlinePassed("c", due.name, LADDER, self.clock(), self.now))

    @rule(who=people, to=st.sampled_from([Level.SERVICE_OWNER, Level.SHOP_OWNER]))
    def somebody_wants_more_weight(self, who: Actor, to: Level) -> None:
        self.do(EscalateCase("c", to, LADDER, self.clock(), who, self.now))

    @invariant()
    def an_open_case_has_an_owner_and_a_deadline_to_come(self) -> None:
        if self.case is None:
            return
        due = deadlines(self.case)
        has = {
            Level.OWNER: {"anna", "boris", "owner"},
            Level.SERVICE_OWNER: {"vera"},
            Level.SHOP_OWNER: {"owner"},
        }
        assert self.case.owner_id in has[self.case.level]
        assert self.case.told_top <= LADDER.most_told
        assert bool(due) is (self.case.stage is not Stage.CLOSED)
        assert all(each.at > self.now for each in due)

    @invariant()
    def a_large_loss_has_two_names(self) -> None:
        if self.case is None or self.case.stage is not Stage.CLOSED:
            return
        assert self.case.settlement is not None
        assert self.case.recovered == self.case.settlement.recovered
        lost = self.case.at_stake - self.case.recovered
        assert lost <= MOST_LOST or len(self.agreed) == 2
        assert self.agreed <= {"anna", "owner", "vera"}

    @invariant()
    def opened_and_closed_are_told_in_turn(self) -> None:
        heard = [name for name in self.told if name not in {"DutyRefusedV1", "SupplierCaseEscalatedV1"}]
        turns = ["SupplierCaseOpenedV1", "SupplierCaseClosedV1"] * len(heard)
        assert heard == turns[: len(heard)]


TestCases = Cases.TestCase
TestCases.settings = settings(max_examples=120, stateful_step_count=30, deadline=None)
