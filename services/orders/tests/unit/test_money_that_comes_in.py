"""Money that comes in is recorded once, whoever tells it, however often and in whatever order."""

from datetime import timedelta
from itertools import permutations

import pytest
from kernel.deadline import Deadline
from kernel.money import Money
from kernel.refusal import Refusal
from kernel.refused_duty import DutyRefused
from orders.application.announcements import as_told
from orders.domain import money_changes as m
from orders.domain.commands import Command
from orders.domain.deadlines import deadlines, due
from orders.domain.decider import decide
from orders.domain.goods import Line
from orders.domain.ledger import BankState, Method, Receipt, Terms
from orders.domain.money_commands import HearBank, KeepReceipt, MissBank
from orders.domain.money_refusals import (
    NothingDue,
    NotInRoubles,
    OtherCurrency,
    ReferenceUsed,
    UnknownPayment,
)
from orders.domain.order import Order
from orders.domain.owing import balance, may_be_shipped
from orders.domain.words import Supply
from orders.testing.lamps import MONDAY, ORDER_ID, cancel, did, given, opened, place, reach, refused, supply
from orders.testing.people import ANNA, IVAN
from orders.testing.promises import agree
from orders.testing.purse import ALL, LINK, REFERENCE, ask_link, bank_says, open_link, pay, terms

LINKED: tuple[Command, ...] = (ask_link(), open_link())
HALF = Money(693_000)


def names(order: Order, command: Command) -> list[str]:
    return [type(each).__name__ for each in did(command, order)]


def test_an_order_in_another_currency_is_not_paid_by_a_bank_that_counts_in_roubles() -> None:
    in_euros = given(place(lines=(Line(1, "brass-lamp", "Brass lamp", 1, Money(10_000, "EUR")),)))

    with pytest.raises(NotInRoubles):
        decide(ask_link(), in_euros)


def test_nothing_is_paid_at_first_and_all_is_due() -> None:
    told = as_told(opened()).payment

    assert told
    assert (told.terms, told.total.minor, told.paid.minor, told.due.minor) == (
        "on_delivery",
        1386000,
        0,
        1386000,
    )


def test_the_price_of_the_delivery_is_part_of_it() -> None:
    order = opened(reach(), supply(Supply.ALLOCATED), agree())

    assert balance(order).due == ALL + Money(39000)


def test_a_payment_is_recorded_and_the_same_told_again_counts_once() -> None:
    order = opened(pay(HALF))

    assert (balance(order).paid, balance(order).due) == (HALF, ALL - HALF)
    assert did(pay(HALF), order) == ()
    assert names(order, pay(HALF, "t-2")) == ["PaymentRecorded"]


def test_the_same_reference_with_another_sum_is_somebodys_mistake() -> None:
    with pytest.raises(ReferenceUsed):
        decide(pay(Money(5)), opened(pay(HALF)))


def test_an_order_is_paid_in_its_own_currency() -> None:
    with pytest.raises(OtherCurrency):
        decide(pay(Money(100, "EUR")), opened())


def test_recording_money_is_not_everybodys_duty() -> None:
    no = refused(pay(actor=IVAN), opened())

    assert [each.rule for each in no.changes if isinstance(each, DutyRefused)] == ["R80"]


@pytest.mark.parametrize(
    ("how", "paid", "may"),
    [
        (Terms.ON_DELIVERY, (), True),
        (Terms.PREPAID, (), False),
        (Terms.PREPAID, (pay(HALF),), False),
        (Terms.PREPAID, (pay(),), True),
        (Terms.INSTALMENTS, (), False),
        (Terms.INSTALMENTS, (pay(method=Method.INSTALMENTS),), True),
    ],
)
def test_the_order_says_whether_it_may_be_shipped_unpaid(
    how: Terms, paid: tuple[Command, ...], may: bool
) -> None:
    order = given(place(terms=how), *paid)

    told = as_told(order).payment
    assert told
    assert (may_be_shipped(order), told.covered) == (may, may)
    assert not may_be_shipped(given(place(terms=how), *paid, cancel()))


def test_terms_change_once() -> None:
    order = opened(terms(Terms.PREPAID))

    assert (order.money.terms, did(terms(Terms.PREPAID), order)) == (Terms.PREPAID, ())


def test_a_link_is_for_what_is_due_or_a_part_of_it() -> None:
    assert opened(ask_link()).money.links[0].amount == ALL
    assert opened(pay(HALF), ask_link()).money.links[0].amount == ALL - HALF
    assert opened(ask_link(HALF)).money.links[0].amount == HALF
    assert did(ask_link(), opened(ask_link())) == ()


@pytest.mark.parametrize(("paid", "amount"), [(pay(), None), (pay(HALF), ALL)])
def test_there_is_no_link_for_what_is_not_due(paid: Command, amount: Money | None) -> None:
    with pytest.raises(NothingDue):
        decide(ask_link(amount), opened(paid))


def test_paid_by_the_link_is_paid_once() -> None:
    order = opened(*LINKED, bank_says(BankState.PAID))

    assert (balance(order).paid, order.money.payments[0].reference) == (ALL, REFERENCE)
    assert did(bank_says(BankState.PAID), order) == ()


def test_held_money_is_not_money_yet() -> None:
    order = opened(*LINKED, bank_says(BankState.HELD))

    assert (balance(order).paid.minor, order.money.links[0].state) == (0, BankState.HELD)


@pytest.mark.parametrize("story", list(permutations([BankState.HELD, BankState.PAID, BankState.WAITING])))
def test_what_the_bank_says_in_any_order_and_twice_comes_to_one_payment(story: tuple[BankState, ...]) -> None:
    order = opened(*LINKED, *(bank_says(each) for state in story for each in (state, state)))

    assert [each.amount for each in order.money.payments] == [ALL]
    assert balance(order).due.minor == 0


def test_a_refused_card_leaves_it_due() -> None:
    order = opened(*LINKED, bank_says(BankState.FAILED))

    assert (balance(order).due, order.money.links[0].ask_at) == (ALL, None)


def test_of_a_link_that_is_not_ours_nothing_is_made() -> None:
    assert did(bank_says(BankState.PAID, link_id="another"), opened(*LINKED)) == ()


def test_the_bank_is_asked_by_ourselves_should_its_word_be_lost() -> None:
    order = opened(*LINKED)

    (asking,) = [each for each in deadlines(order) if each.name.startswith("payment:")]
    assert asking == Deadline(f"payment:{LINK}", MONDAY + timedelta(minutes=15))
    assert asking not in due(order)  # nobody of the staff has to do it
    waited = opened(*LINKED, MissBank(ORDER_ID, LINK, asking.at))
    assert waited.money.links[0].ask_at == asking.at + timedelta(minutes=30)
    assert opened(*LINKED, bank_says(BankState.PAID)).money.links[0].ask_at is None


def test_it_is_not_asked_longer_than_a_link_can_live() -> None:
    old = HearBank(ORDER_ID, LINK, REFERENCE, BankState.WAITING, ALL, ANNA, MONDAY + timedelta(days=92))

    assert opened(*LINKED, old).money.links[0].ask_at is None


def test_all_given_back_at_the_bank_is_noted_and_due_again() -> None:
    order = opened(*LINKED, bank_says(BankState.PAID), bank_says(BankState.RETURNED))

    assert (balance(order).refunded, balance(order).due, balance(order).refund_due.minor) == (ALL, ALL, 0)
    assert did(bank_says(BankState.RETURNED), order) == ()


def test_given_back_before_we_heard_that_it_was_paid_comes_to_the_same() -> None:
    order = opened(*LINKED, bank_says(BankState.RETURNED))

    assert (balance(order).paid, balance(order).refunded, balance(order).due) == (ALL, ALL, ALL)


def test_of_a_part_given_back_at_the_bank_a_person_has_to_say_how_much() -> None:
    order = opened(*LINKED, bank_says(BankState.PAID), bank_says(BankState.PARTLY_RETURNED))

    assert "payment_check" in {each.name for each in due(order)}
    assert names(order, bank_says(BankState.PARTLY_RETURNED)) == []


def test_receipts_are_kept_by_number_and_link() -> None:
    keep = KeepReceipt(ORDER_ID, "p-1", Receipt("0001", "https://ofd.test/1"), ANNA, MONDAY)
    order = opened(pay(), keep)

    assert order.money.payments[0].receipt == Receipt("0001", "https://ofd.test/1")
    assert did(keep, order) == ()
    with pytest.raises(UnknownPayment):
        decide(KeepReceipt(ORDER_ID, "p-9", Receipt("1"), ANNA, MONDAY), order)


@pytest.mark.parametrize("command", [pay(), bank_says(BankState.PAID)])
def test_what_comes_after_the_end_is_owed_back_at_once(command: Command) -> None:
    changes = did(command, given(place(), *LINKED, cancel()))

    assert [type(each) for each in changes if not isinstance(each, m.BankAnswered)] == [
        m.PaymentRecorded,
        m.RefundDue,
    ]


def test_a_cancelled_order_gets_no_link() -> None:
    with pytest.raises(Refusal):
        decide(ask_link(), given(place(), cancel()))


def test_what_came_and_went_before_we_heard_of_it_came_as_the_link_says() -> None:
    order = opened(*LINKED, bank_says(BankState.RETURNED, Money(1)))

    assert (balance(order).paid, balance(order).refunded) == (ALL, ALL)


def test_a_bank_that_never_answers_is_not_asked_for_ever() -> None:
    order = opened(*LINKED)

    (given_up,) = did(MissBank(ORDER_ID, LINK, MONDAY + timedelta(days=92)), order)

    assert isinstance(given_up, m.BankAnswered)
    assert given_up.ask_at is None
