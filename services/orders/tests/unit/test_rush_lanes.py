"""Borders between duties: each person one lane, known, here, permitted; one or two on the phone (R18, R112)."""

import pytest
from kernel.actor import Role
from kernel.refusal import Refusal
from orders.domain.rush import Stand
from orders.domain.rush_commands import Plan
from orders.domain.rush_lanes import sound
from orders.domain.rush_refusals import NotForThisLane, NotOnTheStaff, PhoneLaneNotOneOrTwo, TwoLanes
from orders.domain.rush_words import Lane, Part
from orders.testing.lamps import MONDAY
from orders.testing.people import member, team
from orders.testing.rushes import PEOPLE, PLAN, did, start

OLEG = Stand("oleg", Lane.PHONE_ORDERS)


def standing(*stands: Stand) -> Plan:
    return Plan((OLEG, *stands))


def test_a_plan_that_draws_clear_borders_is_sound() -> None:
    sound(PLAN, tuple(Part), PEOPLE)


def test_one_primary_lane_a_person() -> None:
    with pytest.raises(TwoLanes) as no:
        sound(standing(Stand("anna", Lane.PROCESSING), Stand("anna", Lane.PACKING)), tuple(Part), PEOPLE)

    assert (no.value.rule, no.value.about) == ("R18", {"staff_id": "anna"})


@pytest.mark.parametrize("stranger", ["nobody", "petr"])
def test_who_is_unknown_or_gone_stands_nowhere(stranger: str) -> None:
    with pytest.raises(NotOnTheStaff):
        sound(standing(Stand(stranger, Lane.PACKING)), tuple(Part), PEOPLE)


def test_who_is_away_today_may_be_planned() -> None:
    away = team(member("oleg", Role.PHONE_OPERATOR, away=(MONDAY, None)))

    sound(standing(), tuple(Part), away)


def test_the_owner_is_always_known_and_may_stand_anywhere() -> None:
    for lane in Lane:
        sound(standing(Stand("olga", lane)), tuple(Part), PEOPLE)


@pytest.mark.parametrize(
    ("staff_id", "lane", "rule"),
    [
        ("stepan", Lane.PROCESSING, "R18"),
        ("ivan", Lane.PROCESSING, "R18"),
        ("anna", Lane.CLAIMS, "R6"),
        ("anna", Lane.DELIVERY, "R18"),
        ("kira", Lane.PACKING, "R9"),
        ("kira", Lane.DELIVERY, "R9"),
        ("kira", Lane.CLAIMS, "R6"),
        ("kira", Lane.PROCESSING, "R18"),
    ],
)
def test_a_lane_is_for_who_may_do_its_work(staff_id: str, lane: Lane, rule: str) -> None:
    with pytest.raises(NotForThisLane) as no:
        sound(standing(Stand(staff_id, lane)), tuple(Part), PEOPLE)

    assert no.value.rule == rule


@pytest.mark.parametrize("phone", [(), ("oleg", "anna", "boris")])
def test_one_or_two_are_on_the_phone(phone: tuple[str, ...]) -> None:
    plan = Plan(tuple(Stand(staff_id, Lane.PHONE_ORDERS) for staff_id in phone))

    with pytest.raises(PhoneLaneNotOneOrTwo):
        sound(plan, tuple(Part), PEOPLE)


def test_two_are_fine_and_a_rush_without_lanes_needs_nobody() -> None:
    sound(standing(Stand("boris", Lane.PHONE_ORDERS)), tuple(Part), PEOPLE)
    sound(Plan(), (Part.FREEZE,), PEOPLE)


def test_no_rush_starts_with_an_unsound_plan() -> None:
    with pytest.raises(Refusal):
        did(start(plan=standing(Stand("nobody", Lane.PACKING))), None)
