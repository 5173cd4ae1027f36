"""A provider that signs as it should, unless a test wants otherwise."""

import json
from datetime import timedelta
from typing import Any

import httpx
from kernel.signature import signed_with

from telephony_router.testing.asking import MARIA, Running

SECRET = "a-secret-that-provider-and-router-share"  # noqa: S105 - of tests


async def knock(
    it: Running,
    path: str,
    body: Any,
    *,
    secret: str = SECRET,
    stamp: str | None = None,
    raw: bytes | None = None,
) -> httpx.Response:
    """A signed webhook, as the service's clock has it."""
    content = json.dumps(body).encode() if raw is None else raw
    when = stamp or f"{it.clock.now().timestamp():.3f}"
    headers = {"X-Opblok-Timestamp": when, "X-Opblok-Signature": signed_with(secret, when, content)}
    return await it.client.post(f"/webhooks/{path}", content=content, headers=headers)


async def ring(it: Running, call_id: str = "v-1", caller: str = MARIA, **more: Any) -> Any:
    """A call comes in; its plan."""
    it.clock.forward(timedelta(milliseconds=1))
    answer = await knock(it, "generic/calls", {"call_id": call_id, "from": caller, **more})
    assert answer.status_code == httpx.codes.OK, answer.text
    return answer.json()


async def say(it: Running, *events: dict[str, Any], call_id: str = "v-1", **more: Any) -> Any:
    """What happened to it."""
    it.clock.forward(timedelta(milliseconds=1))
    answer = await knock(it, "generic/events", {"call_id": call_id, "events": list(events), **more})
    assert answer.is_success, answer.text
    return answer.json()


def event(it: Running, said: str, after: float = 0, **more: Any) -> dict[str, Any]:
    """One thing that happened so many seconds from now."""
    at = it.clock.now() + timedelta(seconds=after)
    name = "-".join(str(each) for each in (said, more.get("leg"), after))
    return {"event_id": name, "said": said, "at": at.isoformat(), **more}
