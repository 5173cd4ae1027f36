"""The span of one try of a reaction."""

from contextlib import AbstractContextManager

from opentelemetry import trace
from opentelemetry.propagate import extract
from opentelemetry.trace import Span, SpanKind, Tracer

from chassis.envelopes import Envelope
from chassis.reading import Raw

TRACER = trace.get_tracer("chassis.lanes")


def reacting(tracer: Tracer, record: Raw, of: Envelope, tries: int) -> AbstractContextManager[Span]:
    """A child of the span that told the fact: the trace goes on."""
    return tracer.start_as_current_span(
        f"react {of.type}",
        context=extract(dict(of.trace)),
        kind=SpanKind.CONSUMER,
        record_exception=False,  # its text may quote anything
        set_status_on_exception=False,
        attributes={
            "messaging.system": "kafka",
            "messaging.destination.name": record.topic,
            "messaging.destination.partition.id": str(record.partition),
            "messaging.kafka.offset": record.offset,
            "messaging.message.id": of.id,
            "opblok.tries": tries,
        },
    )
