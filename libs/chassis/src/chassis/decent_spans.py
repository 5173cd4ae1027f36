"""Spans, before they leave: whatever a library put into one, nothing personal goes out with it."""

from collections.abc import Mapping, Sequence
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

from opentelemetry.sdk.trace import Event, ReadableSpan
from opentelemetry.sdk.trace.export import SpanExporter, SpanExportResult
from opentelemetry.trace import Status
from opentelemetry.util.types import AttributeValue

from chassis.masking import masked

DROPPED = frozenset(
    {
        "url.query",
        "exception.message",
        "exception.stacktrace",
        "client.address",
        "http.client_ip",
        "net.peer.ip",
    }
)
"""A query and an exception's text may hold anything; who called is not ours to tell."""
URLS = frozenset({"url.full", "http.url", "http.target"})


class Decent(SpanExporter):
    """Passes spans on without queries, exceptions' texts and whatever looks like a phone number or an address of mail."""

    def __init__(self, inner: SpanExporter) -> None:
        self._inner = inner

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        return self._inner.export([decent(span) for span in spans])

    def shutdown(self) -> None:
        self._inner.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        return self._inner.force_flush(timeout_millis)


def decent(span: ReadableSpan) -> ReadableSpan:
    """The same span, fit to be seen by anybody who operates."""
    return ReadableSpan(
        name=masked(span.name),
        context=span.get_span_context(),
        parent=span.parent,
        resource=span.resource,
        attributes=_attributes(span.attributes),
        events=[Event(each.name, _attributes(each.attributes), each.timestamp) for each in span.events],
        links=span.links,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _attributes(given: Mapping[str, AttributeValue] | None) -> dict[str, AttributeValue]:
    return {name: _value(name, value) for name, value in (given or {}).items() if name not in DROPPED}


def _value(name: str, value: Any) -> AttributeValue:
    if isinstance(value, str):
        return masked(_without_query(value) if name in URLS else value)
    if isinstance(value, list | tuple):
        return [masked(each) if isinstance(each, str) else each for each in cast("list[Any]", value)]
    return value


def _without_query(url: str) -> str:
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, "", ""))
