from opentelemetry.sdk.trace.export import SpanExporter

class ZipkinExporter(SpanExporter):
    def __init__(self, *, endpoint: str | None = ...) -> None: ...
