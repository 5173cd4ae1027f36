"""What is told late, before its time, or of a part: it counts as what happened, not as when it was heard."""

from dataclasses import replace
from datetime import timedelta

import pytest
from kernel.refusal import Refused
from logistics.application.announcing_shipments import of_shipping
from logistics.domain import shipment_commands as k
from logistics.domain.shipment import ShipmentStep
from logistics.domain.shipment_changes import DeliveryFailed, ShipmentDispatched
from logistics.domain.shipment_decider import decide
from logistics.domain.shipment_door import found_at_the_door
from logistics.domain.shipment_evolving import evolve
from logistics.domain.shipment_refusals import ReportMakesNoSense, ShipmentIsOver
from logistics.domain.shipment_stage import ShipmentStage
from logistics.testing.shipments import (
    NOON,
    ON_ITS_WAY,
    READY,
    dispatch,
    heard,
    lived,
    recall,
    register,
    registered,
    report,
    seen,
)

from contracts import deliveries as d

S = ShipmentStage
REGISTERED = (heard(), register(), registered("cdek-1"))
GONE = heard(replace(READY, cancelled=True))
ONE_LAMP = report(replace(seen(S.DELIVERED, 60), kept=((1, 1),)))
BACK = report(seen(S.RETURNED, 90))


def facts(command: k.Command, *before: k.Command) -> list[object]:
    """What others are told by this command."""
    shipping = lived(*before)
    decision = decide(command, shipping)
    assert not isinstance(decision, Refused)
    for change in decision:
        shipping = evolve(shipping, change)
    return [fact for change in decision for fact in of_shipping(change, shipping)]


def test_an_order_cancelled_between_two_reports_ends_as_if_it_were_cancelled_last() -> None:
    handed, missed = report(seen(S.DELIVERED, 10)), report(seen(S.ATTEMPT_FAILED, 5, "no_contact"))
    wrong = k.HearCarrier("o-1", "o-1.1", (seen(S.ATTEMPT_FAILED, 20, "no_contact"),), NOON)

    between, last = lived(*ON_ITS_WAY, handed, GONE, wrong), lived(*ON_ITS_WAY, handed, wrong, GONE)

    for story in (between, last):
        assert story.current
        assert (story.current.stage, story.current.owes) == (S.RETURNING, ShipmentStep.CANCEL)
    arrived = lived(*ON_ITS_WAY, missed, handed, GONE)
    assert arrived.current
    assert (arrived.current.stage, arrived.current.owes) == (S.DELIVERED, None)


def test_the_carrier_is_asked_for_it_once_however_often_it_is_seen_afterwards() -> None:
    done = k.NoteCarrier("o-1", "o-1.1", "cancel", NOON)
    story = lived(*ON_ITS_WAY, GONE, done, report(seen(S.OUT_FOR_DELIVERY, 20)))
    assert story.current
    assert (story.current.stage, story.current.owes) == (S.RETURNING, None)


def test_what_the_customer_did_not_keep_comes_back_and_is_told_by_line() -> None:
    delivered, returned = facts(ONE_LAMP, *ON_ITS_WAY), facts(BACK, *ON_ITS_WAY, ONE_LAMP)

    assert [type(each) for each in (*delivered, *returned)] == [d.DeliveryDeliveredV1, d.DeliveryReturnedV1]
    for fact in (*delivered, *returned):
        assert isinstance(fact, d.DeliveryFact)
        assert [(each.line_no, each.quantity, each.delivered) for each in fact.shipment.lines] == [
            (1, 2, 1),
            (2, 1, 0),
        ]
    assert decide(BACK, lived(*ON_ITS_WAY, ONE_LAMP, BACK)) == []


def test_what_was_kept_whole_does_not_come_back_unless_it_was_called_back() -> None:
    whole = report(seen(S.DELIVERED, 60))
    with pytest.raises(ShipmentIsOver):
        decide(BACK, lived(*ON_ITS_WAY, whole))
    withdrawn = lived(*ON_ITS_WAY, whole, GONE, BACK)
    assert withdrawn.current
    assert (withdrawn.current.stage, withdrawn.current.kept) == (S.RETURNED, {})
    with pytest.raises(ShipmentIsOver):
        decide(recall(), lived(*ON_ITS_WAY, ONE_LAMP, BACK))


def test_a_delivery_that_was_before_its_dispatch_counts_and_both_are_told_once() -> None:
    early = report(seen(S.DELIVERED, -30))
    after = lived(*ON_ITS_WAY, early)
    assert after.current
    assert after.current.stage is S.DELIVERED

    told = facts(early, *REGISTERED)
    assert [type(each) for each in told] == [d.DeliveryDispatchedV1, d.DeliveryDeliveredV1]
    assert facts(dispatch(), *REGISTERED, early) == []
    story = lived(*REGISTERED, early, dispatch())
    assert story.current
    assert (story.current.stage, story.current.reports) == (S.DELIVERED, after.current.reports)


def test_it_left_us_when_it_was_first_seen_elsewhere() -> None:
    early = report(seen(S.OUT_FOR_DELIVERY, -30))
    decision = decide(early, lived(*REGISTERED))
    assert isinstance(decision, list)
    left = [each for each in decision if isinstance(each, ShipmentDispatched)]
    assert [each.at for each in left] == [NOON - timedelta(minutes=30)]


def test_a_failure_heard_of_after_the_delivery_is_told_and_is_not_final() -> None:
    late = k.HearCarrier("o-1", "o-1.1", (seen(S.FAILED, 20, "no_contact"),), NOON)
    decision = decide(late, lived(*ON_ITS_WAY, report(seen(S.DELIVERED, 60))))
    assert isinstance(decision, list)
    told = [each for each in decision if isinstance(each, DeliveryFailed)]
    assert [each.final for each in told] == [False]


def test_a_failure_that_is_heard_of_with_its_return_is_final_all_the_same() -> None:
    both = (seen(S.FAILED, 20, "no_contact"), seen(S.RETURNED, 60))
    for heard_of in (both, both[::-1]):
        decision = decide(k.HearCarrier("o-1", "o-1.1", heard_of, NOON), lived(*ON_ITS_WAY))
        assert isinstance(decision, list)
        assert [each.final for each in decision if isinstance(each, DeliveryFailed)] == [True]


def test_failures_that_are_heard_of_at_once_are_told_apart_by_their_number() -> None:
    both = tuple(seen(S.ATTEMPT_FAILED, minutes, "no_contact") for minutes in (20, 60))
    at_once = facts(k.HearCarrier("o-1", "o-1.1", both, NOON), *ON_ITS_WAY)
    one_by_one = [
        fact
        for n in (1, 0)
        for fact in facts(
            k.HearCarrier("o-1", "o-1.1", (both[n],), NOON),
            *ON_ITS_WAY,
            *(k.HearCarrier("o-1", "o-1.1", (each,), NOON) for each in both[n + 1 :]),
        )
    ]
    for story in (at_once, one_by_one):
        assert [each.shipment.attempt for each in story if isinstance(each, d.DeliveryFailedV1)] == [1, 2]


def test_what_was_missing_or_damaged_is_trouble_and_what_was_not_kept_is_none() -> None:
    bad = report(replace(seen(S.DELIVERED, 60), kept=((1, 1),), short=((1, 1),), damaged=((2, 1),)))
    story, fewer = lived(*ON_ITS_WAY, bad), lived(*ON_ITS_WAY, ONE_LAMP)
    assert story.current
    assert fewer.current
    found = found_at_the_door(story, story.current)
    assert [(each.kind, each.source.value) for each in found] == [
        ("shortage", "warehouse"),
        ("damage", "own_courier"),
    ]
    assert found_at_the_door(fewer, fewer.current) == []


def test_what_is_missing_or_damaged_does_not_come_back_for_sale() -> None:
    bad = report(replace(seen(S.DELIVERED, 60), kept=((1, 1),), short=((1, 1),)))
    (fact,) = facts(BACK, *ON_ITS_WAY, bad)
    assert isinstance(fact, d.DeliveryReturnedV1)
    assert [(each.line_no, each.quantity, each.delivered) for each in fact.shipment.lines] == [
        (1, 1, 1),
        (2, 1, 0),
    ]


@pytest.mark.parametrize("kept", [None, ((1, 2),)])
def test_missing_pieces_are_of_a_part_and_no_more_than_was_sent(kept: object) -> None:
    wrong = report(replace(seen(S.DELIVERED, 60), kept=kept, short=((1, 1),)))
    with pytest.raises(ReportMakesNoSense):
        decide(wrong, lived(*ON_ITS_WAY))


def test_a_report_of_years_before_it_was_with_its_carrier_makes_no_sense() -> None:
    """A phone whose clock stands still: the customer would be asked never, since his week would be long over (R82)."""
    with pytest.raises(ReportMakesNoSense):
        decide(report(seen(S.DELIVERED, -60 * 24 * 365)), lived(*ON_ITS_WAY))
    assert decide(report(seen(S.DELIVERED, -60 * 23)), lived(*ON_ITS_WAY))
