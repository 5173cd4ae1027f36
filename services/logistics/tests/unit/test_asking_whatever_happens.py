"""When a carrier is asked, and that it ends the same whatever he is asked when and whoever hints how often."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from logistics.adapters.cdek_codes import STAGES
from logistics.adapters.cdek_story import story_of
from logistics.domain import carrier_tracking as t
from logistics.domain.shipment import Shipping
from logistics.domain.shipment_changes import (
    DeliveryFailed,
    ShipmentDelivered,
    ShipmentDispatched,
    ShipmentReturned,
)
from logistics.domain.shipment_commands import HearCarrier
from logistics.domain.shipment_decider import decide
from logistics.domain.shipment_evolving import evolve, told_name
from logistics.testing.shipments import NOON, heard, lived, register, registered

EVERY = timedelta(hours=1)
FIRST = t.Follow("o-1.1", "cdek", EVERY, NOON)


def tracked(*commands: t.Command) -> t.Tracking:
    state: t.Tracking | None = None
    for command in commands:
        for change in t.decide(command, state):
            state = t.evolve(state, change)
    assert state is not None
    return state


def hint(minute: int = 0) -> t.Hint:
    return t.Hint("o-1.1", "cdek", NOON + timedelta(minutes=minute))


def begin(minute: int) -> t.BeginAsking:
    return t.BeginAsking("o-1.1", NOON + timedelta(minutes=minute))


def answer(minute: int, **more: Any) -> t.NoteAnswer:
    return t.NoteAnswer("o-1.1", EVERY, NOON + timedelta(minutes=minute), **more)


def silence(minute: int) -> t.NoteSilence:
    return t.NoteSilence("o-1.1", EVERY, NOON + timedelta(minutes=minute))


def test_a_shipment_that_nobody_hints_at_is_asked_about_within_the_hour_or_so() -> None:
    first = tracked(FIRST)
    later = tracked(FIRST, begin(80), answer(80))
    assert first.next_at
    assert later.next_at
    assert timedelta(minutes=45) <= first.next_at - NOON <= timedelta(minutes=75)
    assert timedelta(minutes=45) <= later.next_at - NOON - timedelta(minutes=80) <= timedelta(minutes=75)


def test_many_that_began_at_once_are_not_asked_at_once() -> None:
    due = [tracked(replace(FIRST, shipment_id=f"o-{n}.1")).next_at for n in range(600)]
    minutes = [(each - NOON).total_seconds() // 60 for each in due if each]
    assert max(minutes.count(each) for each in set(minutes)) < 60


def test_a_hint_is_worth_a_question_at_once_and_many_are_worth_one() -> None:
    state = tracked(FIRST, hint(5))
    assert state.next_at == NOON + timedelta(minutes=5)
    assert t.decide(hint(6), state) == []


def test_a_hint_while_he_is_being_asked_is_not_lost() -> None:
    asked = tracked(FIRST, hint(5), begin(5), hint(6), answer(7))
    assert asked.next_at == NOON + timedelta(minutes=7)
    assert tracked(FIRST, hint(5), begin(5), answer(7, over=True)).next_at is None


def test_of_two_who_meet_the_deadline_one_asks_and_after_his_death_another() -> None:
    state = tracked(FIRST, hint(5), begin(5))
    assert t.decide(begin(5), state) == []
    assert t.decide(begin(9), state) != []


def test_while_he_is_down_pauses_grow_and_hints_wait_for_them() -> None:
    state, pauses = tracked(FIRST), list[timedelta]()
    for _ in range(12):
        assert state.next_at
        at = state.next_at
        for command in (t.BeginAsking("o-1.1", at), t.NoteSilence("o-1.1", EVERY, at)):
            for change in t.decide(command, state):
                state = t.evolve(state, change)
        assert state.next_at
        pauses.append(state.next_at - at)
    assert pauses[0] < timedelta(minutes=1)
    assert pauses[3] > 2 * pauses[0]
    assert max(pauses) <= EVERY * 1.25

    hinted = t.evolve(state, t.decide(hint(9000), state)[0])
    assert (hinted.next_at, hinted.hinted) == (state.next_at, True)


def test_it_is_not_asked_about_for_ever_and_a_hint_wakes_it() -> None:
    old = tracked(FIRST, begin(200 * 24 * 60), answer(200 * 24 * 60))
    assert old.next_at is None
    assert t.evolve(old, t.decide(hint(999_999), old)[0]).next_at == NOON + timedelta(minutes=999_999)


def test_words_that_nobody_knows_are_kept_once() -> None:
    state = tracked(
        FIRST, begin(80), answer(80, unknown=("A", "B")), begin(200), answer(200, unknown=("B", "C"))
    )
    assert state.unknown == ("A", "B", "C")


commands = st.lists(
    st.one_of(
        st.builds(hint, st.integers(0, 3000)),
        st.builds(begin, st.integers(0, 3000)),
        st.builds(answer, st.integers(0, 3000), over=st.booleans()),
        st.builds(silence, st.integers(0, 3000)),
        st.just(FIRST),
    ),
    max_size=20,
)


@given(commands)
def test_a_hint_is_always_followed_by_a_question(story: list[t.Command]) -> None:
    """Whatever else happens, what was hinted at has a moment at which the carrier is asked."""
    state: t.Tracking | None = None
    for command in story:
        for change in t.decide(command, state):
            state = t.evolve(state, change)
        assert not (state and state.hinted and state.next_at is None)
        assert not (state and len(t.deadlines(state)) != (state.next_at is not None))


codes = st.sampled_from([*sorted(STAGES), "BEAMED_UP", "LOST_IN_SPACE"])
lists = st.lists(codes, min_size=1, max_size=9)


def told(statuses: list[tuple[int, str]]) -> dict[str, Any]:
    """CDEK's list, newest first."""
    shown = [
        {"code": code, "date_time": (NOON + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%S%z")}
        for minute, code in sorted(statuses, reverse=True)
    ]
    return {"entity": {"cdek_number": "1100000007", "statuses": shown}}


def live(answers: list[dict[str, Any]]) -> tuple[Shipping, list[str]]:
    shipping, facts = lived(heard(), register(), registered("1100000007")), list[str]()
    for each in answers:
        story = story_of(each, None, None)
        decision = decide(HearCarrier("o-1", "o-1.1", story.reports, NOON, story.deleted), shipping)
        assert isinstance(decision, list)
        for change in decision:
            shipping = evolve(shipping, change)
            if isinstance(change, ShipmentDispatched | ShipmentDelivered | DeliveryFailed | ShipmentReturned):
                facts.append(told_name(change))
    return shipping, facts


@settings(max_examples=200, deadline=None)
@given(lists, st.data())
def test_however_often_and_whenever_he_is_asked_the_story_ends_the_same(
    story: list[str], data: st.DataObject
) -> None:
    """He is asked when he knows a part of it, some of it entered late, and again; or once, at the end."""
    whole = list(enumerate(story))
    parts = data.draw(st.lists(st.sets(st.sampled_from(whole)), max_size=5))
    grown: list[dict[str, Any]] = []
    known: set[tuple[int, str]] = set()
    for part in parts:
        known |= part
        grown += [told(sorted(known))] * data.draw(st.integers(1, 2))

    once, _ = live([told(whole)])
    often, facts = live([*grown, told(whole), told(whole)])

    assert once.parcels[0].reports == often.parcels[0].reports
    assert once.parcels[0].stage is often.parcels[0].stage
    assert len(facts) == len(set(facts))
