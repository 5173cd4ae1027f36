"""For any directory, roster, time and call: never empty, nobody who is off, nothing hidden, and a callback at the end."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from kernel.calendar import Hours, WorkingCalendar
from telephony_router.domain.people import Duty, Person, Standing, Telephones
from telephony_router.domain.plan import Kind, Recognition, Target
from telephony_router.domain.reasons import words_of
from telephony_router.domain.routing import route
from telephony_router.domain.situation import Call, Card, Rules, Situation, Trouble
from telephony_router.testing.world import situation

NAMES = [f"p{number}" for number in range(6)]
ROLES = ["sales_manager", "account_manager", "phone_operator", "conflict_manager", "service_owner", "courier"]
names, maybe = st.sampled_from(NAMES), st.sampled_from([*NAMES, None, "nobody"])
moments = st.integers(0, 60 * 24 * 700).map(
    lambda some: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=some)
)
calendars = st.sampled_from(
    [
        WorkingCalendar.usual(),
        WorkingCalendar.round_the_clock(),
        WorkingCalendar("Asia/Vladivostok", {5: Hours(time(22), time(6), (time(1), time(2)))}),
    ]
)
phones = st.builds(
    Telephones, st.booleans(), st.booleans(), st.frozensets(st.sampled_from(["desk", "mobile"]))
)
cards = st.builds(
    Card,
    customer_id=st.sampled_from(["c1", "c2", "c3"]),
    stage=st.sampled_from(["lead", "customer"]),
    owner_id=maybe,
    no_calls=st.booleans(),
    blocked=st.booleans(),
    open_orders=st.integers(0, 2),
    last_order_at=st.none() | moments,
    troubled=st.lists(
        st.builds(Trouble, st.just("claim"), st.just("k"), st.just("o"), maybe), max_size=2
    ).map(tuple),
)
hours = st.tuples(st.times(), st.times())
rules = st.builds(
    Rules,
    most_on_duty=st.integers(0, 3),
    most_owners=st.integers(1, 3),
    ring_budget=st.integers(5, 55),
    call_centre=st.sampled_from([None, "+74950000000"]),
    call_centre_when_closed=st.booleans(),
    phone_hours=st.none() | hours,
    conflict_manager_first=st.booleans(),
)


@st.composite
def situations(draw: Any) -> Situation:
    now = draw(moments)
    near = st.none() | st.integers(-50, 50).map(lambda some: now + timedelta(hours=some))
    people = {
        name: Person(
            name,
            "main",
            tuple(draw(st.sets(st.sampled_from(ROLES), max_size=2))),
            active=draw(st.booleans()) or draw(st.booleans()),
            presence=draw(st.sampled_from(["unknown", "at_work", "on_break", "off"])),
            absent_since=draw(near),
            absent_until=draw(near),
            deputy_id=draw(maybe),
            telephones=draw(phones),
        )
        for name in NAMES
    }
    breaks = draw(st.frozensets(names))
    return Situation(
        now=now,
        calendar=draw(calendars),
        last_resort="owner",
        people=people,
        candidates=tuple(draw(st.lists(cards, max_size=3))),
        duty=Duty(draw(st.frozensets(names)), breaks, tuple((name, now) for name in breaks)),
        lanes=draw(st.none() | st.dictionaries(names, st.sampled_from(["phone_orders", "packing"]))),
        busy=draw(st.frozensets(names)),
        rules=draw(rules),
    )


@settings(max_examples=250, deadline=None)
@given(st.booleans(), situations())
def test_a_plan_is_never_a_dead_end(number: bool, some: Situation) -> None:
    plan = route(Call(number), some)

    *before, last = plan.steps
    assert (last.kind, last.target) == (Kind.CALLBACK, Target.TASK)
    assert last.staff_id
    assert last.due_at is not None
    assert last.due_at >= some.now
    assert all(step.kind is not Kind.CALLBACK for step in before)
    assert all(words_of(step.reason).ru and words_of(step.reason).en for step in plan.steps)
    assert (last.reason == "no_number") == (not number)
    if not number and (on_duty := some.on_duty()):
        assert last.staff_id in {each.staff_id for each in on_duty}
    assert plan == route(Call(number), some)


@settings(max_examples=250, deadline=None)
@given(st.booleans(), situations())
def test_nobody_who_is_off_and_nothing_hidden_ever_rings(number: bool, some: Situation) -> None:
    plan = route(Call(number), some)

    rung = [(step.staff_id or "", step.by) for step in plan.steps if step.kind is Kind.RING]
    assert len(set(rung)) == len(rung)
    for staff_id, by in rung:
        person = some.people[staff_id]
        assert some.standing_of(person) is Standing.THERE
        assert person.active
        assert by is not None
        assert by not in person.telephones.hidden
        assert getattr(person.telephones, by)


@settings(max_examples=100, deadline=None)
@given(situations())
def test_a_blocked_number_rings_nobody(some: Situation) -> None:
    plan = route(Call(has_number=True), some)

    blocked = bool(some.candidates) and all(card.blocked for card in some.candidates)
    assert (plan.recognition is Recognition.BLOCKED) == blocked
    assert not (blocked and plan.rings)


@settings(max_examples=100, deadline=None)
@given(situations())
def test_nobody_waits_unanswered_longer_than_a_provider_lets_him(some: Situation) -> None:
    plan = route(Call(has_number=True), some)

    waited = longest = 0
    for step in plan.steps:
        if step.kind is Kind.PLAY:
            break
        waited, longest = waited + step.seconds, max(longest, step.seconds)
    assert waited <= max(some.rules.ring_budget, longest)


def test_a_shop_that_never_opens_rings_back_all_the_same() -> None:
    never = situation(calendar=WorkingCalendar("UTC", {}, production=False))

    plan = route(Call(has_number=True), never)

    assert plan.last.due_at == never.now + never.rules.callback_within
