"""One trace leads from a request over the sending of a fact to its reaction; what comes late is joined by a link."""

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from chassis.clock import StoppedClock
from chassis.deadlines import DeadlineWorker
from chassis.envelopes import envelope
from chassis.handling import Handler, Occasion
from chassis.memory import MemoryStore
from chassis.reading import Raw
from chassis.records import Record, record
from chassis.spans import CORRELATION, FRESH, reacting, sending
from chassis.testing.lamps import LampLitV1
from chassis.testing.shelf import MONDAY, SHELF, SHELVES, Put, occasion, tell_nobody
from chassis.testing.tracing import Tracing, trace_of
from kernel.deadline import Deadline
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from opentelemetry.trace import SpanContext, SpanKind, StatusCode

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.fixture
def tracing() -> Tracing:
    return Tracing()


def lit() -> Record:
    return record(LampLitV1(lamp_id="brass"), 3, "lamps", NOON, "a test", correlation="story-1")


def told_in_a_request(tracing: Tracing) -> tuple[SpanContext, Record]:
    """The context that a fact was decided in, and the fact."""
    with tracing.tracer.start_as_current_span("POST /lamps", kind=SpanKind.SERVER) as request:
        return request.get_span_context(), lit()


def read(told: Record, *, ago: float = 0.0, only_for: str | None = None) -> Raw:
    """The record as a reader gets it, so many seconds after it was told."""
    headers = [(name, text.encode()) for name, text in told.headers]
    headers += [("opblok_only_for", only_for.encode())] if only_for else []
    at = int((time.time() - ago) * 1000)
    return Raw(told.topic, 2, 17, at, 0, told.key.encode(), told.value, 0, 0, 0, headers)


def reacted(tracing: Tracing, raw: Raw, tries: int = 0) -> Any:
    with reacting(tracing.tracer, raw, envelope(raw.headers), tries, "lamps"):
        pass
    return tracing.named("process lamp.lit")[-1]


def test_a_fact_is_sent_beside_the_request_that_made_it(tracing: Tracing) -> None:
    request, told = told_in_a_request(tracing)

    with sending(tracing.tracer, told):
        pass

    (send,) = tracing.named("send lamp.lit")
    assert send.parent is not None
    assert (trace_of(send), send.parent.span_id) == (request.trace_id, request.span_id)
    assert [each.context.span_id for each in send.links] == [request.span_id]
    assert send.kind is SpanKind.CLIENT
    assert send.attributes == {
        "messaging.system": "kafka",
        "messaging.operation.name": "send",
        "messaging.operation.type": "send",
        "messaging.destination.name": "lamp.lit",
        "messaging.message.id": told.id,
        "messaging.message.conversation_id": "story-1",
        "messaging.message.body.size": len(told.value),
        CORRELATION: "story-1",
        "opblok.fact": "lamp.lit.v1",
    }


def test_a_fact_whose_making_was_not_traced_makes_no_span(tracing: Tracing) -> None:
    outside = lit()
    tracing.provider.sampler = ALWAYS_OFF
    _, unsampled = told_in_a_request(Tracing(provider=tracing.provider))

    for told in (outside, unsampled):
        with sending(tracing.tracer, told):
            pass

    assert tracing.named("send lamp.lit") == []


def test_a_sending_that_fails_is_marked_and_quotes_nothing(tracing: Tracing) -> None:
    _, told = told_in_a_request(tracing)

    with pytest.raises(ConnectionError), sending(tracing.tracer, told):
        raise ConnectionError

    (send,) = tracing.named("send lamp.lit")
    assert send.status.status_code is StatusCode.ERROR
    assert not send.events


def test_a_reaction_goes_on_in_the_trace_and_links_to_where_the_fact_was_made(tracing: Tracing) -> None:
    request, told = told_in_a_request(tracing)

    process = reacted(tracing, read(told), tries=1)

    assert process.parent.span_id == request.span_id
    assert [each.context.span_id for each in process.links] == [request.span_id]
    assert process.kind is SpanKind.CONSUMER
    assert process.attributes == {
        "messaging.system": "kafka",
        "messaging.operation.name": "process",
        "messaging.operation.type": "process",
        "messaging.destination.name": "lamp.lit",
        "messaging.destination.partition.id": "2",
        "messaging.consumer.group.name": "lamps",
        "messaging.kafka.offset": 17,
        "messaging.message.id": told.id,
        "messaging.message.conversation_id": "story-1",
        CORRELATION: "story-1",
        "opblok.fact": "lamp.lit.v1",
        "opblok.tries": 1,
    }


@pytest.mark.parametrize("late", [{"ago": FRESH + 5}, {"only_for": "lamps"}], ids=["late", "told again"])
def test_what_comes_late_or_is_told_again_begins_a_trace_that_links_back(
    tracing: Tracing, late: dict[str, Any]
) -> None:
    request, told = told_in_a_request(tracing)

    process = reacted(tracing, read(told, **late))

    assert process.parent is None
    assert trace_of(process) != request.trace_id
    assert [each.context.trace_id for each in process.links] == [request.trace_id]


def test_a_fact_without_a_trace_begins_one(tracing: Tracing) -> None:
    process = reacted(tracing, read(lit()))

    assert (process.parent, process.links) == (None, ())


async def test_the_request_that_made_facts_is_found_by_their_story(tracing: Tracing) -> None:
    handle = Handler("warehouse", SHELF, MemoryStore(SHELVES), tell_nobody)
    why = replace(occasion("o"), correlation_id="order-9")

    with tracing.tracer.start_as_current_span("PUT /shelves"):
        await handle(Put("s-1", 1, MONDAY), why, opening=True)

    (request,) = tracing.named("PUT /shelves")
    assert (request.attributes or {}).get(CORRELATION) == "order-9"


async def test_a_deadline_is_a_trace_of_its_own_and_its_name_holds_no_id(tracing: Tracing) -> None:
    store, clock = MemoryStore(SHELVES), StoppedClock(MONDAY + timedelta(days=2))
    await Handler("w", SHELF, store, tell_nobody)(Put("s-1", 1, MONDAY), occasion("o"), opening=True)

    async def unable(key: str, deadline: Deadline, why: Occasion) -> None:
        raise ValueError("Ivan Petrov")

    with tracing.tracer.start_as_current_span("elsewhere"):
        await DeadlineWorker("w", store, clock, unable, tracer=tracing.tracer).once()

    (passed,) = tracing.named("deadline shelves count")
    assert passed.parent is None
    assert passed.attributes == {"opblok.thing": "shelves", "opblok.deadline": "count"}
    assert passed.status.status_code is StatusCode.ERROR
    assert "Petrov" not in passed.to_json()


def test_what_loops_ask_of_servers_begins_no_trace_and_under_a_request_it_is_seen(tracing: Tracing) -> None:
    for kind in (SpanKind.CLIENT, SpanKind.SERVER, SpanKind.CONSUMER, SpanKind.INTERNAL):
        with tracing.tracer.start_as_current_span(f"alone {kind.name}", kind=kind):
            pass
    with (
        tracing.tracer.start_as_current_span("request", kind=SpanKind.SERVER),
        tracing.tracer.start_as_current_span("asked in a request", kind=SpanKind.CLIENT),
    ):
        pass

    seen = [each.name for each in tracing.exporter.get_finished_spans()]
    assert seen == ["alone SERVER", "alone CONSUMER", "alone INTERNAL", "asked in a request", "request"]
