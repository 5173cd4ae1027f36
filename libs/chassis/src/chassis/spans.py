"""Spans of facts and deadlines: one of each sending, of each try of a reaction, of each deadline that is handed over.

A fact carries the context it was decided in, its creation context in OpenTelemetry's messaging conventions, and every
span about it links to that. Only while a fact is fresh is the context the parent, too, so that one trace leads from a
request to the last service; what is worked long after, or told again, begins a trace of its own and is joined by the
link (docs/decisions/0102). `opblok.correlation_id` on a span names the story: all traces of an order are found by it.
"""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from time import time

from kernel.deadline import Deadline
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.instrumentation.utils import suppress_http_instrumentation
from opentelemetry.propagate import extract
from opentelemetry.trace import INVALID_SPAN, Link, Span, SpanContext, SpanKind, Tracer
from opentelemetry.util.types import AttributeValue

from chassis.envelopes import Envelope
from chassis.reading import Raw
from chassis.records import Record

TRACER = trace.get_tracer("chassis.facts")

CORRELATION = "opblok.correlation_id"
FRESH = 600.0
"""So long after it was told may a fact's reactions stand in the trace that it was told in; seconds."""


def reacting(
    tracer: Tracer, record: Raw, of: Envelope, tries: int, group: str
) -> AbstractContextManager[Span]:
    """One try of a reaction."""
    told_in = extract(dict(of.trace))
    goes_on = of.only_for is None and time() - record.timestamp / 1000 < FRESH
    return tracer.start_as_current_span(
        f"process {record.topic}",
        context=told_in if goes_on else Context(),
        kind=SpanKind.CONSUMER,
        links=_links(told_in),
        record_exception=False,  # its text may quote anything
        set_status_on_exception=False,
        attributes={
            **_message("process", record.topic, of.id, of.correlation_id),
            "messaging.consumer.group.name": group,
            "messaging.destination.partition.id": str(record.partition),
            "messaging.kafka.offset": record.offset,
            "opblok.fact": of.type,
            "opblok.tries": tries,
        },
    )


def sending(tracer: Tracer, record: Record) -> AbstractContextManager[Span]:
    """The sending of a saved fact, by the relay, beside what it was decided in: how long it takes to be acknowledged, and
    how long it was owed. Nothing where that is not traced.
    """
    headers = dict(record.headers)
    told_in = extract(headers)
    if not _context(told_in).trace_flags.sampled:
        return nullcontext(INVALID_SPAN)
    return tracer.start_as_current_span(
        f"send {record.topic}",
        context=told_in,
        kind=SpanKind.CLIENT,  # not PRODUCER: readers are given the context of the deciding, not of this
        links=_links(told_in),
        record_exception=False,
        set_status_on_exception=True,
        attributes={
            **_message("send", record.topic, record.id, headers.get("ce_correlationid")),
            "messaging.message.body.size": len(record.value),
            "opblok.fact": headers["ce_type"],
        },
    )


def passing(tracer: Tracer, thing: str, deadline: Deadline) -> AbstractContextManager[Span]:
    """The handing over of a passed deadline: hours after whatever set it, so a trace of its own."""
    name = deadline.name.partition(":")[0]  # what follows may be an id
    return tracer.start_as_current_span(
        f"deadline {thing} {name}",
        context=Context(),
        record_exception=False,
        set_status_on_exception=False,
        attributes={"opblok.thing": thing, "opblok.deadline": name},
    )


def no_spans() -> AbstractContextManager[None]:
    """Calls over HTTP inside make no spans, and carry no trace: for those whose address is nobody's business."""
    return suppress_http_instrumentation()


def name_the_story(owed: Sequence[Record]) -> None:
    """The span that runs now has made these facts: it is found by their story."""
    span = trace.get_current_span()
    if owed and span.is_recording():
        span.set_attribute(CORRELATION, dict(owed[0].headers)["ce_correlationid"])


def _message(operation: str, topic: str, id_: str, story: str | None) -> dict[str, AttributeValue]:
    named = {CORRELATION: story, "messaging.message.conversation_id": story} if story else {}
    return {
        "messaging.system": "kafka",
        "messaging.operation.name": operation,
        "messaging.operation.type": operation,
        "messaging.destination.name": topic,
        "messaging.message.id": id_,
        **named,
    }


def _links(told_in: Context) -> list[Link]:
    context = _context(told_in)
    return [Link(context)] if context.is_valid else []


def _context(of: Context) -> SpanContext:
    return trace.get_current_span(of).get_span_context()
