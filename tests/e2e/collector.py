"""A small OTLP/HTTP receiver: keeps every span and every figure that the services export, whole."""

import gzip
import threading
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

KINDS: Mapping[str, Any] = {
    "/v1/traces": ExportTraceServiceRequest,
    "/v1/metrics": ExportMetricsServiceRequest,
}


@dataclass
class Collector:
    """Listens on a free port of this machine."""

    url: str = ""
    traces: list[Any] = field(default_factory=list[Any])
    metrics: list[Any] = field(default_factory=list[Any])

    @classmethod
    @contextmanager
    def listening(cls) -> "Generator[Collector]":
        collector = cls()
        server = ThreadingHTTPServer(("127.0.0.1", 0), _answering(collector))
        server.daemon_threads = True
        collector.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield collector
        finally:
            server.shutdown()
            server.server_close()
            thread.join(5.0)

    def told_to_services(self) -> dict[str, str]:
        """The standard variables."""
        return {
            "OTEL_EXPORTER_OTLP_ENDPOINT": self.url,
            "OTEL_METRIC_EXPORT_INTERVAL": "3000",
            "OTEL_BSP_SCHEDULE_DELAY": "1000",
        }

    def take(self, path: str, body: bytes) -> None:
        received = KINDS[path]()
        received.ParseFromString(body)
        (self.traces if path == "/v1/traces" else self.metrics).append(received)

    def spans(self) -> Iterator[tuple[str, Any]]:
        """Service and span."""
        for request in list(self.traces):
            for resource in request.resource_spans:
                for scope in resource.scope_spans:
                    for span in scope.spans:
                        yield _service(resource.resource.attributes), span

    def figures(self) -> set[tuple[str, str]]:
        """Service and name of every figure."""
        return {
            (_service(resource.resource.attributes), metric.name)
            for request in list(self.metrics)
            for resource in request.resource_metrics
            for scope in resource.scope_metrics
            for metric in scope.metrics
        }

    def points(self) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
        """Service, figure and labels of every number that was ever sent."""
        for request in list(self.metrics):
            for resource in request.resource_metrics:
                service = _service(resource.resource.attributes)
                for metric in (metric for scope in resource.scope_metrics for metric in scope.metrics):
                    for point in getattr(metric, metric.WhichOneof("data")).data_points:
                        yield service, metric.name, _labels(point.attributes)

    def texts(self) -> Iterator[tuple[str, str]]:
        """All that was received, to be searched: in protobuf a text stands as it is, in UTF-8."""
        for kind, received in (("spans", self.traces), ("figures", self.metrics)):
            for number, each in enumerate(list(received)):
                yield f"{kind} {number}", each.SerializeToString().decode(errors="replace")


def _labels(attributes: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted((each.key, str(getattr(each.value, each.value.WhichOneof("value")))) for each in attributes)
    )


def _service(attributes: Iterable[Any]) -> str:
    return next((each.value.string_value for each in attributes if each.key == "service.name"), "")


def _answering(collector: Collector) -> type[BaseHTTPRequestHandler]:
    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            if self.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            collector.take(self.path, body)
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (as http.server calls it)
            """Quiet."""

    return Answering
