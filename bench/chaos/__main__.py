"""`python -m bench.chaos [--only FAULT ...] [--seed N]`: three Kafka brokers and a MongoDB replica set of
three, and what is left of orders and calls when some of them fall. Exit code 1 when anything was lost, doubled or stuck.
"""

import argparse
import asyncio
import logging
import random
import sys
import tempfile
import traceback
from dataclasses import dataclass, field
from pathlib import Path

from chassis.embedded.cluster import Cluster
from chassis.settings import KafkaSettings
from opblok.topic_making import make_topics

from bench.chaos import server_faults, service_faults
from bench.chaos.field import Fault, Field
from bench.chaos.one_fault import PARTITIONS, Seen, strike
from bench.chaos.showing import table
from bench.own_stack import OwnStack

FAULTS: dict[str, Fault] = {
    "leader": server_faults.leader,
    "primary": server_faults.primary,
    "both": server_faults.both,
    "broker-away": server_faults.away,
    "rolling-kafka": server_faults.rolling_brokers,
    "rolling-mongodb": server_faults.rolling_members,
    "disk": server_faults.disk,
    "zombie": service_faults.zombie,
    "zombie-beside": service_faults.zombie_beside,
}
SERVICES = ("crm", "procurement", "orders", "telephony_router")


def read(arguments: list[str] | None) -> argparse.Namespace:
    """Which faults, and how."""
    asked = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    asked.add_argument("--only", nargs="+", choices=FAULTS, default=list(FAULTS), metavar="FAULT")
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked.add_argument("--hold", type=float, default=10.0, help="seconds until who was killed comes back")
    asked.add_argument("--keep", type=Path, help="a folder for data and logs, kept afterwards")
    asked.add_argument("--list", action="store_true", help="say what the faults are")
    return asked.parse_args(arguments)


@dataclass
class Told:
    """What came of the faults; `stuck`: why one did not come to its end, for instance a command that nobody answered in minutes."""

    seen: list[Seen] = field(default_factory=list[Seen])
    stuck: list[str] = field(default_factory=list[str])

    @property
    def is_clean(self) -> bool:
        return not self.stuck and all(each.is_clean for each in self.seen)


async def strike_all(ground: Field, names: list[str], seed: int, told: Told) -> None:
    """One after another, on the same servers."""
    for name in names:
        print(f"{name}: {FAULTS[name].__doc__}", flush=True)
        try:
            found = await strike(ground, name, FAULTS[name], seed)
        except Exception as failed:  # noqa: BLE001 - whatever it was, the other faults are still to be seen
            traceback.print_exception(failed)
            told.stuck.append(f"{name} did not come to its end: {failed!r}")
            await ground.back(*(each for each in ground.cluster.servers if not each.is_alive()))
        else:
            told.seen.append(found)
            print(*(f"    {line}" for line in found.report.lines()), *table([found]), sep="\n", flush=True)


def main(arguments: list[str] | None = None) -> int:
    given = read(arguments)
    logging.getLogger("aiokafka").setLevel(
        logging.CRITICAL
    )  # of a server that is gone it says so many times a second
    if given.list:
        print(*(f"{name:16} {fault.__doc__}" for name, fault in FAULTS.items()), sep="\n")
        return 0
    told = Told()
    with tempfile.TemporaryDirectory(prefix="opblok-chaos-", ignore_cleanup_errors=True) as temporary:
        folder = given.keep or Path(temporary)
        cluster = Cluster.under(folder)
        servers = {"OPBLOK_KAFKA": cluster.kafka, "OPBLOK_MONGO": cluster.mongo}
        stack = OwnStack(
            folder / "stack",
            servers | {"OPBLOK_TOPICS": "production"},
            services=SERVICES,
        )
        print(f"seed {given.seed}", flush=True)
        try:
            cluster.start()
            asyncio.run(make_topics(KafkaSettings(servers=cluster.kafka), "production", PARTITIONS))
            stack.start()
            asyncio.run(strike_all(Field(cluster, stack, given.hold), given.only, given.seed, told))
        finally:
            stack.stop()
            cluster.kill()
            print(*table(told.seen), *told.stuck, sep="\n", flush=True)
    return 0 if told.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
