"""Who is away, and who stands in for him (R5)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from crm.domain.refusals import AbsenceMakesNoSense, DeputyNeeded, DeputyUnfit, StaffGone
from crm.domain.staff import Absence, Presence, Staff
from crm.domain.staff_changes import AbsenceEnded, AbsenceStarted, PresenceShown
from crm.domain.staff_commands import EndAbsence, ShowPresence, StartAbsence
from crm.domain.staffing import decide, evolve
from hypothesis import given
from hypothesis import strategies as st
from kernel.actor import Actor, Grade, Role
from kernel.personal import Personal
from kernel.refusal import Refused

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
WEEK = Absence(NOW, NOW + timedelta(days=7))
VERA = Actor("vera", frozenset({Role.OWNER}))
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
BORIS = Actor("boris", frozenset({Role.SALES_MANAGER}))


def staff(staff_id: str, *roles: Role) -> Staff:
    return Staff(staff_id, "igla", staff_id, Personal(staff_id), Grade.REGULAR, frozenset(roles))


anna = staff("anna", Role.SALES_MANAGER)
boris = staff("boris", Role.SALES_MANAGER, Role.ACCOUNT_MANAGER)
olga = staff("olga", Role.CONFLICT_MANAGER)


def leave(who: Staff, deputy: Staff | None, by: Actor = VERA, absence: Absence = WEEK) -> StartAbsence:
    return StartAbsence(who.staff_id, absence, deputy, by, NOW)


def test_somebody_is_away_with_or_without_a_deputy() -> None:
    assert decide(leave(anna, None), anna) == [AbsenceStarted(WEEK, None)]
    assert decide(leave(anna, boris), anna) == [AbsenceStarted(WEEK, "boris")]


def test_the_same_absence_told_twice_is_one() -> None:
    away = evolve(anna, AbsenceStarted(WEEK, "boris"))

    assert decide(leave(anna, boris), away) == []


def test_a_conflict_manager_is_not_away_without_a_named_deputy() -> None:
    with pytest.raises(DeputyNeeded):
        decide(leave(olga, None), olga)


@pytest.mark.parametrize(
    "deputy",
    [
        replace(boris, active=False),
        replace(boris, absence=Absence(NOW + timedelta(days=1))),
        staff("carl", Role.COURIER),
        anna,
    ],
    ids=["gone", "away himself", "without the roles", "the same person"],
)
def test_a_deputy_is_somebody_else_who_is_there_and_can_do_the_work(deputy: Staff) -> None:
    with pytest.raises(DeputyUnfit):
        decide(leave(anna, deputy), anna)


def test_a_deputy_may_be_away_at_another_time() -> None:
    later = replace(boris, absence=Absence(NOW + timedelta(days=30), NOW + timedelta(days=40)))
    before = replace(boris, absence=Absence(NOW - timedelta(days=30), NOW))

    assert decide(leave(anna, later), anna)
    assert decide(leave(anna, before), anna)


def test_an_owner_can_stand_in_for_anybody() -> None:
    assert decide(leave(olga, staff("vera", Role.OWNER)), olga) == [AbsenceStarted(WEEK, "vera")]


@pytest.mark.parametrize(
    "absence",
    [Absence(NOW, NOW), Absence(NOW, NOW - timedelta(days=1)), Absence(NOW - timedelta(days=9), NOW)],
)
def test_an_absence_ends_after_it_begins_and_not_in_the_past(absence: Absence) -> None:
    with pytest.raises(AbsenceMakesNoSense):
        decide(leave(anna, None, absence=absence), anna)


def test_everybody_says_himself_when_he_is_away_and_no_colleague_does() -> None:
    assert decide(leave(anna, None, ANNA), anna)
    assert isinstance(decide(leave(anna, None, BORIS), anna), Refused)


def test_who_was_dismissed_is_not_away() -> None:
    with pytest.raises(StaffGone):
        decide(leave(anna, None), replace(anna, active=False))


def test_coming_back_twice_is_coming_back_once() -> None:
    away = evolve(anna, AbsenceStarted(WEEK, "boris"))
    back = EndAbsence("anna", ANNA, NOW)

    assert decide(back, away) == [AbsenceEnded()]
    assert evolve(away, AbsenceEnded()) == anna
    assert decide(back, anna) == []
    assert isinstance(decide(EndAbsence("anna", BORIS, NOW), away), Refused)


def test_presence_is_shown_by_himself_and_by_a_service_that_knows() -> None:
    lunch = ShowPresence("anna", Presence.ON_BREAK, ANNA, NOW)

    assert decide(lunch, anna) == [PresenceShown(Presence.ON_BREAK)]
    assert decide(lunch, replace(anna, presence=Presence.ON_BREAK)) == []
    assert decide(replace(lunch, actor=Actor("service:telephony", frozenset({Role.SERVICE}))), anna)
    assert isinstance(decide(replace(lunch, actor=BORIS), anna), Refused)


days = st.integers(0, 20).map(lambda n: NOW + timedelta(days=n))
endless = days.map(Absence)
bounded = st.tuples(days, st.integers(1, 10)).map(
    lambda given: Absence(given[0], given[0] + timedelta(days=given[1]))
)
absences = endless | bounded


@given(absences, absences)
def test_absences_meet_when_somebody_asking_at_some_hour_finds_both_away(
    one: Absence, other: Absence
) -> None:
    hours = [NOW + timedelta(hours=12 * n) for n in range(100)]

    assert one.meets(other) == other.meets(one)
    assert one.meets(other) == any(one.covers(at) and other.covers(at) for at in hours)
