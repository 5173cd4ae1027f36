"""Of each provider: forged, replayed, late, oversized and malformed webhooks are refused with nothing changed, and `/metrics` counts them."""

import json
import re
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from kernel.signature import signed_with
from telephony_router.application.believing import LARGEST, zadarma_signature
from telephony_router.testing.provider import SECRET

from services.telephony_router.tests.integration.as_a_process import Process

ANOTHER = "a-secret-of-somebody-else"
COUNTED = re.compile(r'opblok_router_webhooks_total\{outcome="(\w+)",provider="(\w+)"\} ([\d.]+)')


@pytest.fixture
async def client(own_database: Any, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[httpx.AsyncClient]:
    """A router that all providers have a secret with."""
    del own_database
    for name in ("OPBLOK_VOXIMPLANT_SECRET", "OPBLOK_ZADARMA_SECRET", "OPBLOK_KAMAILIO_TOKEN"):
        monkeypatch.setenv(name, SECRET)
    process = Process()
    try:
        await process.start()
        async with httpx.AsyncClient(base_url=process.address, timeout=30.0) as client:
            yield client
    finally:
        await process.end(signal.SIGKILL)


async def signed(
    client: httpx.AsyncClient,
    path: str,
    body: bytes,
    *,
    secret: str = SECRET,
    off: float = 0.0,
    stamp: str = "",
) -> int:
    """The status that our own signature is answered with."""
    when = stamp or f"{time.time() + off:.6f}"
    headers = {"X-Opblok-Timestamp": when, "X-Opblok-Signature": signed_with(secret, when, body)}
    return (await client.post(f"/webhooks/{path}", content=body, headers=headers)).status_code


async def zadarma(client: httpx.AsyncClient, *, secret: str = SECRET, **more: str) -> int:
    """The status that Zadarma's is."""
    now = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime())
    form = {
        "event": "NOTIFY_START",
        "caller_id": "+79161234567",
        "called_did": "74951234567",
        "call_start": now,
    }
    form |= {"pbx_call_id": "in_1", **more}
    text = "".join(form[each] for each in ("caller_id", "called_did", "call_start"))
    headers = {"Signature": zadarma_signature(secret, text)}
    content = urlencode({each: value for each, value in form.items() if value})
    return (await client.post("/webhooks/zadarma", content=content, headers=headers)).status_code


async def kamailio(client: httpx.AsyncClient, body: bytes, *, token: str = SECRET, path: str = "") -> int:
    """The status that our proxy is answered with."""
    headers = {"X-Router-Token": token}
    return (await client.post(f"/webhooks/kamailio{path}", content=body, headers=headers)).status_code


async def counted(client: httpx.AsyncClient, provider: str) -> dict[str, int]:
    """What `/metrics` says of one."""
    figures = (await client.get("/metrics")).text
    found: Counter[str] = Counter()
    for outcome, whose, times in COUNTED.findall(figures):
        if whose == provider:
            found[outcome] += int(float(times))
    return dict(found)


def ringing(call_id: str = "v-1") -> bytes:
    return json.dumps({"call_id": call_id, "from": "+79161234567"}).encode()


BROKEN = b'{"call_id": "v", "events": [{"said": "sang"}]}'
HUGE = b'{"call_id": "' + b"v" * LARGEST + b'"}'


async def test_of_each_provider_they_are_refused_and_counted(
    client: httpx.AsyncClient, own_database: Any
) -> None:
    for provider in ("generic", "voximplant"):
        calls, events = f"{provider}/calls", f"{provider}/events"
        assert await signed(client, calls, ringing(), secret=ANOTHER) == 401
        assert await signed(client, events, ringing(), secret=ANOTHER) == 401
        assert await signed(client, calls, ringing(), off=-301) == 401
        assert await signed(client, events, ringing(), off=302) == 401
        assert await signed(client, calls, HUGE) == 413
        assert await signed(client, calls, b"[") == 422
        assert await signed(client, events, BROKEN) == 422
        assert await signed(client, events, BROKEN, stamp=(stamp := f"{time.time():.6f}")) == 422
        assert await signed(client, events, BROKEN, stamp=stamp) == 401
        assert await counted(client, provider) == {
            "forged": 2, "late": 2, "oversized": 1, "malformed": 3, "replayed": 1,
        }  # fmt: skip

    assert await zadarma(client, secret=ANOTHER) == 401
    assert await zadarma(client, call_start="2020-01-01 00:00:00") == 401
    assert await zadarma(client, call_start="2020-01-01 00:00:00", pbx_call_id="in_2") == 401
    assert await zadarma(client, event="NOTIFY_SONG") == 422
    assert await zadarma(client, pbx_call_id="") == 422
    assert await zadarma(client, more="x" * LARGEST) == 413
    assert await counted(client, "zadarma") == {
        "forged": 1, "late": 1, "replayed": 1, "malformed": 2, "oversized": 1,
    }  # fmt: skip

    assert await kamailio(client, ringing(), token=ANOTHER) == 401
    assert await kamailio(client, b'{"call_id": "v", "said": "ended"}', token="", path="/events") == 401
    assert await kamailio(client, HUGE) == 413
    assert await kamailio(client, BROKEN, path="/events") == 422
    assert await counted(client, "kamailio") == {"forged": 2, "oversized": 1, "malformed": 1}

    assert await own_database["calls"].count_documents({}) == 0
    assert await own_database["callbacks"].count_documents({}) == 0
