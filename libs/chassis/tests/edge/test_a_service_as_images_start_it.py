"""`python -m chassis.process` serves by its settings or only makes indexes; `python -m chassis.probe` asks how it is."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from chassis.embedded.ground import free_ports
from chassis.testing.infra import Infra
from chassis.testing.waiting import eventually
from chassis.vault import Vault
from pymongo import MongoClient

KIOSK = """
from chassis.chassis import Parts
from chassis.documents import Documents
from chassis.serving import create_app
from chassis.settings import ServiceSettings
from pydantic import TypeAdapter


def compose(chassis, settings):
    chassis.store(Documents("teas", TypeAdapter(dict), 1, lambda _: {}))
    return Parts()


def create():
    return create_app("kiosk", ServiceSettings, compose)
"""
Run = Callable[..., "subprocess.Popen[bytes]"]


@pytest.fixture
def told(infra: Infra, tmp_path: Path) -> Mapping[str, str]:
    """The variables of a kiosk of teas, which is found as `kiosk.app`."""
    package = tmp_path / "kiosk"
    package.mkdir()
    (package / "app.py").write_text(KIOSK)
    others = {name: value for name, value in os.environ.items() if not name.startswith(("OPBLOK_", "OTEL_"))}
    return {
        **others,
        "PYTHONPATH": str(tmp_path),
        "OPBLOK_MONGO": infra.mongo,
        "OPBLOK_KAFKA": infra.kafka,
        "OPBLOK_MONGO_DATABASE_PREFIX": "test_process_",
        "OPBLOK_VAULT_KEYS": f"k:{Vault.generate_key()}",
        "OPBLOK_CLIENT_SECRET": "s",
        "OPBLOK_ISSUERS": "http://127.0.0.1:1",
        "OPBLOK_PORT": str(free_ports(1)[0]),
    }


@pytest.fixture
def run(told: Mapping[str, str]) -> Iterator[Run]:
    started: list[subprocess.Popen[bytes]] = []

    def begin(*words: str) -> "subprocess.Popen[bytes]":
        started.append(subprocess.Popen([sys.executable, "-m", *words], env=dict(told)))
        return started[-1]

    yield begin
    for each in started:
        each.kill()
        each.wait()


async def test_it_serves_at_its_port_and_says_when_it_is_ready(run: Run) -> None:
    assert run("chassis.probe").wait(30) == 1

    kiosk = run("chassis.process", "kiosk")

    await eventually(lambda: run("chassis.probe").wait(30) == 0, within=60)
    kiosk.send_signal(signal.SIGTERM)
    assert kiosk.wait(30) in {0, -signal.SIGTERM}


def test_it_only_makes_indexes_when_asked_to(run: Run, infra: Infra) -> None:
    assert run("chassis.process", "kiosk", "--prepare").wait(60) == 0

    with MongoClient[dict[str, Any]](infra.mongo) as client:
        database = client["test_process_kiosk"]
        assert "outbox_at_1" in database["teas"].index_information()
        client.drop_database(database.name)
