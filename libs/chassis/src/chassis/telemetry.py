"""OpenTelemetry by the standard OTEL_* variables: traces from the request to the last consumer, and figures.

Nothing is exported unless OTEL_EXPORTER_OTLP_ENDPOINT (or its traces or metrics form), or for traces
OTEL_EXPORTER_ZIPKIN_ENDPOINT, is set; then spans still have ids, for logs and facts, but record nothing. Spans carry no
statement, no query string and no body.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass

from opentelemetry import metrics, trace
from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader, PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.sdk.trace.sampling import ALWAYS_OFF
from prometheus_client import REGISTRY
from prometheus_client.registry import CollectorRegistry

from chassis.decent_spans import Decent
from chassis.sampling import Occasioned


@dataclass(frozen=True, slots=True)
class Telemetry:
    """What was set up; `figures` is what `/metrics` shows."""

    figures: CollectorRegistry
    traces: TracerProvider | None = None
    meters: MeterProvider | None = None

    def flush(self, within_ms: int = 3000) -> None:
        """Export what is left, as far as the time allows."""
        if self.traces:
            self.traces.force_flush(within_ms)
        if self.meters:
            self.meters.force_flush(within_ms)


def exporting(signal: str, protocol: str = "OTLP") -> bool:
    """Whether the environment names somebody to export this signal to."""
    off = os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    endpoint = f"OTEL_EXPORTER_{protocol}"
    named = os.environ.get(f"{endpoint}_ENDPOINT") or os.environ.get(f"{endpoint}_{signal}_ENDPOINT")
    return bool(named) and not off and os.environ.get(f"OTEL_{signal}_EXPORTER") != "none"


def set_up(service: str, figures: CollectorRegistry = REGISTRY) -> Telemetry:
    """Once per process, before anything is traced."""
    resource = Resource.create(
        {"service.name": os.environ.get("OTEL_SERVICE_NAME", service), "service.namespace": "opblok"}
    )
    meters = _meters(resource, figures)
    traces = _traces(resource)
    metrics.set_meter_provider(meters)
    trace.set_tracer_provider(traces)
    return Telemetry(figures, traces, meters)


def _meters(resource: Resource, figures: CollectorRegistry) -> MeterProvider:
    readers: list[MetricReader] = [PrometheusMetricReader(registry=figures, scope_info_enabled=False)]
    if exporting("METRICS"):
        from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter

        readers.append(PeriodicExportingMetricReader(OTLPMetricExporter()))
    return MeterProvider(readers, resource=resource)


def _traces(resource: Resource) -> TracerProvider:
    exporters = list(_exporters())
    if not exporters:
        return TracerProvider(resource=resource, sampler=ALWAYS_OFF)
    from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
    from opentelemetry.instrumentation.pymongo import PymongoInstrumentor

    traces = TracerProvider(resource=resource)
    traces.sampler = Occasioned(traces.sampler)  # beside what OTEL_TRACES_SAMPLER says
    for exporter in exporters:
        traces.add_span_processor(BatchSpanProcessor(Decent(exporter)))
    # its own figures would be there only where traces are
    HTTPXClientInstrumentor().instrument(tracer_provider=traces, meter_provider=metrics.NoOpMeterProvider())
    PymongoInstrumentor().instrument(tracer_provider=traces)
    return traces


def _exporters() -> Iterator[SpanExporter]:
    if exporting("TRACES"):
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter

        yield OTLPSpanExporter()
    if exporting("TRACES", "ZIPKIN"):
        from opentelemetry.exporter.zipkin.json import ZipkinExporter

        yield ZipkinExporter()
