"""Things come back from their documents as they went in; the customer's words lie sealed; old documents stay readable."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from bson import BSON
from chassis.documents import Codec
from chassis.handling import fold
from chassis.vault import Vault
from kernel.personal import Personal
from quality.adapters import documents
from quality.domain import commands as o
from quality.domain import sla as s
from quality.domain import timing as t
from quality.domain.acts import Act, Acts
from quality.domain.benchmarks import Benchmarks
from quality.domain.call import Call, Channel, Result
from quality.domain.deciding import Deciding
from quality.domain.digest import Contents, Digest
from quality.domain.evolving import evolve
from quality.domain.journal import Done, after
from quality.domain.judging import Figures
from quality.domain.limiter import Pestering
from quality.domain.measuring import Measure, Of, Place
from quality.domain.people import Member
from quality.domain.policies import USUAL
from quality.domain.scripting import Script, Worded
from quality.domain.story import Delivery, Story
from quality.testing.asked import FINE, TUESDAY, answered, due, opening, passed, tried
from quality.testing.news import KSENIA, MONDAY, MOSCOW

FROZEN = Path(__file__).parent / "frozen"
DECIDE = Deciding(replace(USUAL, check_share=100))
SAID = replace(
    FINE, nps=6, nps_asked=True, manners_good=True, words={"wishes": Personal("Дешевле бы")}, tags=("idea",)
)
CHECKED = o.RecordCheck("q-1", KSENIA, None, agrees=False, words=Personal("Не так"), at=TUESDAY)


def given(*commands: o.Command) -> Call | None:
    call: Call | None = None
    for command in commands:
        decision = DECIDE(command, call)
        assert isinstance(decision, list)
        call = fold(evolve, decision, call)
    return call


CALLS: dict[str, Call | None] = {
    "open": given(due(), opening(), tried(Result.NO_ANSWER), opening(at=TUESDAY + timedelta(hours=5))),
    "open-by-link": given(due(Channel.SURVEY_LINK), passed("overdue")),
    "answered": given(due(), opening(), answered(SAID), CHECKED, o.MarkCounted("q-1")),
    "not-called": given(due(), opening(), tried(Result.DECLINED)),
}
DRAFT = s.Draft(
    "First contact", s.Milestone.ORDER_PLACED, s.Milestone.CONTACTED, s.Term(120, working=True), 95, MONDAY,
    date(2026, 6, 1), "As agreed",
)  # fmt: skip
LEVEL = s.Sla("first_contact", (s.Version(1, DRAFT, "vera", MONDAY, ("anna",)),), Acts(1, ()))
RUNNING = t.Running(1, s.Milestone.CONTACTED, MONDAY, MONDAY + timedelta(hours=2))
TIMER = t.Timer("first_contact", "o-1", RUNNING, {s.Milestone.CONTACTED: TUESDAY}, TUESDAY)
BROUGHT = Delivery("main", "c-maria", "own-couriers", MOSCOW, MONDAY, MONDAY, ("delay",))
STORY = Story("o-1", ("anna",), 3, "c-maria", "anna", no_calls=True, placed_at=MONDAY, delivery=BROUGHT)
ENTRY = after("quality", None, Done("a-1", "quality_call", "q-1", "answered", "", "kira", MONDAY))
MEASURE = Measure(Place("main", "2026-03-03", Of.CARRIER, "own-couriers"), Figures(2, 1, 1), TUESDAY)
CONTENTS = Contents(3, 2, Figures(1, 0, 1), {"critic": 1}, ("q-1",), ("q-1",), ("no_service_owner",))
DIGEST = Digest("main", "2026-W10", TUESDAY, CONTENTS, Acts(1, (Act(1, "digest_read", "kira", TUESDAY),)))
SCRIPT = Script("ru", (Worded(1, {"in_order": "Всё ли дошло целым?"}, "vera", MONDAY),), Acts(1))
OTHERS: dict[str, tuple[Any, Any]] = {
    "story": (documents.STORIES, STORY),
    "member": (documents.STAFF, Member("kira", "main", ("quality_controller",), "owner", active=True)),
    "pestering": (documents.PESTERING, Pestering("c-maria", MONDAY, TUESDAY, "q-1")),
    "measure": (documents.MEASURES, MEASURE),
    "sla": (documents.SLAS, LEVEL),
    "timer": (documents.TIMERS, TIMER),
    "entry": (documents.JOURNAL, ENTRY),
    "digest": (documents.DIGESTS, DIGEST),
    "script": (documents.SCRIPTS, SCRIPT),
    "benchmarks": (
        documents.BENCHMARKS,
        Benchmarks({"nike": 32}, Acts(1, (Act(1, "benchmark_set", "vera", MONDAY, "nike"),))),
    ),
}


def unsealed(of: Any) -> Codec[Any]:
    return Codec(of, None)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_call_comes_back_as_it_went_in_and_words_lie_sealed(call: Call) -> None:
    codec = Codec(documents.CALLS, Vault.of({"test": Vault.generate_key()}))

    document = codec.dump("q-1", call)

    for words in ("Дешевле", "Не так"):
        assert words.encode() not in BSON.encode(document)
    assert codec.load("q-1", 1, BSON(BSON.encode(document)).decode()) == call


@pytest.mark.parametrize("name", CALLS)
def test_a_call_of_the_first_shape_is_still_read(name: str) -> None:
    frozen = json.loads((FROZEN / f"call-1-{name}.json").read_text())

    assert unsealed(documents.CALLS).load("q-1", 1, frozen) == CALLS[name]


@pytest.mark.parametrize("name", OTHERS)
def test_what_else_is_kept_is_still_read(name: str) -> None:
    of, thing = OTHERS[name]
    frozen = json.loads((FROZEN / f"{name}-1.json").read_text())

    assert unsealed(of).load("x", 1, frozen) == thing
    assert unsealed(of).load("x", 1, unsealed(of).dump("x", thing)) == thing


def test_a_moment_keeps_its_microseconds_so_the_chain_holds() -> None:
    at = datetime(2026, 3, 2, 7, 0, 0, 123456, tzinfo=UTC)
    entry = after("quality", ENTRY, Done("a-2", "sla", "first_contact", "sla_read", "1", "anna", at))
    codec = unsealed(documents.JOURNAL)

    assert codec.load("x", 1, BSON(BSON.encode(codec.dump("x", entry))).decode()) == entry
