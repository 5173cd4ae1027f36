"""What the shop owes back is never forgotten and never paid twice."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from kernel.deadline import Deadline
from kernel.money import Money
from kernel.refusal import Refusal
from orders.application.announcements import as_told
from orders.domain import money_commands as c
from orders.domain.changes import OrderCancelled
from orders.domain.deadlines import deadlines, due
from orders.domain.decider import decide
from orders.domain.goods_commands import Added, ChangeLines
from orders.domain.ledger import BankState, RefundReason, RefundStage
from orders.domain.money_refusals import (
    MoreThanPaid,
    NotOwedAnyMore,
    NotThroughAcquirer,
    PayoutUnderWay,
    UnknownPayment,
)
from orders.domain.order import Cancelled, Open
from orders.domain.owing import balance
from orders.domain.refund_terms import NOT_DELIVERED, REFUSED
from orders.domain.words import CancelReason
from orders.testing.lamps import CLOCKS, MONDAY, ORDER_ID, cancel, did, given, opened, passed, place
from orders.testing.owed import BY_LINK, SMALL, after, gone, names
from orders.testing.people import ANNA, BORIS, OLGA, member, team
from orders.testing.purse import (
    ALL,
    approve,
    ask_link,
    bank_paid,
    bank_says,
    goodwill,
    let_bank_pay,
    open_link,
    pay,
    pay_back,
)


def test_what_was_paid_for_a_cancelled_order_is_owed_back_in_ten_days() -> None:
    changes = did(cancel(actor=BORIS), opened(pay()))

    assert [type(each).__name__ for each in changes] == ["OrderCancelled", "RefundDue"]
    (refund,) = gone().money.refunds
    assert (refund.amount, refund.reason, refund.asked_by) == (ALL, RefundReason.CANCELLED, "boris")
    assert (refund.term.due_on, refund.term.article, refund.term.law) == (
        date(2026, 3, 12),
        REFUSED,
        "500-FZ",
    )
    told = as_told(gone()).payment
    assert told
    assert (told.due.minor, told.refund_due.minor, told.covered) == (0, 1_386_000, False)


def test_a_fault_of_ours_names_its_own_article() -> None:
    order = given(place(), pay(), cancel(CancelReason.OUT_OF_STOCK, offer_made=True))

    assert order.money.refunds[0].term.article == NOT_DELIVERED


def test_what_was_not_paid_is_not_owed_back() -> None:
    assert [type(each) for each in did(cancel(), opened())] == [OrderCancelled]


def test_overpaid_is_owed_back() -> None:
    order = opened(pay(), pay(SMALL, "t-2"))

    assert [(each.amount, each.reason) for each in order.money.refunds] == [(SMALL, RefundReason.OVERPAID)]


def test_it_is_due_even_when_the_order_is_over_and_told_again_until_it_is_done() -> None:
    order = gone()
    (owed,) = due(order)

    assert owed == Deadline("refund", order.money.refunds[0].term.due_at)
    late = after(order, passed("refund", owed.at))
    assert due(late) == [Deadline("refund", owed.at + timedelta(days=1))]
    assert due(after(order, approve(), pay_back())) == []


def test_somebody_is_reminded_three_times_on_the_way() -> None:
    order, times = gone(), 0
    while near := [each for each in deadlines(order) if each.name == "refund_near"]:
        order, times = after(order, passed("refund_near", near[0].at)), times + 1

    assert times == 3


def test_a_cancelled_order_that_owes_money_leaves_whoever_is_gone() -> None:
    order = gone()
    away = team(member("anna", away=(MONDAY, None)), member("boris"))

    late = after(order, passed("refund", due(order)[0].at, away))

    assert late.responsible_id == "boris"


def test_a_refund_that_is_none_is_not_there() -> None:
    with pytest.raises(UnknownPayment):
        decide(approve("r-9"), gone())


def test_asked_twice_it_happens_once() -> None:
    paid = after(gone(), approve(), pay_back())

    assert names(paid, approve(actor=OLGA)) == []
    assert names(paid, pay_back()) == []
    with pytest.raises(NotOwedAnyMore):
        decide(pay_back(reference="out-2"), paid)


def test_the_acquirer_pays_through_the_payment_it_came_by() -> None:
    order = after(gone(*BY_LINK), approve(), let_bank_pay())

    assert order.money.refunds[0].stage is RefundStage.LEAVING
    assert names(order, let_bank_pay()) == []
    assert Deadline("payout:r-1", MONDAY) in deadlines(order)
    paid = after(order, bank_paid())
    assert (balance(paid).refunded, due(paid), names(paid, bank_paid())) == (ALL, [], [])


def test_while_the_acquirer_may_have_paid_nobody_else_does() -> None:
    order = after(gone(*BY_LINK), approve(), let_bank_pay())

    with pytest.raises(PayoutUnderWay):
        decide(pay_back(), order)


def test_an_acquirer_who_does_not_answer_is_asked_again_with_growing_pauses() -> None:
    order = after(gone(*BY_LINK), approve(), let_bank_pay())
    pauses: list[timedelta] = []
    at = MONDAY
    for _ in range(8):
        order = after(order, c.PostponePayout(ORDER_ID, "r-1", at))
        payout = order.money.refunds[0].payout
        assert payout
        assert payout.again_at
        pauses.append(payout.again_at - at)
        at = payout.again_at

    assert pauses == sorted(pauses)
    assert pauses[-1] == timedelta(hours=1)


def test_when_he_would_not_a_person_pays_it_another_way() -> None:
    order = after(
        gone(*BY_LINK), approve(), let_bank_pay(), c.FailPayout(ORDER_ID, "r-1", "bank_3002", MONDAY)
    )

    assert (order.money.refunds[0].stage, order.money.refunds[0].failed) == (RefundStage.DUE, "bank_3002")
    assert balance(after(order, pay_back())).refunded == ALL


def test_what_did_not_come_by_him_does_not_go_back_by_him() -> None:
    with pytest.raises(NotThroughAcquirer):
        decide(let_bank_pay(), after(gone(pay(SMALL))))


def test_more_than_came_by_him_is_parted_and_none_of_it_is_lost() -> None:
    order = given(
        place(),
        ask_link(SMALL),
        open_link(),
        bank_says(BankState.PAID, SMALL),
        pay(ALL - SMALL),
        cancel(actor=BORIS),
    )

    parted = after(order, approve(), let_bank_pay())

    assert [(each.amount, each.stage) for each in parted.money.refunds] == [
        (SMALL, RefundStage.LEAVING),
        (ALL - SMALL, RefundStage.DUE),
    ]
    assert parted.money.refunds[1].approved_by == "nina"
    assert balance(parted).refund_due == ALL


def test_given_back_at_the_bank_is_not_owed_any_more() -> None:
    order = after(gone(*BY_LINK), bank_says(BankState.RETURNED))

    assert [each.stage for each in order.money.refunds] == [RefundStage.WITHDRAWN, RefundStage.PAID]
    assert (balance(order).refund_due.minor, due(order)) == (0, [])


def test_a_part_that_a_person_saw_at_the_bank_is_noted_once() -> None:
    order = opened(*BY_LINK, bank_says(BankState.PARTLY_RETURNED))
    seen = c.RecordReturn(ORDER_ID, "p-1", SMALL, "cab-1", ANNA, MONDAY)

    noted = after(order, seen)

    assert (balance(noted).refunded, names(noted, seen)) == (SMALL, [])
    assert "payment_check" not in {each.name for each in due(noted)}
    with pytest.raises(MoreThanPaid):
        decide(replace(seen, amount=ALL, reference="cab-2"), noted)


@pytest.mark.parametrize("first", ["cabinet", "refusal"])
def test_given_back_in_the_cabinet_while_we_asked_for_it_it_goes_back_once_whichever_is_heard_first(
    first: str,
) -> None:
    order = after(gone(*BY_LINK), approve(), let_bank_pay())
    heard = {
        "cabinet": bank_says(BankState.RETURNED),
        "refusal": c.FailPayout(ORDER_ID, "r-1", "bank_7", MONDAY),
    }
    second = next(each for name, each in heard.items() if name != first)

    ended = balance(after(order, heard[first], second))

    assert (ended.refunded, ended.refund_due.minor) == (ALL, 0)


def test_goodwill_is_money_that_the_customer_paid_and_a_second_person_may_have_to_agree() -> None:
    order = opened(pay(), goodwill(SMALL))

    assert [(each.amount, each.reason) for each in order.money.refunds] == [(SMALL, RefundReason.GOODWILL)]
    assert balance(order).total == ALL - SMALL
    with pytest.raises(MoreThanPaid):
        decide(goodwill(ALL), order)
    with pytest.raises(Refusal):
        decide(goodwill(SMALL), opened())


def test_the_refunds_of_a_cancelled_order_stay_when_it_is_cancelled() -> None:
    order = given(place(), pay(), pay(SMALL, "t-2"), cancel(actor=BORIS))

    assert isinstance(order, Cancelled | Open)
    assert [each.amount for each in order.money.refunds] == [SMALL, ALL]


def test_when_less_is_owed_back_the_youngest_refund_shrinks_first() -> None:
    order = opened(pay(), pay(SMALL, "t-2"), pay(SMALL, "t-3"))

    less = after(order, place_more(SMALL))

    assert [(each.amount.minor, each.stage) for each in less.money.refunds] == [
        (SMALL.minor, RefundStage.DUE),
        (0, RefundStage.WITHDRAWN),
    ]


def test_a_part_that_the_acquirer_paid_for_us_raises_no_doubt() -> None:
    order = opened(*BY_LINK, goodwill(SMALL), let_bank_pay(), bank_paid())

    assert after(order, bank_says(BankState.PARTLY_RETURNED)).money.check_at is None


def place_more(worth: Money) -> ChangeLines:
    """Maria adds something."""
    return ChangeLines(ORDER_ID, (), (Added("fuse", "Предохранитель", 1, worth),), ANNA, MONDAY, CLOCKS)
