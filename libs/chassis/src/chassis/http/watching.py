"""Every request is watched: one span, one figure, one line in the log, and a name by which its caller can ask for it.

None of them holds the query, the body or the caller. Written by hand because the ready-made instrumentation records the
query, which may be personal, and costs more than the rest of the request (docs/decisions/0016).
"""

import re
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import uuid4

import structlog
from opentelemetry import metrics, trace
from opentelemetry.metrics import Histogram
from opentelemetry.propagate import extract
from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis.masking import masked

log = structlog.get_logger("access")

TRACER = trace.get_tracer("chassis.http")
DURATION = metrics.get_meter("chassis.http").create_histogram(
    "http.server.request.duration",
    unit="s",
    description="How long requests took.",
    explicit_bucket_boundaries_advisory=[0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0],
)
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUEST_ID = re.compile(rb"[A-Za-z0-9_.:\-]{1,64}")
BEARING = re.compile(r"(/webhooks|/answers|/survey)/.+", re.DOTALL)
"""Paths whose last parts let anybody in who knows them: a secret of a webhook, a customer's links."""
CARRIED = (b"traceparent", b"tracestate")
SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
)


@dataclass(slots=True)
class Watch:
    """What is seen of one request."""

    method: str
    path: str
    request_id: str
    began: float
    status: int = 500

    @property
    def failed(self) -> bool:
        """Through our own fault."""
        return self.status >= 500  # noqa: PLR2004


class Watched:
    """An ASGI middleware; probes and the scraping of figures pass unwatched."""

    def __init__(self, app: ASGIApp, tracer: Tracer = TRACER, duration: Histogram = DURATION) -> None:
        self._app = app
        self._tracer = tracer
        self._duration = duration

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or unwatched(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers: dict[bytes, bytes] = dict(scope["headers"])
        with _span(self._tracer, scope, headers) as span:
            watch = Watch(scope["method"], scope["path"], _request_id(headers, span), time.monotonic())

            async def sent(message: Message) -> None:
                if message["type"] == "http.response.start":
                    watch.status = int(message["status"])
                    message["headers"] = _with_ours(message["headers"], watch.request_id)
                await send(message)

            try:
                await self._app(scope, receive, sent)
            finally:
                self._seen(watch, span, getattr(scope.get("route"), "path_format", None))

    def _seen(self, watch: Watch, span: Span, route: str | None) -> None:
        took = time.monotonic() - watch.began
        path = shown(watch.path, route)
        about: dict[str, str | int] = {
            "http.request.method": _known(watch.method),
            "http.response.status_code": watch.status,
        }
        if route is not None:
            about["http.route"] = route
            span.update_name(f"{_known(watch.method)} {route}")
        self._duration.record(took, about)
        if span.is_recording():
            span.set_attributes({**about, "url.path": masked(path)})
            if watch.failed:
                span.set_status(StatusCode.ERROR)
        _write_down(watch, path, took)


def shown(path: str, route: str | None) -> str:
    """The path as it may be written down; of one that bears a secret only the route, or where it begins."""
    bearing = BEARING.match(path)
    return (route or f"{bearing[1]}/…") if bearing else path


def unwatched(path: str) -> bool:
    """Asked every few seconds by machines; neither limited nor written down."""
    return path.startswith("/health/") or path == "/metrics"


@contextmanager
def _span(tracer: Tracer, scope: Scope, headers: dict[bytes, bytes]) -> Generator[Span]:
    carried = {name.decode(): headers[name].decode("latin-1") for name in CARRIED if name in headers}
    with tracer.start_as_current_span(
        _known(scope["method"]),
        context=extract(carried) if carried else None,
        kind=SpanKind.SERVER,
        record_exception=False,  # its text may quote anything
        set_status_on_exception=False,
    ) as span:
        yield span


def _write_down(watch: Watch, path: str, took: float) -> None:
    write = log.warning if watch.failed else log.info
    write(
        "request",
        method=watch.method,
        path=path,
        status=watch.status,
        ms=round(took * 1000, 1),
        request_id=watch.request_id,
    )


def _request_id(headers: dict[bytes, bytes], span: Span) -> str:
    """The caller's own, where it is one; else the trace's."""
    given = headers.get(b"x-request-id", b"")
    if REQUEST_ID.fullmatch(given):
        return given.decode()
    context = span.get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else uuid4().hex


def _with_ours(headers: list[tuple[bytes, bytes]], request_id: str) -> list[tuple[bytes, bytes]]:
    present = {name.lower() for name, _ in headers}
    ours = ((b"x-request-id", request_id.encode()), *SECURITY_HEADERS)
    return [*headers, *(each for each in ours if each[0] not in present)]


def _known(method: str) -> str:
    """Anybody can make up a method; a figure must not grow by it."""
    return method if method in METHODS else "_OTHER"
