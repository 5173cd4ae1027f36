"""What can't be meant is found when an agreement is written (R60, R62)."""

from dataclasses import replace
from datetime import time

import pytest
from logistics.domain.agreement import Agreement, Frame, PickUp
from logistics.domain.agreement_faults import faults
from logistics.testing.agreements import AT_HOME, CDEK, IVAN, LESNAYA, MORNING, OWN, own, own_zone


def frame(**more: object) -> Frame:
    return replace(MORNING, **more)


@pytest.mark.parametrize("agreement", [OWN, CDEK, own(couriers=(IVAN,))])
def test_an_agreement_that_holds_has_no_faults(agreement: Agreement) -> None:
    assert faults(agreement) == []


@pytest.mark.parametrize(
    ("agreement", "fault"),
    [
        (own(zones=()), "delivers_nowhere"),
        (own(zones=(AT_HOME, AT_HOME)), "zone_twice: moscow"),
        (own_zone(frames=()), "zone_without_windows: moscow"),
        (own_zone(frames=(MORNING, MORNING)), "window_of_moscow_twice: 09:00-15:00"),
        (own_zone(frames=(frame(ends=time(9)),)), "window_ends_before_it_begins: moscow 09:00-09:00"),
        (own_zone(frames=(frame(narrowest=361),)), "narrowest_is_wider: moscow 09:00-15:00"),
        (own(pick_up=PickUp(time(16), time(14), 60)), "pick_up_ends_before_it_begins"),
        (own(pick_up=PickUp(time(16, 55), time(17), 60, least_minutes=180)), "pick_up_too_narrow"),
        (own(pick_up=PickUp(time(14), time(16), 60, (7,)), weekdays=(1, 2)), "pick_up_on_days_off"),
        (own(couriers=(IVAN, IVAN)), "courier_twice: ivan"),
        (own(couriers=(replace(IVAN, zones=("omsk",)),)), "courier_in_unknown_zone: ivan omsk"),
        (replace(CDEK, points=(LESNAYA, LESNAYA)), "point_twice: msk-124"),
        (replace(CDEK, points=(replace(LESNAYA, week={}),)), "point_never_open: msk-124"),
    ],
)
def test_what_cannot_be_meant_is_named(agreement: Agreement, fault: str) -> None:
    assert faults(agreement) == [fault]
