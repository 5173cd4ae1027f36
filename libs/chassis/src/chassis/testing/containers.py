"""The two servers from their makers' images, for machines with a Docker engine."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from chassis.embedded.ground import free_ports
from chassis.embedded.jars import KAFKA
from chassis.embedded.kafka import Kafka
from chassis.embedded.mongo import SET, Mongo
from chassis.embedded.running import wait_for
from chassis.embedded.unable import CannotStart

KAFKA_IMAGE = f"apache/kafka:{KAFKA}"
MONGO_IMAGE = "mongo:7.0"


@contextmanager
def started() -> Generator[tuple[str, str]]:
    """Addresses of Kafka and MongoDB; both containers end with the block."""
    require_engine()
    port, controller, mongo_port = free_ports(3)
    kafka = Kafka(Path(), Path(), port, controller)
    mongo = Mongo(Path(), Path(), mongo_port)
    with ExitStack() as running:
        run(running, KAFKA_IMAGE, port, environment=as_variables(kafka))
        run(running, MONGO_IMAGE, mongo_port, command=f"--replSet {SET} --port {mongo_port}")
        wait_for(mongo.is_ready, "MongoDB's container", within=60.0)
        yield kafka.address, mongo.address


def require_engine() -> None:
    """Say at once, and in words, that there is no Docker engine."""
    import docker
    from docker.errors import DockerException

    try:
        engine: Any = docker.from_env()
        engine.ping()
    except DockerException as silent:
        raise CannotStart(
            "--infra=containers needs a Docker engine, and none answers.",
            "start one (DOCKER_HOST names another), or use --infra=embedded.",
        ) from silent


def run(
    running: ExitStack, image: str, port: int, *, environment: dict[str, str] | None = None, command: str = ""
) -> None:
    """The same port inside and outside: both servers tell clients where they are."""
    from testcontainers.core.container import DockerContainer

    container = DockerContainer(image).with_bind_ports(port, port)
    for name, value in (environment or {}).items():
        container.with_env(name, value)
    if command:
        container.with_command(command)
    running.enter_context(container)


def as_variables(kafka: Kafka) -> dict[str, str]:
    """The embedded broker's properties as the image wants them, listening to the outside of its container."""
    lines = (line.partition("=") for line in kafka.properties().splitlines())
    asked = {key: value for key, _, value in lines if key != "log.dirs"}
    asked["listeners"] = f"PLAINTEXT://:{kafka.port},CONTROLLER://:{kafka.controller_port}"
    asked["listener.security.protocol.map"] = "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"
    return {f"KAFKA_{key.upper().replace('.', '_')}": value for key, value in asked.items()}
