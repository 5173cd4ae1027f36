"""Orders tells over Kafka that an order was completed: its customer passes to an account manager, once, over two replicas (R98)."""

import json
import uuid
from pathlib import Path
from typing import Any

from chassis.testing.infra import Infra
from chassis.testing.lamps import kafka_at, publishing, told
from chassis.testing.waiting import eventually
from contracts.orders import OrderCompletedV1

EXAMPLE = Path(__file__).parents[4] / "contracts" / "examples" / "order.completed.v1.json"
VERA = {"grant_type": "password", "username": "vera", "password": "brass lamps burn bright"}


def completed(customer_id: str, order_id: str) -> OrderCompletedV1:
    fact = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    fact["order"] |= {"order_id": order_id, "customer_id": customer_id}
    return OrderCompletedV1.model_validate(fact)


async def test_each_passes_on_once_with_his_first_order(running: Any, kept: Any, infra: Infra) -> None:
    async with running() as client, running(), publishing(kafka_at(infra.kafka)) as publisher:
        granted = (await client.post("/oauth/token", data=VERA)).raise_for_status().json()
        vera = {"Authorization": f"Bearer {granted['access_token']}"}
        phones = [{"phone": f"+791612345{n:02d}"} for n in range(12)]
        asked = [await client.post("/customers:resolve", json=each, headers=vera) for each in phones]
        ids = [answer.raise_for_status().json()["customer_id"] for answer in asked]

        for customer_id in ids:
            first, second = (f"{customer_id}.{uuid.uuid4().hex[:8]}" for _ in range(2))
            for order_id, sequence in ((second, 9), (second, 9), (first, 8), (second, 10)):
                await publisher(told(completed(customer_id, order_id), sequence, "orders"))

        async def all_are_borises() -> bool:
            his = {"listed.owner_id": "boris", "listed.handover": "waiting"}
            return await kept["customers"].count_documents(his) == len(ids)

        await eventually(all_are_borises, within=60.0)
        owners = [(await client.get(f"/customers/{each}/owners", headers=vera)).json() for each in ids]

    assert {tuple(period["owner_id"] for period in each["items"]) for each in owners} == {("boris", "anna")}
