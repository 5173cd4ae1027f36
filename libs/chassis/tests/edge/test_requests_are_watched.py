"""Each request has a span, a figure, a line and a name; none of them holds its query, its body or its caller."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest
from chassis.decent_spans import decent
from chassis.http.watching import Watched, shown
from chassis.peers import PeerDown
from chassis.testing.kiosk import Kiosk
from fastapi import APIRouter, Request
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

Written = Callable[[], list[dict[str, Any]]]
router = APIRouter()


@router.get("/teas/{tea}")
async def tea(tea: str, request: Request) -> dict[str, str]:
    if tea == "none":
        raise ValueError("Ivan Petrov")
    return {"tea": tea, "trace": request.headers.get("traceparent", "")}


class Eye:
    """Sees what a watched application leaves behind."""

    def __init__(self, kiosk: Kiosk) -> None:
        self.spans = InMemorySpanExporter()
        self.figures = InMemoryMetricReader()
        traces = TracerProvider()
        traces.add_span_processor(SimpleSpanProcessor(self.spans))
        duration = MeterProvider([self.figures]).get_meter("t").create_histogram("duration")
        app = Watched(kiosk.app(router), traces.get_tracer("t"), duration)
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://kiosk.test")

    @property
    def span(self) -> ReadableSpan:
        """The outer one."""
        return self.spans.get_finished_spans()[-1]

    @property
    def labels(self) -> list[dict[str, Any]]:
        """Of the figures."""
        data = self.figures.get_metrics_data()
        assert data is not None
        points = data.resource_metrics[0].scope_metrics[0].metrics[0].data.data_points
        return [dict(point.attributes or {}) for point in points]


@pytest.fixture
def eye(kiosk: Kiosk) -> Eye:
    return Eye(kiosk)


async def test_a_span_names_the_route_and_leaves_the_query_out(eye: Eye) -> None:
    await eye.client.get("/teas/green?phone=%2B79161234567&name=Petrov")

    assert (eye.span.name, eye.span.kind) == ("GET /teas/{tea}", SpanKind.SERVER)
    assert eye.span.attributes == {
        "http.request.method": "GET",
        "http.response.status_code": 200,
        "http.route": "/teas/{tea}",
        "url.path": "/teas/green",
    }


async def test_a_phone_number_in_a_path_is_struck_out_of_the_span(eye: Eye) -> None:
    await eye.client.get("/teas/+79161234567")

    assert (eye.span.attributes or {})["url.path"] == "/teas/‹phone›"


async def test_the_callers_trace_goes_on(eye: Eye) -> None:
    trace_id, span_id = "0af7651916cd43dd8448eb211c80319c", "b7ad6b7169203331"

    answer = await eye.client.get("/teas/green", headers={"traceparent": f"00-{trace_id}-{span_id}-01"})

    assert eye.span.parent is not None
    assert f"{eye.span.parent.span_id:016x}" == span_id
    assert answer.headers["x-request-id"] == trace_id


@pytest.mark.parametrize("broken", ["", "00-zz-zz-00", "x" * 5_000])
async def test_a_broken_trace_begins_a_new_one(broken: str, eye: Eye) -> None:
    assert (await eye.client.get("/teas/green", headers={"traceparent": broken})).status_code == 200
    assert eye.span.parent is None


async def test_a_problem_names_the_trace_that_is_in_the_log(eye: Eye, written: Written) -> None:
    problem = (await eye.client.get("/teas/none")).json()

    context = eye.span.get_span_context()
    assert context is not None
    assert problem["trace_id"] == f"{context.trace_id:032x}"
    assert {line["trace_id"] for line in written()} == {problem["trace_id"]}


async def test_a_defect_marks_the_span_and_is_not_quoted_in_it(eye: Eye) -> None:
    await eye.client.get("/teas/none")

    assert eye.span.status.status_code == StatusCode.ERROR
    assert not eye.span.events
    assert "Petrov" not in eye.span.to_json()


async def test_a_line_says_what_and_how_long_and_not_the_query(kiosk: Kiosk, written: Written) -> None:
    async with kiosk(router) as client:
        await client.get("/teas/green?phone=+79161234567")
        await client.get("/teas/+79161234567")

    first, second = written()
    assert (first["event"], first["method"], first["path"], first["status"]) == (
        "request",
        "GET",
        "/teas/green",
        200,
    )
    assert first["ms"] >= 0
    assert second["path"] == "/teas/‹phone›"
    assert "9161234567" not in str(written())


async def test_the_caller_may_name_his_request(kiosk: Kiosk, written: Written) -> None:
    async with kiosk(router) as client:
        named = await client.get("/teas/green", headers={"X-Request-Id": "site-42"})
        misnamed = await client.get("/teas/green", headers={"X-Request-Id": "<script>"})

    assert (named.headers["x-request-id"], written()[0]["request_id"]) == ("site-42", "site-42")
    assert misnamed.headers["x-request-id"] not in {"<script>", ""}


@pytest.mark.parametrize(
    ("path", "route", "written_down"),
    [
        ("/webhooks/tbank/s3cret", "/webhooks/tbank/{secret}", "/webhooks/tbank/{secret}"),
        ("/answers/eyJhbGciOi.x.y", "/answers/{token}", "/answers/{token}"),
        ("/webhooks/tbank/s3cret/more", None, "/webhooks/…"),
        ("/answers/a\nb", None, "/answers/…"),
        ("/survey/k1.q-1.s1gned", "/survey/{token}", "/survey/{token}"),
        ("/teas/green", "/teas/{tea}", "/teas/green"),
    ],
)
def test_a_path_that_lets_anybody_in_is_not_written_down(
    path: str, route: str | None, written_down: str
) -> None:
    assert shown(path, route) == written_down


@router.post("/webhooks/bank/{secret}")
async def hear_bank(secret: str) -> None:
    if secret == "down-s3cret":
        raise PeerDown("the bank does not answer")
    raise ValueError


@pytest.mark.parametrize("secret", ["down-s3cret", "broken-s3cret"])
async def test_neither_is_it_where_the_request_fails(kiosk: Kiosk, written: Written, secret: str) -> None:
    async with kiosk(router) as client:
        await client.post(f"/webhooks/bank/{secret}")

    assert "/webhooks/bank/{secret}" in {line.get("path") for line in written()}
    assert "s3cret" not in str(written()).replace("{secret}", "")


@pytest.mark.parametrize("path", ["/teas/green", "/nowhere"])
async def test_answers_are_neither_guessed_nor_kept_nor_told_on(path: str, kiosk: Kiosk) -> None:
    async with kiosk(router) as client:
        headers = (await client.get(path)).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


async def test_figures_grow_by_routes_and_not_by_what_anybody_makes_up(eye: Eye) -> None:
    for n in range(20):
        await eye.client.get(f"/teas/{n}")
        await eye.client.get(f"/made/up/{n}")
        await eye.client.request(f"BREW{n}", "/teas/green")

    assert sorted(str(each.get("http.route")) for each in eye.labels) == [
        "/teas/{tea}",
        "/teas/{tea}",
        "None",
    ]


async def test_probes_pass_unwatched(eye: Eye, written: Written) -> None:
    await eye.client.get("/health/live")
    await eye.client.get("/metrics")

    assert not eye.spans.get_finished_spans()
    assert written() == []


def test_whatever_a_library_puts_into_a_span_goes_out_decent() -> None:
    exporter = InMemorySpanExporter()
    traces = TracerProvider()
    traces.add_span_processor(SimpleSpanProcessor(exporter))
    with traces.get_tracer("httpx").start_as_current_span("GET") as span:
        span.set_attribute("http.url", "http://user:pass@crm:8101/customers?phone=%2B79161234567#x")
        span.set_attribute("url.query", "name=Petrov")
        span.set_attribute("tags", ["+79161234567", "fine"])
        span.record_exception(ValueError("Ivan Petrov"))
        span.set_status(StatusCode.ERROR, "ValueError: Ivan Petrov")

    clean = decent(exporter.get_finished_spans()[0])

    assert clean.attributes == {"http.url": "http://crm:8101/customers", "tags": ["‹phone›", "fine"]}
    assert dict(clean.events[0].attributes or {}) == {
        "exception.type": "ValueError",
        "exception.escaped": "False",
    }
    assert (clean.status.status_code, clean.status.description) == (StatusCode.ERROR, None)
