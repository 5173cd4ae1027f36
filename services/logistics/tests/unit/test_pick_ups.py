"""The rules of a pick-up: before the cut-off, wide enough, piece by piece, and never missed in silence (R61-R63)."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bson import BSON
from chassis.documents import Codec
from kernel.refusal import Refused
from logistics.adapters.shipment_documents import PICK_UPS
from logistics.domain import pick_up_changes as c
from logistics.domain import pick_up_commands as k
from logistics.domain.pick_up import AgreedPickUp, Interval, PickUp, PickUpStage, TurnedAway
from logistics.domain.pick_up_decider import decide
from logistics.domain.pick_up_refusals import (
    CutOffPassed,
    PickUpIsOver,
    PickUpOutOfHours,
    PickUpTooNarrow,
    UnknownPickUp,
)
from logistics.domain.pick_up_watching import deadlines
from logistics.testing.agreements import TUESDAY, at
from logistics.testing.people import ANNA
from logistics.testing.pick_ups import AGREED, GONE, NOON, PICK_UP, asked, expected, lived, passed, scanned

FROZEN = Path(__file__).parent / "frozen" / "pick_ups.1.json"
JUST_BEFORE = NOON - timedelta(seconds=1)
REMINDED = {"remind_60": at("11:00"), "remind_20": at("11:40")}
CANCEL = k.CancelPickUp(PICK_UP, "no_hands", TUESDAY, asked().actor, NOON)


def due(pick_up: PickUp) -> dict[str, Any]:
    return {each.name: each.at for each in deadlines(pick_up)}


def test_it_is_due_at_its_cut_off_and_when_asked_for_at_the_end_of_its_hours() -> None:
    assert due(lived(expected())) == {"cut_off": at("12:00"), **REMINDED}
    assert due(lived(expected(), asked())) == {"end": at("16:00")}
    assert due(lived(asked(interval=Interval(at("14:00"), at("15:00"))))) == {"end": at("15:00")}


def test_until_the_cut_off_it_can_be_asked_for_and_not_at_it() -> None:
    assert lived(asked(JUST_BEFORE)).stage is PickUpStage.REQUESTED
    for known in (None, lived(expected())):
        with pytest.raises(CutOffPassed) as no:
            decide(asked(NOON), known)
        assert no.value.about["next_on"] == "2026-03-03"


def test_who_asked_for_it_may_ask_again_whenever() -> None:
    assert decide(asked(GONE), lived(asked())) == []


@pytest.mark.parametrize(
    ("begins", "ends", "no"),
    [
        ("16:55", "17:00", PickUpOutOfHours),
        ("15:55", "16:00", PickUpTooNarrow),
        ("15:00", "14:00", PickUpOutOfHours),
        ("13:59", "15:59", PickUpOutOfHours),
    ],
)
def test_wanting_the_courier_at_the_last_minute_is_not_workable(begins: str, ends: str, no: Any) -> None:
    agreed = replace(AGREED, least=timedelta(hours=1))
    command = replace(asked(), agreed=agreed, interval=Interval(at(begins), at(ends)))
    with pytest.raises(no):
        decide(command, None)


def test_somebody_elses_duty_is_remembered_of_a_known_one_and_opens_none() -> None:
    assert isinstance(decide(asked(actor=ANNA), lived(expected())), Refused)
    with pytest.raises(Exception, match="may not"):
        decide(asked(actor=ANNA), None)


@pytest.mark.parametrize(
    ("before", "name", "when"), [((expected(),), "cut_off", NOON), ((asked(),), "end", GONE)]
)
def test_what_is_still_here_then_is_missed_once_and_owed_to_the_next(
    before: tuple[k.Command, ...], name: str, when: Any
) -> None:
    missed = lived(*before, passed(name, when, 2))
    assert (missed.stage, missed.left, missed.next_on) == (PickUpStage.MISSED, 2, TUESDAY)
    assert set(due(missed)) == {"move"}
    assert decide(passed(name, when, 2), missed) == []
    assert deadlines(lived(*before, passed(name, when, 2), k.NoteMoved(PICK_UP))) == []


def test_nothing_left_is_nothing_missed() -> None:
    assert lived(expected(), passed("cut_off", NOON)).stage is PickUpStage.EMPTY
    done = k.NoteHandedOver(PICK_UP, ("o-1.1",), ())
    assert lived(asked(), scanned("o-1.1"), done, passed("end", GONE)).stage is PickUpStage.HANDED_OVER


def test_a_deadline_before_its_time_and_of_another_stage_means_nothing() -> None:
    for before, name, when in (
        (expected(), "cut_off", JUST_BEFORE),
        (expected(), "end", GONE),
        (asked(), "cut_off", NOON),
        (asked(), "ask", JUST_BEFORE),
        (asked(), "end", NOON),
    ):
        assert decide(passed(name, when, 2), lived(before)) == []


def asks_itself(minutes: int = 20) -> AgreedPickUp:
    return replace(AGREED, ask_at=NOON - timedelta(minutes=minutes))


def test_it_asks_by_itself_when_something_waits_and_only_before_the_cut_off() -> None:
    agreed = asks_itself()
    waits = lived(k.ExpectPickUp(agreed, "logistics", at("11:00")))
    assert due(waits) == {"ask": at("11:40"), "cut_off": NOON, **REMINDED}
    assert decide(passed("ask", at("11:40")), waits) == []
    assert decide(passed("ask", NOON, 1), waits) == []
    assert decide(passed("ask", at("11:40"), 1), waits) != []
    at_once = decide(k.ExpectPickUp(agreed, "logistics", at("11:50")), waits)
    assert isinstance(at_once, list)
    assert [type(each) for each in at_once] == [c.PickUpRequested]
    assert decide(k.ExpectPickUp(agreed, "logistics", NOON), waits) == []


def test_what_is_scanned_twice_is_handed_over_once_and_settled_by_whoever_comes() -> None:
    begun = lived(asked(), scanned("b.1", "a.1", "a.1"))
    assert [each.shipment_id for each in begun.handing] == ["a.1", "b.1"]
    assert "settle" in due(begun)
    assert decide(scanned("a.1"), begun) == []
    word = k.NoteHandedOver(PICK_UP, ("a.1",), (TurnedAway("b.1", "not_paid"),))
    ended = lived(asked(), scanned("b.1", "a.1"), word)
    assert ([each.shipment_id for each in ended.handed], ended.handing) == (["a.1"], ())
    assert set(due(ended)) == {"end"}
    assert decide(word, ended) == []
    again = lived(
        asked(), scanned("b.1", "a.1"), word, scanned("b.1"), k.NoteHandedOver(PICK_UP, ("b.1",), ())
    )
    assert (len(again.handed), again.turned_away) == (2, ())


def test_it_is_cancelled_unless_something_left_by_it() -> None:
    cancelled = lived(asked(), CANCEL)
    assert (cancelled.stage, set(due(cancelled))) == (PickUpStage.CANCELLED, {"move"})
    assert decide(CANCEL, cancelled) == []
    for command, known in (
        (CANCEL, lived(asked(), scanned("o-1.1"))),
        (scanned("o-1.1"), cancelled),
        (asked(), cancelled),
        (CANCEL, lived(expected(), passed("cut_off", NOON, 1))),
    ):
        with pytest.raises(PickUpIsOver):
            decide(command, known)
    with pytest.raises(UnknownPickUp):
        decide(CANCEL, None)


def test_what_an_older_version_wrote_is_read_and_lies_as_it_was_read() -> None:
    raw, codec = json.loads(FROZEN.read_text(encoding="utf-8")), Codec(PICK_UPS, None)
    pick_up = codec.load("k", 1, raw)
    dumped: dict[str, Any] = PICK_UPS.states.dump_python(pick_up, mode="json")
    assert dumped == {**dumped, **raw}
    lying: dict[str, Any] = BSON.encode(codec.dump("k", pick_up)).decode()
    assert codec.load("k", PICK_UPS.schema, lying) == pick_up
