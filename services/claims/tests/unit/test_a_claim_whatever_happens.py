"""A claim lives through anything: it always has an owner and a deadline, the law's day never moves but as the law says,
nobody who sells or controls settles it, and no great sum is one person's.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from claims.domain import changes as c
from claims.domain import commands as o
from claims.domain.changes import Change
from claims.domain.claim import Claim
from claims.domain.deadlines import deadlines
from claims.domain.policies import USUAL
from claims.domain.term import MARKS, day_in, exposure
from claims.domain.words import (
    Channel,
    Demand,
    Extension,
    Kind,
    Outcome,
    Paper,
    Verdict,
)
from claims.testing.forbidden import FORBIDDEN, given_to, rule_of
from claims.testing.law import latest
from claims.testing.people import ANNA, CLAIMS, KIRA, KOSTYA, NOTIFICATIONS, OLGA, TANYA
from claims.testing.troubles import CAUSE, MONDAY, carried_out, demanded, opening
from claims.testing.working import WORK, work
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from kernel.actor import Actor
from kernel.money import Money
from kernel.refusal import Refusal
from kernel.refused_duty import DutyRefused

SETTLERS = st.sampled_from([KOSTYA, OLGA])
OUTSIDERS = (ANNA, KIRA)
PAID = Money(2_000_000)
SUMS = st.sampled_from([0, 600_000, 700_000, 1_500_000])
DEMANDS = st.sampled_from([*[Demand.REFUND, Demand.REPLACEMENT] * 4, *Demand])
ENDS = st.sampled_from([*[Outcome.UNANSWERED] * 4, *Outcome])
ZONE = "Europe/Moscow"


class AClaim(RuleBasedStateMachine):
    """Commands in any order, by anybody, with time between them."""

    @initialize(kind=st.sampled_from(Kind))
    def is_opened(self, kind: Kind) -> None:
        self.at = MONDAY
        self.claim: Claim | None = None
        self.changes: list[tuple[Any, Change]] = []
        self.tries_before_end = 0
        self.first: dict[Demand, date] = {}
        self.taken = 0
        self.agreed = False
        self.ask(opening(replace(CAUSE, kind=kind)))
        self.ask(o.TryInstruction(**self.by(KOSTYA), helped=False))

    @property
    def now(self) -> Claim:
        assert self.claim
        return self.claim

    def ask(self, command: o.Command) -> None:
        before = self.claim
        try:
            self.claim, changes = carried_out(command, before)
        except Refusal:
            return
        self.changes += [(command, change) for change in changes]
        for change in changes:
            self.note(change)
        if before is not None and any(isinstance(each, c.ClaimEnded) for each in changes):
            self.tries_before_end = len(before.tries)
        if (
            before
            and before.is_open
            and before.demanded
            and not isinstance(command, o.WriteDemand | o.ExtendTerm)
        ):
            assert self.now.demanded == before.demanded

    def note(self, change: Change) -> None:
        match change:
            case c.DemandWritten(made):
                self.first[made.demand] = min(made.received_on, self.first.get(made.demand, made.received_on))
            case c.ClaimReopened():
                self.first = {}
            case c.PaymentNoted(payment) if payment.taken_at:
                self.taken += payment.amount.minor
            case c.ClaimDecided(ruling) if ruling.approved_by:
                self.agreed = True
            case _:
                pass

    def by(self, actor: Actor) -> dict[str, Any]:
        return {"claim_id": "k-1", "actor": actor, "at": self.at}

    @rule(hours=st.integers(1, 240))
    def time_passes(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        for each in [each for each in deadlines(self.now) if each.at <= self.at]:
            self.ask(o.DeadlinePassed(**self.by(CLAIMS), name=each.name))

    @rule(actor=SETTLERS, demand=DEMANDS, ago=st.integers(0, 5))
    def something_is_demanded(self, actor: Actor, demand: Demand, ago: int) -> None:
        made = demanded(demand, day_in(ZONE, self.at) - timedelta(days=ago), paid=PAID, price=PAID)
        self.ask(o.WriteDemand(**self.by(actor), demanded=made))

    @precondition(lambda self: self.claim and self.claim.demanded)
    @rule(actor=SETTLERS, extension=st.sampled_from(list(Extension)))
    def more_time_is_asked_for(self, actor: Actor, extension: Extension) -> None:
        before = self.now
        self.ask(o.ExtendTerm(**self.by(actor), extension=extension))
        if before.demanded and before.demanded != self.now.demanded:
            assert (before.demanded.demand, before.ruling) == (Demand.REPLACEMENT, None)
            assert day_in(ZONE, self.at) <= before.demanded.due_on

    @precondition(lambda self: self.claim and self.claim.demanded)
    @rule(actor=SETTLERS, verdict=st.sampled_from([*[Verdict.SATISFIED] * 2, *Verdict]), amount=SUMS)
    def it_is_decided(self, actor: Actor, verdict: Verdict, amount: int) -> None:
        self.ask(o.Decide(**self.by(actor), verdict=verdict, amount=Money(amount), reason="so"))

    @precondition(lambda self: self.claim and self.claim.ruling)
    @rule(actor=st.sampled_from([KOSTYA, OLGA, TANYA]), yes=st.booleans())
    def it_is_approved_or_not(self, actor: Actor, *, yes: bool) -> None:
        number = self.now.ruling.number if self.now.ruling else 1
        self.ask((o.Approve if yes else o.Decline)(**self.by(actor), number=number))

    @precondition(lambda self: self.claim and self.claim.payment)
    @rule(answer=st.sampled_from(["taken", "taken", "refused", "down"]))
    def orders_answers(self, answer: str) -> None:
        number = self.now.payment.number if self.now.payment else 1
        taken, refused = answer == "taken", answer == "refused"
        self.ask(o.NoteMoney(**self.by(CLAIMS), number=number, taken=taken, refused=refused))

    @rule(actor=SETTLERS, what=st.sampled_from(WORK))
    def somebody_works(self, actor: Actor, what: str) -> None:
        self.ask(work(what, self.by(actor)))

    @rule(
        actor=SETTLERS,
        channel=st.sampled_from([*[Channel.EMAIL] * 3, *Channel]),
        failed=st.sampled_from([None, "no"]),
    )
    def a_letter_is_written_and_goes_or_not(self, actor: Actor, channel: Channel, failed: str | None) -> None:
        paper = Paper.RECEIVED
        self.ask(o.KeepLetter(**self.by(actor), paper=paper, channel=channel, text="t", digest="d"))
        self.ask(o.ShowLetter(**self.by(NOTIFICATIONS), number=1))
        self.ask(o.HearLetter(**self.by(CLAIMS), number=len(self.now.letters), failed=failed))

    @rule(actor=st.sampled_from([KOSTYA, ANNA, KIRA]), file=st.sampled_from(["e-1", "e-2"]))
    def a_file_is_added_and_looked_at(self, actor: Actor, file: str) -> None:
        self.ask(o.AddEvidence(**self.by(actor), evidence_id=file, name="a", media_type="image/png", size=3))
        self.ask(o.LookAtEvidence(**self.by(actor), evidence_id=file))

    @rule(actor=SETTLERS, outcome=ENDS)
    def it_is_closed_or_opened_again(self, actor: Actor, outcome: Outcome) -> None:
        if self.now.is_open:
            self.ask(o.Close(**self.by(actor), outcome=outcome))
            return
        times = self.now.reopened
        self.ask(o.Reopen(**self.by(ANNA), reason="not_settled"))
        assert self.now.reopened == times + 1

    @precondition(lambda self: self.claim and self.claim.is_open)
    @rule(actor=st.sampled_from(OUTSIDERS), command=st.sampled_from(FORBIDDEN))
    def who_sells_or_controls_tries_it(self, actor: Actor, command: type[Any]) -> None:
        before, told = self.now, len(self.changes)
        self.ask(command(**self.by(actor), **given_to(command)))
        assert self.now == before
        (refused,) = [change for _, change in self.changes[told:]]
        assert isinstance(refused, DutyRefused)
        assert (refused.actor_id, refused.rule) == (actor.id, rule_of(command, actor))

    @invariant()
    def an_open_claim_has_an_owner_and_a_deadline(self) -> None:
        if self.now.is_open:
            assert self.now.keeper.staff_id not in ("anna", "kira")
            assert any(each.name == "attend" for each in deadlines(self.now))

    @invariant()
    def the_laws_day_is_never_later_than_the_law_says(self) -> None:
        made = self.now.demanded
        if made and made.demand in self.first:
            assert made.due_on <= latest(made.demand, made.extension, self.first[made.demand])

    @invariant()
    def the_law_waits_for_nobody(self) -> None:
        if self.now.is_open and self.now.demanded and not self.now.is_settled:
            assert set(MARKS) <= {each.name for each in deadlines(self.now)}

    @invariant()
    def no_delay_costs_more_than_was_paid(self) -> None:
        if self.now.demanded:
            assert exposure(self.now.demanded, self.at.date()) <= self.now.demanded.paid

    @invariant()
    def it_ends_confirmed_or_tried_often_enough(self) -> None:
        if self.now.ending and self.now.ending.outcome is Outcome.UNANSWERED:
            assert self.tries_before_end >= USUAL.tries

    @invariant()
    def a_great_sum_has_two_people_even_when_it_is_given_in_parts(self) -> None:
        ruling = self.now.ruling
        if ruling and ruling.in_force and ruling.amount.minor > USUAL.approve_above:
            assert ruling.approved_by not in (None, ruling.by)
        assert self.taken <= USUAL.approve_above or self.agreed

    @invariant()
    def a_letter_that_did_not_go_is_somebodys_task(self) -> None:
        if self.now.is_open and self.now.undelivered:
            assert any(each.name == "letter" for each in deadlines(self.now))


TestAClaim = AClaim.TestCase
TestAClaim.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
