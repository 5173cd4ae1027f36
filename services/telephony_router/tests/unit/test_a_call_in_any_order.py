"""One physical call is one record, whatever order its events come in, however often, however late."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from telephony_router.domain import call as c
from telephony_router.domain.call import Errand, Event, Offer, PhoneCall, Said
from telephony_router.domain.call_story import story
from telephony_router.domain.calling import MOST_EVENTS, deadlines, decide, evolve
from telephony_router.domain.plan import Plan
from telephony_router.domain.routing import route
from telephony_router.domain.situation import Call, Card
from telephony_router.testing.world import MONDAY, situation

OFFER = Offer("generic", "v-1", "main", "main", MONDAY, hash="h")
PLAN: Plan = route(Call(has_number=True), situation(candidates=(Card("c-maria", owner_id="anna"),)))


def after(seconds: float) -> Any:
    return MONDAY + timedelta(seconds=seconds)


def carried_out(*commands: c.Command, call: PhoneCall | None = None) -> tuple[PhoneCall, list[c.Change]]:
    changes: list[c.Change] = []
    for command in commands:
        for change in decide(command, call):
            call = evolve(call, change)
            changes.append(change)
    assert call
    return call, changes


def received() -> c.Receive:
    return c.Receive(call_id="k", offer=OFFER, plan=PLAN, at=MONDAY)


def report(*events: Event, at: float = 60) -> c.Report:
    return c.Report(call_id="k", offer=OFFER, events=events, at=after(at))


ANSWERED_BY_MOBILE = (
    Event("1", Said.RINGING, after(1), leg=1),
    Event("2", Said.SILENT, after(16), leg=1, code="no_answer"),
    Event("3", Said.RINGING, after(17), leg=2),
    Event("4", Said.ANSWERED, after(22), leg=2),
    Event("5", Said.ENDED, after(82), talked_seconds=60),
    Event("6", Said.RECORDED, after(90), recording="https://provider.example/rec/1"),
)


def names(changes: list[c.Change]) -> list[str]:
    return [type(change).__name__ for change in changes]


@settings(max_examples=150, deadline=None)
@given(
    st.permutations(ANSWERED_BY_MOBILE),
    st.lists(st.sampled_from(ANSWERED_BY_MOBILE), max_size=4),
    st.integers(0, 6),
)
def test_the_record_is_the_same_and_each_fact_is_told_once(
    order: list[Event], again: list[Event], offered_at: int
) -> None:
    told: list[c.Command] = [report(each) for each in (*order, *again)]
    told.insert(offered_at, received())

    call, changes = carried_out(*told)

    now = story(call)
    if call.plan is None:  # it was over before it was offered: nobody is rung any more
        assert offered_at > order.index(ANSWERED_BY_MOBILE[4])
        assert now.status == "finished"
        return
    assert (now.status, now.staff_id, now.target, now.first_try) == (
        "finished",
        "anna",
        "owner_mobile",
        False,
    )
    assert (now.waited, now.talked, now.transfers) == (22, 60, 0)
    assert now.recording == "https://provider.example/rec/1"
    assert [(leg.number, leg.ended) for leg in now.legs] == [(1, "no_answer"), (2, "answered")]
    assert set(call.told) == {"received", "routed", "answered", "finished"}
    for fact in ("CallReceived", "CallRouted", "CallAnswered", "CallFinished"):
        assert names(changes).count(fact) == 1
    assert "CallMissed" not in names(changes)


def test_the_first_who_is_rung_picks_up() -> None:
    call, _ = carried_out(received(), report(Event("1", Said.ANSWERED, after(4), leg=1)))

    assert (story(call).first_try, story(call).status, story(call).staff_id) == (True, "talking", "anna")


def test_nobody_answers_and_somebody_has_to_ring_back() -> None:
    call, changes = carried_out(received(), report(Event("1", Said.ENDED, after(50), code="no_answer")))

    assert names(changes)[-1] == "CallMissed"
    assert (story(call).missed_reason, call.errands) == ("nobody_answered", (Errand.CALL_BACK,))
    assert [each.name for each in deadlines(call)] == ["call_back"]


def test_an_answer_that_is_told_after_the_call_was_taken_for_missed_takes_the_callback_back() -> None:
    missed = (received(), c.SilencePassed(call_id="k", at=after(600)))
    late = report(Event("1", Said.ANSWERED, after(20), leg=1), Event("2", Said.ENDED, after(80)), at=90_000)

    call, changes = carried_out(*missed, late)

    assert names(changes)[-2:] == ["CallAnswered", "CallFinished"]
    assert (story(call).status, story(call).talked) == ("finished", 60)
    assert call.errands == (Errand.CALL_BACK, Errand.SETTLE, Errand.WITHDRAW)


def test_silence_is_no_end_before_its_time() -> None:
    call, _ = carried_out(received())
    (silence,) = deadlines(call)

    early = decide(c.SilencePassed(call_id="k", at=silence.at - timedelta(seconds=1)), call)

    assert early == []
    call, _ = carried_out(c.SilencePassed(call_id="k", at=silence.at), call=call)
    assert story(call).status == "missed"


def test_a_call_of_which_only_the_end_is_told_is_still_a_call() -> None:
    call, changes = carried_out(report(Event("1", Said.ENDED, after(30), code="no_answer"), at=90_000))

    assert names(changes) == ["CallReceived", "EventsHeard", "CallMissed"]
    assert story(call).missed_reason == "router_down"


def test_a_loop_of_a_provider_does_not_grow_the_record_for_ever() -> None:
    flood = [report(*(Event(f"{n}-{m}", Said.RINGING, after(n)) for m in range(50))) for n in range(10)]

    call, _ = carried_out(received(), *flood)

    assert len(call.events) == MOST_EVENTS
