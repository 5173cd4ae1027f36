"""OAuth 2.0 as Bitrix24 does it: access for an hour, refresh tokens that rotate and work once, and the incoming webhook."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.bitrix24.envelopes import Fault

HOUR = 3600
HALF_A_YEAR = 180 * 24 * HOUR
CODE_LASTS = 30


@dataclass(frozen=True)
class Caller:
    """Who asks: an application or a webhook, in the name of a user."""

    user_id: int
    application: bool


@dataclass
class Tokens:
    """One application and one webhook of a portal. `refreshes`: how often somebody exchanged a refresh token."""

    clock: Callable[[], float]
    site: str
    client_id: str = "local.6543210fedcba0.12345678"
    client_secret: str = "a-secret-of-the-local-application"
    member_id: str = "0123456789abcdef0123456789abcdef"
    webhook_user: int = 1
    webhook_secret: str = "webhooksecret123"
    scope: str = "crm,user_basic,telephony,task"
    lasts: int = HOUR
    access: dict[str, tuple[float, int]] = field(default_factory=dict[str, tuple[float, int]])
    refresh: dict[str, tuple[float, int]] = field(default_factory=dict[str, tuple[float, int]])
    codes: dict[str, float] = field(default_factory=dict[str, float])
    refreshes: int = 0

    def issue(self, user_id: int = 1) -> dict[str, Any]:
        """A new pair, as the token endpoint and the installation event write it."""
        now, at, rt = self.clock(), secrets.token_hex(35), secrets.token_hex(35)
        self.access[at] = (now + self.lasts, user_id)
        self.refresh[rt] = (now + HALF_A_YEAR, user_id)
        return {
            "access_token": at,
            "refresh_token": rt,
            "expires": int(now + self.lasts),
            "expires_in": self.lasts,
            "client_endpoint": f"{self.site}/rest/",
            "server_endpoint": f"{self.site}/rest/",
            "domain": self.site.partition("://")[2],
            "member_id": self.member_id,
            "scope": self.scope,
            "status": "L",
            "user_id": user_id,
        }

    def exchange(self, asked: Mapping[str, str]) -> dict[str, Any]:
        """GET /oauth/token/."""
        if asked.get("client_id") != self.client_id or asked.get("client_secret") != self.client_secret:
            raise Fault(400, "invalid_client", "Invalid client")
        match asked.get("grant_type"):
            case "refresh_token":
                ends, user_id = self.refresh.pop(asked.get("refresh_token", ""), (0.0, 0))
                self.refreshes += 1
            case "authorization_code":
                ends, user_id = self.codes.pop(asked.get("code", ""), 0.0), 1
            case _:
                raise Fault(400, "invalid_request", "Invalid grant type")
        if ends <= self.clock():
            raise Fault(400, "invalid_grant", "Invalid grant")
        return self.issue(user_id)

    def code(self) -> str:
        """What the browser comes back with; 30 seconds."""
        made = secrets.token_hex(16)
        self.codes[made] = self.clock() + CODE_LASTS
        return made

    def of_webhook(self, user: str, secret: str) -> Caller:
        if (user, secret) != (str(self.webhook_user), self.webhook_secret):
            raise Fault(401, "NO_AUTH_FOUND", "Wrong authorization data")
        return Caller(self.webhook_user, application=False)

    def of_token(self, token: str | None) -> Caller:
        ends, user_id = self.access.get(token or "", (0.0, 0))
        if not user_id:
            raise Fault(401, "NO_AUTH_FOUND", "Wrong authorization data")
        if ends <= self.clock():
            raise Fault(401, "expired_token", "The access token provided has expired.")
        return Caller(user_id, application=True)
