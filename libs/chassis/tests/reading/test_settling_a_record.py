"""One record and its lane, without Kafka: traces, time limits, closing."""

import asyncio
import time
from datetime import UTC, datetime

import pytest
from chassis.clock import StoppedClock
from chassis.dead_letters import DeadLetters
from chassis.faults import Fault
from chassis.lane import Lane
from chassis.publishing import RawHeaders
from chassis.reactions import Reactions
from chassis.reading import Raw
from chassis.records import record
from chassis.settling import Settling
from chassis.testing.lamps import LampLitV1
from chassis.testing.waiting import eventually
from opentelemetry import propagate, trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Letterbox:
    """Where dead letters go here."""

    def __init__(self) -> None:
        self.letters: list[dict[str, bytes | None]] = []

    async def send(
        self,
        topic: str,
        value: bytes | None,
        key: bytes | None,
        headers: RawHeaders,
        *,
        partition: int | None = None,
    ) -> None:
        self.letters.append(dict(headers))


def raw(minutes: int = 0) -> Raw:
    told = record(LampLitV1(lamp_id="brass", minutes=minutes), 3, "lamps", NOON, "a test")
    headers = [(name, text.encode()) for name, text in told.headers]
    now = int(time.time() * 1000)
    return Raw(told.topic, 0, minutes, now, 0, told.key.encode(), told.value, 0, 0, 0, headers)


def settling(
    reactions: Reactions, letterbox: Letterbox, tracing: TracerProvider, within: float = 5
) -> Settling:
    dead_letters = DeadLetters("lamps", letterbox)
    return Settling(reactions, {}, StoppedClock(NOON), dead_letters, within, tracing.get_tracer("tests"))


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def tracing(spans: InMemorySpanExporter) -> TracerProvider:
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(spans))
    return provider


async def test_a_reaction_goes_on_in_the_trace_of_what_told_the_fact(
    tracing: TracerProvider, spans: InMemorySpanExporter
) -> None:
    reactions, passed_on = Reactions("lamps"), dict[str, str]()

    @reactions.told(LampLitV1)
    async def light(lit: LampLitV1) -> None:
        propagate.inject(passed_on)

    with tracing.get_tracer("tests").start_as_current_span("take an order") as order:
        told = raw()
    settled = list[Raw]()
    lane = Lane(0, "lamps", settling(reactions, Letterbox(), tracing), settled.append)
    lane.put([told])
    await eventually(lambda: settled)
    await lane.close(1)

    (_, react) = spans.get_finished_spans()
    assert react.context is not None
    assert react.context.trace_id == order.get_span_context().trace_id
    assert react.parent is not None
    assert react.parent.span_id == order.get_span_context().span_id
    assert react.kind is SpanKind.CONSUMER
    assert format(react.context.span_id, "016x") in passed_on["traceparent"]


async def test_neither_span_nor_letter_quotes_what_a_defect_said(
    tracing: TracerProvider, spans: InMemorySpanExporter
) -> None:
    reactions, letterbox = Reactions("lamps"), Letterbox()

    @reactions.told(LampLitV1)
    async def light(lit: LampLitV1) -> None:
        raise ValueError("call +79161234567")

    settled = list[Raw]()
    lane = Lane(0, "lamps", settling(reactions, letterbox, tracing), settled.append)
    lane.put([raw()])
    await eventually(lambda: settled)
    await lane.close(1)

    (letter,) = letterbox.letters
    last = spans.get_finished_spans()[-1]
    assert last.context is not None
    assert letter["dl_trace"] == trace.format_trace_id(last.context.trace_id).encode()
    assert letter["dl_attempts"] == b"5"
    assert "79161234567" not in f"{letter} {[each.to_json() for each in spans.get_finished_spans()]}"


async def test_a_reaction_that_hangs_is_given_up_and_tried_again(tracing: TracerProvider) -> None:
    reactions, tries = Reactions("lamps"), list[int]()

    @reactions.told(LampLitV1)
    async def light(lit: LampLitV1) -> None:
        tries.append(lit.minutes)
        if len(tries) == 1:
            await asyncio.Event().wait()

    settled = list[Raw]()
    lane = Lane(0, "lamps", settling(reactions, Letterbox(), tracing, within=0.05), settled.append)
    lane.put([raw()])
    await eventually(lambda: settled)
    await lane.close(1)

    assert len(tries) == 2


async def test_a_lane_that_waits_closes_at_once_and_settles_nothing_more(tracing: TracerProvider) -> None:
    reactions, settled = Reactions("lamps"), list[Raw]()

    @reactions.told(LampLitV1)
    async def light(lit: LampLitV1) -> None:
        if lit.minutes == 2:
            raise Fault("no current")

    lane = Lane(0, "lamps", settling(reactions, Letterbox(), tracing), settled.append)
    lane.put([raw(1), raw(2), raw(3)])
    await eventually(lambda: lane.waits_for)
    async with asyncio.timeout(1):
        await lane.close(30)

    assert [each.offset for each in settled] == [1]
    assert lane.waits_for is None


async def test_a_closing_lane_finishes_the_fact_in_hand_and_no_other(tracing: TracerProvider) -> None:
    reactions, settled, door, begun = Reactions("lamps"), list[Raw](), asyncio.Event(), list[int]()

    @reactions.told(LampLitV1)
    async def light(lit: LampLitV1) -> None:
        begun.append(lit.minutes)
        await door.wait()

    lane = Lane(0, "lamps", settling(reactions, Letterbox(), tracing), settled.append)
    lane.put([raw(1), raw(2)])
    await eventually(lambda: begun)
    closing = asyncio.create_task(lane.close(30))
    await asyncio.sleep(0)
    door.set()
    await closing

    assert begun == [1]
    assert [each.offset for each in settled] == [1]


async def test_a_full_lane_says_so_until_it_has_room(tracing: TracerProvider) -> None:
    reactions, settled, door = Reactions("lamps"), list[Raw](), asyncio.Event()

    @reactions.told(LampLitV1)
    async def light(lit: LampLitV1) -> None:
        await door.wait()

    lane = Lane(0, "lamps", settling(reactions, Letterbox(), tracing), settled.append)
    lane.put([raw()] * 1100)
    assert lane.full

    door.set()
    await eventually(lambda: lane.has_room)
    assert not lane.full
    await lane.close(5)
