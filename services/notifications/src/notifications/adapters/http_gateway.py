"""What both SMS gateways share: a form is posted, JSON comes back, and what is not an answer is told from a no."""

from collections.abc import Mapping
from typing import Any, cast

import httpx
from kernel.money import Money, NotMoney

from notifications.application.outgoing import NotNow

ROUBLES = "RUB"


async def asked(client: httpx.AsyncClient, url: str, form: Mapping[str, str]) -> Any | NotNow:
    """Its JSON. A connection that never came about left nothing behind; any other silence may have."""
    try:
        answer = await client.post(url, data=dict(form))
    except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout):
        return NotNow("gateway_down")
    except httpx.HTTPError:
        return NotNow("gateway_silent", perhaps_taken=True)
    if not answer.is_success:
        return NotNow("gateway_down", perhaps_taken=answer.is_server_error)
    try:
        return answer.json()
    except ValueError:
        return NotNow("gateway_garbled", perhaps_taken=True)


def mapping(value: Any) -> Mapping[str, Any]:
    """A JSON object, or an empty one."""
    return cast("Mapping[str, Any]", value) if isinstance(value, dict) else {}


def number(value: Any) -> int | None:
    """A code, as number or text."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def roubles(value: Any) -> Money | None:
    """A cost as gateways write it, `3.8` or 3.8."""
    try:
        return Money.of(str(value), ROUBLES) if value is not None else None
    except NotMoney:
        return None
