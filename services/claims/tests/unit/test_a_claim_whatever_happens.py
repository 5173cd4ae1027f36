"""A claim lives through anything: it always has an owner and a deadline, and never ends without the customer."""

from datetime import timedelta
from typing import Any

from claims.domain import changes as c
from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Claim, Keeper
from claims.domain.deadlines import deadlines
from claims.domain.policies import USUAL
from claims.domain.term import day_in, exposure
from claims.domain.words import (
    Channel,
    Chosen,
    Demand,
    Extension,
    Guests,
    Outcome,
    Paper,
    Stage,
    Step,
    Verdict,
)
from claims.testing.people import ANNA, CLAIMS, KIRA, KOSTYA, LEV, OLGA, TANYA
from claims.testing.troubles import MONDAY, carried_out, demanded, opening
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from kernel.money import Money
from kernel.refusal import Refusal
from kernel.refused_duty import DutyRefused

WORKERS = st.sampled_from([KOSTYA, OLGA, ANNA, KIRA, TANYA, LEV])
SUMS = st.sampled_from([0, 100_000, 648_000, 1_500_000])


class AClaim(RuleBasedStateMachine):
    """Commands in any order, by anybody, with time between them."""

    @initialize()
    def is_opened(self) -> None:
        self.at = MONDAY
        self.claim: Claim | None = None
        self.changes: list[tuple[Any, Change]] = []
        self.tries_before_end = 0
        self.ask(opening())

    def ask(self, command: o.Command) -> None:
        before = self.claim
        try:
            self.claim, changes = carried_out(command, before)
        except Refusal:
            return
        self.changes += [(command, change) for change in changes]
        if before is not None and any(isinstance(each, c.ClaimEnded) for each in changes):
            self.tries_before_end = len(before.tries)

    def by(self, actor: Any) -> dict[str, Any]:
        return {"claim_id": "k-1", "actor": actor, "at": self.at}

    @rule(hours=st.integers(1, 200))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        assert self.claim
        for each in [each for each in deadlines(self.claim) if each.at <= self.at]:
            self.ask(o.DeadlinePassed(**self.by(CLAIMS), name=each.name))

    @rule(actor=WORKERS, command=st.sampled_from(["take", "hear", "try", "helped", "not_helped"]))
    def somebody_works(self, actor: Any, command: str) -> None:
        given = self.by(actor)
        made: dict[str, o.Command] = {
            "take": o.TakeClaim(**given, trained=True),
            "hear": o.TickStep(**given, step=Step.HEAR),
            "try": o.NoteTry(**given, on=self.at.date()),
            "helped": o.TryInstruction(**given, helped=True),
            "not_helped": o.TryInstruction(**given, helped=False),
        }
        self.ask(made[command])

    @rule(actor=WORKERS, demand=st.sampled_from(list(Demand)))
    def something_is_demanded(self, actor: Any, demand: Demand) -> None:
        made = demanded(demand, day_in("Europe/Moscow", self.at))
        self.ask(o.WriteDemand(**self.by(actor), demanded=made))

    @rule(extension=st.sampled_from(list(Extension)))
    def the_term_is_extended(self, extension: Extension) -> None:
        self.ask(o.ExtendTerm(**self.by(KOSTYA), extension=extension))

    @rule(actor=WORKERS, verdict=st.sampled_from(list(Verdict)), amount=SUMS)
    def it_is_decided(self, actor: Any, verdict: Verdict, amount: int) -> None:
        self.ask(o.Decide(**self.by(actor), verdict=verdict, amount=Money(amount), reason="so"))

    @rule(actor=WORKERS, yes=st.booleans(), number=st.integers(1, 3))
    def it_is_approved_or_not(self, actor: Any, number: int, *, yes: bool) -> None:
        self.ask((o.Approve if yes else o.Decline)(**self.by(actor), number=number))

    @rule(taken=st.booleans(), refused=st.booleans(), number=st.integers(1, 3))
    def orders_answers(self, number: int, *, taken: bool, refused: bool) -> None:
        self.ask(o.NoteMoney(**self.by(CLAIMS), number=number, taken=taken, refused=refused))

    @rule(actor=WORKERS, stage=st.sampled_from(list(Stage)))
    def it_becomes_sharper(self, actor: Any, stage: Stage) -> None:
        self.ask(o.Sharpen(**self.by(actor), stage=stage))
        until = self.at + timedelta(days=1)
        self.ask(o.Escalate(**self.by(actor), to=Guests.LEGAL, staff_id="lev", until=until))

    @rule(actor=WORKERS)
    def a_letter_goes(self, actor: Any) -> None:
        paper, channel = Paper.RECEIVED, Channel.EMAIL
        self.ask(o.KeepLetter(**self.by(actor), paper=paper, channel=channel, text="t", digest="d"))

    @rule(actor=WORKERS, outcome=st.sampled_from(list(Outcome)))
    def somebody_closes_it(self, actor: Any, outcome: Outcome) -> None:
        self.ask(o.Close(**self.by(actor), outcome=outcome))

    @rule(actor=WORKERS)
    def somebody_opens_it_again(self, actor: Any) -> None:
        self.ask(o.Reopen(**self.by(actor), reason="not_settled"))

    @invariant()
    def an_open_claim_has_an_owner_and_a_deadline(self) -> None:
        if self.claim and self.claim.is_open:
            assert self.claim.keeper.staff_id
            assert any(each.name == "attend" for each in deadlines(self.claim))

    @invariant()
    def no_delay_costs_more_than_was_paid(self) -> None:
        if self.claim and self.claim.demanded:
            assert exposure(self.claim.demanded, self.at.date()) <= self.claim.demanded.paid

    @invariant()
    def it_ends_confirmed_or_tried_often_enough(self) -> None:
        if self.claim and self.claim.ending and self.claim.ending.outcome is Outcome.UNANSWERED:
            assert self.tries_before_end >= USUAL.tries

    @invariant()
    def nobody_who_sells_or_controls_ever_changed_it(self) -> None:
        harmless = (c.ClaimReopened, DutyRefused)
        mine = [change for command, change in self.changes if command.actor in (ANNA, KIRA)]
        assert all(isinstance(each, harmless) for each in mine)

    @invariant()
    def a_great_sum_in_force_has_two_people(self) -> None:
        ruling = self.claim.ruling if self.claim else None
        if ruling and ruling.in_force and ruling.amount.minor > USUAL.approve_above:
            assert ruling.approved_by not in (None, ruling.by)

    @invariant()
    def the_law_waits_for_nobody(self) -> None:
        claim = self.claim
        if claim and claim.is_open and claim.demanded and not claim.is_settled:
            assert {"half", "most", "last_day", "over"} <= {each.name for each in deadlines(claim)}


TestAClaim = AClaim.TestCase
TestAClaim.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)


def test_a_claim_of_the_last_resort_has_an_alarm() -> None:
    claim, _ = carried_out(opening(keeper=Keeper("owner", Chosen.LAST_RESORT)), None)

    assert claim
    assert "alarm" in {each.name for each in deadlines(claim)}
