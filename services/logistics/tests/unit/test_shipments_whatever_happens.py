"""Statuses repeated, reversed and mixed with what orders tells: the story ends the same."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from logistics.domain import shipment_commands as k
from logistics.domain.shipment import Report, Shipping
from logistics.domain.shipment_changes import (
    DeliveryFailed,
    ShipmentDelivered,
    ShipmentDispatched,
    ShipmentReturned,
)
from logistics.domain.shipment_decider import decide
from logistics.domain.shipment_evolving import evolve, told_name
from logistics.domain.shipment_stage import ARRIVED, FIRST, STILL_HERE, ShipmentStage
from logistics.testing.shipments import (
    NOON,
    READY,
    SHIPMENT,
    dispatch,
    heard,
    lived,
    register,
    registered,
    report,
    seen,
)

S = ShipmentStage
FACTS = (ShipmentDispatched, ShipmentDelivered, DeliveryFailed, ShipmentReturned)
BY_CARRIER = [each for each in S if each not in {S.PLANNED, S.RETURNING}]


def late(stage: ShipmentStage, minute: int) -> Report:
    """What the carrier says, and that it is late."""
    return seen(stage, minute, "delay")


stories = st.lists(
    st.builds(late, st.sampled_from(BY_CARRIER), st.integers(0, 500)),
    min_size=1,
    max_size=8,
    unique_by=lambda each: each.at,
)


def told(reports: tuple[Report, ...]) -> k.HearCarrier:
    return k.HearCarrier("o-1", SHIPMENT, reports, NOON)


def live(commands: list[k.Command]) -> tuple[Shipping, list[Any]]:
    """The end of a story, and all that changed on the way; each command may come twice."""
    shipping = lived(heard(), register(), registered())
    changes: list[Any] = []
    for command in commands:
        decision = decide(command, shipping)
        assert isinstance(decision, list)
        for change in decision:
            changes.append(change)
            shipping = evolve(shipping, change)
    return shipping, changes


def others_know(shipping: Shipping) -> list[set[str]]:
    """Which facts were told of each shipment."""
    return [set(each.told) for each in shipping.parcels]


@settings(max_examples=300, deadline=None)
@given(stories, st.booleans(), st.data())
def test_the_same_told_in_any_order_and_again_is_the_same_story(
    story: list[Report], ends: bool, data: st.DataObject
) -> None:
    """However the statuses and the order's end come, also between two of them: the same reports, the same stage, the same
    facts, each told once; the carrier gives back what he has.
    """
    end: list[k.Command] = [heard(replace(READY, cancelled=True))] if ends else []
    apart: list[k.Command] = [told((each,)) for each in story]
    mixed = data.draw(st.permutations([*apart, *data.draw(st.permutations(apart)), *end, *end]))

    at_once, _ = live([told(tuple(story)), *end])
    shipping, changes = live(mixed)

    one, other = at_once.parcels[0], shipping.parcels[0]
    assert (one.reports, one.stage, one.withdrawn_at) == (other.reports, other.stage, other.withdrawn_at)
    assert others_know(at_once) == others_know(shipping)
    assert one.kept == other.kept
    if one.withdrawn_at is not None and one.stage not in ARRIVED:
        assert one.called_back
        assert other.called_back
    facts = [told_name(each) for each in changes if isinstance(each, FACTS)]
    assert len(facts) == len(set(facts))


@settings(max_examples=200, deadline=None)
@given(st.permutations([S.OUT_FOR_DELIVERY, S.ATTEMPT_FAILED, S.DELIVERED]), st.integers(0, 3))
def test_people_too_may_report_in_any_order(order: list[ShipmentStage], place: int) -> None:
    """Gone out, missed, delivered; and the dispatch is written down before, between or after."""
    minutes = {S.OUT_FOR_DELIVERY: 10, S.ATTEMPT_FAILED: 20, S.DELIVERED: 30}
    said: list[k.Command] = [report(seen(each, minutes[each], "no_contact")) for each in order]
    said.insert(place, dispatch(at=NOON + timedelta(minutes=60)))

    shipping, _ = live(said)

    parcel = shipping.parcels[0]
    assert (parcel.stage, parcel.attempts, len(parcel.reports)) == (S.DELIVERED, 1, 4)
    assert set(parcel.told) == {"dispatched", "delivered", "failed:attempt_failed@20"}


@settings(max_examples=200, deadline=None)
@given(stories)
def test_what_was_seen_last_is_its_stage_and_what_left_us_is_told(story: list[Report]) -> None:
    shipping, changes = live([told((each,)) for each in reversed(story)])
    last = max(story, key=lambda each: (each.stage not in FIRST, each.at))
    assert shipping.parcels[0].stage is last.stage
    left = any(each.stage not in STILL_HERE for each in story)
    assert left == any(isinstance(each, ShipmentDispatched) for each in changes)


@settings(max_examples=100, deadline=None)
@given(stories)
def test_what_the_carrier_takes_back_is_as_if_it_had_never_been(story: list[Report]) -> None:
    gone, kept = story[0], tuple(story[1:])
    with_it, _ = live([told(tuple(story)), k.HearCarrier("o-1", SHIPMENT, tuple(story), NOON, (gone.key,))])
    without, _ = live([told(kept)])
    assert with_it.parcels[0].stage is without.parcels[0].stage
