"""A delivery is promised only when it can be kept, with the customer, and he knows it (R29, R31, R65-R67)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from kernel.actor import Actor
from kernel.deadline import Deadline
from kernel.money import Money
from kernel.refusal import Refusal
from kernel.refused_duty import DutyRefused
from orders.application.announcements import as_told, stage_of
from orders.domain import delivery_changes as d
from orders.domain.changes import ItemUnavailable, OrderContacted, SupplyHeard
from orders.domain.commands import Command
from orders.domain.deadlines import due
from orders.domain.decider import decide
from orders.domain.delivery import Leaving, Waived
from orders.domain.delivery_commands import PrepareDelivery
from orders.domain.delivery_refusals import CustomerNotContacted, NoPromiseYet, SupplyNotAllocated
from orders.domain.ledger import Terms
from orders.domain.refusals import MixedCurrencyOrder, OrderCancelledAlready
from orders.domain.words import Channel, Supply
from orders.testing.lamps import (
    CLOCKS,
    MONDAY,
    ORDER_ID,
    cancel,
    did,
    given,
    minutes,
    opened,
    passed,
    place,
    reach,
    refused,
    supply,
)
from orders.testing.people import ANNA, IVAN, KIRA, NINA, OLGA, SITE, member, team
from orders.testing.promises import EVENING, NEIGHBOUR, POINT, WEDNESDAY, agree, tell
from orders.testing.purse import terms

ALLOCATED = supply(Supply.ALLOCATED)
READY: tuple[Command, ...] = (reach(), ALLOCATED)
TONIGHT = datetime.fromisoformat("2026-03-02T15:00Z")


def names(*commands: Command) -> list[str]:
    *before, last = commands
    return [type(each).__name__ for each in did(last, opened(*before))]


def test_a_delivery_in_another_currency_than_the_order_is_not_promised() -> None:
    with pytest.raises(MixedCurrencyOrder):
        decide(agree(replace(WEDNESDAY, price=Money(500, "EUR"))), opened(*READY))


def test_a_promise_confirms_the_order_and_says_by_which_terms() -> None:
    order = opened(*READY, agree())

    told = as_told(order)
    assert (stage_of(order), told.stage) == ("confirmed", "confirmed")
    assert told.promise
    assert (told.promise.terms_version, told.promise.promised_by, told.promise.told_by) == (3, "anna", None)
    assert told.promise.reservation_id == "res-0406"


@pytest.mark.parametrize(
    ("before", "no"),
    [
        ((ALLOCATED,), CustomerNotContacted),
        ((reach(),), SupplyNotAllocated),
        ((reach(), supply(Supply.SHORT, "brass-lamp")), SupplyNotAllocated),
        ((reach(), supply(Supply.RELEASED)), SupplyNotAllocated),
    ],
)
@pytest.mark.parametrize("command", [agree(), PrepareDelivery(ORDER_ID, ANNA, MONDAY)])
def test_nothing_is_promised_before_its_time(
    before: tuple[Command, ...], no: type[Refusal], command: Command
) -> None:
    with pytest.raises(no):
        decide(command, opened(*before))


def test_asking_whether_one_may_changes_nothing() -> None:
    assert did(PrepareDelivery(ORDER_ID, ANNA, MONDAY), opened(*READY)) == ()


def test_nothing_is_promised_of_a_cancelled_order() -> None:
    with pytest.raises(OrderCancelledAlready):
        decide(agree(), given(place(), *READY, cancel()))


@pytest.mark.parametrize("somebody", [KIRA, IVAN])
@pytest.mark.parametrize("preparing", [True, False])
def test_promising_is_not_everybodys_duty_and_the_attempt_is_remembered(
    somebody: Actor, preparing: bool
) -> None:
    command = PrepareDelivery(ORDER_ID, somebody, MONDAY) if preparing else agree(actor=somebody)

    no = refused(command, opened(*READY))

    assert [(each.action, each.rule) for each in no.changes if isinstance(each, DutyRefused)] == [
        ("agree_delivery", "R29")
    ]


def test_who_chose_on_the_site_himself_needs_no_talk_before_and_knows_what_he_chose() -> None:
    changes = did(agree(actor=SITE), opened(ALLOCATED))

    assert [type(each) for each in changes] == [d.DeliveryAgreed, d.PromiseTold, OrderContacted]
    order = opened(ALLOCATED, agree(actor=SITE))
    assert order.delivery.is_told
    assert order.contacted_at == MONDAY


@pytest.mark.parametrize("somebody", [OLGA, NINA])
def test_a_higher_duty_may_promise_before_the_goods_are_there_and_says_why(somebody: Actor) -> None:
    order = opened(reach(), agree(actor=somebody, waiver="supplier_phoned"))

    assert order.delivery.promise
    assert order.delivery.promise.waived == Waived(somebody.id, "supplier_phoned")


@pytest.mark.parametrize(("somebody", "why"), [(ANNA, "supplier_phoned"), (OLGA, None)])
def test_nobody_else_may_and_nobody_without_a_reason(somebody: Actor, why: str | None) -> None:
    with pytest.raises(SupplyNotAllocated):
        decide(agree(actor=somebody, waiver=why), opened(reach()))


def test_a_waiver_that_was_not_needed_is_not_kept() -> None:
    promise = opened(*READY, agree(actor=OLGA, waiver="supplier_phoned")).delivery.promise

    assert promise
    assert promise.waived is None


def test_the_same_promise_again_changes_nothing_and_another_replaces_it() -> None:
    assert names(*READY, agree(), agree(reservation_id="another")) == []
    assert names(*READY, agree(), agree(EVENING)) == ["DeliveryAgreed"]
    assert opened(*READY, agree(), agree(EVENING)).delivery.agreed == 2


def test_with_whom_it_may_be_left_is_part_of_the_agreement() -> None:
    order = opened(*READY, agree(leaving=NEIGHBOUR))

    assert order.delivery.leaving == NEIGHBOUR
    assert names(*READY, agree(), agree(leaving=NEIGHBOUR)) == ["LeavingChanged"]
    assert names(*READY, agree(leaving=NEIGHBOUR), agree(leaving=Leaving())) == []
    assert "Клавдия" not in repr(order)


def test_an_interval_is_any_moment_in_it_and_says_so() -> None:
    assert WEDNESDAY.in_words.ru == "4 марта, в любой момент с 09:00 до 15:00"
    assert WEDNESDAY.in_words.en == "4 March, at any moment from 09:00 to 15:00"
    assert POINT.in_words == POINT.words


def test_whoever_hears_it_in_the_talk_knows_it() -> None:
    assert names(*READY, agree(told_by=Channel.PHONE)) == ["DeliveryAgreed", "PromiseTold"]
    assert names(*READY, agree(), agree(told_by=Channel.PHONE)) == ["PromiseTold"]
    assert names(*READY, agree(told_by=Channel.PHONE), agree(told_by=Channel.SMS)) == []


def test_told_once_he_knows_and_news_of_an_older_promise_says_nothing() -> None:
    told = opened(*READY, agree(), tell(Channel.SMS))

    assert told.delivery.promise
    assert (told.delivery.promise.told_by, told.delivery.promise.told_at) == (Channel.SMS, minutes(3))
    assert did(tell(Channel.EMAIL), told) == ()
    assert names(*READY, agree(), agree(EVENING), tell(of=1)) == []
    assert names(*READY, agree(), agree(EVENING), tell(of=2)) == ["PromiseTold"]


def test_without_a_promise_there_is_nothing_to_tell() -> None:
    with pytest.raises(NoPromiseYet):
        decide(tell(), opened(*READY))
    assert did(tell(of=1), opened(*READY)) == ()


def test_telling_is_contact() -> None:
    order = opened(reach(), agree(actor=OLGA, waiver="by_hand"))
    uncontacted = replace(order, contacted_at=None)

    assert [type(each) for each in did(tell(Channel.EMAIL), uncontacted)] == [d.PromiseTold, OrderContacted]


def test_the_customer_must_know_the_same_working_day_and_it_is_due_until_he_does() -> None:
    assert Deadline("promise", TONIGHT) in due(opened())
    assert Deadline("promise", TONIGHT) in due(opened(*READY, agree()))
    assert "promise" not in {each.name for each in due(opened(*READY, agree(), tell()))}


def test_when_the_day_is_over_it_is_told_and_due_again() -> None:
    late = opened(*READY, passed("promise", TONIGHT))

    assert late.delivery.overdue_at == TONIGHT
    assert Deadline("promise", CLOCKS.look_again(TONIGHT)) in due(late)
    assert did(passed("promise", TONIGHT), opened(*READY, agree(), tell())) == ()
    assert opened(*READY, passed("promise", TONIGHT), agree(), tell()).delivery.overdue_at is None


def test_goods_that_go_missing_or_come_later_make_a_promise_void() -> None:
    short = supply(Supply.SHORT, "brass-lamp")
    later = replace(ALLOCATED, ready_on=date(2026, 3, 5))
    in_time = replace(ALLOCATED, ready_on=date(2026, 3, 4))

    assert [type(each) for each in did(short, opened(*READY, agree()))] == [
        SupplyHeard,
        ItemUnavailable,
        d.PromiseVoided,
    ]
    assert names(*READY, agree(), later) == ["SupplyHeard", "PromiseVoided"]
    assert names(*READY, agree(), in_time) == ["SupplyHeard"]


def test_a_void_promise_is_no_promise_and_is_owed_anew() -> None:
    order = opened(*READY, agree(), tell(), replace(ALLOCATED, ready_on=date(2026, 3, 9)))

    assert (order.delivery.void, stage_of(order), as_told(order).promise) == ("supply", "contacted", None)
    assert Deadline("promise", TONIGHT) in due(order)
    assert did(agree(), order)
    assert (
        opened(*READY, agree(), replace(ALLOCATED, ready_on=date(2026, 3, 9)), agree(EVENING)).delivery.void
        is None
    )


def test_who_is_to_pay_at_the_door_after_all_needs_another_promise() -> None:
    prepaid = opened(*READY, terms(Terms.PREPAID), agree())

    assert [type(each).__name__ for each in did(terms(Terms.ON_DELIVERY), prepaid)] == [
        "TermsChanged",
        "PromiseVoided",
    ]
    assert names(*READY, agree(), terms(Terms.PREPAID)) == ["TermsChanged"]


def test_whoever_is_away_does_not_keep_an_order_whose_promise_is_late() -> None:
    away = team(member("anna", away=(MONDAY, None)), member("boris"))

    changes = did(passed("promise", TONIGHT + timedelta(minutes=1), away), opened(*READY))

    assert [type(each).__name__ for each in changes] == ["OrderReassigned", "PromiseOverdue"]
