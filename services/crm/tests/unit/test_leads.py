"""A lead is somebody's, has a next step and an end (R98)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from crm.domain.lead import (
    Climb,
    Climbed,
    Follow,
    Forget,
    Lead,
    LeadFollowed,
    LeadLost,
    LeadOpened,
    LeadWon,
    Lose,
    Lost,
    Open,
    OpenLead,
    Planned,
    SettleWin,
    Source,
    Step,
    Win,
    WinSettled,
    WishForgotten,
    WishNoted,
    Won,
)
from crm.domain.lead_decider import CLIMB, DUE, ERASED, SETTLE, deadlines, decide
from crm.domain.lead_evolving import evolve
from crm.domain.lead_ladder import Rung
from crm.domain.lead_stages import usual
from crm.domain.refusals import LeadClosed, NotYourLead, StepMakesNoSense, UnknownLead, UnknownStage
from kernel.actor import Actor, Role
from kernel.calendar import WorkingCalendar
from kernel.deadline import Deadline
from kernel.personal import Personal
from kernel.refusal import Refused
from kernel.refused_duty import DutyRefused, NotYourDuty

NOW = datetime(2026, 3, 2, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
ANNA = Actor("anna", frozenset({Role.SALES_MANAGER}))
MISHA = Actor("misha", frozenset({Role.SALES_MANAGER}))
VERA = Actor("vera", frozenset({Role.OWNER}))
QUALITY = Actor("kira", frozenset({Role.QUALITY_CONTROLLER}))

fresh = Lead("l-1", "igla", "c-1", Source.SITE, NOW, "anna", Open("new", "contact", NOW + HOUR))
overdue = replace(fresh, course=Open("new", "contact", NOW + HOUR, Rung.REMINDED, "misha", NOW + 3 * HOUR))
won = replace(fresh, course=Won("o-1", NOW, "anna"))
lost = replace(fresh, course=Lost("too_expensive", NOW, "anna"))


def planned(**said: Any) -> Step:
    given: dict[str, Any] = {
        "stage": None,
        "step": None,
        "due_at": None,
        "wants": None,
        "actor": ANNA,
        "at": NOW,
    }
    return Step("l-1", usual("igla"), WorkingCalendar.usual(), **(given | said))


def test_a_lead_is_opened_once() -> None:
    assert decide(OpenLead(fresh), None) == [LeadOpened(fresh)]
    assert decide(OpenLead(fresh), fresh) == []
    with pytest.raises(UnknownLead):
        decide(planned(), None)


def test_who_moves_it_on_says_what_is_next_and_the_stage_says_by_when() -> None:
    moved = decide(planned(stage="talking", step="call"), fresh)

    next_day = datetime(2026, 3, 3, 8, tzinfo=UTC)  # eight hours of working time from Monday 10:00 in Moscow
    assert moved == [Planned("talking", "call", next_day)]


def test_a_moment_that_somebody_names_is_kept_if_it_is_ahead_and_not_too_far() -> None:
    named = planned(due_at=NOW + 30 * HOUR)

    assert decide(named, fresh) == [Planned("new", "contact", NOW + 30 * HOUR)]
    for moment in (NOW, NOW - HOUR, NOW + timedelta(days=31)):
        with pytest.raises(StepMakesNoSense):
            decide(planned(due_at=moment), fresh)


def test_a_step_makes_an_overdue_lead_wait_on_time_again() -> None:
    (change,) = changed(decide(planned(step="call"), overdue))

    after = evolve(overdue, change)

    assert isinstance(after.course, Open)
    assert (after.course.rung, after.course.turned_to, after.course.climbs_at) == (Rung.ON_TIME, None, None)
    assert deadlines(after) == [Deadline(DUE, after.course.due_at)]


def test_the_same_plan_again_changes_nothing() -> None:
    same = planned(stage="new", step="contact", due_at=NOW + HOUR)

    assert decide(same, fresh) == []


def test_what_he_wants_is_noted_without_moving_the_deadline() -> None:
    silk = Personal("needles for silk")

    assert decide(planned(wants=silk), fresh) == [WishNoted(silk)]
    assert decide(planned(wants=silk), replace(fresh, wants=silk)) == []


def test_a_stage_that_the_shop_has_not_is_refused_and_one_it_gave_up_may_stay() -> None:
    old = replace(fresh, course=Open("haggling", "call", NOW + HOUR))

    with pytest.raises(UnknownStage):
        decide(planned(stage="haggling"), fresh)
    (change,) = changed(decide(planned(step="meet"), old))
    assert isinstance(change, Planned)
    assert (change.stage, change.step) == ("haggling", "meet")


def test_won_and_lost_are_ends_and_each_is_said_once() -> None:
    win, lose = Win("l-1", "o-1", ANNA, NOW), Lose("l-1", "too_expensive", ANNA, NOW)

    assert decide(win, fresh) == [LeadWon(Won("o-1", NOW, "anna"))]
    assert decide(lose, fresh) == [LeadLost(Lost("too_expensive", NOW, "anna"))]
    assert (decide(win, won), decide(lose, lost)) == ([], [])
    for command, over in ((win, lost), (lose, won), (planned(), won), (Win("l-1", "o-2", ANNA, NOW), won)):
        with pytest.raises(LeadClosed):
            decide(command, over)


@pytest.mark.parametrize(
    "command", [planned(step="call"), Win("l-1", "o-1", ANNA, NOW), Lose("l-1", "not_reached", ANNA, NOW)]
)
def test_a_colleagues_lead_is_left_to_him_and_the_attempt_is_written_down(command: Any) -> None:
    for actor, why in ((MISHA, NotYourLead), (QUALITY, NotYourDuty)):
        no = decide(replace(command, actor=actor), fresh)

        assert isinstance(no, Refused)
        assert isinstance(no.refusal, why)
        (kept,) = no.changes
        assert isinstance(kept, DutyRefused)
        assert (kept.actor_id, kept.rule, evolve(fresh, kept)) == (actor.id, "R98", fresh)


@pytest.mark.parametrize(
    ("known", "who"),
    [
        (fresh, {"actor": VERA}),
        (fresh, {"actor": MISHA, "stands_in": True}),
        (overdue, {"actor": MISHA}),
    ],
    ids=["who watches over all", "the deputy of who is away", "who was turned to"],
)
def test_besides_the_owner_may_work_it(known: Lead, who: dict[str, Any]) -> None:
    assert changed(decide(planned(step="call", **who), known))


def test_an_open_lead_is_whose_the_customer_is_and_one_that_is_over_stays_whose_it_was() -> None:
    (change,) = changed(decide(Follow("l-1", "misha"), fresh))

    assert (change, evolve(fresh, change).owner_id) == (LeadFollowed("misha"), "misha")
    assert [decide(Follow("l-1", "misha"), each) for each in (won, lost)] == [[], []]
    assert decide(Follow("l-1", "anna"), fresh) == []


def test_an_overdue_lead_climbs_rung_by_rung_and_stays_on_the_last() -> None:
    assert deadlines(fresh) == [Deadline(DUE, NOW + HOUR)]
    climbs = [(HOUR, "anna", 3 * HOUR), (3 * HOUR, "vera", 5 * HOUR), (5 * HOUR, "vera", None)]
    known, rungs = fresh, list[str]()
    for after, whom, over in climbs:
        assert decide(Climb("l-1", whom, NOW, NOW + after - HOUR), known) == []
        (change,) = changed(decide(Climb("l-1", whom, NOW + over if over else None, NOW + after), known))
        assert isinstance(change, Climbed)
        known = evolve(known, change)
        rungs.append(change.rung)

    assert rungs == ["reminded", "superior", "last_resort"]
    assert deadlines(known) == []
    assert decide(Climb("l-1", "vera", None, NOW + 9 * HOUR), known) == []
    assert deadlines(overdue) == [Deadline(CLIMB, NOW + 3 * HOUR)]


def test_a_late_word_about_a_lead_that_is_over_changes_nothing() -> None:
    assert [decide(Climb("l-1", "vera", None, NOW + 9 * HOUR), each) for each in (won, lost)] == [[], []]


def test_a_won_lead_waits_until_its_hand_over_was_seen_to() -> None:
    assert deadlines(won) == [Deadline(SETTLE, NOW)]

    (change,) = changed(decide(SettleWin("l-1"), won))
    settled = evolve(won, change)

    assert (change, deadlines(settled)) == (WinSettled(), [])
    assert [decide(SettleWin("l-1"), each) for each in (settled, fresh, lost)] == [[], [], []]


def test_of_who_is_forgotten_nothing_that_was_written_stays() -> None:
    wish = replace(fresh, wants=Personal("needles for silk"))
    forget = Forget("l-1", NOW, "clerk")

    gone = changed(decide(forget, wish))

    assert gone == [WishForgotten(), LeadLost(Lost(ERASED, NOW, "clerk"))]
    assert decide(forget, replace(won, wants=Personal("silk"))) == [WishForgotten()]
    assert (decide(forget, won), decide(forget, lost)) == ([], [])


def changed(decision: Any) -> list[Any]:
    assert not isinstance(decision, Refused)
    return list(decision)
