"""Statuses repeated, reversed and mixed with what orders tells: the story ends the same."""

from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from logistics.domain import shipment_commands as k
from logistics.domain.shipment import STILL_HERE, Report, ShipmentStage, Shipping
from logistics.domain.shipment_changes import ShipmentDelivered, ShipmentDispatched, ShipmentReturned
from logistics.domain.shipment_decider import decide
from logistics.domain.shipment_evolving import evolve
from logistics.testing.shipments import NOON, READY, SHIPMENT, heard, lived, register, registered, seen

S = ShipmentStage
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


@settings(max_examples=300, deadline=None)
@given(stories, st.data())
def test_the_same_reports_in_any_order_are_the_same_story(story: list[Report], data: st.DataObject) -> None:
    """However the statuses and the order's facts come, the reports are the same, so is the stage unless the order was
    cancelled in between, and each fact was told at most once.
    """
    withdrawn = data.draw(st.booleans())
    others: list[k.Command] = [heard(replace(READY, covered=False)), heard(READY)]
    end: list[k.Command] = [heard(replace(READY, cancelled=True))] if withdrawn else []
    apart: list[k.Command] = [told((each,)) for each in story]
    mixed = data.draw(st.permutations([*apart, *data.draw(st.permutations(apart)), *others, *end]))

    at_once, _ = live([told(tuple(story)), *others, *end])
    shipping, changes = live([*mixed, *end])

    one, other = at_once.parcels[0], shipping.parcels[0]
    assert one.reports == other.reports
    ended_before = other.withdrawn_at is None and one.withdrawn_at is not None
    if not ended_before and (one.withdrawn_at is None) == (other.withdrawn_at is None):
        assert one.stage is other.stage
    for kind in (ShipmentDispatched, ShipmentDelivered, ShipmentReturned):
        assert sum(isinstance(each, kind) for each in changes) <= 1


@settings(max_examples=200, deadline=None)
@given(stories)
def test_what_was_seen_last_is_its_stage_and_what_left_us_is_told(story: list[Report]) -> None:
    shipping, changes = live([told((each,)) for each in reversed(story)])
    last = max(story, key=lambda each: each.at)
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
