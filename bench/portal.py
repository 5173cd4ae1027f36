"""The first load of a portal: contacts of a fake Bitrix24, with its real limits by the real clock, into crm on real servers."""

import asyncio
import json
import tempfile
import time
from pathlib import Path
from uuid import uuid4

import httpx
import psutil
from chassis.embedded.ground import free_ports
from chassis.vault import Vault

from bench.measuring import row
from bench.processes import served
from tests.fakes.bitrix24.app import application
from tests.fakes.bitrix24.peopled import peopled
from tests.fakes.bitrix24.standing import free_socket, standing

PASSWORD = "brass lamps burn bright"
FOUNDING = {
    "shop": {"shop_id": "main", "time_zone": "Europe/Moscow", "legal_person": "OOO Igla"},
    "owner": {"staff_id": "vera", "login": "vera", "password": PASSWORD},
    "staff": [
        {"staff_id": "anna", "login": "anna", "password": PASSWORD, "roles": ["sales_manager"]},
        {"staff_id": "boris", "login": "boris", "password": PASSWORD, "roles": ["account_manager"]},
    ],
}
EXTENSIONS = {"anna": "109", "boris": "117", "vera": "100"}
WITHIN = 3600.0
IN_A_REQUEST = 50 * 50
"""Contacts that one request can bring: a batch of fifty pages of fifty."""


async def measure(kafka: str, mongo: str, *, contacts: int) -> None:
    """Print how many a second, how much of the portal's limit that took, and crm's memory."""
    at = free_socket()
    portal = peopled(contacts, f"http://127.0.0.1:{at.getsockname()[1]}")
    with tempfile.TemporaryDirectory(prefix="opblok-portal-") as folder:
        founding = Path(folder) / "founding.json"
        founding.write_text(json.dumps(FOUNDING))
        told = environment(kafka, mongo, founding)
        async with served("crm.app:create", told) as port:
            await know_desks(port)
        hook = f"{portal.tokens.webhook_user}/{portal.tokens.webhook_secret}"
        told |= {"OPBLOK_BITRIX24_URL": portal.site, "OPBLOK_BITRIX24_WEBHOOK": hook}
        async with standing(application(portal), at), served("crm.app:create", told) as port:
            process = next(each for each in psutil.Process().children() if "crm.app:create" in each.cmdline())
            took, peak, bad = await loaded(port, process, contacts)
    requests = sum(not each.batched for each in portal.journal)
    row("first load of a portal", "contacts/s", "of its limit", "peak, MB")
    row(
        f"  {contacts} contacts, {bad} with a phone that is none",
        f"{contacts / took:.0f}",
        f"{contacts / took / (portal.bucket.leak * IN_A_REQUEST):.2f}",
        f"{peak / 2**20:.0f}",
    )
    row(f"  {requests} requests, {portal.bucket.refused} of them refused as too many")


def environment(kafka: str, mongo: str, founding: Path) -> dict[str, str]:
    """What crm is told besides the portal."""
    (own,) = free_ports(1)
    return {
        "OPBLOK_KAFKA": kafka,
        "OPBLOK_MONGO": mongo,
        "OPBLOK_MONGO_DATABASE_PREFIX": f"bench_{uuid4().hex[:6]}_",
        "OPBLOK_VAULT_KEYS": f"bench:{Vault.generate_key()}",
        "OPBLOK_PHONE_KEY": "a phone key of the bench, long enough",
        "OPBLOK_BOOTSTRAP_FILE": str(founding),
        "OPBLOK_ISSUERS": f"http://127.0.0.1:{own}",
        "OPBLOK_KAFKA_GROUP": f"bench-{uuid4().hex}",
        "OPBLOK_LOG_LEVEL": "ERROR",
    }


async def logged_in(client: httpx.AsyncClient) -> dict[str, str]:
    """Vera's headers, once crm is ready."""
    while (await client.get("/health/ready")).status_code != 200:
        await asyncio.sleep(0.1)
    form = {"grant_type": "password", "username": "vera", "password": PASSWORD}
    granted = (await client.post("/oauth/token", data=form)).raise_for_status().json()
    return {"Authorization": f"Bearer {granted['access_token']}"}


async def know_desks(port: int) -> None:
    """Whose desk has which number: by that the portal's users are found."""
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        headers = await logged_in(client)
        for staff_id, extension in EXTENSIONS.items():
            answer = await client.patch(f"/staff/{staff_id}", json={"extension": extension}, headers=headers)
            answer.raise_for_status()


async def loaded(port: int, process: psutil.Process, contacts: int) -> tuple[float, int, int]:
    """Seconds until the last contact was taken, the most memory meanwhile, and how many had a problem."""
    began, peak, limit = time.perf_counter(), 0, time.monotonic() + WITHIN
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
        headers = await logged_in(client)
        while time.monotonic() < limit:
            now = (await client.get("/bitrix", headers=headers)).raise_for_status().json()
            peak = max(peak, process.memory_info().rss)
            if now["ended_at"]:
                assert now["taken"] == contacts, now
                return time.perf_counter() - began, peak, now["with_problems"]
            await asyncio.sleep(0.25)
    raise TimeoutError(f"not loaded within {WITHIN:.0f} s")
