"""`python -m bench [WHAT ...]`: measure opblok beside the bare stack, on the same real servers, in one run."""

import argparse
import asyncio
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from chassis.embedded.servers import Servers
from chassis.settings import KafkaSettings
from chassis.topics import apply
from contracts.topics import topics

from bench import (
    feeding,
    filling,
    hopping,
    importing,
    living,
    portal,
    promising,
    routing,
    sourcing,
    starting,
    taking_orders,
)

WHAT = (
    "orders",
    "hop",
    "filling",
    "feed",
    "promises",
    "routing",
    "portal",
    "imports",
    "sourcing",
    "start",
    "lives",
    "kill",
)


def read() -> argparse.Namespace:
    """What to measure, and how much of it."""
    asked = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    asked.add_argument(
        "what", nargs="*", default=list(WHAT), choices=[*WHAT, []], help=f"any of {', '.join(WHAT)}; all"
    )
    asked.add_argument("--count", type=int, default=600, help="commands a round")
    asked.add_argument("--backlog", type=int, default=10_000, help="records to react to")
    asked.add_argument(
        "--stored", type=int, default=1_000_000, help="orders stored, for the cost of one more"
    )
    asked.add_argument("--rows", type=int, default=100_000, help="rows of the feed")
    asked.add_argument("--imported", type=int, default=1_000_000, help="rows of each import")
    asked.add_argument("--formats", nargs="*", help="formats to import; all")
    asked.add_argument("--customers", type=int, default=100_000, help="customers of the routing bench")
    asked.add_argument("--contacts", type=int, default=100_000, help="contacts of the portal")
    asked.add_argument("--lives", type=int, default=200, help="whole lives of orders")
    asked.add_argument("--kills", type=int, default=200, help="SIGKILLs of the kill test")
    return asked.parse_args()


def main() -> None:
    """Measure one after the other."""
    asked = read()
    if set(asked.what) - {"sourcing", "start", "lives", "kill"}:
        with tempfile.TemporaryDirectory(prefix="opblok-bench-") as folder:
            servers = Servers.under(Path(folder))
            servers.start()
            try:
                measure_on(servers, asked)
            finally:
                servers.stop()
    if "sourcing" in asked.what:
        sourcing.measure()
    if "start" in asked.what:
        starting.measure()
    if "lives" in asked.what:
        living.measure(lives=asked.lives, in_flight=8)
    if "kill" in asked.what:
        from bench import kill

        kill.main(["--kills", str(asked.kills)])


def measure_on(servers: Servers, asked: argparse.Namespace) -> None:
    """All that needs Kafka and MongoDB alone."""
    kafka, mongo = servers.kafka.address, servers.mongo.address
    asyncio.run(apply(KafkaSettings(servers=kafka), topics("development")))
    measures: dict[str, Callable[[], Coroutine[Any, Any, None]]] = {
        "orders": lambda: taking_orders.measure(kafka, mongo, count=asked.count),
        "hop": lambda: hopping.measure(kafka, mongo, count=asked.count, backlog=asked.backlog),
        "filling": lambda: filling.measure(kafka, mongo, few=1_000, many=asked.stored, count=asked.count),
        "feed": lambda: feeding.measure(kafka, mongo, rows=asked.rows),
        "promises": lambda: promising.measure(kafka, mongo, count=asked.count),
        "routing": lambda: routing.measure(kafka, mongo, customers=asked.customers, seconds=10),
        "portal": lambda: portal.measure(kafka, mongo, contacts=asked.contacts),
        "imports": lambda: importing.measure(
            kafka, mongo, rows=asked.imported, formats=tuple(asked.formats or importing.makers())
        ),
    }
    for name, measure in measures.items():
        if name in asked.what:
            asyncio.run(measure())


if __name__ == "__main__":
    main()
