"""The small world of crm's tests: a needle shop, its owner Vera, and those who work for her."""

import json
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest
from chassis.chassis import Chassis, Parts
from chassis.clock import StoppedClock
from chassis.testing.memory import MemoryChassis
from contracts.fact import Fact
from crm.bootstrap import compose
from crm.settings import CrmSettings
from kernel.actor import Actor, Role
from pydantic import SecretStr

ROOT = Path(__file__).parents[3]
if str(ROOT) not in sys.path:
    sys.path.append(str(ROOT))  # fakes of the outside world lie in `tests.fakes`

PASSWORD = "brass lamps burn bright"
FOUNDING: dict[str, Any] = {
    "shop": {"shop_id": "main", "time_zone": "Europe/Moscow", "legal_person": "OOO Igla"},
    "owner": {"staff_id": "vera", "login": "vera", "password": PASSWORD},
    "staff": [
        {"staff_id": "anna", "login": "anna", "password": PASSWORD, "roles": ["sales_manager"], "reports_to": "vera"},
        {"staff_id": "boris", "login": "boris", "password": PASSWORD, "roles": ["account_manager"], "reports_to": "anna"},
        {"staff_id": "clerk", "login": "clerk", "password": PASSWORD, "roles": ["office_administrator"]},
    ],
    "clients": [
        {"client_id": "orders", "secret": "orders-secret", "roles": ["service"]},
        {"client_id": "site", "secret": "site-secret", "roles": ["site"]},
    ],
}  # fmt: skip
VERA = Actor("vera", frozenset({Role.OWNER}), shop_id="main")
ORDERS = Actor("service:orders", frozenset({Role.SERVICE}))


@dataclass
class Crm:
    """Crm, running in memory, and whom one can be."""

    client: httpx.AsyncClient
    chassis: MemoryChassis
    clock: StoppedClock
    parts: Parts
    settings: CrmSettings
    seen: int = 0
    keys: list[str] = field(default_factory=list[str])

    def as_(self, actor: Actor, key: str | None = None) -> dict[str, str]:
        token = self.parts.wired["signer"].token(actor)
        return {"Authorization": f"Bearer {token}", **({"Idempotency-Key": key} if key else {})}

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        by: Actor = VERA,
        status: int = 200,
        key: str | None = None,
    ) -> Any:
        """The answer's body; its status must be this."""
        answer = await self.client.request(method, path, json=body, headers=self.as_(by, key))
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def token(self, status: int = 200, **form: str) -> Any:
        answer = await self.client.post("/oauth/token", data=form)
        assert answer.status_code == status, answer.text
        assert answer.headers["cache-control"] == "no-store"
        return answer.json()

    async def log_in(self, login: str, password: str = PASSWORD, status: int = 200) -> Any:
        return await self.token(status, grant_type="password", username=login, password=password)

    async def who(self, token: str) -> Actor:
        assert self.parts.verifier
        return await self.parts.verifier.actor(token)

    def news(self) -> list[Fact]:
        """The facts told since this was asked last."""
        told, self.seen = self.chassis.told[self.seen :], len(self.chassis.told)
        return told


def settings_of(folder: Path, founding: dict[str, Any] = FOUNDING) -> CrmSettings:
    file = folder / "bootstrap.json"
    file.write_text(json.dumps(founding))
    return CrmSettings(
        issuer_url="http://crm.test",
        phone_key=SecretStr("a key of at least thirty-two letters"),
        bootstrap_file=file,
        password_memory_kib=16,
        password_passes=1,
    )


@pytest.fixture
def founding() -> dict[str, Any]:
    """What the bootstrap file says; a copy to be changed."""
    return json.loads(json.dumps(FOUNDING))


@pytest.fixture
def settings(tmp_path: Path, founding: dict[str, Any]) -> CrmSettings:
    return settings_of(tmp_path, founding)


@pytest.fixture
async def crm(settings: CrmSettings, clock: StoppedClock) -> AsyncIterator[Crm]:
    """Crm as it is after its first start; its real time is the test's, too."""
    chassis, composed = MemoryChassis("crm", clock=clock), list[Parts]()

    def composing(given: Chassis, known: CrmSettings) -> Parts:
        composed.append(partial(compose, real=clock)(given, known))
        return composed[0]

    async with chassis.running(composing, settings) as client:
        found = Crm(client, chassis, clock, composed[0], settings)
        found.news()
        yield found
