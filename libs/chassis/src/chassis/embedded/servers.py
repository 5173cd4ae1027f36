"""Kafka and MongoDB together, on ports and a folder of their own: what tests and benches start."""

from dataclasses import dataclass
from pathlib import Path

from chassis.embedded.ground import free_ports
from chassis.embedded.kafka import Kafka
from chassis.embedded.mongo import Mongo
from chassis.embedded.running import Running


@dataclass(frozen=True)
class Servers:
    """Both under the caller's hand: `servers.kafka.kill()`, `servers.mongo.start()`."""

    kafka: Running
    mongo: Running

    @classmethod
    def under(cls, folder: Path) -> "Servers":
        """On ports that are free now; addresses stay the same over restarts."""
        port, controller_port, mongo_port = free_ports(3)
        kafka = Kafka(folder / "kafka", folder / "kafka.log", port, controller_port, heap_mb=384)
        return cls(Running(kafka), Running(Mongo(folder / "mongo", folder / "mongo.log", mongo_port)))

    def start(self, within: float = 60.0) -> None:
        """Both at once, since each waits mostly for itself."""
        self.kafka.launch()
        self.mongo.launch()
        self.mongo.wait_until_ready(within)
        self.kafka.wait_until_ready(within)

    def stop(self) -> None:
        """Everything ends, however it stands with the first."""
        try:
            self.mongo.stop()
        finally:
            self.kafka.stop()

    def kill(self) -> None:
        """At once; for data that nobody will want again."""
        self.mongo.kill()
        self.kafka.kill()
