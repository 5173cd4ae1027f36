"""The OAuth server of Bitrix24: a refresh token for a pair. GET with the secret in the query is how it wants it (reference A2.3)."""

import asyncio
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, cast

import httpx

from crm.application.bitrix_port import Grant, PortalDown, PortalRefused


@dataclass(frozen=True, slots=True)
class Bitrix24Oauth:
    """`host` as https://oauth.bitrix24.tech. `within`: seconds for the whole answer, however it drips. Faults never show an address: the
    secret stands in it.
    """

    host: str
    client_id: str
    client_secret: str
    client: httpx.AsyncClient
    within: float = 8.0

    async def renew(self, refresh: str) -> Grant:
        """A refresh token works once. An answer that is lost takes the token with it: then the portal has to install us anew."""
        asked = {
            "grant_type": "refresh_token",
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            "refresh_token": refresh,
        }
        try:
            async with asyncio.timeout(self.within):
                answer = await self.client.get(f"{self.host}/oauth/token/", params=asked)
            told: Any = answer.json()
        except (httpx.HTTPError, TimeoutError, ValueError) as fault:
            raise PortalDown(f"oauth_{type(fault).__name__}", 5.0) from None
        return _granted(answer.status_code, cast("dict[str, Any]", told) if isinstance(told, dict) else {})


def _granted(status: int, told: dict[str, Any]) -> Grant:
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise PortalDown(f"oauth_{status}", 5.0)
    names = ("access_token", "refresh_token", "member_id", "client_endpoint")
    found = [told.get(name) for name in names]
    if "error" in told or not all(isinstance(each, str) and each for each in found):
        raise PortalRefused(str(told.get("error") or "oauth_unreadable"))
    return Grant(*map(str, found))
