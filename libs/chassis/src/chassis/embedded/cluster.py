"""Three real Kafka brokers and a MongoDB replica set of three, as production has them: to lose one at a time."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chassis.embedded.ground import free_ports
from chassis.embedded.kafka import Kafka, Quorum, cluster_id
from chassis.embedded.mongo import Mongo
from chassis.embedded.running import Running, wait_for

THREE = (1, 2, 3)


@dataclass(frozen=True)
class Cluster:
    """Topics made without settings of their own have three replicas, two of which must be in sync. `nodes`: the brokers by their
    numbers; `members`: those of the replica set by their ports.
    """

    nodes: Mapping[int, Running]
    members: Mapping[int, Running]

    @classmethod
    def under(cls, folder: Path) -> "Cluster":
        """On ports that are free now; addresses stay the same over restarts."""
        ports = iter(free_ports(3 * len(THREE)))
        return cls(dict(brokers(folder, ports)), dict(members(folder, ports)))

    @property
    def kafka(self) -> str:
        """Bootstrap servers: all brokers."""
        return ",".join(each.address for each in self.nodes.values())

    @property
    def mongo(self) -> str:
        """The replica set's address."""
        return next(iter(self.members.values())).address

    @property
    def servers(self) -> tuple[Running, ...]:
        return (*self.nodes.values(), *self.members.values())

    def start(self, within: float = 90.0) -> None:
        """All at once, since they wait for each other. Call it from the main thread (see `spawn`)."""
        for each in self.servers:
            each.launch()
        for each in self.servers:
            each.wait_until_ready(within)
        wait_for(self._has_primary, "the replica set", within)

    def kill(self) -> None:
        """At once, as nobody wants the data again: brokers that leave in order wait for each other."""
        for each in self.servers:
            each.kill()

    def _has_primary(self) -> bool:
        from pymongo import MongoClient
        from pymongo.errors import PyMongoError

        with MongoClient[dict[str, Any]](self.mongo, serverSelectionTimeoutMS=1000) as client:
            try:
                return bool(client.admin.command("hello")["isWritablePrimary"])
            except PyMongoError:
                return False


def brokers(folder: Path, ports: Iterator[int]) -> Iterator[tuple[int, Running]]:
    """Each is a controller, too."""
    quorum = Quorum(cluster_id(), {node: next(ports) for node in THREE})
    for node, controller in quorum.controllers.items():
        name = f"kafka-{node}"
        data, log = folder / name, folder / f"{name}.log"
        yield node, Running(Kafka(data, log, next(ports), controller, name=name, node=node, quorum=quorum))


def members(folder: Path, ports: Iterator[int]) -> Iterator[tuple[int, Running]]:
    """Each may become the primary."""
    ours = tuple(next(ports) for _ in THREE)
    for number, port in zip(THREE, ours, strict=True):
        name = f"mongodb-{number}"
        yield port, Running(Mongo(folder / name, folder / f"{name}.log", port, name=name, members=ours))
