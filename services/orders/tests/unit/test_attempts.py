"""Attempts to reach a customer are recorded, whatever comes of them; who wants no calls is not called (R20, R23, R26)."""

from datetime import timedelta

import pytest
from orders.domain.changes import AttemptRecorded, OrderContacted
from orders.domain.commands import Command
from orders.domain.refusals import CustomerWantsNoCalls, OrderCancelledAlready, UnknownOrder
from orders.domain.words import AttemptOutcome, Channel, Preference
from orders.testing.lamps import (
    CLOCKS,
    MONDAY,
    attempt,
    cancel,
    did,
    given,
    link,
    minutes,
    opened,
    place,
    reach,
)
from orders.testing.people import BORIS

WRITTEN = [Channel.SMS, Channel.EMAIL, Channel.MESSENGER, Channel.CHAT]


@pytest.mark.parametrize("outcome", set(AttemptOutcome) - {AttemptOutcome.REACHED})
def test_an_attempt_counts_whatever_came_of_it(outcome: AttemptOutcome) -> None:
    order = opened(attempt(minutes(5), outcome))

    assert [(each.at, each.by, each.outcome) for each in order.attempts] == [(minutes(5), "anna", outcome)]
    assert order.contacted_at is None


def test_who_is_reached_is_contacted() -> None:
    recorded, contacted = did(reach(minutes(5)), opened())

    assert isinstance(recorded, AttemptRecorded)
    assert contacted == OrderContacted("anna", Channel.PHONE, minutes(5), CLOCKS.look_again(minutes(5)))


def test_reaching_him_again_is_one_more_attempt_and_no_second_contact() -> None:
    order = opened(reach(), reach(minutes(60)))

    assert (len(order.attempts), order.contacted_at) == (2, MONDAY)


def test_the_same_attempt_told_twice_counts_once() -> None:
    assert did(attempt(MONDAY + timedelta(seconds=59)), opened(attempt(MONDAY))) == ()


@pytest.mark.parametrize(
    "another",
    [
        attempt(minutes(1)),
        attempt(channel=Channel.SMS),
        attempt(outcome=AttemptOutcome.BUSY),
        attempt(actor=BORIS),
    ],
)
def test_another_time_channel_outcome_or_person_is_another_attempt(another: Command) -> None:
    assert len(did(another, opened(attempt()))) == 1


def test_who_ordered_without_calls_is_not_called() -> None:
    with pytest.raises(CustomerWantsNoCalls):
        did(attempt(), given(place(preference=Preference.NO_CALLS)))


def test_whose_card_says_no_calls_is_not_called_either() -> None:
    with pytest.raises(CustomerWantsNoCalls):
        did(attempt(), opened(link(wants_no_calls=True)))


@pytest.mark.parametrize("channel", WRITTEN)
def test_who_wants_no_calls_is_contacted_in_writing(channel: Channel) -> None:
    order = given(
        place(preference=Preference.NO_CALLS), attempt(outcome=AttemptOutcome.REACHED, channel=channel)
    )

    assert order.contacted_at == MONDAY


def test_nothing_is_attempted_on_a_cancelled_order() -> None:
    with pytest.raises(OrderCancelledAlready):
        did(attempt(), given(place(), cancel()))


def test_nothing_is_attempted_on_an_unknown_order() -> None:
    with pytest.raises(UnknownOrder):
        did(attempt(), None)
