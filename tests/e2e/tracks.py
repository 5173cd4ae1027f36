"""Spans as an OTLP receiver got them, walked from a reaction back to the request that began it all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.e2e.collector import Collector

STORY = "opblok.correlation_id"
Kind = Span.SpanKind


@dataclass(frozen=True, slots=True)
class Track:
    """One span of one service."""

    service: str
    span: Any

    @property
    def name(self) -> str:
        return str(self.span.name)

    @property
    def about(self) -> Mapping[str, Any]:
        """Its attributes."""
        values = {each.key: each.value for each in self.span.attributes}
        return {key: getattr(value, value.WhichOneof("value")) for key, value in values.items()}

    @property
    def place(self) -> tuple[str, str]:
        return self.service, self.name

    @property
    def texts(self) -> str:
        """All that it says, as protobuf's own text form has it, with letters as they are."""
        return self.span.SerializeToString().decode(errors="replace")


class Tracks:
    """All that has come so far."""

    def __init__(self, collector: Collector) -> None:
        self.all = [Track(service, span) for service, span in collector.spans()]
        self._by_id = {each.span.span_id: each for each in self.all}

    def of_story(self, story: str) -> list[Track]:
        """Those that name it, the earliest first."""
        found = [each for each in self.all if each.about.get(STORY) == story]
        return sorted(found, key=lambda each: each.span.start_time_unix_nano)

    def of_traces(self, tracks: Iterable[Track]) -> list[Track]:
        """Everything in the traces that these are of."""
        traces = {each.span.trace_id for each in tracks}
        return [each for each in self.all if each.span.trace_id in traces]

    def way_back(self, track: Track) -> list[tuple[str, str]]:
        """Service and name of the span, of what it happened under, and so on to the root; a gap is named."""
        way = [track.place]
        while track.span.parent_span_id:
            parent = self._by_id.get(track.span.parent_span_id)
            if parent is None:
                return [*way, ("?", "a span that never came")]
            track = parent
            way.append(track.place)
        return way
