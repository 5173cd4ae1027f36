"""Where tests find a real Kafka and a real MongoDB: started here, in containers, or given."""

import os
import tempfile
from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

KINDS = ("embedded", "containers", "external")


@dataclass(frozen=True, slots=True)
class Infra:
    """`about`: what the summary of the run says of it."""

    kafka: str
    mongo: str
    kind: str
    about: str = ""


def opened(kind: str) -> AbstractContextManager[Infra]:
    """The servers of this kind, ended with the block."""
    return {"embedded": embedded, "containers": containers, "external": external}[kind]()


@contextmanager
def embedded() -> Generator[Infra]:
    """Real servers as children of this run, with data that ends with it."""
    from chassis.embedded.jars import KAFKA
    from chassis.embedded.servers import Servers

    with tempfile.TemporaryDirectory(prefix="opblok-test-", ignore_cleanup_errors=True) as folder:
        servers = Servers.under(Path(folder))
        try:
            servers.start()
            about = f"Apache Kafka {KAFKA} and mongod, started for this run"
            yield Infra(servers.kafka.address, servers.mongo.address, "embedded", about)
        finally:
            servers.kill()


@contextmanager
def external() -> Generator[Infra]:
    """Somebody else's servers, named by the same two variables that the services read."""
    from chassis.embedded.unable import CannotStart

    kafka, mongo = os.environ.get("OPBLOK_KAFKA"), os.environ.get("OPBLOK_MONGO")
    if not kafka or not mongo:
        raise CannotStart(
            "--infra=external needs OPBLOK_KAFKA and OPBLOK_MONGO.", "set both, or use --infra=embedded."
        )
    yield Infra(kafka, mongo, "external", "the servers of OPBLOK_KAFKA and OPBLOK_MONGO")


@contextmanager
def containers() -> Generator[Infra]:
    """Apache Kafka's and MongoDB's own images, where a Docker engine answers."""
    from chassis.testing.containers import started

    with started() as (kafka, mongo):
        yield Infra(kafka, mongo, "containers", "Apache Kafka's and MongoDB's images")
