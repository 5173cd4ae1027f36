"""The environment of a router that runs as a process, and the database that is its own."""

import os
import uuid
from collections.abc import AsyncIterator
from typing import Any

import pytest
from chassis.testing.infra import Infra
from chassis.vault import Vault
from pymongo import AsyncMongoClient
from telephony_router.testing.crm import KEY
from telephony_router.testing.provider import SECRET


@pytest.fixture
async def own_database(infra: Infra, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Any]:
    """Of the process; `OPBLOK_*` stands in the environment while the test lasts."""
    prefix = f"test_{uuid.uuid4().hex[:12]}_"
    told = {
        "OPBLOK_MONGO": infra.mongo,
        "OPBLOK_MONGO_DATABASE_PREFIX": prefix,
        "OPBLOK_KAFKA": infra.kafka,
        "OPBLOK_KAFKA_GROUP": f"router-{uuid.uuid4().hex[:8]}",
        "OPBLOK_VAULT_KEYS": f"test:{Vault.generate_key()}",
        "OPBLOK_CLIENT_SECRET": "router-secret",
        "OPBLOK_PHONE_KEY": KEY.decode(),
        "OPBLOK_WEBHOOK_SECRET": SECRET,
    }
    for variable, value in told.items():
        monkeypatch.setenv(variable, value)
    async with AsyncMongoClient[dict[str, Any]](infra.mongo, tz_aware=True) as client:
        yield client[f"{prefix}telephony_router"]
        await client.drop_database(f"{prefix}telephony_router")


@pytest.fixture
def killed_calls() -> int:
    """How many calls a killed router is among: 200 by hand (`OPBLOK_KILLED_CALLS=200`), fewer where minutes count."""
    return int(os.environ.get("OPBLOK_KILLED_CALLS", "60"))
