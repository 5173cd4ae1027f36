"""Somebody stays by the telephone (R105): under any sequence of breaks, returns, shifts and absences."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from kernel.actor import Actor, Role
from kernel.refusal import Refusal, Refused
from telephony_router.domain import roster_commands as r
from telephony_router.domain.refusals import LastOnDuty, ShiftMakesNoSense
from telephony_router.domain.roster import Roster, Shift
from telephony_router.domain.roster_deciding import deadlines, decide, evolve
from telephony_router.testing.world import MONDAY

HEAD = Actor("sveta", frozenset({Role.SERVICE_OWNER}))
HOUR = timedelta(hours=1)
THREE = frozenset({"anna", "boris", "vera"})


def seller(name: str) -> Actor:
    return Actor(name, frozenset({Role.SALES_MANAGER}))


def carried_out(command: r.Command, roster: Roster | None) -> tuple[Roster | None, Sequence[r.Change]]:
    decision = decide(command, roster)
    changes = decision.changes if isinstance(decision, Refused) else decision
    for change in changes:
        roster = evolve(roster, change)
    return roster, changes


class Day:
    """A roster, and the hour it is."""

    def __init__(self, there: frozenset[str] = THREE) -> None:
        self.roster: Roster | None = None
        self.at, self.there = MONDAY, there

    def ask(self, command: r.Command) -> Sequence[r.Change]:
        self.roster, changes = carried_out(command, self.roster)
        return changes

    def asked(self, name: str) -> dict[str, Any]:
        return {
            "shop_id": "main",
            "actor": seller(name),
            "at": self.at,
            "staff_id": name,
            "there": self.there,
        }

    def leaves(self, name: str) -> bool:
        changes = self.ask(r.TakeBreak(**self.asked(name), until=self.at + HOUR))
        return any(isinstance(each, r.BreakBegun) for each in changes)

    def comes_back(self, name: str) -> Sequence[r.Change]:
        return self.ask(r.EndBreak(**self.asked(name)))

    def shift(self, name: str, begins: float, ends: float) -> None:
        shift = Shift(f"{name}-{begins}", name, MONDAY + begins * HOUR, MONDAY + ends * HOUR)
        self.ask(r.PlanShift(shop_id="main", actor=HEAD, at=self.at, shift=shift))


def test_the_last_one_stays_and_is_the_next_to_go() -> None:
    day = Day(frozenset({"anna", "boris"}))

    assert day.leaves("anna")
    assert not day.leaves("boris")
    assert day.roster
    assert day.roster.waiting == ("boris",)

    *_, released = day.comes_back("anna")

    assert isinstance(released, r.BreakReleased)
    assert day.roster.promised(day.at) == {"boris"}
    assert not day.leaves("anna")
    assert day.leaves("boris")


def test_why_he_has_to_stay_is_told() -> None:
    day = Day(frozenset({"anna", "boris"}))
    day.leaves("anna")

    decision = decide(r.TakeBreak(**day.asked("boris"), until=day.at + HOUR), day.roster)

    assert isinstance(decision, Refused)
    assert isinstance(decision.refusal, LastOnDuty)
    assert decision.refusal.about["on_break"] == "anna"
    assert decision.refusal.about["back_at"] == (MONDAY + HOUR).isoformat()


def test_only_those_with_a_shift_have_to_stay() -> None:
    day = Day()
    day.shift("vera", 0, 8)

    assert day.leaves("anna")
    assert day.leaves("boris")
    assert not day.leaves("vera")


def test_when_nobody_with_a_shift_is_there_the_others_do_not_all_leave() -> None:
    day = Day(frozenset({"anna", "boris"}))
    day.shift("vera", 0, 8)

    assert day.leaves("anna")
    assert not day.leaves("boris")


def test_when_the_only_one_with_a_shift_pauses_in_the_portal_the_others_do_not_all_leave() -> None:
    day = Day()
    day.shift("vera", 0, 8)
    until = day.at + HOUR
    day.ask(r.HearBreak(shop_id="main", actor=HEAD, at=day.at, staff_id="vera", until=until))

    assert day.leaves("anna")
    assert not day.leaves("boris")


def test_a_promised_break_that_is_not_taken_passes_on() -> None:
    day = Day(frozenset({"anna", "boris"}))
    day.leaves("anna")
    day.leaves("boris")
    day.comes_back("anna")
    day.leaves("anna")
    assert day.roster
    (due,) = deadlines(day.roster)

    day.at = due.at
    day.ask(r.ReleasePassed(shop_id="main", actor=HEAD, at=day.at, there=day.there))

    assert day.roster.promised(day.at) == {"anna"}


def test_nobody_has_two_shifts_at_once() -> None:
    day = Day()
    day.shift("vera", 0, 4)

    with pytest.raises(ShiftMakesNoSense):
        day.shift("vera", 3, 5)


def test_who_sells_sends_nobody_else_on_a_break() -> None:
    day = Day()
    command = r.TakeBreak(
        shop_id="main", actor=seller("anna"), at=day.at, staff_id="boris", there=THREE, until=day.at
    )

    decision = decide(command, None)

    assert isinstance(decision, Refused)
    assert decision.refusal.code == "not-your-duty"
    assert carried_out(command, None)[0] is not None


class Lunch(RuleBasedStateMachine):
    """Breaks, returns, shifts and people who come and go, in any order."""

    @initialize()
    def begins(self) -> None:
        self.day = Day()

    @rule(name=st.sampled_from(sorted(THREE)))
    def leaves(self, name: str) -> None:
        day = self.day
        before = day.there - (day.roster or Roster("main", day.at)).on_break(day.at)
        try:
            went = day.leaves(name)
        except Refusal:
            went = False
        if went and name in before:
            assert day.roster
            rest = day.roster.covering(day.there, day.at)
            assert rest, "somebody left, and nobody stays"
            assert rest - day.roster.promised(day.at), "he was promised a break that he can't take"
        if not went and day.roster and name not in day.roster.on_break(day.at):
            assert name in {*day.roster.waiting, *day.roster.promised(day.at)}

    @rule(name=st.sampled_from(sorted(THREE)))
    def comes_back(self, name: str) -> None:
        self.day.comes_back(name)
        assert self.day.roster is None or name not in self.day.roster.on_break(self.day.at)

    @rule(name=st.sampled_from(sorted(THREE)))
    def pauses_in_the_portal(self, name: str) -> None:
        at, until = self.day.at, self.day.at + HOUR
        self.day.ask(r.HearBreak(shop_id="main", actor=HEAD, at=at, staff_id=name, until=until))
        assert self.day.roster
        assert name in self.day.roster.on_break(at)

    @rule(name=st.sampled_from(sorted(THREE)))
    def is_back_in_the_portal(self, name: str) -> None:
        day = self.day
        day.ask(r.HearReturn(shop_id="main", actor=HEAD, at=day.at, staff_id=name, there=day.there))
        assert day.roster is None or name not in day.roster.on_break(day.at)

    @rule(name=st.sampled_from(sorted(THREE)), begins=st.integers(0, 6), length=st.integers(1, 4))
    def has_a_shift(self, name: str, begins: int, length: int) -> None:
        try:
            self.day.shift(name, begins, begins + length)
        except Refusal:
            return

    @rule(there=st.frozensets(st.sampled_from(sorted(THREE))))
    def others_come_and_go(self, there: frozenset[str]) -> None:
        self.day.there = there

    @rule(minutes=st.integers(1, 90))
    def time_goes_by(self, minutes: int) -> None:
        day = self.day
        day.at += timedelta(minutes=minutes)
        for due in deadlines(day.roster) if day.roster else ():
            if due.at <= day.at:
                day.ask(r.ReleasePassed(shop_id="main", actor=HEAD, at=day.at, there=day.there))


TestLunch = Lunch.TestCase
TestLunch.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
