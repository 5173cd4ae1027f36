"""`python -m bench.chaos [--only FAULT ...] [--all-services] [--seed N]`: three Kafka brokers and a MongoDB replica set of
three, and what is left of orders and calls when some of them fall. Exit code 1 when anything was lost, doubled or stuck.
"""

import argparse
import asyncio
import logging
import random
import sys
import tempfile
from pathlib import Path

from chassis.embedded.cluster import Cluster
from chassis.settings import KafkaSettings
from opblok.stack.settings import SERVICES
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
FEW = ("crm", "procurement", "orders", "telephony_router")


def read(arguments: list[str] | None) -> argparse.Namespace:
    """Which faults, under which services."""
    asked = argparse.ArgumentParser(prog="python -m bench.chaos", description=__doc__)
    asked.add_argument("--only", nargs="+", choices=FAULTS, default=list(FAULTS), metavar="FAULT")
    asked.add_argument(
        "--all-services", action="store_true", help=f"all, with whole lives; else {', '.join(FEW)}"
    )
    asked.add_argument("--seed", type=int, default=random.randrange(10**6))
    asked.add_argument("--hold", type=float, default=10.0, help="seconds until who was killed comes back")
    asked.add_argument("--keep", type=Path, help="a folder for data and logs, kept afterwards")
    asked.add_argument("--list", action="store_true", help="say what the faults are")
    return asked.parse_args(arguments)


async def struck(ground: Field, names: list[str], seed: int, seen: list[Seen]) -> None:
    """One after another, on the same servers."""
    for name in names:
        print(f"{name}: {FAULTS[name].__doc__}", flush=True)
        found = await strike(ground, name, FAULTS[name], seed)
        seen.append(found)
        print(*(f"    {line}" for line in found.report.lines()), sep="\n", flush=True)


def main(arguments: list[str] | None = None) -> int:
    given = read(arguments)
    logging.getLogger("aiokafka").setLevel(
        logging.CRITICAL
    )  # of a server that is gone it says so many times a second
    if given.list:
        print(*(f"{name:16} {fault.__doc__}" for name, fault in FAULTS.items()), sep="\n")
        return 0
    seen: list[Seen] = []
    with tempfile.TemporaryDirectory(prefix="opblok-chaos-", ignore_cleanup_errors=True) as temporary:
        folder = given.keep or Path(temporary)
        cluster = Cluster.under(folder)
        told = {"OPBLOK_KAFKA": cluster.kafka, "OPBLOK_MONGO": cluster.mongo, "OPBLOK_TOPICS": "production"}
        stack = OwnStack(folder / "stack", told, services=SERVICES if given.all_services else FEW)
        print(f"seed {given.seed}", flush=True)
        try:
            cluster.start()
            asyncio.run(make_topics(KafkaSettings(servers=cluster.kafka), "production", PARTITIONS))
            stack.start()
            asyncio.run(struck(Field(cluster, stack, given.hold), given.only, given.seed, seen))
        finally:
            stack.stop()
            cluster.kill()
            print(*table(seen), sep="\n", flush=True)
    return 0 if all(each.is_clean for each in seen) else 1


if __name__ == "__main__":
    sys.exit(main())
