"""New and cancelled orders, in Python: `pip install aiokafka`, then `KAFKA=broker:9092 python orders.py`."""

import asyncio
import json
import os

from aiokafka import AIOKafkaConsumer

TYPES = ("order.created.v1", "order.cancelled.v1")


async def main() -> None:
    seen: set[str] = set()  # in real life: beside what you make of the facts, in the same write
    kafka, group = os.environ.get("KAFKA", "127.0.0.1:19092"), os.environ.get("GROUP", "example.python")
    reader = AIOKafkaConsumer("order.created", "order.cancelled", bootstrap_servers=kafka, group_id=group,
                              auto_offset_reset="earliest", enable_auto_commit=False)  # fmt: skip
    async with reader:
        async for record in reader:
            headers = {name: value.decode() for name, value in record.headers}
            if headers["ce_type"] in TYPES and headers["ce_id"] not in seen:
                seen.add(headers["ce_id"])
                print(headers["ce_type"], json.loads(record.value)["order"]["number"], flush=True)
            await reader.commit()


asyncio.run(main())
