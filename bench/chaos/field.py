"""Where faults happen: a cluster of three and three, and services on it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from chassis.embedded.cluster import Cluster
from chassis.embedded.running import Running

from bench.chaos.standing import brokers_whole, leader_of, members_whole, primary_of, until_true
from bench.own_stack import OwnStack

TOPIC = "order.created"

Struck = Callable[[], None]
"""Called at the moment from which recovery is counted."""


@dataclass
class Field:
    """`hold`: seconds that a fault lasts before what is gone comes back."""

    cluster: Cluster
    stack: OwnStack
    hold: float = 10.0

    def say(self, what: str) -> None:
        """For who waits and watches."""
        print(f"    {time.strftime('%H:%M:%S')}  {what}", flush=True)

    async def leader(self) -> Running:
        """The broker that leads most partitions of new orders."""
        return self.cluster.nodes[await leader_of(self.cluster.kafka, TOPIC)]

    async def primary(self) -> Running:
        """The member that takes the writes."""
        return self.cluster.members[await primary_of(self.cluster.mongo)]

    async def back(self, *servers: Running) -> None:
        """Started again, and as good as the others."""
        names = " and ".join(each.server.name for each in servers) or "nobody"
        for each in servers:
            each.launch()
        for each in servers:
            await asyncio.to_thread(each.wait_until_ready, 90.0)
        await self.whole()
        self.say(f"{names} back, all in sync")

    async def whole(self) -> None:
        """All brokers and all members are in sync."""
        await until_true(lambda: brokers_whole(self.cluster.kafka), "the brokers")
        await until_true(lambda: members_whole(self.cluster.mongo), "the replica set")


Fault = Callable[[Field, Struck], Awaitable[None]]
