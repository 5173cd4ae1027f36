"""A process of its own that reads lamps until it is killed. It prints each fact after its work is done."""

import asyncio
import sys

from chassis.reactions import Reactions
from chassis.testing.lamps import LampLitV1, kafka_at, publishing, reading


async def main(servers: str, group: str) -> None:
    """Read for ever."""
    reactions = Reactions("lamps")

    @reactions.told(LampLitV1)
    async def note(lit: LampLitV1) -> None:
        await asyncio.sleep(0.001)
        print(lit.lamp_id, lit.minutes, flush=True)  # noqa: T201

    kafka = kafka_at(servers)
    async with publishing(kafka) as publisher, reading(kafka, group, reactions, publisher):
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2]))
