"""No time is won from the law by writing, extending or waiting; no great sum is given in parts by one person (R80)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from claims.domain import commands as o
from claims.domain.claim import Claim
from claims.domain.refusals import AlreadyDecided, NotInTheLaw, SumDoesNotFit
from claims.domain.statute import version_on
from claims.domain.term import mark_at
from claims.domain.words import Demand, Extension, Outcome, Verdict
from claims.testing.people import CLAIMS, KOSTYA, OLGA, TANYA
from claims.testing.troubles import MONDAY, by, carried_out, demanded, demanding, opened
from kernel.money import Money

LATER = MONDAY + timedelta(days=3)
PAID = Money(2_000_000)


def decide(minor: int, verdict: Verdict = Verdict.SATISFIED) -> o.Decide:
    return o.Decide(**by(), verdict=verdict, amount=Money(minor), reason="so")


def given_and_reopened(minor: int) -> Claim:
    """So much was decided and given, and then it was not settled after all."""
    return opened(
        *demanding(paid=PAID),
        decide(minor),
        o.NoteMoney(**by(CLAIMS), number=1, taken=True),
        o.Close(**by(), outcome=Outcome.CONFIRMED),
        o.Reopen(**by(), reason="not_settled"),
    )


def test_the_same_demand_written_again_begins_no_new_term() -> None:
    claim, later = opened(*demanding()), demanded(on=LATER.date())

    _, changes = carried_out(o.WriteDemand(**by(at=LATER), demanded=later), claim)
    assert changes == []
    with pytest.raises(NotInTheLaw):
        carried_out(o.WriteDemand(**by(at=LATER), demanded=replace(later, proof="mail-18")), claim)


def test_nor_does_it_by_way_of_another_demand() -> None:
    other = o.WriteDemand(**by(at=LATER), demanded=demanded(Demand.REPAIR, LATER.date()))
    claim = opened(*demanding(), other)

    with pytest.raises(NotInTheLaw):
        carried_out(o.WriteDemand(**by(at=LATER), demanded=demanded(on=LATER.date())), claim)


def test_a_day_written_down_too_late_is_put_right_and_after_reopening_it_is_demanded_anew() -> None:
    earlier = o.WriteDemand(**by(), demanded=demanded(on=date(2026, 2, 27)))
    claim = opened(*demanding(), earlier)
    assert claim.demanded
    assert claim.demanded.due_on == date(2026, 3, 10)

    again, _ = carried_out(
        o.WriteDemand(**by(at=LATER), demanded=demanded(on=LATER.date())), given_and_reopened(100_000)
    )

    assert again
    assert again.demanded
    assert again.demanded.received_on == LATER.date()


def test_a_demand_has_the_law_of_its_own_day() -> None:
    claim = opened(*demanding())
    made = replace(demanded(on=date(2026, 1, 31)), version=version_on(date(2026, 2, 1)))

    with pytest.raises(NotInTheLaw):
        carried_out(o.WriteDemand(**by(), demanded=made), claim)


def test_a_term_is_not_extended_once_it_is_over() -> None:
    claim = opened(*demanding(Demand.REPLACEMENT))
    assert claim.demanded
    over = mark_at(claim.demanded, "over")

    carried_out(o.ExtendTerm(**by(at=over - timedelta(seconds=1)), extension=Extension.EXTRA_CHECK), claim)
    with pytest.raises(NotInTheLaw):
        carried_out(o.ExtendTerm(**by(at=over), extension=Extension.EXTRA_CHECK), claim)


@pytest.mark.parametrize("minor", [0, 1_500_000], ids=["decided", "waits for approval"])
def test_a_term_is_not_extended_by_an_approval_or_after_a_decision(minor: int) -> None:
    claim = opened(*demanding(Demand.REPLACEMENT, paid=PAID), decide(minor))

    with pytest.raises(AlreadyDecided):
        carried_out(o.ExtendTerm(**by(), extension=Extension.NONE_IN_STOCK), claim)


def test_a_sum_in_parts_is_one_sum_and_needs_two_people() -> None:
    claim, _ = carried_out(decide(500_000), given_and_reopened(600_000))

    assert claim
    assert claim.ruling
    assert not claim.ruling.in_force
    with_two, _ = carried_out(o.Approve(**by(TANYA), number=2), claim)
    assert with_two
    assert with_two.payment
    assert with_two.payment.amount == Money(500_000)


def test_nobody_gets_back_more_than_he_paid_in_parts_either() -> None:
    with pytest.raises(SumDoesNotFit):
        carried_out(decide(1_400_001), given_and_reopened(600_000))


@pytest.mark.parametrize("who", [KOSTYA, OLGA])
def test_who_decided_does_not_approve(who: object) -> None:
    """Kostya may not approve at all, Olga not what is hers."""
    own = o.Decide(**by(OLGA), verdict=Verdict.SATISFIED, amount=Money(1_500_000), reason="so")
    before = opened(*demanding(paid=PAID), own)
    actor = OLGA if who == OLGA else KOSTYA

    after, changes = carried_out(o.Approve(**by(actor), number=1), before)

    assert after == before
    assert [type(each).__name__ for each in changes] == ["DutyRefused"]
