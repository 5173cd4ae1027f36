"""A demand ends by being met, never by the way it is written down: not by a number, a closing or an opening anew (R79, R80)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from chassis.documents import Codec
from chassis.vault import Vault
from claims.adapters.documents import CLAIMS as KEPT
from claims.domain import commands as o
from claims.domain.claim import Claim
from claims.domain.deadlines import costs, deadlines
from claims.domain.refusals import NotConfirmed, NothingDecided, NotInTheLaw
from claims.domain.term import MARKS
from claims.domain.words import Demand, Extension, Outcome, Verdict
from claims.testing.people import CLAIMS, KOSTYA, TANYA
from claims.testing.troubles import CAUSE, MONDAY, by, carried_out, demanded, demanding, opened
from kernel.money import Money

PAID = Money(2_000_000)
LATER = MONDAY + timedelta(days=3)


def decide(minor: int, verdict: Verdict = Verdict.SATISFIED) -> o.Decide:
    return o.Decide(**by(), verdict=verdict, amount=Money(minor), reason="so")


def clock_runs(claim: Claim) -> bool:
    return set(MARKS) <= {each.name for each in deadlines(claim)}


def test_who_read_a_decision_that_was_declined_does_not_approve_the_one_after_it() -> None:
    declined = opened(*demanding(paid=PAID), decide(1_100_000), o.Decline(**by(TANYA), number=1))
    anew, _ = carried_out(decide(1_900_000), declined)
    assert anew
    assert anew.ruling
    assert anew.ruling.number == 2

    with pytest.raises(NothingDecided):
        carried_out(o.Approve(**by(TANYA), number=1), anew)
    agreed, _ = carried_out(o.Approve(**by(TANYA), number=2), anew)
    assert agreed
    assert agreed.payment
    assert agreed.payment.amount == Money(1_900_000)


def test_nor_does_a_decision_of_before_the_reopening_lend_its_number() -> None:
    refused = (decide(0, Verdict.REFUSED), o.Close(**by(), outcome=Outcome.CONFIRMED))
    again = opened(*demanding(paid=PAID), *refused, o.Reopen(**by(), reason="not_settled"))

    after, _ = carried_out(decide(1_500_000), again)

    assert after
    assert after.ruling
    assert after.ruling.number == 2


def test_who_does_not_answer_ends_no_demand_until_it_is_decided() -> None:
    tries = [o.NoteTry(**by(), on=MONDAY.date() + timedelta(days=n)) for n in range(3)]
    claim = opened(*demanding(), *tries)

    with pytest.raises(NotConfirmed):
        carried_out(o.Close(**by(), outcome=Outcome.UNANSWERED), claim)
    decided, _ = carried_out(decide(648_000), claim)
    closed, _ = carried_out(o.Close(**by(), outcome=Outcome.UNANSWERED), decided)

    assert closed
    assert not closed.is_open


@pytest.mark.parametrize("demand", [Demand.REPLACEMENT, Demand.REPAIR, Demand.LOAN_ITEM])
def test_what_is_met_by_an_item_is_met_when_the_customer_has_it_and_not_when_it_is_granted(
    demand: Demand,
) -> None:
    granted = opened(*demanding(demand), decide(0))
    assert clock_runs(granted)

    has_it, _ = carried_out(o.Close(**by(), outcome=Outcome.CONFIRMED), granted)
    assert has_it
    assert not clock_runs(has_it)


def test_money_that_no_order_is_asked_for_is_given_when_the_customer_says_so() -> None:
    claim = opened(*demanding(), decide(648_000), cause=replace(CAUSE, order_id=None))

    assert clock_runs(claim)


def test_a_refused_demand_has_nothing_left_to_count() -> None:
    assert not clock_runs(opened(*demanding(Demand.REPLACEMENT), decide(0, Verdict.REFUSED)))


def test_money_that_orders_refuses_after_the_closing_opens_the_claim_again() -> None:
    closed = opened(*demanding(), decide(648_000), o.Close(**by(), outcome=Outcome.CONFIRMED))
    no = o.NoteMoney(**by(CLAIMS, LATER), number=1, taken=False, refused=True)

    after, changes = carried_out(no, closed)

    assert after
    assert (after.is_open, after.reopened, clock_runs(after)) == (True, 1, True)
    assert [type(each).__name__ for each in changes] == ["PaymentNoted", "ClaimReopened"]
    assert after.attend_by > LATER
    assert carried_out(no, after)[1] == []


@pytest.mark.parametrize("outcome", [Outcome.WITHDRAWN, Outcome.SOLVED_BY_INSTRUCTION])
def test_no_time_is_won_by_closing_what_nobody_decided_and_opening_it_again(outcome: Outcome) -> None:
    helped = o.TryInstruction(**by(), helped=True)
    close, reopen = o.Close(**by(), outcome=outcome), o.Reopen(**by(), reason="not_settled")
    claim = opened(*demanding(), helped, close, reopen)
    anew = o.WriteDemand(**by(at=LATER), demanded=replace(demanded(on=LATER.date()), proof="mail-18"))

    with pytest.raises(NotInTheLaw):
        carried_out(anew, claim)


def test_what_shows_that_he_applied_lies_sealed_and_goes_with_him() -> None:
    far = o.ExtendTerm(
        **by(KOSTYA),
        extension=Extension.NEXT_DELIVERY,
        next_delivery_on=date(2026, 5, 20),
        application="mail-from-tiksi",
    )
    claim = opened(*demanding(Demand.REPLACEMENT), far)
    codec = Codec(KEPT, Vault.of({"test": Vault.generate_key()}))

    forgotten, _ = carried_out(o.ForgetPerson(**by(CLAIMS), reason="asked"), claim)

    assert "mail-from-tiksi" not in str(codec.dump("k-1", claim))
    assert "mail-from-tiksi" not in str(forgotten)


LATE = MONDAY + timedelta(days=20)  # ten days after the law's last
YEARS = MONDAY + timedelta(days=900)


@pytest.mark.parametrize(
    ("ends", "minor"),
    [
        ((replace(decide(648_000), at=LATE), o.NoteMoney(**by(CLAIMS, LATE), number=1, taken=True)), 64_800),
        ((replace(decide(648_000), at=LATE),), 648_000),  # orders was never reached
        ((replace(decide(0, Verdict.REFUSED), at=LATE),), 0),
        ((o.Close(**by(at=LATE), outcome=Outcome.WITHDRAWN),), 0),
        ((o.Close(**by(at=LATE), outcome=Outcome.CONFIRMED),), 64_800),
        ((), 648_000),
    ],
    ids=["paid late", "not paid", "refused", "withdrawn", "confirmed", "nothing"],
)
def test_a_delay_costs_until_the_demand_is_met_and_not_for_ever_nor_nothing(
    ends: tuple[o.Command, ...], minor: int
) -> None:
    assert costs(opened(*demanding(), *ends), YEARS) == Money(minor)
