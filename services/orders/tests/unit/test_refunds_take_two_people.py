"""Above the limit money goes back only when a second person says yes, who neither asked for it nor pays it out (R80)."""

import pytest
from kernel.actor import Actor
from kernel.money import Money
from orders.domain.commands import Command
from orders.domain.decider import decide
from orders.domain.ledger import RefundStage
from orders.domain.money_commands import RefuseGoodwill
from orders.domain.money_refusals import (
    NeedsApproval,
    OwedByLaw,
    PayoutUnderWay,
)
from orders.domain.owing import balance
from orders.testing.lamps import MONDAY, ORDER_ID, opened, refused
from orders.testing.owed import BY_LINK, SMALL, after, gone, names, remembered
from orders.testing.people import ANNA, BORIS, IVAN, NINA, OLGA
from orders.testing.purse import (
    approve,
    goodwill,
    let_bank_pay,
    pay,
    pay_back,
)


def test_above_the_limit_it_waits_for_a_second_person() -> None:
    with pytest.raises(NeedsApproval):
        decide(pay_back(), gone())

    order = after(gone(), approve(), pay_back())
    assert (order.money.refunds[0].stage, order.money.refunds[0].approved_by) == (RefundStage.PAID, "nina")


def test_below_the_limit_it_does_not() -> None:
    order = after(gone(pay(SMALL)), pay_back())

    assert balance(order).refunded == SMALL
    assert names(order, approve()) == []


def test_no_limit_is_passed_by_halves() -> None:
    order = opened(pay(), pay(Money(600_000), "t-2"), pay(Money(600_000), "t-3"))

    assert [each.needs_approval for each in order.money.refunds] == [False, True]


@pytest.mark.parametrize(
    ("asked_by", "command"),
    [(NINA, approve()), (OLGA, approve(actor=OLGA))],
)
def test_nobody_approves_what_he_asked_for(asked_by: Actor, command: Command) -> None:
    no = refused(command, gone(by=asked_by))

    assert remembered(no) == [("approve_refund", "R80", asked_by.id)]


def test_nobody_pays_out_what_he_approved() -> None:
    order = after(gone(), approve(actor=NINA))

    assert remembered(refused(pay_back(actor=NINA), order)) == [("ask_refund", "R80", "nina")]
    assert remembered(refused(let_bank_pay(actor=NINA), after(gone(*BY_LINK), approve(actor=NINA)))) == [
        ("ask_refund", "R80", "nina")
    ]


@pytest.mark.parametrize("command", [approve(actor=ANNA), pay_back(actor=IVAN), let_bank_pay(actor=IVAN)])
def test_it_is_not_everybodys_duty(command: Command) -> None:
    assert remembered(refused(command, gone()))


@pytest.mark.parametrize("somebody", [NINA, OLGA, ANNA])
def test_goodwill_may_be_refused_by_the_second_person_or_taken_back_by_who_asked(somebody: Actor) -> None:
    order = opened(pay(), goodwill(SMALL, ANNA))

    refused_ = after(order, refuse(somebody))

    assert (balance(refused_).refund_due.minor, balance(refused_).total) == (0, balance(opened()).total)
    assert names(refused_, refuse(somebody)) == []


def test_nobody_else_refuses_it() -> None:
    assert remembered(refused(refuse(BORIS), opened(pay(), goodwill(SMALL, ANNA))))


def test_what_the_law_demands_and_what_is_on_its_way_is_not_refused() -> None:
    with pytest.raises(OwedByLaw):
        decide(refuse(NINA), gone())
    with pytest.raises(PayoutUnderWay):
        decide(refuse(NINA), after(opened(*BY_LINK, goodwill(SMALL)), let_bank_pay()))


def refuse(actor: Actor) -> RefuseGoodwill:
    return RefuseGoodwill(ORDER_ID, "r-1", actor, MONDAY)
