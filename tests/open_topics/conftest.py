"""One guarded Kafka for the tests of this folder, with opblok's topics, its services' user and two strangers."""

import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from chassis.embedded.ground import free_ports
from chassis.embedded.running import Running
from chassis.publishing import KafkaPublisher
from chassis.settings import KafkaSettings
from chassis.topics import apply
from contracts.topics import topics

from .certificates import signed
from .guarded_kafka import TO_ADMIN, GuardedKafka
from .kafka_tools import tools

ACCESS = Path(__file__).parents[2] / "deploy" / "kafka" / "access.sh"
GIVEN = ("order.created", "order.cancelled", "stock.changed")
RATE = 40_000


@dataclass(frozen=True)
class Guarded:
    """`nameless`: the address for plain clients; `outside`: that of all who have a name."""

    nameless: str
    outside: str
    inside: str
    ca_file: Path
    folder: Path

    def settings(self, user: str) -> KafkaSettings:
        """As the service of an installation has them, from the same variables."""
        return KafkaSettings(
            servers=self.outside,
            security="SASL_SSL",
            username=user,
            password_file=self.password_file(user),
            ca_file=self.ca_file,
        )

    def password_file(self, user: str) -> Path:
        file = self.folder / f"{user}.password"
        if not file.exists():
            file.write_text(f"pass-of-{user}\n")
        return file

    def access(self, do: str, user: str, *arguments: str) -> None:
        """What an operator calls."""
        environment = os.environ | {
            "BOOTSTRAP": self.inside,
            "ADMIN": str(self.folder / "admin.properties"),
            "KAFKA_BIN": str(self.folder / "bin"),
            "PASSWORD_FILE": str(self.password_file(user)),
        }
        call = ("sh", str(ACCESS), do, user, *arguments)
        done = subprocess.run(call, env=environment, capture_output=True, text=True, check=False, timeout=120)
        assert done.returncode == 0, f"{done.stdout}{done.stderr}"


@pytest.fixture(scope="session")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "bin").mkdir()
    (folder / "admin.properties").write_text(TO_ADMIN)
    ca, identity = signed(folder)
    nameless, controller, inside, outside = free_ports(4)
    kafka = GuardedKafka(
        folder / "kafka",
        folder / "kafka.log",
        nameless,
        controller,
        inside_port=inside,
        outside_port=outside,
        identity=identity,
    )
    running = Running(kafka)
    try:
        running.start()
        tools(folder / "bin")
        found = Guarded(kafka.address, kafka.outside, kafka.inside, ca, folder)
        found.access("services", "opblok")
        found.access("subscriber", "partner", "partner.", str(RATE), *GIVEN)
        yield found
    finally:
        running.kill()


@pytest.fixture(scope="session")
async def opblok(guarded: Guarded) -> AsyncIterator[KafkaPublisher]:
    """How a service tells: by its own publisher, over TLS, under its own name, on topics that opblok made so too."""
    settings = guarded.settings("opblok")
    await apply(settings, topics())
    publisher = KafkaPublisher(settings)
    publisher.start()
    yield publisher
    await publisher.stop()
