"""Zipkin, where a person looks at traces: one jar, on the Java runtime that Kafka has; it keeps them in memory."""

import tempfile
import urllib.error
import urllib.request
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from chassis.embedded.ground import LOOPBACK, require_port
from chassis.embedded.jars import Downloading, Progress, cache, check, maven, pinned, quiet, unreachable
from chassis.embedded.kafka import SHORT_LIVED, java
from chassis.embedded.program import Program
from chassis.embedded.unable import CannotStart

GROUP, NAME, VERSION = "io.zipkin", "zipkin-server", "3.5.1"
PINNED = Path(__file__).with_name("zipkin-jar.sha256")


@dataclass(frozen=True)
class Zipkin:
    """`log` is its log; it has no data: what it knew ends with it."""

    log: Path
    port: int = 9411
    heap_mb: int = 256
    name: str = "zipkin"

    @property
    def address(self) -> str:
        """Where a person looks."""
        return f"http://{LOOPBACK}:{self.port}/zipkin/"

    @property
    def takes(self) -> str:
        """Where spans are told to."""
        return f"http://{LOOPBACK}:{self.port}/api/v2/spans"

    def prepare(self, progress: Progress = quiet) -> None:
        require_port(self.port, "Zipkin", "OPBLOK_ZIPKIN_PORT")
        zipkin_jar(progress)

    def program(self) -> Program:
        call = (str(java()), f"-Xmx{self.heap_mb}m", *SHORT_LIVED, "-jar", str(jar_file()))
        listens = {
            "ip": LOOPBACK,
            "port": self.port,
            "protocols[0]": "http",
        }  # QUERY_PORT alone: on every address
        told = (f"--armeria.ports[0].{name}={value}" for name, value in listens.items())
        return Program(self.name, (*call, *told), self.log, stop_within=10.0)

    def is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://{LOOPBACK}:{self.port}/health", timeout=1.0) as answer:
                return bool(answer.status == HTTPStatus.OK)
        except (OSError, urllib.error.URLError):
            return False


def jar_file() -> Path:
    """Where the jar is, or will be."""
    (name,) = pinned(PINNED)
    return cache() / name


def zipkin_jar(progress: Progress = quiet) -> Path:
    """The jar, checked against its pinned digest. The first time it takes a download of 131 MB."""
    jar, digest = jar_file(), pinned(PINNED)[jar_file().name]
    if jar.is_file():
        return jar
    try:
        jar.parent.mkdir(parents=True, exist_ok=True)
    except OSError as refused:
        raise CannotStart(
            f"{jar.parent} can't be made: {refused.strerror}.", "set OPBLOK_CACHE."
        ) from refused
    with tempfile.TemporaryDirectory(dir=jar.parent, prefix="fetching-") as scratch:
        with unreachable("Zipkin", "start without TRACES=1"):
            component = maven(Path(scratch), watched(progress)).project(GROUP, NAME).at_version(VERSION)
            came = Path(component.artifact(classifier="exec").resolve())
        check(came, digest)
        came.replace(jar)
    return jar


def watched(progress: Progress) -> Downloading:
    """Progress by bytes."""

    @contextmanager
    def downloading(name: str, size: int) -> Generator[Callable[[int], None]]:
        done = 0

        def more(piece: int) -> None:
            nonlocal done
            done += piece
            progress(f"fetching {name} ({size // 1_000_000} MB)", min(1.0, done / size))

        yield more

    return downloading
