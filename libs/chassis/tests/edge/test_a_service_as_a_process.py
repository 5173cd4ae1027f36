"""A service as a process: what stops it at its start, what it waits for, what it writes, and how it ends."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import httpx
import pytest
from chassis.embedded.ground import free_ports
from chassis.testing.infra import Infra
from chassis.testing.waiting import eventually
from chassis.testing.zipkin import Zipkin
from chassis.vault import Vault

HERE = Path(__file__).parent
NOWHERE = "mongodb://127.0.0.1:1/?serverSelectionTimeoutMS=200"


class Process:
    """The kiosk, started with these variables."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        (port,) = free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        self._out = folder / "out"
        command = ["uvicorn", "--factory", "a_kiosk:create", "--app-dir", str(HERE), "--port", str(port)]
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("OPBLOK_", "OTEL_"))
        }
        with self._out.open("wb") as out:
            self.child = subprocess.Popen(
                [sys.executable, "-m", *command], env={**environment, **variables}, stdout=out, stderr=out
            )

    @property
    def said(self) -> str:
        """All that it wrote."""
        return self._out.read_text()

    async def answers(self, path: str) -> httpx.Response:
        """Its answer, as soon as it listens."""

        async def asked() -> httpx.Response | None:
            assert self.child.poll() is None, self.said
            try:
                async with httpx.AsyncClient() as client:
                    return await client.get(self.url + path)
            except httpx.TransportError:
                return None

        answer = await eventually(asked, within=30)
        assert answer is not None
        return answer


Start = Callable[..., Process]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    given = {
        "OPBLOK_MONGO": NOWHERE,
        "OPBLOK_KAFKA": "127.0.0.1:1",
        "OPBLOK_VAULT_KEYS": f"k:{Vault.generate_key()}",
        "OPBLOK_CLIENT_SECRET": "s",
        "OPBLOK_ISSUERS": "http://127.0.0.1:1",
    }
    started: list[Process] = []

    def begin(**variables: str) -> Process:
        wanted = {name: value for name, value in {**given, **variables}.items() if value}
        started.append(Process(tmp_path, wanted))
        return started[-1]

    yield begin
    for each in started:
        each.child.kill()
        each.child.wait()


@pytest.mark.parametrize(
    ("variable", "value", "told"),
    [
        ("OPBLOK_MODE", "test", "OPBLOK_MODE: Input should be 'production' or 'development'"),
        (
            "OPBLOK_VAULT_KEYS",
            "",
            "OPBLOK_VAULT_KEYS (or OPBLOK_VAULT_KEYS_FILE) is not set. Make a key with",
        ),
        ("OPBLOK_VAULT_KEYS", "k:short", "OPBLOK_VAULT_KEYS: key 'k' "),
        ("OPBLOK_CLIENT_SECRET", "", "OPBLOK_CLIENT_SECRET (or OPBLOK_CLIENT_SECRET_FILE) is not set"),
    ],
)
def test_a_wrong_setting_stops_it_with_a_message_and_no_traceback(
    variable: str, value: str, told: str, start: Start
) -> None:
    process = start(**{variable: value})

    assert process.child.wait(30) == 2
    assert told in process.said
    assert "Traceback" not in process.said


async def test_without_its_servers_it_lives_says_what_it_lacks_and_ends_when_told_to(start: Start) -> None:
    process = start()

    assert (await process.answers("/health/live")).status_code == 200
    ready = await process.answers("/health/ready")
    assert ready.status_code == 503
    assert ready.json()["checks"]["mongo"] != "ok"

    process.child.send_signal(signal.SIGTERM)
    assert process.child.wait(20) in {0, -signal.SIGTERM}
    assert "Traceback" not in process.said


async def test_with_its_servers_it_becomes_ready_and_all_it_writes_is_one_form(
    start: Start, infra: Infra
) -> None:
    process = start(
        OPBLOK_MONGO=infra.mongo, OPBLOK_KAFKA=infra.kafka, OPBLOK_MONGO_DATABASE_PREFIX="test_edge_"
    )

    async def ready() -> bool:
        return (await process.answers("/health/ready")).status_code == 200

    await eventually(ready, within=30)
    assert (await process.answers("/teas/green?phone=+79161234567")).json() == "green"
    assert (await process.answers("/teas/none")).json()["type"] == "/problems/defect"
    figures = (await process.answers("/metrics")).text
    process.child.send_signal(signal.SIGTERM)
    process.child.wait(20)

    lines = [json.loads(line) for line in process.said.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]
    assert {line["service"] for line in lines} == {"kiosk"}
    assert [(line["path"], line["status"]) for line in requests] == [
        ("/teas/green", 200),
        ("/teas/none", 500),
    ]
    assert all(line["trace_id"] for line in requests)
    assert "9161234567" not in process.said
    assert "Petrov" not in process.said
    assert 'http_server_request_duration_seconds_count{http_request_method="GET"' in figures
    assert "opblok_outbox_backlog" in figures


async def test_it_tells_zipkin_what_it_was_asked_where_one_is_named(start: Start) -> None:
    with Zipkin.listening() as zipkin:
        process = start(OTEL_EXPORTER_ZIPKIN_ENDPOINT=zipkin.url, OTEL_BSP_SCHEDULE_DELAY="200")
        await process.answers("/teas/green?name=Petrov")
        await eventually(lambda: zipkin.spans, within=15)

    (span,) = zipkin.spans
    assert (span["name"], span["kind"], span["localEndpoint"]) == (
        "GET /teas/{tea}",
        "SERVER",
        {"serviceName": "kiosk"},
    )
    assert "Petrov" not in json.dumps(span)


async def test_a_worker_answers_probes_only(start: Start) -> None:
    process = start(OPBLOK_ROLE="worker")

    assert (await process.answers("/health/live")).status_code == 200
    assert (await process.answers("/teas/green")).status_code == 404
