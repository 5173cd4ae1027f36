"""What becomes of one message: each command does it, refuses it, or stays quiet when it comes again."""

from datetime import timedelta

import pytest
from kernel.deadline import Deadline
from kernel.personal import Personal
from kernel.refusal import Refused
from notifications.application.announcements import announce
from notifications.domain import changes as c
from notifications.domain import commands as o
from notifications.domain.deadlines import deadlines
from notifications.domain.decider import decide
from notifications.domain.message import Delivered, Dropped, Failed, Sending, Sent, Waiting, key_of
from notifications.domain.refusals import MessageNoLongerSo, MessageOnItsWay, UnknownMessage
from notifications.domain.words import Report
from notifications.testing.letters import (
    MONDAY,
    STEPAN,
    begin,
    given,
    later,
    minutes,
    reported,
    resend,
    taken,
    write,
    writing,
)

DROP = o.Drop("m-1", "order_cancelled", MONDAY)
GIVE_UP = o.GiveUp("m-1", "expired", MONDAY)


def test_it_is_written_once() -> None:
    assert decide(write(), None) == [c.MessageWritten(writing(), MONDAY, MONDAY + timedelta(hours=24))]
    assert decide(write(), given(write())) == []
    assert decide(write(), given(write(), begin(), taken())) == []


def test_it_waits_for_its_moment_and_never_beyond_its_expiry() -> None:
    message = given(write(due_at=minutes(5)))
    late = given(write(due_at=minutes(90), expires_at=minutes(60)))

    assert message
    assert deadlines(message) == [Deadline("send", minutes(5))]
    assert late
    assert deadlines(late) == [Deadline("send", minutes(60))]


def test_being_sent_is_settled_if_whoever_sends_it_dies() -> None:
    message = given(write(), begin(minutes(1)))

    assert isinstance(message, Sending)
    assert deadlines(message) == [Deadline("settle", minutes(4))]
    assert message.trail.tries == 1


def test_taken_is_sent_and_looked_after() -> None:
    message = given(write(), begin(), taken())

    assert isinstance(message, Sent)
    assert deadlines(message) == [Deadline("look", minutes(30))]
    assert decide(taken(), message) == []


def test_a_try_that_failed_keeps_that_the_gateway_may_have_it() -> None:
    sure = given(write(), begin(), later())
    unsure = given(write(), begin(), later(perhaps=True), later("orders_down", minutes(3)))
    settled = given(write(), begin(), o.PutOff("m-1", minutes(9)))

    assert isinstance(sure, Waiting)
    assert not sure.perhaps_taken
    assert isinstance(unsure, Waiting)
    assert (unsure.perhaps_taken, unsure.trail.tries, unsure.trail.fault) == (True, 2, "orders_down")
    assert isinstance(settled, Waiting)
    assert settled.perhaps_taken


@pytest.mark.parametrize("command", [DROP, GIVE_UP, later(), begin(), o.PutOff("m-1", minutes(1))])
@pytest.mark.parametrize(
    "lived",
    [
        (),
        (begin(), taken()),
        (begin(), taken(), reported(Report.ARRIVED)),
        (begin(), taken(), reported(Report.LOST)),
        (DROP,),
        (GIVE_UP,),
    ],
)
def test_what_comes_too_late_changes_nothing(command: o.Command, lived: tuple[o.Command, ...]) -> None:
    message = given(write(), *lived) if lived else None

    assert decide(command, message) == []


def test_it_is_dropped_or_given_up_before_it_is_out() -> None:
    for before in ((), (begin(),)):
        assert isinstance(given(write(), *before, DROP), Dropped)
        assert isinstance(given(write(), *before, GIVE_UP), Failed)


def test_a_report_before_the_gateways_own_answer_counts_as_that_answer() -> None:
    message = given(write(), begin(), reported(Report.ARRIVED), taken(minutes(3)))

    assert isinstance(message, Delivered)
    assert (message.gateway, message.sent_at) == ("smsc", minutes(2))


def test_what_arrived_has_arrived_whatever_is_reported_later() -> None:
    arrived = given(write(), begin(), taken(), reported(Report.LOST), reported(Report.ARRIVED))

    assert isinstance(arrived, Delivered)
    for report in Report:
        assert decide(reported(report), arrived) == []
    assert decide(reported(Report.ON_WAY), given(write(), begin(), taken())) == []
    assert decide(reported(Report.ARRIVED), given(write(), begin(), GIVE_UP)) == []
    assert decide(reported(Report.ARRIVED), None) == []


def test_a_report_of_an_earlier_round_is_none_of_the_new_one() -> None:
    again = given(write(), begin(), taken(), resend(), begin(minutes(61)))

    assert again
    assert key_of(again) == "m-1.2"
    assert decide(reported(Report.LOST, key="m-1"), again) == []
    assert decide(taken(minutes(62), key="m-1"), again) == []
    assert decide(reported(Report.ARRIVED, key="m-1.2"), again) != []


def test_a_person_may_send_it_once_more_when_it_is_through() -> None:
    for lived in ((begin(), taken()), (GIVE_UP,), (begin(), taken(), reported(Report.ARRIVED))):
        again = given(write(), *lived, resend())

        assert isinstance(again, Waiting)
        assert (again.trail.round, again.trail.tries, again.due_at) == (2, 0, minutes(60))
    with pytest.raises(MessageOnItsWay):
        decide(resend(), given(write()))
    with pytest.raises(MessageOnItsWay):
        decide(resend(), given(write(), begin()))
    with pytest.raises(MessageNoLongerSo):
        decide(resend(), given(write(), DROP))
    with pytest.raises(UnknownMessage):
        decide(resend(), None)


def test_an_attempt_that_is_nobodys_duty_is_remembered_and_told() -> None:
    message = given(write(), begin(), taken())
    refused = decide(resend(STEPAN), message)

    assert isinstance(refused, Refused)
    assert message
    (fact,) = announce(refused.changes[0], message)
    assert fact.model_dump()["thing_id"] == "m-1"


def test_what_is_told_names_no_customer_and_no_word() -> None:
    message = given(write(), begin(), taken())
    assert message
    (sent,) = announce(c.MessageSent("smsc", "m-1", None, MONDAY, None), message)
    (failed,) = announce(c.MessageFailed("expired", MONDAY), message)

    assert (sent.type, failed.type) == ("message.sent.v1", "message.failed.v1")
    assert failed.model_dump()["attempts"] == 1
    assert announce(c.MessagePutOff(MONDAY), message) == []
    assert "7916" not in str(sent.model_dump())


def test_nothing_of_it_prints_whom_it_goes_to() -> None:
    assert "7916" not in repr(given(write(), begin()))
    assert repr(Personal("+7916***4567")) == "Personal(‹personal›)"
